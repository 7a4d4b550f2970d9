"""Questions before something is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton, QWidget

ACCEPT: Final = QMessageBox.ButtonRole.AcceptRole
DESTROY: Final = QMessageBox.ButtonRole.DestructiveRole
REJECT: Final = QMessageBox.ButtonRole.RejectRole
MOST_NAMED: Final = 8


def ask_before_discarding(parent: QWidget, run: str, discard: Callable[[], None]) -> QMessageBox:
    """Ask whether to discard a run. The dialog opens and the function returns.

    Args:
        parent: the window.
        run: its title.
        discard: called if the user agrees.
    """
    translate = QCoreApplication.translate
    box = _question(parent, "discard", translate("Dialogs", "Discard the run?"))
    box.setText(translate("Dialogs", "Discard {run}?").format(run=run))
    box.setInformativeText(
        translate("Dialogs", "The run stops and is deleted from the list of runs. Edit > Undo restores it.")
    )
    _button(box, "discard_yes", translate("Dialogs", "Discard"), DESTROY).clicked.connect(discard)
    box.setDefaultButton(_button(box, "discard_cancel", translate("Dialogs", "Keep"), REJECT))
    box.open()
    return box


def ask_before_closing(
    parent: QWidget, reason: str, *, running: bool, save: Callable[[], None], leave: Callable[[], None]
) -> QMessageBox:
    """Ask what to do with weights that are not saved. The dialog opens and the function returns: training continues.

    Args:
        parent: the window.
        reason: the sentence that says why the run is not kept.
        running: whether it trains.
        save: called if the user wants to save the weights.
        leave: called if the user wants to close the window.
    """
    translate = QCoreApplication.translate
    if running:
        text = translate("Dialogs", "Training is running and its weights are not saved.")
        leave_text = translate("Dialogs", "Stop and close")
    else:
        text = translate("Dialogs", "The trained weights are not saved.")
        leave_text = translate("Dialogs", "Close without saving")
    box = _question(parent, "close", translate("Dialogs", "Close the workbench?"))
    box.setText(text)
    box.setInformativeText(f"{translate('Dialogs', 'They are lost when the window closes.')} {reason}")
    save_button = _button(box, "close_save", translate("Dialogs", "Save weights…"), ACCEPT)
    save_button.clicked.connect(save)
    box.setDefaultButton(save_button)
    _button(box, "close_discard", leave_text, DESTROY).clicked.connect(leave)
    _button(box, "close_cancel", translate("Dialogs", "Cancel"), REJECT)
    box.open()
    return box


def ask_before_replacing(parent: QWidget, path: Path) -> bool:
    """Ask whether to replace an existing file, and wait for the answer."""
    translate = QCoreApplication.translate
    box = _question(parent, "replace", translate("Dialogs", "Replace the file?"))
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(translate("Dialogs", "{name} already exists.").format(name=path.name))
    box.setInformativeText(translate("Dialogs", "Its content is lost when it is replaced."))
    yes = _button(box, "replace_yes", translate("Dialogs", "Replace"), DESTROY)
    box.setDefaultButton(_button(box, "replace_no", translate("Dialogs", "Choose another name"), REJECT))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # `exec` would delete the box before it returns
    box.exec()
    box.deleteLater()
    return box.clickedButton() is yes


def ask_before_replacing_several(parent: QWidget, names: Sequence[str], replace: Callable[[], None]) -> QMessageBox:
    """Ask once whether to replace existing files. The dialog opens and the function returns.

    Args:
        parent: the window.
        names: of the files.
        replace: called if the user agrees.
    """
    translate = QCoreApplication.translate
    box = _question(parent, "replace_several", translate("Dialogs", "Replace the files?"))
    box.setIcon(QMessageBox.Icon.Warning)
    if len(names) == 1:
        text = translate("Dialogs", "{names} already exists.")
    else:
        text = translate("Dialogs", "{count} of the files already exist: {names}.")
    shown = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        shown.append("…")
    box.setText(text.format(count=f"{len(names):,}", names=", ".join(shown)))
    box.setInformativeText(translate("Dialogs", "Their content is lost when they are replaced."))
    yes = _button(box, "replace_several_yes", translate("Dialogs", "Replace"), DESTROY)
    yes.clicked.connect(replace)
    box.setDefaultButton(_button(box, "replace_several_no", translate("Dialogs", "Choose another name"), REJECT))
    box.open()
    return box


def _question(parent: QWidget, name: str, title: str) -> QMessageBox:
    """A box of plain text, named by `name` and `_dialog`, without texts and buttons."""
    box = QMessageBox(QMessageBox.Icon.Question, title, "", parent=parent)
    box.setObjectName(f"{name}_dialog")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def _button(box: QMessageBox, name: str, text: str, role: QMessageBox.ButtonRole) -> QPushButton:
    """A button at the end of the box; Escape presses the one with the role `REJECT`."""
    button = box.addButton(text, role)
    button.setObjectName(name)
    return button
