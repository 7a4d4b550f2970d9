"""Lines through every step where the steps have room, and as one stroke per pixel column where they have not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtGui import QPainter, QPolygonF

from workbench.ui.plotting.render.layers import Layer, thin_pen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from workbench.engine.history.series import Series
    from workbench.ui.plotting.render.view import View

    Points: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]
    """Horizontal and vertical positions in device pixels, shape (n,) each."""

STRONG_WIDTH = 2.0
"""Logical pixels."""
NO_STARTS = np.zeros(0, np.int64)
LEAST_PART = 60.0
"""Logical pixels of a part of a line that begins anew, on average: in shorter ones it is not seen, each takes 0.1 ms
when the whole plot is painted."""
CASING = 1.0
"""Logical pixels of the ground on either side of a strong line in a band."""
FARTHEST_APART = 0.8
"""Device pixels between the thin strokes of a thick line: at 1, their soft edges leave a pale seam."""
MEAN_COLUMNS = 2
"""Pixel columns per point of the strong line: half the strokes, a calmer line, and no visible detail is lost."""
LONE = 2.0
"""Device pixels drawn to either side of a point that has no neighbours."""
BEYOND = 3
"""Points painted beyond the columns asked for: a line's direction, and so its outline, depends on its neighbours."""


class LineLayer(Layer):
    """A metric series: a faint band of all its values, a strong line through its means, or both.

    Attributes:
        series: is drawn; None draws nothing.
        factor: multiplies the values.
        starts: steps at which the strong line begins anew, ascending; where they are close together, it does not.
    """

    def __init__(self, *, band: bool = False, mean: bool = False, factor: float = 1.0, cased: bool = False) -> None:
        """Start without a series.

        Args:
            band: draw all values, faintly.
            mean: draw the mean of the values in each pixel column, strongly.
            factor: multiplies the values (100 shows a share in percent).
            cased: leave a little of the ground on both sides of the strong line, which lies in a dense band.
        """
        self._cased = cased
        self.starts: Callable[[], NDArray[np.int64]] = lambda: NO_STARTS
        self.series: Series | None = None
        self._band = band
        self._mean = mean
        self.factor = factor

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Draw what lies in the columns, and a little beyond for the strokes that lead there."""
        if self.series is None or not len(self.series):
            return
        if self._band:
            self._paint_band(painter, view, self.series, first, last)
        if self._mean:
            # Through 1,100 points, antialiased, a thin stroke takes 0.14 ms, a pen of width 2 takes 2.6 ms, a filled
            # outline 4.3 ms: only pens of width 1 avoid Qt's general stroker.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            points = mean_points(view, self.series, first, last, self.factor)
            if self._cased:
                painter.setPen(thin_pen(view.colours.background))
                # Two strokes at its edges: the strong line covers what is between them.
                stroke(painter, *points, (STRONG_WIDTH + 2 * CASING) * view.ratio, strokes=2)
            painter.setPen(thin_pen(view.colours.training))
            for columns, rows in self._parts(view, *points):
                stroke(painter, columns, rows, STRONG_WIDTH * view.ratio)

    def _parts(self, view: View, x: NDArray[np.float64], y: NDArray[np.float64]) -> list[Points]:
        """The points of the strong line, cut where it begins anew."""
        if not len(x) or not len(starts := self.starts()):
            return [(x, y)]
        first, last = np.searchsorted(starts, (view.step(float(x[0])), view.step(float(x[-1]))))
        cuts = view.columns(np.asarray(starts[first:last]))
        if len(cuts) * LEAST_PART * view.ratio > x[-1] - x[0]:
            return [(x, y)]
        if MEAN_COLUMNS * view.steps_per_column >= 1.0 and len(cuts):
            # A mean over steps on both sides of a beginning belongs to neither.
            nearest = np.clip(np.searchsorted(x, cuts - MEAN_COLUMNS / 2), 0, len(x) - 1)
            y = y.copy()
            y[nearest[np.abs(x[nearest] - cuts) < MEAN_COLUMNS / 2]] = np.nan
        places = np.unique(np.searchsorted(x, cuts))
        return [part for part in zip(np.split(x, places), np.split(y, places), strict=True) if len(part[0])]

    def _paint_band(self, painter: QPainter, view: View, series: Series, first: int, last: int) -> None:
        painter.setPen(thin_pen(view.colours.training_faint))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if view.steps_per_column < 1.0:
            stroke(painter, *step_points(view, series, first, last, self.factor))
            return
        seen = series.extremes(view.left, view.steps_per_column, first - BEYOND, last - first + 2 * BEYOND)
        low, high = view.rows(seen.minimum, self.factor), view.rows(seen.maximum, self.factor)
        # One zigzag through every column's extremes; its direction depends on the column's own number, so that any
        # strip joins the rest.
        odd = seen.bins % 2 == 1
        rows = np.stack((np.where(odd, high, low), np.where(odd, low, high)), axis=1).reshape(-1)
        stroke(painter, np.repeat(seen.bins + 0.5, 2), rows)


def mean_points(
    view: View, series: Series, first: int, last: int, factor: float = 1.0, width: int = MEAN_COLUMNS
) -> Points:
    """A line through the means of `width` columns each, from a little before `first` to a little beyond `last`.

    Through every step where the steps have room. Evenly spaced, in device pixels; NaN where there is no mean.
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
    values = series.values(start, stop)  # fewer than asked for if the series was cut a moment ago
    return view.columns(np.arange(start, start + len(values))), view.rows(values, factor)


