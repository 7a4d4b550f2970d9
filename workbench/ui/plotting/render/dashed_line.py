"""Dashed lines through the means of a series, laid once for a view and then painted from memory."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from workbench.ui.plotting.render.layers import Layer, thin_pen
from workbench.ui.plotting.render.line_layer import mean_points, polylines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QColor, QPolygonF

    from workbench.engine.history.series import Series
    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.view import View

MEAN_COLUMNS = 3
"""Pixel columns per point: a third less work than for the current run's line, over which up to eight of these lie."""


class DashedLine(Layer):
    """The mean of a series as a line of its own colour and dash.

    Unlike a `LineLayer`, its series rarely grows. So the whole line is laid when the view changes, which keeps the
    dashes in place, and a strip is painted by clipping the line.

    Attributes:
        series: is drawn; None draws nothing.
        factor: multiplies the values.
        begin: steps before this one are not drawn.
    """

    def __init__(
        self, pick: Callable[[PlotColours], QColor], dash: Sequence[float], width: float, factor: float = 1.0
    ) -> None:
        """Start without a series.

        Args:
            pick: chooses the line's colour.
            dash: lengths drawn and left out in turn, in logical pixels; an even number of them, none for a solid line.
            width: in logical pixels.
            factor: multiplies the values.
        """
        self.series: Series | None = None
        self.begin = 0.0
        self._pick = pick
        self._dash = dash
        self._width = width
        self.factor = factor
        self._view: View | None = None
        self._lines: list[QPolygonF] | None = None

    def arrange(self, view: View) -> None:
        """Lay the line anew with the next paint if the view has changed."""
        if view != self._view:
            self._view, self._lines = view, None

    def grow(self) -> None:
        """Lay the line anew: the series has grown."""
        self._lines = None

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Draw the part of the line that lies in the columns."""
        left = max(first, math.ceil(view.column(self.begin)))
        if self.series is None or not len(self.series) or left >= last:
            return
        if self._lines is None:
            x, y = mean_points(view, self.series, 0, view.width, self.factor, MEAN_COLUMNS)
            self._lines = polylines(x, y, self._width * view.ratio)
        dash = [length * view.ratio for length in self._dash]
        painter.setClipRect(left, 0, last - left, view.height)
        draw_lines(painter, self._lines, self._pick(view.colours), dash)
        painter.setClipRect(first, 0, last - first, view.height)


def draw_lines(painter: QPainter, lines: Iterable[QPolygonF], colour: QColor, dash: Sequence[float] = ()) -> None:
    """Stroke antialiased lines of one pixel; `dash` is in device pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(thin_pen(colour, dash))
    for line in lines:
        painter.drawPolyline(line)
