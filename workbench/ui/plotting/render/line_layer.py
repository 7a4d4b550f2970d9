"""Lines through every step: drawn as they are where there is room, as one stroke per pixel column where not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtGui import QColor, QPainter

from workbench.ui.plotting.render.layers import thin_pen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.engine.history.history import Series
    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.view import View

    Points: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]
    """Horizontal and vertical positions in device pixels, shape (n,) each."""

STRONG_WIDTH = 2.0
"""Logical pixels."""
FARTHEST_APART = 0.8
"""Device pixels between thin strokes that are to look like a thick one: at 1, their soft edges leave a pale seam."""

MEAN_COLUMNS = 2
"""Pixel columns per point of the strong line: half the strokes, a calmer line, and no detail that could be seen."""
LONE = 2.0
"""Device pixels drawn to either side of a point that has no neighbours."""
BEYOND = 3
"""Points painted beyond the stretch asked for: a line's direction, and so its outline, depends on those beside it."""


class LineLayer:
    """A metric series: a faint band of everything it holds, a strong line through its means, or both."""

    def __init__(self, colours: PlotColours, *, band: bool = False, mean: bool = False, factor: float = 1.0) -> None:
        """Start without a series.

        Args:
            colours: see `set_colours`.
            band: draw everything, faintly.
            mean: draw the mean of what shares a pixel column, strongly.
            factor: what to multiply the values by (100 shows a share in percent).
        """
        self.visible = True
        self.series: Series | None = None
        self._colours = colours
        self._band = band
        self._mean = mean
        self._factor = factor

    def set_colours(self, colours: PlotColours) -> None:
        """Paint in these colours from now on."""
        self._colours = colours

    def arrange(self, view: View) -> None:
        """Nothing to arrange: what a column shows depends on its steps alone."""

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Draw what lies in the columns, and a little beyond for the strokes that lead there."""
        if self.series is None or not len(self.series):
            return
        if self._band:
            self._paint_band(painter, view, self.series, first, last)
        if self._mean:
            self._paint_mean(painter, view, self.series, first, last)

    def _paint_band(self, painter: QPainter, view: View, series: Series, first: int, last: int) -> None:
        painter.setPen(thin_pen(self._colours.training_faint))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if view.steps_per_column < 1.0:
            stroke(painter, *step_points(view, series, first, last, self._factor))
            return
        seen = series.extremes(view.left, view.steps_per_column, first - BEYOND, last - first + 2 * BEYOND)
        low, high = view.rows(seen.minimum, self._factor), view.rows(seen.maximum, self._factor)
        stroke(painter, np.repeat(seen.bins + 0.5, 2), _up_and_down(seen.bins, low, high))

    def _paint_mean(self, painter: QPainter, view: View, series: Series, first: int, last: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        x, y = mean_points(view, series, first, last, self._factor)
        _stroke_thick(painter, self._colours.training, x, y, view.ratio)


def mean_points(
    view: View, series: Series, first: int, last: int, factor: float = 1.0, width: int = MEAN_COLUMNS
) -> Points:
    """Where a line through the means of `width` columns runs, a little beyond `first` and `last` as well.

    Through every step where there is room. Evenly spaced, in device pixels; NaN where there is no mean.
    """
    spacing = width * view.steps_per_column
    if spacing < 1.0:
        return step_points(view, series, first, last, factor)
    first_bin, last_bin = first // width - BEYOND, -(-last // width) + BEYOND
    seen = series.means(view.left, spacing, first_bin, last_bin - first_bin)
    return width * (seen.bins + np.float64(0.5)), view.rows(seen.mean, factor)


def step_points(view: View, series: Series, first: int, last: int, factor: float = 1.0) -> Points:
    """Every step in the columns, and a few beyond, at its own place."""
    start = max(0, math.floor(view.step(first)) - BEYOND)
    stop = max(start, min(len(series), math.ceil(view.step(last)) + 1 + BEYOND))
    values = series.values(start, stop)  # fewer than asked for where the series was cut a moment ago
    return view.columns(np.arange(start, start + len(values))), view.rows(values, factor)


def stroke(painter: QPainter, x: NDArray[Any], y: NDArray[Any]) -> None:
    """Draw a polyline through the points, shape (n,) each, with a gap where `y` is NaN."""
    for start, stop in _runs(y):
        _stroke_run(painter, x[start:stop], y[start:stop])


def _runs(y: NDArray[Any]) -> list[tuple[int, int]]:
    """The stretches without NaN, as pairs of first and last plus one."""
    finite = np.isfinite(y)
    if finite.all():
        return [(0, len(y))] if len(y) else []
    edges = np.flatnonzero(np.diff(finite, prepend=False, append=False)).tolist()
    return list(zip(edges[0::2], edges[1::2], strict=True))


def _stroke_run(painter: QPainter, x: NDArray[Any], y: NDArray[Any]) -> None:
    if len(x) == 1:
        x, y = _lone(x, y)
    painter.drawPolyline(arrayToQPolygonF(x, y))


def _lone(x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """A point made a short dash: a polyline of one point draws nothing."""
    return np.array((x[0] - LONE, x[0] + LONE)), np.repeat(y, 2)


def _stroke_thick(painter: QPainter, colour: QColor, x: NDArray[Any], y: NDArray[Any], ratio: float) -> None:
    """Draw a thick line as thin ones side by side, shifted along its normals.

    Through 1,100 points, antialiased, a thin stroke takes 0.14 ms, a pen of width 2 takes 2.6 ms, a filled outline
    4.3 ms: only pens of width 1 avoid Qt's general stroker.
    """
    painter.setPen(thin_pen(colour))
    for start, stop in _runs(y):
        _stroke_run(painter, *_to_and_fro(x[start:stop], y[start:stop], STRONG_WIDTH * ratio))


def _to_and_fro(x: NDArray[Any], y: NDArray[Any], thickness: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """One polyline that goes along the other, back, and along again, each time beside itself."""
    if len(x) == 1:
        x, y = _lone(x, y)
    right, down = normals(x, y)
    shifts = shifts_for(thickness)
    ways = [slice(None, None, -1 if index % 2 else 1) for index in range(len(shifts))]
    return (
        np.concatenate([(x + shift * right)[way] for shift, way in zip(shifts, ways, strict=True)]),
        np.concatenate([(y + shift * down)[way] for shift, way in zip(shifts, ways, strict=True)]),
    )


def shifts_for(thickness: float) -> list[float]:
    """How far from the middle thin strokes lie that together look so thick, in device pixels."""
    strokes = max(1, math.ceil(thickness / FARTHEST_APART))
    if thickness <= 1.0 or strokes == 1:
        return [0.0]
    return [(thickness - 1.0) * (index / (strokes - 1) - 0.5) for index in range(strokes)]


def normals(x: NDArray[Any], y: NDArray[Any]) -> Points:
    """Unit vectors across a polyline of evenly spaced points, at each of them."""
    slopes = np.zeros(len(y))
    if len(y) > 2:
        np.subtract(y[2:], y[:-2], out=slopes[1:-1])
        slopes[1:-1] /= 2.0 * (x[1] - x[0])
        slopes[0], slopes[-1] = slopes[1], slopes[-2]
    down = 1.0 / np.sqrt(1.0 + slopes * slopes)
    return -slopes * down, down


def _up_and_down(
    columns: NDArray[np.int64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    """One zigzag through every column's extremes; by the column's own number, so that any stretch joins the rest."""
    rows = np.empty((len(columns), 2))
    odd = columns % 2 == 1
    rows[:, 0], rows[:, 1] = np.where(odd, high, low), np.where(odd, low, high)
    return rows.reshape(-1)
