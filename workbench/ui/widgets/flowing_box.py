"""A layout of a chart and what belongs to it: below it, or beside it where there is more width than height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QBoxLayout

if TYPE_CHECKING:
    from PySide6.QtCore import QRect, QSize
    from PySide6.QtWidgets import QLayout, QWidget

WIDER: Final = 1.2
"""Width over height from which the parts stand side by side."""
BESIDE_SHARE: Final = (2, 1)
"""Of the width, for the chart and for the rest, side by side."""


class FlowingBox(QBoxLayout):
    """Changes its direction with its size.

    Args:
        chart: the first and larger part.
        rest: the other one.
        wide: logical pixels; in a narrower room `rest` is below in any case.
        share: of the height that the chart takes, for one part of the rest, where that is below.
    """

    def __init__(self, chart: QWidget, rest: QLayout, *, wide: int, share: int) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom)
        self._wide = wide
        self._share = share
        self.addWidget(chart)
        self.addLayout(rest)
        self._turn(QBoxLayout.Direction.TopToBottom)

    def setGeometry(self, room: QRect) -> None:  # noqa: N802
        """Choose the direction that fits, then place the parts."""
        is_beside = self.is_beside(room.size())
        direction = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        if direction != self.direction():
            self._turn(direction)
        super().setGeometry(room)

    def is_beside(self, room: QSize) -> bool:
        """Whether in such room the parts stand side by side."""
        return room.width() >= max(self._wide, WIDER * room.height())

    def _turn(self, direction: QBoxLayout.Direction) -> None:
        self.setDirection(direction)
        is_beside = direction == QBoxLayout.Direction.LeftToRight
        for place, stretch in enumerate(BESIDE_SHARE if is_beside else (self._share, 1)):
            self.setStretch(place, stretch)