def stroke(
    painter: QPainter, x: NDArray[Any], y: NDArray[Any], thickness: float = 1.0, strokes: int | None = None
) -> None:
    """Draw a line through the points, see `polylines`."""
    for line in polylines(x, y, thickness, strokes):
        painter.drawPolyline(line)


def polylines(x: NDArray[Any], y: NDArray[Any], thickness: float = 1.0, strokes: int | None = None) -> list[QPolygonF]:
    """Lines to be stroked one pixel wide that look like one line of this thickness.

    Args:
        x: ascending, evenly spaced, in device pixels, shape (n,).
        y: in device pixels, shape (n,); a gap where NaN.
        thickness: in device pixels.
        strokes: how many lines; None for as many as leave no gap between them.
    """
    if strokes is None:
        strokes = max(1, math.ceil(thickness / FARTHEST_APART)) if thickness > 1.0 else 1
    shifts = [(thickness - 1.0) * (index / (strokes - 1) - 0.5) if strokes > 1 else 0.0 for index in range(strokes)]
    lines = []
    for start, stop in _runs(y):
        columns, rows = x[start:stop], y[start:stop]
        if stop - start == 1:  # a polyline of one point draws nothing
            columns, rows = np.array((columns[0] - LONE, columns[0] + LONE)), np.repeat(rows, 2)
        if strokes == 1:
            lines.append(arrayToQPolygonF(columns, rows))
            continue
        right, down = _normals(columns, rows)
        lines += [arrayToQPolygonF(columns + shift * right, rows + shift * down) for shift in shifts]
    return lines


def _runs(y: NDArray[Any]) -> list[tuple[int, int]]:
    """The ranges without NaN, as pairs of first and last plus one."""
    finite = np.isfinite(y)
    if finite.all():
        return [(0, len(y))] if len(y) else []
    edges = np.flatnonzero(np.diff(finite, prepend=False, append=False)).tolist()
    return list(zip(edges[0::2], edges[1::2], strict=True))


def _normals(x: NDArray[Any], y: NDArray[Any]) -> Points:
    """Unit vectors across a polyline of evenly spaced points, at each of them."""
    slopes = np.zeros(len(y))
    if len(y) > 2:
        np.subtract(y[2:], y[:-2], out=slopes[1:-1])
        slopes[1:-1] /= 2.0 * (x[1] - x[0])
        slopes[0], slopes[-1] = slopes[1], slopes[-2]
    down = 1.0 / np.sqrt(1.0 + slopes * slopes)
    return -slopes * down, down
