"""MatrixLayout: where the parts of a confusion matrix stand in a widget of a given size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF

from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPointF, QSize
    from PySide6.QtGui import QFontMetricsF

GAP: Final = 6.0
"""Logical pixels between the cells and what stands around them."""
WIDEST_CELL, HIGHEST_CELL = 96.0, 56.0
WIDEST_SHAPE: Final = 2.0
"""A cell is at most this many times as wide as high."""
HIGHEST_SHAPE: Final = 1.3
"""A cell is at most this many times as high as wide."""
WHOLE_PIXELS: Final = 6.0
"""Cells from this size on have whole pixels, so that their edges are sharp; smaller ones would lose too much room."""
NAME_SHARE: Final = 0.27
"""Of the width, for the names of the rows."""
HEADER_SHARE: Final = 0.22
"""Of the height, for the names of the columns."""
SLANT: Final = math.sqrt(0.5)
"""Sine and cosine of the angle of the columns' names where these are too long to stand upright."""
SUMMARY_SAMPLES: Final = ("100.0%", "0.999", "100,000")
"""The widest texts of the columns at the right: recall, F1, samples."""


@dataclass(frozen=True, slots=True)
class MatrixLayout:
    """Places, in logical pixels.

    Attributes:
        cells: the matrix without its names and summaries.
        size: classes in a row and a column.
        names: the width of the rows' names, which end `GAP` left of the cells.
        header: the height of the columns' names, which end above the cells.
        is_slanted: whether the columns' names are, from the lower left to the upper right.
        row_stride, column_stride: every how many rows and columns there is room for a name.
        summary_columns: left edge and width of the columns at the right of the cells.
        summary_row: the height of the row below the cells.
        title: the height of an axis title.
    """

    cells: QRectF
    size: int
    names: float
    header: float
    is_slanted: bool
    row_stride: int
    column_stride: int
    summary_columns: tuple[tuple[float, float], ...]
    summary_row: float
    title: float

    @classmethod
    def of(cls, room: QSize, names: Sequence[str], text: QFontMetricsF, small: QFontMetricsF) -> MatrixLayout:
        """The layout of a matrix of the classes `names` in `room`.

        Args:
            room: of the widget.
            names: of the classes.
            text: the font of names and titles.
            small: the font of the numbers.
        """
        size, title = max(1, len(names)), text.height()
        widest = max((text.horizontalAdvance(name) for name in names), default=0.0)
        name_width = min(widest, NAME_SHARE * room.width())
        summary_row = small.height() + GAP
        left = title + GAP / 2 + name_width + GAP
        widths = [small.horizontalAdvance(sample) + GAP for sample in SUMMARY_SAMPLES]

        def cell(header: float, right: float) -> tuple[float, float]:
            width = min((room.width() - left - right) / size, scaled(WIDEST_CELL))
            height = min((room.height() - title - header - GAP / 2 - summary_row) / size, scaled(HIGHEST_CELL))
            return _shaped(max(width, 0.5), max(height, 0.5))

        header, right = title, widths[0] + GAP
        width, height = cell(header, right)
        is_slanted = widest + GAP > width
        if is_slanted:
            # Few classes leave room, as their cells do not grow without end.
            spare = room.height() - title - GAP / 2 - summary_row - size * scaled(HIGHEST_CELL)
            header = min(widest * SLANT + title * SLANT, max(HEADER_SHARE * room.height(), spare))
            # The last name reaches to the right of its column.
            right = max(right, header)
            width, height = cell(header, right)
        rest = room.width() - left - size * width
        shown = next(count for count in (3, 2, 1) if count == 1 or sum(widths[:count]) + GAP <= rest)
        used = left + size * width + max(sum(widths[:shown]) + GAP, right if is_slanted else 0.0)
        corner = left + max(0.0, (room.width() - used) / 2)
        cells = QRectF(round(corner), round(title + header + GAP / 2), size * width, size * height)
        edges = [cells.right() + GAP + sum(widths[:place]) for place in range(shown)]
        stride = title / SLANT if is_slanted else 1.0
        return cls(
            cells,
            size,
            name_width,
            header,
            is_slanted,
            math.ceil(small.height() / height),
            max(1, math.ceil(stride / width)),
            tuple(zip(edges, widths, strict=False)),
            summary_row,
            title,
        )

    @property
    def cell_width(self) -> float:
        """Of one cell."""
        return self.cells.width() / self.size

    @property
    def cell_height(self) -> float:
        """Of one cell."""
        return self.cells.height() / self.size

    def cell(self, row: int, column: int) -> QRectF:
        """The rectangle of a cell."""
        width, height = self.cell_width, self.cell_height
        return QRectF(self.cells.left() + column * width, self.cells.top() + row * height, width, height)

    def place_at(self, point: QPointF) -> tuple[int | None, int | None]:
        """The row and column at `point`: of a cell; of a name or summary only one of the two; else none."""
        column = math.floor((point.x() - self.cells.left()) / self.cell_width)
        row = math.floor((point.y() - self.cells.top()) / self.cell_height)
        is_row, is_column = 0 <= row < self.size, 0 <= column < self.size
        return (row if is_row else None), (column if is_column else None)


def _shaped(width: float, height: float) -> tuple[float, float]:
    """A cell within these bounds that is neither too flat nor too narrow."""
    width = min(width, WIDEST_SHAPE * height)
    height = min(height, HIGHEST_SHAPE * width)
    if min(width, height) >= WHOLE_PIXELS:
        width, height = math.floor(width), math.floor(height)
    return width, height
