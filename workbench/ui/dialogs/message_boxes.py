"""The few dialogs: where to save, what to open, a number, whether to lose something, about, keys. All in plain text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QMessageBox,
    QSpinBox,
    QVBoxLayout,
)

from workbench import __version__
from workbench.ui.actions.action_rows import ACTIONS, translated

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

SUFFIXES: Final = (".pt", ".safetensors")
CHECKPOINT_SUFFIX: Final = ".ckpt"
MOST_STEPS: Final = 2**31 - 1
"""The largest number a spin box takes."""


def ask_where_to_save(parent: QWidget, suggestion: Path) -> Path | None:
    """The file a person chose for weights, with a suffix in any case; None where they cancelled."""
    filters = {
        QCoreApplication.translate("Dialogs", "PyTorch weights (*.pt)"): ".pt",
        QCoreApplication.translate("Dialogs", "Safetensors (*.safetensors)"): ".safetensors",
    }
    title = QCoreApplication.translate("Dialogs", "Save weights")
    name, chosen = QFileDialog.getSaveFileName(parent, title, str(suggestion), ";;".join(filters))
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(filters.get(chosen, ".pt"))


def ask_what_to_load(parent: QWidget, folder: Path) -> Path | None:
    """The file of weights a person chose; None where they cancelled."""
    title = QCoreApplication.translate("Dialogs", "Load weights")
    kinds = QCoreApplication.translate("Dialogs", "Weights (*.pt *.pth *.safetensors);;All files (*)")
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def ask_where_to_save_checkpoint(parent: QWidget, suggestion: Path) -> Path | None:
    """The file a person chose for a checkpoint, with a suffix; None where they cancelled."""
    title = QCoreApplication.translate("Dialogs", "Save checkpoint")
    kinds = QCoreApplication.translate("Dialogs", "Checkpoint (*.ckpt)")
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggestion), kinds)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(CHECKPOINT_SUFFIX)


def ask_which_checkpoint(parent: QWidget, folder: Path) -> Path | None:
    """The checkpoint a person chose; None where they cancelled."""
    title = QCoreApplication.translate("Dialogs", "Open checkpoint")
    kinds = QCoreApplication.translate("Dialogs", "Checkpoints (*.ckpt);;All files (*)")
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def ask_number(
    parent: QWidget,
    name: str,
    title: str,
    question: str,
    *,
    value: int,
    minimum: int,
    maximum: int,
    accepted: Callable[[int], None],
    suffix: str = "",
) -> QDialog:
    """Ask for a whole number; the dialog is open, not waited for: training goes on.

    Args:
        parent: the window.
        name: the dialog's object name; its number is called by it and `_number`, its buttons `_ok` and `_cancel`.
        title: translated, and is what the button says.
        question: translated.
        value: what stands there at first.
        minimum: least.
        maximum: most.
        accepted: called with the number.
        suffix: shown behind the number.
    """
    dialog = QDialog(parent)
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    number = QSpinBox(dialog)
    number.setObjectName(f"{name}_number")
    number.setAccessibleName(question)
    number.setRange(minimum, min(maximum, MOST_STEPS))
    number.setGroupSeparatorShown(True)
    number.setSuffix(suffix)
    number.setValue(value)
    number.selectAll()
    label = QLabel(question, dialog)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(320)
    label.setBuddy(number)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, dialog)
    ok = buttons.addButton(title, QDialogButtonBox.ButtonRole.AcceptRole)
    ok.setObjectName(f"{name}_ok")
    ok.setDefault(True)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setObjectName(f"{name}_cancel")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    dialog.accepted.connect(lambda: accepted(number.value()))
    layout = QVBoxLayout(dialog)
    layout.setSpacing(12)
    layout.addWidget(label)
    layout.addWidget(number)
    layout.addWidget(buttons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def ask_before_discarding(parent: QWidget, run: str, discard: Callable[[], None]) -> QMessageBox:
    """Ask whether a run is to be dropped; the dialog is open, not waited for.

    Args:
        parent: the window.
        run: what people call it.
        discard: called if so.
    """
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setObjectName("discard_dialog")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(translate("Dialogs", "Discard the run?"))
    box.setText(translate("Dialogs", "Discard {run}?").format(run=run))
    box.setInformativeText(
        translate("Dialogs", "It stops and is deleted from the list of runs. Edit > Undo brings it back.")
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
    """Ask what to do with weights that are not saved; the dialog is open, not waited for: training goes on."""
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


def show_about(parent: QWidget, torch_version: str) -> QMessageBox:
    """Say what this is and which versions it runs on."""
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
            "A desktop window for flying gradient descent.\n\nPyTorch {torch}\nQt {qt}\n\nMIT licence.",
        ).format(torch=torch_version or translate("Dialogs", "(loading)"), qt=qVersion())
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def show_shortcuts(parent: QWidget) -> QDialog:
    """List every action that has a key, and what the mouse does in the plots."""
    translate = QCoreApplication.translate
    dialog = QDialog(parent)
    dialog.setObjectName("shortcuts_dialog")
    dialog.setWindowTitle(translate("Dialogs", "Keyboard shortcuts"))
    rows = [
        (
            translated(row.text).rstrip("…"),
            QKeySequence(row.shortcut).toString(QKeySequence.SequenceFormat.NativeText),
        )
        for row in ACTIONS.values()
        if row.shortcut
    ]
    rows += [
        (translate("Dialogs", "Move a slider"), translate("Dialogs", "Arrow keys, Page Up, Page Down")),
        (translate("Dialogs", "Zoom the plots"), translate("Dialogs", "Mouse wheel")),
        (translate("Dialogs", "Pan the plots"), translate("Dialogs", "Drag")),
        (translate("Dialogs", "Show all of the plots"), translate("Dialogs", "Double click")),
        (translate("Dialogs", "Go to a step"), translate("Dialogs", "Click on a curve")),
    ]
    grid = QGridLayout()
    grid.setHorizontalSpacing(32)
    for number, texts in enumerate(rows):
        for column, text in enumerate(texts):
            label = QLabel(text, dialog)
            label.setTextFormat(Qt.TextFormat.PlainText)
            if column:
                label.setProperty("role", "muted")
            grid.addWidget(label, number, column)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setSpacing(16)
    layout.addLayout(grid)
    layout.addWidget(buttons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
