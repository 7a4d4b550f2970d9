"""Which keys are left to the widget that has the focus, although an action has them too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

USES_SPACE: Final = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)
"""A button or box is pressed by it, a row selected, a list opened, a blank typed."""


def leaves_to_focus(event: QEvent, focus: QWidget | None) -> bool:
    """Whether the key of a `ShortcutOverride` belongs to the widget with the focus rather than to an action."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_Space
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
        and isinstance(focus, USES_SPACE)
    )
