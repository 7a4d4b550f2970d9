"""The dialog that names the versions and the licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtWidgets import QMessageBox

from workbench import __version__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def show_about(parent: QWidget, torch_version: str) -> QMessageBox:
    """Show the name of the program and the versions that it runs on."""
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setObjectName("about_dialog")
    box.setWindowTitle(translate("Dialogs", "About"))
    box.setIconPixmap(parent.windowIcon().pixmap(64, 64))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(translate("Dialogs", "Training workbench {version}").format(version=__version__))
    box.setInformativeText(
        translate(
            "Dialogs",
            "A desktop window for training neural networks.\n\nPyTorch {torch}\nQt {qt}\n\nMIT licence.",
        ).format(torch=torch_version or translate("Dialogs", "(loading)"), qt=qVersion())
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
