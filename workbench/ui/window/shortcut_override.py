"""Which keys are left to the widget that has the focus, although an action has them too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit

from workbench.ui.widgets.number_entry import NumberEntry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

USES_SPACE: Final = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)
"""A button or box is pressed by it, a row selected, a list opened, a blank typed."""

SEARCHES: Final = (QAbstractItemView, QComboBox)
"""A typed letter or sign selects the entry that begins with it."""


def leaves_to_focus(event: QEvent, focus: QWidget | None) -> bool:
    """Whether the key of a `ShortcutOverride` belongs to the widget with the focus rather than to an action.

    A field for a number has no use for blanks: there Space pauses, as elsewhere.
    """
    if not isinstance(event, QKeyEvent) or event.modifiers() & ~_TYPING != Qt.KeyboardModifier.NoModifier:
        return False
    if event.key() == Qt.Key.Key_Space:
        return isinstance(focus, USES_SPACE) and not isinstance(focus, NumberEntry)
    return isinstance(focus, SEARCHES) and event.text().isprintable() and bool(event.text())


_TYPING: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
"""With these, a key still types a character."""
