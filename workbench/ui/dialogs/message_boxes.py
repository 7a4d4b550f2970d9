"""Questions before something is lost. All texts are plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


def ask_before_discarding(parent: QWidget, run: str, discard: Callable[[], None]) -> QMessageBox:
    """Ask whether to discard a run. The dialog opens and the function returns.

    Args:
        parent: the window.
        run: its title.
        discard: called if the user agrees.
    """
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setObjectName("discard_dialog")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(translate("Dialogs", "Discard the run?"))
    box.setText(translate("Dialogs", "Discard {run}?").format(run=run))
    box.setInformativeText(
        translate("Dialogs", "The run stops and is deleted from the list of runs. Edit > Undo restores it.")
    )
    yes = box.addButton(translate("Dialogs", "Discard"), QMessageBox.ButtonRole.DestructiveRole)
    yes.setObjectName("discard_yes")
    cancel = box.addButton(translate("Dialogs", "Keep"), QMessageBox.ButtonRole.RejectRole)
    cancel.setObjectName("discard_cancel")
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    yes.clicked.connect(discard)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def ask_before_closing(
    parent: QWidget, *, running: bool, save: Callable[[], None], leave: Callable[[], None]
) -> QMessageBox:
    """Ask what to do with weights that are not saved. The dialog opens and the function returns: training continues."""
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setObjectName("close_dialog")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(translate("Dialogs", "Close the workbench?"))
    box.setText(
        translate("Dialogs", "Training is running and its weights are not saved.")
        if running
        else translate("Dialogs", "The trained weights are not saved.")
    )
    box.setInformativeText(translate("Dialogs", "They are lost when the window closes."))
    save_button = box.addButton(translate("Dialogs", "Save weights…"), QMessageBox.ButtonRole.AcceptRole)
    save_button.setObjectName("close_save")
    discard = box.addButton(
        translate("Dialogs", "Stop and close") if running else translate("Dialogs", "Close without saving"),
        QMessageBox.ButtonRole.DestructiveRole,
    )
    discard.setObjectName("close_discard")
    cancel = box.addButton(translate("Dialogs", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    cancel.setObjectName("close_cancel")
    box.setDefaultButton(save_button)
    box.setEscapeButton(cancel)
    save_button.clicked.connect(save)
    discard.clicked.connect(leave)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def ask_before_replacing(parent: QWidget, path: Path) -> bool:
    """Ask whether to replace an existing file, and wait for the answer."""
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setObjectName("replace_dialog")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(translate("Dialogs", "Replace the file?"))
    box.setText(translate("Dialogs", "{name} already exists.").format(name=path.name))
    box.setInformativeText(translate("Dialogs", "Its content is lost when it is replaced."))
    yes = box.addButton(translate("Dialogs", "Replace"), QMessageBox.ButtonRole.DestructiveRole)
    yes.setObjectName("replace_yes")
    no = box.addButton(translate("Dialogs", "Choose another name"), QMessageBox.ButtonRole.RejectRole)
    no.setObjectName("replace_no")
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is yes
