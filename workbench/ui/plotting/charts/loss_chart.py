"""LossChart: the frame, the axes and the curves of a small chart of losses, painted as a whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.number_row import number_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray
    from PySide6.QtGui import QColor, QPaintEvent

    from workbench.ui.style.palette import Palette

GAP: Final = 6
LINES_OF_HEIGHT: Final = 3.2
"""Heights of a line of text between two horizontal lines of the grid, at least."""
STEPS: Final = (1.0, 2.0, 5.0, 10.0)


class LossChart(QWidget):
    """Draws losses over an axis; a subclass sets the ranges and paints its curves and its marks.

    Attributes:
        x_range: what the horizontal axis shows; on a logarithmic axis, of the logarithms to the base 10.
        y_range: what the vertical axis shows.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.x_range = (0.0, 1.0)
        self.y_range = (0.0, 1.0)
        self._colours: PlotColours | None = None

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """High enough that curves and labels can be read; a smaller panel scrolls."""
        return QSize(160, 170)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Low: it takes the room that is left, and the panel scrolls only where there is less."""
        return QSize(240, 170)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    # For subclasses

    @property
    def has_contents(self) -> bool:
        """Whether there is anything to draw."""
        return True

    @property
    def x_label(self) -> str:
        """What the horizontal axis shows."""
        return ""

    def x_ticks(self) -> Iterator[tuple[float, str]]:
        """Places on the horizontal axis and their texts."""
        low, high = self.x_range
        for value in nice_ticks(low, high, max(2, round(self.plot_rect().width() / 70))):
            yield value, f"{value:g}"

    def paint_contents(self, painter: QPainter, plot: QRectF, colours: PlotColours) -> None:
        """Draw curves and marks; what is outside of the plot is cut off."""
        raise NotImplementedError

    def paint_labels(self, painter: QPainter, plot: QRectF, colours: PlotColours) -> None:
        """Draw what stands above the plot."""

    @property
    def space_above(self) -> int:
        """Pixels above the plot, for labels."""
        return GAP

    # Places

    def plot_rect(self) -> QRectF:
        """Where the curves are."""
        line = self.fontMetrics().height()
        left = max((self.fontMetrics().horizontalAdvance(f"{value:g}") for value in self._y_ticks()), default=0) + GAP
        top, bottom = self.space_above, self.height() - 2 * line - GAP
        return QRectF(left, top, max(1, self.width() - left - GAP), max(1, bottom - top))

    def x_of(self, x: float, plot: QRectF) -> float:
        """The pixel of a place on the horizontal axis."""
        low, high = self.x_range
        return plot.left() + (x - low) / (high - low) * plot.width()

    def x_at(self, pixel: float) -> float:
        """The place on the horizontal axis at a pixel, within the axis."""
        plot = self.plot_rect()
        low, high = self.x_range
        part = (pixel - plot.left()) / plot.width()
        return low + min(1.0, max(0.0, part)) * (high - low)

    def polygon(self, xs: ArrayLike, ys: ArrayLike, plot: QRectF) -> QPolygonF:
        """The points as a polygon in pixels."""
        (x_low, x_high), (y_low, y_high) = self.x_range, self.y_range
        left = plot.left() + (np.asarray(xs, float) - x_low) / (x_high - x_low) * plot.width()
        top = plot.bottom() - (np.asarray(ys, float) - y_low) / (y_high - y_low) * plot.height()
        # Far outside, coordinates would overflow.
        top = np.clip(top, plot.top() - plot.height(), plot.bottom() + plot.height())
        return QPolygonF([QPointF(x, y) for x, y in zip(left.tolist(), top.tolist(), strict=True)])

    def fit_y(self, values: NDArray[np.float64], top: float) -> None:
        """Show these losses, at most up to `top`."""
        finite = values[np.isfinite(values)]
        if len(finite) == 0:
            return
        low, high = float(finite.min()), min(float(finite.max()), top)
        margin = max((high - low) * 0.06, abs(high) * 1e-3, 1e-9)
        self.y_range = (low - margin, high + margin)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes, contents and labels."""
        del event
        if self._colours is None:
            return
        colours, plot = self._colours, self.plot_rect()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(plot, colours.background)
            self._paint_axes(painter, plot, colours)
            if self.has_contents:
                painter.save()
                painter.setClipRect(plot)
                self.paint_contents(painter, plot, colours)
                painter.restore()
                self.paint_labels(painter, plot, colours)
            painter.setPen(colours.accent if self.hasFocus() else colours.border)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(plot)

    def paint_curve(
        self, painter: QPainter, points: QPolygonF, colour: QColor, width: float = 1.8, dashed: bool = False
    ) -> None:
        """Draw a line through points."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)

    def _paint_axes(self, painter: QPainter, plot: QRectF, colours: PlotColours) -> None:
        line = self.fontMetrics().height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        low, high = self.y_range
        for value in self._y_ticks():
            y = plot.bottom() - (value - low) / (high - low) * plot.height()
            painter.setPen(colours.grid)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(colours.text_muted)
            painter.drawText(QRectF(0, y - line / 2, plot.left() - GAP, line), right, f"{value:g}")
        painter.setPen(colours.text_muted)
        ticks = ((self.x_of(value, plot), text) for value, text in self.x_ticks())
        for left, width, text in number_row(ticks, self.fontMetrics().horizontalAdvance, (0.0, self.width())):
            painter.drawText(QRectF(left, plot.bottom() + 2, width, line), Qt.AlignmentFlag.AlignCenter, text)
        below = QRectF(plot.left(), plot.bottom() + line + 2, plot.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.x_label)

    def _y_ticks(self) -> list[float]:
        height = self.height() - 2 * self.fontMetrics().height() - GAP - self.space_above
        count = max(2, round(height / (LINES_OF_HEIGHT * self.fontMetrics().height())))
        return list(nice_ticks(*self.y_range, count))


def nice_ticks(low: float, high: float, count: int) -> Iterator[float]:
    """Round numbers between `low` and `high`, about `count` of them."""
    if not low < high:
        return
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))
    for index in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1):
        yield float(f"{index * step:.12g}")
