"""Gives the tests that follow the language, the size and the font that they would find if they ran alone."""

from PySide6.QtGui import QFontDatabase

from workbench.ui.style import zoom
from workbench.ui.text.translation import install_translations


def use_usual_look(application):
    """English, usual size, the system's font and no style sheet of a window before."""
    install_translations(application, "en")
    zoom.set_zoom(zoom.USUAL)
    application.setStyleSheet("")
    application.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
