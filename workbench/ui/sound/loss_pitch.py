"""LossPitch: how high a tone stands for the loss of the last steps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from workbench.engine.history.series import Series

LOWEST_HZ: Final = 220.0
HIGHEST_HZ: Final = 880.0
STEPS: Final = 20
"""Their mean loss is heard: a single batch would make the pitch jump."""
LEAST_RATIO: Final = 1.25
"""Of the first loss to the lowest one: with less between them, noise would fill the whole range of pitches."""
TINY: Final = 1e-12
"""Takes the place of a loss of zero, which has no logarithm."""


def frequency_of(loss: float, first: float, lowest: float) -> float:
    """The pitch of a loss, in Hz: highest at the first loss, lowest at the lowest one, logarithmic between them.

    Equal ratios of losses are equal intervals of tones. Losses outside the two have the pitch of the nearer one.

    Args:
        loss: finite, not negative.
        first: loss of the run.
        lowest: loss so far.
    """
    top, bottom, level = (math.log(max(value, TINY)) for value in (first, lowest, loss))
    bottom = min(bottom, top - math.log(LEAST_RATIO))
    share = min(1.0, max(0.0, (level - bottom) / (top - bottom)))
    return LOWEST_HZ * math.pow(HIGHEST_HZ / LOWEST_HZ, share)


class LossPitch:
    """Follows the losses of a run, and begins anew with another run or after going back."""

    def __init__(self) -> None:
        self._losses: Series | None = None
        self._truncations = 0
        self._heard = 0
        self._first: float | None = None
        self._lowest = math.inf

    def follow(self, losses: Series) -> float | None:
        """The pitch of the last steps, in Hz: None where there is no new step, NaN where their loss is not finite."""
        if losses is not self._losses or losses.truncations != self._truncations:
            self._begin(losses)
        count = len(losses)
        if count == self._heard:
            return None
        self._heard = count
        mean = float(losses.values(max(0, count - STEPS), count).mean(dtype=np.float64))
        if not math.isfinite(mean):
            return math.nan
        if self._first is None:
            self._first = losses[0] if math.isfinite(losses[0]) else mean
        self._lowest = min(self._lowest, mean)
        return frequency_of(mean, self._first, self._lowest)

    def _begin(self, losses: Series) -> None:
        """Find the lowest mean of what is recorded already: the run may have been opened, or may have gone back."""
        self._losses, self._truncations = losses, losses.truncations
        self._heard, self._first = 0, None
        recorded = losses.values()
        means = recorded[: len(recorded) // STEPS * STEPS].reshape(-1, STEPS).mean(axis=1, dtype=np.float64)
        self._lowest = float(means[np.isfinite(means)].min(initial=math.inf))
