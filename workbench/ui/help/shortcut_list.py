"""The dialog that lists every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout

from workbench.ui.actions.action_rows import ACTIONS, translated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


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
