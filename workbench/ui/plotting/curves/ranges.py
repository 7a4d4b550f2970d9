"""The ranges of the axes. They grow in steps: every change of a range costs a full redraw, a stable one nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from workbench.engine.history.series import Series

FIRST_MULTIPLES = (1, 2, 3, 4, 5, 6, 8, 10)
"""Epochs shown, one after the other; beyond, by a quarter more each time."""
GROWTH = 1.25
HEADROOM = 1.12
"""The upper edge is this factor above the largest value: the numbers of the epochs stand there."""
CEILINGS = (1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
FLOORS = (1.0, 2.0, 3.0, 5.0)
SMALLEST_RATIO = 1e-12
"""A logarithmic axis reaches at most twelve decades down from its upper edge."""
OUTLIER, LOG_OUTLIER = 20.0, 1000.0
"""A loss this many times higher than the run's usual one is cut off, on a linear and on a logarithmic axis.

An ordinary loss falls by a factor of ten or so.
"""
USUAL_SHARE = 0.75
"""Of the values after the first quarter, this share lies at or below the usual value."""
OTHER_RUNS = 5.0
"""Another run is fitted if its highest loss lies within this many outlier factors of the current run's."""
DECADES_ROOM = 0.06
"""Of the height of an axis of whole decades, free beyond each edge."""
NEAR = 1e-9
"""A power of ten may come out a little beside its whole logarithm."""
SHORTEST_TO_JUDGE = 20
LARGEST_RAW = 1 << 16
"""Values read one by one; longer series are read by their summaries."""
SUMMARY_BINS = 1024


def next_horizon(steps: int, steps_per_epoch: int, planned_steps: int) -> int:
    """The last step to show when `steps` are recorded.

    The first multiple of an epoch, out of a sequence that grows by a quarter, that has room for them; no further than
    planned, as long as they are within the plan.

    Args:
        steps: steps recorded so far.
        steps_per_epoch: steps in an epoch, at least 1.
        planned_steps: steps the run will have; 0 if unknown.
    """
    epochs = math.ceil(max(steps, 1) / steps_per_epoch)
    horizon = _next_multiple(epochs) * steps_per_epoch
    return min(horizon, planned_steps) if steps <= planned_steps else horizon


def _next_multiple(epochs: int) -> int:
    for multiple in FIRST_MULTIPLES:
        if multiple >= epochs:
            return multiple
    multiple = FIRST_MULTIPLES[-1]
    while multiple < epochs:
        multiple = math.ceil(multiple * GROWTH)
    return multiple


def nice_ceiling(value: float, mantissas: tuple[float, ...] = CEILINGS) -> float:
    """The smallest number of few digits (a mantissa times a power of ten) that is at least `value`; `value` > 0."""
    power = 10.0 ** math.floor(math.log10(value))
    return next((mantissa * power for mantissa in mantissas if mantissa * power >= value), 10.0 * power)


def nice_floor(value: float, mantissas: tuple[float, ...] = FLOORS) -> float:
    """The largest number of few digits that is at most `value`; `value` > 0."""
    power = 10.0 ** math.floor(math.log10(value))
    # Just below a power of ten, the logarithm may round up to it.
    return max((mantissa * power for mantissa in mantissas if mantissa * power <= value), default=power / 2.0)


def linear_bounds(lowest: float, highest: float) -> tuple[float, float]:
    """Lower and upper edge for values between `lowest` and `highest`: from zero, unless there are negative ones."""
    top = nice_ceiling(highest * HEADROOM) if highest > 0.0 else 0.0
    bottom = -nice_ceiling(-lowest * HEADROOM) if lowest < 0.0 else 0.0
    return (bottom, top) if top > bottom else (0.0, 1.0)


def log_bounds(lowest: float, highest: float) -> tuple[float, float]:
    """Lower and upper edge of a logarithmic axis, as base-10 logarithms.

    Args:
        lowest: smallest positive value.
        highest: largest value; there is nothing to show if it is not positive.
    """
    if highest <= 0.0:
        return -1.0, 1.0
    bottom = nice_floor(max(lowest, highest * SMALLEST_RATIO) / HEADROOM)
    # The same share of the height as on a linear axis: a factor that grows with the decades shown.
    top = nice_ceiling(highest * max(HEADROOM, (highest / bottom) ** (HEADROOM - 1.0)))
    return math.log10(bottom), math.log10(top)


def decade_bounds(lowest: float, highest: float) -> tuple[float, float]:
    """The whole decades around positive values, as base-10 logarithms, with a little room: a line at an edge is whole.

    Args:
        lowest: smallest value, above 0.
        highest: largest value.
    """
    bottom, top = math.floor(math.log10(lowest) + NEAR), math.ceil(math.log10(highest) - NEAR)
    if bottom >= top:  # one and the same power of ten
        bottom, top = bottom - 1, top + 1
    room = DECADES_ROOM * (top - bottom)
    return bottom - room, top + room


