"""The mouse wheel, counted in notches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget

_NOTCH: Final = 120  # eighths of a degree; touchpads send many small parts of it


class WheelSteps:
    """Counts the whole notches that the wheel turns over a widget with the focus.

    Without the focus, the panel gets the event: scrolling must not change the control under the pointer.
    """

    def __init__(self) -> None:
        self._turned = 0

    def count(self, event: QWheelEvent, widget: QWidget) -> int:
        """The notches completed by this event, upwards positive. The event is accepted if the widget has the focus."""
        if not widget.hasFocus():
            self._turned = 0
            event.ignore()
            return 0
        event.accept()
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        return notches
