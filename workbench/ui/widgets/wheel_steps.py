"""The mouse wheel, counted in notches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget

_NOTCH: Final = 120  # eighths of a degree; touchpads send many small parts of it


class WheelSteps:
    """Whole notches turned over a widget that has the focus.

    Without the focus the event is left to the panel: scrolling must not change what happens to lie under the pointer.
    """

    def __init__(self) -> None:
        self._turned = 0

    def take(self, event: QWheelEvent, widget: QWidget) -> int:
        """The notches that are full now, upwards positive; the event is accepted or ignored accordingly."""
        if not widget.hasFocus():
            self._turned = 0
            event.ignore()
            return 0
        event.accept()
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        return notches
