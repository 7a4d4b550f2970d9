"""Dashed lines through the means of a series, laid once for a view and then painted from memory."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath

from workbench.ui.plotting.render.layers import thin_pen
from workbench.ui.plotting.render.line_layer import LONE, mean_points, normals, shifts_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QColor

    from workbench.engine.history.history import Series
    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.line_layer import Points
    from workbench.ui.plotting.render.view import View

MEAN_COLUMNS = 3
"""Pixel columns per point: a third less work than for the present run's line, over which up to eight of these lie."""
STEEPEST = 3.0
"""Rows per column that count towards the length of a dash: a line that jumps up and down would be all dashes."""


class DashedLine:
    """The mean of a series as a line of its own colour and dash.

    Other than a `LineLayer` it hardly ever grows. So the whole line is laid as one path when the view changes, which
    lets the dashes follow it, and painting a strip only cuts that path.

    Attributes:
        series: what is drawn; None draws nothing.
        begin: what lies before this step is not drawn.
    """

    def __init__(
        self,
        colours: PlotColours,
        pick: Callable[[PlotColours], QColor],
        dash: Sequence[float],
        width: float,
        factor: float = 1.0,
    ) -> None:
        """Start without a series.

        Args:
            colours: see `set_colours`.
            pick: the line's own among them.
            dash: lengths drawn and left out in turn, in logical pixels; an even number of them, none for a solid line.
            width: in logical pixels.
            factor: what to multiply the values by.
        """
        self.visible = True
        self.series: Series | None = None
        self.begin = 0.0
        self._colours = colours
        self._pick = pick
        self._dash = dash
        self._width = width
        self._factor = factor
        self._view: View | None = None
        self._path: QPainterPath | None = None

    def set_colours(self, colours: PlotColours) -> None:
        """Paint in these colours from now on."""
        self._colours = colours

    def arrange(self, view: View) -> None:
        """Lay the line anew, once it is painted, if it lies elsewhere."""
        if view != self._view:
            self._view = view
            self._path = None

    def grow(self) -> None:
        """Lay the line anew: the series has grown."""
        self._path = None

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Draw what lies in the columns."""
        left = max(first, math.ceil(view.column(self.begin)))
        if self.series is None or not len(self.series) or left >= last:
            return
        if self._path is None:
            x, y = mean_points(view, self.series, 0, view.width, self._factor, MEAN_COLUMNS)
            self._path = line_path(x, y, [length * view.ratio for length in self._dash])
        # Thicker by strokes above one another: where the line is steep it stays thin, and laying it takes a third less.
        for shift in shifts_for(self._width * view.ratio):
            box = QRectF(left, -shift, last - left, view.height)
            painter.translate(0.0, shift)
            paint_path(painter, self._path, self._pick(self._colours), box)
            painter.translate(0.0, -shift)
        painter.setClipRect(first, 0, last - first, view.height)


def paint_path(painter: QPainter, path: QPainterPath, colour: QColor, box: QRectF) -> None:
    """Stroke `path` within `box`, which stays the painter's clip."""
    painter.setClipRect(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.strokePath(path, thin_pen(colour))


def line_path(x: NDArray[Any], y: NDArray[Any], dash: Sequence[float] = (), thickness: float = 1.0) -> QPainterPath:
    """A path to be stroked one pixel wide that looks like a dashed line of this thickness.

    Qt's own dashes take its general stroker, ten times slower, and begin anew with every strip.

    Args:
        x: ascending, evenly spaced, in device pixels, shape (n,).
        y: likewise in device pixels, shape (n,); a gap where NaN.
        dash: lengths drawn and left out in turn, in device pixels; none for a solid line.
        thickness: in device pixels.
    """
    if not len(x):
        return QPainterPath()
    if len(x) == 1:
        x, y = np.array((x[0] - LONE, x[0] + LONE)), np.repeat(y, 2)
    finite = np.isfinite(y)
    y = np.where(finite, y, 0.0)
    joined = finite[1:] & finite[:-1]
    steps = np.diff(x)
    rises = np.where(joined, np.abs(np.diff(y)), 0.0)
    lengths = np.concatenate(([0.0], np.cumsum(np.hypot(steps, np.minimum(rises, STEEPEST * steps)))))
    places, drawn = _dashed(lengths, joined, dash)
    beside = [_at(places, lengths, points) for points in _side_by_side(x, y, thickness)]
    path: QPainterPath = arrayToQPath(
        np.concatenate([each[0] for each in beside]),
        np.concatenate([each[1] for each in beside]),
        connect=np.tile(np.append(drawn, False), len(beside)).astype(np.int32),
        finiteCheck=False,
    )
    return path


def _side_by_side(x: NDArray[Any], y: NDArray[Any], thickness: float) -> list[Points]:
    """The line, or as many beside one another as make it look so thick."""
    shifts = shifts_for(thickness)
    if len(shifts) == 1:
        return [(x, y)]
    right, down = normals(x, y)
    return [(x + shift * right, y + shift * down) for shift in shifts]


def _dashed(
    lengths: NDArray[np.float64], joined: NDArray[np.bool_], dash: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Places along the line where something begins or ends, and whether the line is drawn from each to the next."""
    if not dash:
        return lengths, joined
    ends = np.cumsum(dash)
    periods = np.arange(math.ceil(lengths[-1] / ends[-1]))
    edges = (periods[:, None] * ends[-1] + ends).reshape(-1)
    places = np.sort(np.concatenate((lengths, edges[edges < lengths[-1]])))
    middles = 0.5 * (places[1:] + places[:-1])
    is_dash = np.searchsorted(ends, middles % ends[-1], side="right") % 2 == 0
    segment = np.clip(np.searchsorted(lengths, middles, side="right") - 1, 0, len(joined) - 1)
    return places, is_dash & joined[segment]


def _at(places: NDArray[np.float64], lengths: NDArray[np.float64], points: Points) -> Points:
    """The points at `places` along a line through `points`, each of which lies at its of `lengths`."""
    if places is lengths:
        return points
    return np.interp(places, lengths, points[0]), np.interp(places, lengths, points[1])
