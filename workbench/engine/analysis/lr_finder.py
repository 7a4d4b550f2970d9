"""The learning-rate range test, read: the smooth curve, its marks, and a rate to try. NumPy only.

Source: Smith, "Cyclical Learning Rates for Training Neural Networks" (arXiv:1506.01186), in the variant of fastai: the
rate grows by a constant factor within a hundred steps, instead of evenly over several epochs. The curve is smoothed
without a lag, where fastai's running mean of 50 steps shows the break at two to five times its rate; and the slope is
that over the logarithm of the rate, which a slope over the rate itself puts thousands of times too low.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from workbench.engine.protocol.experiments.range_test import RangeFound, Sweep

    Numbers = NDArray[np.float64]

PLAIN: Final = ("sgd",)
"""Optimizers whose update is the gradient times the rate; others divide by the gradient's size."""
PLAIN_RANGE: Final = (1e-6, 10.0)
ADAPTIVE_RANGE: Final = (1e-7, 1.0)
STOP_FACTOR: Final = 4.0
"""A sweep ends where the median of its last losses exceeds this many times its least."""
MEDIAN_OF: Final = 5
KERNEL_SHARE: Final = 1 / 40
"""Standard deviation of the smoothing kernel, as a share of the steps."""
KERNEL_REACH: Final = 4
"""Standard deviations."""
FIRST: Final = 10
"""Steps at the lowest rates, which do nothing: their losses are those of the batches."""
FIRST_FACTOR: Final = 2.0
"""A sweep does not end before the median exceeds this many times the largest of these losses."""
BREAK_FACTOR: Final = 1.3
"""The curve breaks where it is this many times its minimum."""
LEAST_FALL: Final = 0.05
"""Of its start: a curve that falls by less has no slope to find."""
NOISE_FACTOR: Final = 5.5
"""The least of a hundred smooth points of noise lies 2 to 4 standard errors below their start."""
START_SHARE: Final = 0.1
"""The first steps, at rates too small to do anything, whose mean is the start of the curve."""
CAUTION: Final = 10.0
"""Without a slope, stay below the break divided by this."""
EMA: Final = 0.98


@dataclass(frozen=True, slots=True, eq=False)
class RateReading:
    """What a range test says.

    Attributes:
        rates: (m,) those that all sweeps have reached.
        curve: (m,) the smooth loss, the mean over the sweeps.
        low: (m,) the least of the sweeps' smooth losses.
        high: (m,) the largest of them.
        start: the loss before the rates do anything.
        steepest: the rate at which the curve falls fastest; None where it does not fall.
        minimum: the rate at which the curve is lowest.
        broken: the rate at which the loss breaks away upwards; None if no rate was large enough for that.
        valley: the rate that fastai's rule suggests, from the first sweep; None while it is under way.
        suggestion: the rate to try; None where the curve has no clear slope, as from a trained network.
        limit: without a suggestion, the rate to stay below.
    """

    rates: Numbers
    curve: Numbers
    low: Numbers
    high: Numbers
    start: float
    steepest: float | None
    minimum: float
    broken: float | None
    valley: float | None
    suggestion: float | None
    limit: float


def swept_rates(optimizer: str, steps: int) -> Numbers:
    """The rates (steps,) of a range test for an optimizer, from its lowest to its highest by a constant factor."""
    low, high = PLAIN_RANGE if optimizer in PLAIN else ADAPTIVE_RANGE
    return np.geomspace(low, high, steps)


class StopRule:
    """Says when a sweep has seen enough: its loss is far above its least.

    Medians: a single batch that is hard or easy must not end it. Nor must the batches of a network that has learned
    almost everything, whose losses differ by orders of magnitude: it also is far above all losses at the lowest
    rates.
    """

    def __init__(self) -> None:
        self._first: list[float] = []
        self._last: list[float] = []
        self._least = math.inf

    def add(self, loss: float) -> bool:
        """Whether the sweep ends with this loss."""
        self._last = [*self._last, loss][-MEDIAN_OF:]
        if not math.isfinite(loss):
            return True
        if len(self._first) < FIRST:
            self._first.append(loss)
        if len(self._last) < MEDIAN_OF:
            return False
        median = float(np.median(self._last))
        self._least = min(self._least, median)
        return median > max(STOP_FACTOR * self._least, FIRST_FACTOR * max(self._first))


def smoothed(losses: Numbers, steps: int) -> Numbers:
    """Losses (m,) of evenly spaced points, each the mean of those around it with a Gaussian's weights: without a lag.

    Args:
        losses: finite.
        steps: of the whole test, of which the losses may be the first part; it sets the width of the Gaussian.
    """
    if len(losses) == 0:
        return losses
    width = max(steps * KERNEL_SHARE, 0.5)
    reach = max(1, math.ceil(KERNEL_REACH * width))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    # Convolved with ones, the kernel gives the sum of the weights inside; at the ends that is not all of them.
    weights = np.convolve(np.ones(len(losses)), kernel)[reach : reach + len(losses)]
    mean: Numbers = np.convolve(losses, kernel)[reach : reach + len(losses)] / weights
    return mean


