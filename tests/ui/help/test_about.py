from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench import __version__
from workbench.ui.help.about import show_about


def test_that_about_names_the_versions(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    box = show_about(window, "9.9.9")
    assert __version__ in box.text()
    assert "9.9.9" in box.informativeText()
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.close()
