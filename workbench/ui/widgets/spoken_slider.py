"""A slider whose positions stand for other values, which a screen reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from workbench.ui.system.accessible import SpokenNumber

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class SpokenPositions(QSlider):
    """A horizontal slider.

    Args:
        value_at: the value at a position; it grows with the position.
        text_at: the value at a position in words.
        parent: Qt's parent.
    """

    def __init__(
        self, value_at: Callable[[int], float], text_at: Callable[[int], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._value_at = value_at
        self._text_at = text_at

    def spoken_number(self) -> SpokenNumber:
        """What the position stands for."""
        low, place, high = self.minimum(), self.value(), self.maximum()
        return SpokenNumber(self._value_at(place), self._value_at(low), self._value_at(high), self._text_at(place))

    def set_spoken_number(self, value: float) -> None:
        """Move to the position with the nearest value."""
        low, high = self.minimum(), self.maximum()
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._value_at(middle) <= value else (low, middle)
        nearer_low = abs(self._value_at(low) - value) <= abs(self._value_at(high) - value)
        self.setValue(low if nearer_low else high)
