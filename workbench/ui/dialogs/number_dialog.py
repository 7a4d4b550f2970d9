"""A dialog that asks for a whole number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QSpinBox, QVBoxLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

MOST_STEPS: Final = 2**31 - 1
"""The largest number a spin box takes."""


def ask_number(
    parent: QWidget,
    name: str,
    title: str,
    question: str,
    *,
    value: int,
    limits: tuple[int, int],
    accepted: Callable[[int], None],
    suffix: str = "",
    button: str = "",
) -> QDialog:
    """Ask for a whole number. The dialog opens and the function returns: training continues.

    Args:
        parent: the window.
        name: the dialog's object name; its spin box adds `_number` to it, its buttons `_ok` and `_cancel`.
        title: of the dialog, translated.
        question: translated.
        value: shown at first.
        limits: the smallest and the largest number allowed.
        accepted: called with the number.
        suffix: shown after the number.
        button: what the dialog does, translated; its title where "".
    """
    dialog = QDialog(parent)
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    number = QSpinBox(dialog)
    number.setObjectName(f"{name}_number")
    number.setAccessibleName(question)
    number.setRange(limits[0], min(limits[1], MOST_STEPS))
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
    ok = buttons.addButton(button or title, QDialogButtonBox.ButtonRole.AcceptRole)
    ok.setObjectName(f"{name}_ok")
    ok.setDefault(True)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setObjectName(f"{name}_cancel")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    dialog.accepted.connect(lambda: accepted(number.value()))
    layout = QVBoxLayout(dialog)
    layout.setSpacing(12)
    for widget in (label, number, buttons):
        layout.addWidget(widget)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