def read_range(found: RangeFound) -> RateReading | None:
    """What the sweeps say; None before there are enough points to say anything."""
    sweeps, steps = [sweep for sweep in found.sweeps if len(sweep.losses) > 0], len(found.rates)
    if found.sweeps and len(sweeps) > 1 and not _is_over(sweeps[-1], steps):
        sweeps.pop()  # it would cut the others short while it is under way
    count = min((len(sweep.losses) for sweep in sweeps), default=0)
    if count < MEDIAN_OF:
        return None
    rates = found.rates[:count]
    capped = [_capped(sweep.losses)[:count] for sweep in sweeps]
    curves = np.stack([smoothed(losses, steps) for losses in capped])
    curve = curves.mean(0)
    begin = max(1, min(count, round(START_SHARE * steps)))
    start = float(curve[:begin].mean())
    lowest = int(np.argmin(curve))
    slopes = np.gradient(curve, np.log(rates))[: lowest + 1]
    steepest = float(rates[int(np.argmin(slopes))]) if slopes.min() < 0 else None
    fall = start - float(curve[lowest])
    noise = NOISE_FACTOR * _standard_error(capped, curves, steps)
    is_clear = fall >= max(LEAST_FALL * abs(start), noise)
    # Where nothing fell, the lowest point is one of noise, and only what leaves the range of the start is a break.
    level = max(BREAK_FACTOR * float(curve[lowest]), -math.inf if is_clear else start + noise)
    broken = _broken(rates, curve, lowest, level, has_broken=any(sweep.has_broken for sweep in sweeps))
    over = _is_over(sweeps[0], steps)
    return RateReading(
        rates,
        curve,
        curves.min(0),
        curves.max(0),
        start,
        steepest,
        float(rates[lowest]),
        broken,
        fastai_valley(found.rates, sweeps[0].losses) if over else None,
        steepest if is_clear else None,
        broken / CAUTION if broken is not None else float(rates[-1]),
    )


def range_rows(found: RangeFound) -> Iterator[Sequence[object]]:
    """The raw points as the rows of a table, with its head."""
    yield "order", "learning_rate", "loss"
    for order, sweep in enumerate(found.sweeps, 1):
        for rate, loss in zip(found.rates.tolist(), sweep.losses.tolist(), strict=False):
            yield order, rate, loss


def fastai_valley(rates: Numbers, losses: Numbers) -> float | None:
    """The rate that fastai's rule `valley` suggests; None where there are too few points.

    Of the losses, smoothed by its running mean and cut at both ends, the longest decreasing subsequence is found; the
    rate at half of its length is suggested. Source: fastai 2.8, `fastai/callback/schedule.py`, `valley` and `lr_find`.

    Args:
        rates: (n,).
        losses: (m,) with m <= n, raw.
    """
    mean, smooth = 0.0, []
    for count, loss in enumerate(losses.tolist(), 1):
        mean = EMA * mean + (1 - EMA) * loss
        smooth.append(mean / (1 - EMA**count))
    first, last = len(rates) // 10, len(smooth) - 5
    cut = smooth[first:last]
    if len(cut) < 2:
        return None
    lengths = [1] * len(cut)
    end = 0
    for index in range(1, len(cut)):
        for before in range(index):
            if cut[index] < cut[before] and lengths[index] < lengths[before] + 1:
                lengths[index] = lengths[before] + 1
        if lengths[end] < lengths[index]:
            end = index
    start = end - lengths[end]
    third = (end - start) / 3
    return float(rates[first + max(0, start + int(third) + int(third / 2))])


def _is_over(sweep: Sweep, steps: int) -> bool:
    return sweep.has_broken or len(sweep.losses) == steps


def _capped(losses: Numbers) -> Numbers:
    """The losses, none of them above the level at which a sweep stops: one of a million must not draw the curve up."""
    if len(losses) < MEDIAN_OF:
        return losses
    windows = np.lib.stride_tricks.sliding_window_view(losses, MEDIAN_OF)
    level = max(STOP_FACTOR * float(np.median(windows, axis=1).min()), FIRST_FACTOR * float(losses[:FIRST].max()))
    return np.minimum(losses, level)


def _broken(rates: Numbers, curve: Numbers, lowest: int, level: float, *, has_broken: bool) -> float | None:
    # The last time that it leaves the level: what comes down again did not break.
    below = lowest + int(np.flatnonzero(curve[lowest:] <= level)[-1])
    if below + 1 < len(rates):
        return float(rates[below + 1])
    return float(rates[-1]) if has_broken else None


def _standard_error(raw: Sequence[Numbers], curves: NDArray[np.float64], steps: int) -> float:
    """Of one point of the mean curve, by how the raw points of the first half scatter around their own curves.

    There the rates are small, so that the points differ from the curve by the noise of the batches alone.
    """
    half = max(2, curves.shape[1] // 2)
    residuals = np.concatenate([(losses - curve)[:half] for losses, curve in zip(raw, curves, strict=True)])
    # A Gaussian of width w averages 2 w sqrt(pi) independent points.
    effective = max(1.0, 2 * math.sqrt(math.pi) * steps * KERNEL_SHARE) * len(raw)
    return float(residuals.std()) / math.sqrt(effective)