class Extent:
    """The extremes of all values included so far. They only ever widen; start a new extent to begin again.

    Attributes:
        version: raised when the extremes widen, and when a value exceeds `fitted`.
        fitted: the highest value that the axis is fitted to; higher ones are outliers, or need another fit.
    """

    def __init__(self) -> None:
        self.version = 0
        self.fitted = math.inf
        self._lowest = math.inf
        self._highest = -math.inf
        self._lowest_positive = math.inf

    def include(self, values: NDArray[np.floating[Any]]) -> None:
        """Include `values`, shape (n,); those that are not finite do not count."""
        if not values.size or (
            self._lowest_positive <= values.min() and values.max() <= min(self._highest, self.fitted)
        ):
            return  # nothing new, as in almost every frame; NaN compares false and goes on
        finite = values[np.isfinite(values)]
        if not finite.size:
            return
        self.version += 1
        self._lowest = min(self._lowest, float(finite.min()))
        self._highest = max(self._highest, float(finite.max()))
        positive = finite[finite > 0.0]
        if positive.size:
            self._lowest_positive = min(self._lowest_positive, float(positive.min()))

    def include_series(self, series: Series, start: int) -> None:
        """Include `series` from the index `start` on, by its summaries if it is long."""
        count = len(series) - start
        if count <= LARGEST_RAW:
            self.include(series.values(start))
            return
        # One bin more before and after: the edges of bins are rounded up.
        seen = series.extremes(start, count / SUMMARY_BINS, -1, SUMMARY_BINS + 2)
        self.include(seen.minimum)
        self.include(seen.maximum)

    def bounds(self, *, log: bool, lowest: float = -math.inf, highest: float = math.inf) -> tuple[float, float]:
        """The edges of an axis for the values between `lowest` and `highest`; base-10 logarithms if `log`."""
        highest = min(highest, self._highest)
        return log_bounds(self._lowest_positive, highest) if log else linear_bounds(max(lowest, self._lowest), highest)


def maxima(series: Series) -> tuple[NDArray[np.floating[Any]], float]:
    """The values of a short series, or the maxima of equal parts of a long one; and the steps in each part."""
    count = len(series)
    if count <= LARGEST_RAW:
        return series.values(), 1.0
    return series.extremes(0, count / SUMMARY_BINS, 0, SUMMARY_BINS).maximum, count / SUMMARY_BINS


def magnitudes(series: Series) -> NDArray[np.floating[Any]]:
    """The absolute values of a short series, or the largest ones of equal parts of a long one."""
    count = len(series)
    if count <= LARGEST_RAW:
        return np.abs(series.values())
    seen = series.extremes(0, count / SUMMARY_BINS, 0, SUMMARY_BINS)
    return np.maximum(np.abs(seen.minimum), np.abs(seen.maximum))


def robust_highest(
    values: NDArray[np.floating[Any]], outlier: float, evaluations: NDArray[np.floating[Any]]
) -> float | None:
    """The highest loss of a run that is not an outlier: the axis is fitted to it. None without a finite value.

    Three quarters of the values after the first quarter of the run lie at or below its usual value. A later value of
    more than `outlier` times that is left out; so are values of the first quarter, and evaluations, that exceed what is
    left by the same factor. A threefold spike is fitted, and so is a run that grows over its whole length (up to
    exponentially, over seven decades); the few steps of a divergence are not.

    Args:
        values: the losses, or maxima of equal parts of the run, shape (n,).
        outlier: the factor, above 1.
        evaluations: the losses of the evaluations, shape (m,).
    """
    start = len(values) // 4 if len(values) >= SHORTEST_TO_JUDGE else 0
    tail = values[start:][np.isfinite(values[start:])]
    rest = np.concatenate((values[:start], evaluations))
    rest = rest[np.isfinite(rest)]
    if not tail.size:
        return float(rest.max()) if rest.size else None
    usual = float(tail.max())
    if tail.size >= SHORTEST_TO_JUDGE // 2:
        limit = outlier * float(np.quantile(tail, USUAL_SHARE))
        usual = float(tail[tail <= limit].max()) if limit > 0.0 else usual
    fitting = rest[rest <= outlier * usual] if usual > 0.0 else rest
    return max(usual, float(fitting.max())) if fitting.size else usual


def fitted_highest(own: float | None, others: Sequence[float], outlier: float) -> float | None:
    """The highest loss that the axis shows: the current run's, and those of other runs unless far above it.

    Args:
        own: `robust_highest` of the current run; None if it has no step.
        others: the same of the runs beside it.
        outlier: as for `robust_highest`.
    """
    reference = own if own is not None else min(others, default=None)
    if reference is None or reference <= 0.0:
        return max(others, default=reference)
    return max(reference, *(each for each in others if each <= OTHER_RUNS * outlier * reference), reference)
