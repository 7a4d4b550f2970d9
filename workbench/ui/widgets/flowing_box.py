"""A layout of a chart and what belongs to it: below it, or beside it where there is more width than height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QBoxLayout

if TYPE_CHECKING:
    from PySide6.QtCore import QRect, QSize
    from PySide6.QtWidgets import QWidget

WIDER: Final = 1.2
"""Width over height from which the parts stand side by side."""
BESIDE: Final = (2, 1)
"""Of the width, for the chart and for the rest, side by side."""


class FlowingBox(QBoxLayout):
    """Changes its direction with its size.

    Args:
        chart: the first and larger part.
        rest: the other one.
        wide: logical pixels; in a narrower room `rest` is below in any case.
        shares: of the height, for the chart and for the rest, where that is below.
        beside: of the width, for the chart and for the rest, side by side.
        turns_rest: whether the parts of `rest` stand side by side below the chart, and one above the other beside it.
    """

    def __init__(
        self,
        chart: QWidget,
        rest: QBoxLayout,
        *,
        wide: int,
        shares: tuple[int, int],
        beside: tuple[int, int] = BESIDE,
        turns_rest: bool = False,
    ) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom)
        self._wide = wide
        self._shares = shares
        self._beside = beside
        self._turned = rest if turns_rest else None
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
        if self._turned is not None:
            across = QBoxLayout.Direction.TopToBottom if is_beside else QBoxLayout.Direction.LeftToRight
            self._turned.setDirection(across)
        for place, stretch in enumerate(self._beside if is_beside else self._shares):
            self.setStretch(place, stretch)
