"""How far the axes reach. They grow in steps: every change of a range costs a full redraw, a stable one nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.engine.history.history import Series

FIRST_MULTIPLES = (1, 2, 3, 4, 5, 6, 8, 10)
"""Epochs shown, one after the other; beyond, by a quarter more each time."""
GROWTH = 1.25
HEADROOM = 1.12
"""The largest value stays this much below the upper edge, where the numbers of the epochs stand."""
CEILINGS = (1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
FLOORS = (1.0, 2.0, 3.0, 5.0)
SMALLEST_RATIO = 1e-12
"""A logarithmic axis reaches at most twelve decades down from its upper edge."""
SPIKE = 20.0
"""A first loss this many times higher than what follows is a spike; an ordinary one falls by a factor of ten or so."""
SHORTEST_TO_JUDGE = 50
LARGEST_RAW = 1 << 16
"""Values looked at one by one; of more, the summaries are."""
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
    """The same for a logarithmic axis, as base-10 logarithms.

    Args:
        lowest: smallest positive value.
        highest: largest value; at or below zero means that there is nothing to show.
    """
    if highest <= 0.0:
        return -1.0, 1.0
    bottom = nice_floor(max(lowest, highest * SMALLEST_RATIO) / HEADROOM)
    # The same share of the height as on a linear axis: a factor that grows with the decades shown.
    top = nice_ceiling(highest * max(HEADROOM, (highest / bottom) ** (HEADROOM - 1.0)))
    return math.log10(bottom), math.log10(top)


class LossExtent:
    """The extremes of all losses seen so far. They only ever widen; start a new one to begin again.

    Attributes:
        version: raised whenever they have widened.
    """

    def __init__(self) -> None:
        self.version = 0
        self._lowest = math.inf
        self._highest = -math.inf
        self._lowest_positive = math.inf

    def include(self, values: NDArray[np.floating[Any]]) -> None:
        """Take in `values`, shape (n,); those that are not finite do not count."""
        if not values.size or (self._lowest_positive <= values.min() and values.max() <= self._highest):
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
        """Take in `series` from the index `start` on, by its summaries where it is long."""
        count = len(series) - start
        if count <= LARGEST_RAW:
            self.include(series.values(start))
            return
        # One bin more before and after: the edges of bins are rounded up.
        seen = series.extremes(start, count / SUMMARY_BINS, -1, SUMMARY_BINS + 2)
        self.include(seen.minimum)
        self.include(seen.maximum)

    def bounds(self, *, log: bool, usual: float | None = None) -> tuple[float, float]:
        """Lower and upper edge of the axis that shows them all; base-10 logarithms if `log`.

        On a linear axis a highest value more than `SPIKE` times the `usual` one is left out: it would press everything
        else flat. A logarithmic axis has room for it.
        """
        if log:
            return log_bounds(self._lowest_positive, self._highest)
        is_spike = usual is not None and 0.0 < SPIKE * usual < self._highest
        return linear_bounds(self._lowest, usual if usual is not None and is_spike else self._highest)


def usual_highest(series: Series) -> float | None:
    """The highest of the last three quarters of `series`; None where it is too short to tell."""
    count = len(series)
    if count < SHORTEST_TO_JUDGE:
        return None
    first = count // 4
    if count <= LARGEST_RAW:
        return float(series.values(first).max())
    return float(series.extremes(first, (count - first) / SUMMARY_BINS, 0, SUMMARY_BINS).maximum.max())


def highest(series: Series) -> float:
    """The highest finite value of a short series; 0 where there is none."""
    values = series.values()
    finite = values[np.isfinite(values)]
    return float(finite.max()) if finite.size else 0.0
