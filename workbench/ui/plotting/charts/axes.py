"""Axes: the frame, grid, numbers and titles of a chart that is painted as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from workbench.ui.plotting.render.number_row import number_row
from workbench.ui.plotting.render.ticks import linear_ticks
from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QPainter

    from workbench.ui.plotting.render.colours import PlotColours

    Floats = NDArray[np.float64]

GAP: Final = 4.0
PIXELS_PER_TICK: Final = 70.0
ROWS_PER_TICK: Final = 30.0
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Axes:
    """Where a chart's numbers are drawn.

    Attributes:
        plot: the rectangle within the axes, in logical pixels.
        across: the range of the horizontal axis.
        up: the range of the vertical axis.
    """

    plot: QRectF
    across: tuple[float, float]
    up: tuple[float, float]

    @classmethod
    def within(
        cls, room: QSize, across: tuple[float, float], up: tuple[float, float], metrics: QFontMetricsF, title: str
    ) -> Axes:
        """Axes that use `room`; `title` is that of the vertical axis, "" for none."""
        top = metrics.height() + GAP if title else metrics.height() / 2
        height = max(1.0, room.height() - top - 2 * metrics.height() - GAP)
        labels = [label for _, label in linear_ticks(*up, _rows(height))]
        left = max((metrics.horizontalAdvance(label) for label in labels), default=0.0) + 2 * GAP
        plot = QRectF(left, top, max(1.0, room.width() - left - 2 * GAP), height)
        return cls(plot, across, up)

    def columns(self, values: Floats) -> Floats:
        """The horizontal places of numbers."""
        low, high = self.across
        places: Floats = self.plot.left() + (values - low) / (high - low) * self.plot.width()
        return places

    def rows(self, values: Floats) -> Floats:
        """The vertical places of numbers."""
        low, high = self.up
        places: Floats = self.plot.bottom() - (values - low) / (high - low) * self.plot.height()
        return places

    def point(self, x: float, y: float) -> QPointF:
        """The place of a pair of numbers."""
        (left, right), (low, high) = self.across, self.up
        return QPointF(
            self.plot.left() + (x - left) / (right - left) * self.plot.width(),
            self.plot.bottom() - (y - low) / (high - low) * self.plot.height(),
        )

    def paint(self, painter: QPainter, colours: PlotColours, titles: tuple[str, str]) -> None:
        """Draw ground, grid, numbers and titles: of the horizontal axis below, of the vertical one above the plot."""
        plot, metrics = self.plot, QFontMetricsF(painter.font())
        line = metrics.height()
        painter.fillRect(plot, colours.background)
        for value, label in linear_ticks(*self.up, _rows(plot.height())):
            y = round(self.point(self.across[0], value).y())
            painter.setPen(colours.grid)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(colours.text_muted)
            painter.drawText(QRectF(0, y - line / 2, plot.left() - GAP, line), RIGHT, label)
        ticks = linear_ticks(*self.across, max(2.0, plot.width() / scaled(PIXELS_PER_TICK)))
        places = [round(self.point(value, self.up[0]).x()) for value, _ in ticks]
        painter.setPen(colours.grid)
        for x in places:
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setPen(colours.text_muted)
        labels = zip(places, (label for _, label in ticks), strict=True)
        for left, width, label in number_row(labels, metrics.horizontalAdvance, (0.0, plot.right() + 2 * GAP)):
            painter.drawText(QRectF(left, plot.bottom() + GAP / 2, width, line), Qt.AlignmentFlag.AlignCenter, label)
        painter.setPen(colours.border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plot)
        painter.setPen(colours.text_muted)
        across, up = titles
        width = plot.width() + plot.left()
        below = QRectF(0, plot.bottom() + line + GAP / 2, plot.right(), line)
        painter.drawText(below, RIGHT, metrics.elidedText(across, Qt.TextElideMode.ElideRight, width))
        above = QRectF(0, plot.top() - line - GAP, plot.right(), line)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(up, Qt.TextElideMode.ElideRight, width))


def _rows(height: float) -> float:
    return max(2.0, height / scaled(ROWS_PER_TICK))
