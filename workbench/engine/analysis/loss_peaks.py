"""How a loss compares with those before it. NumPy only: the window computes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW: Final = 100
"""Steps before one that it is compared with."""
FEWEST: Final = 10
"""With fewer steps before it, a loss is no peak: the first ones fall steeply."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A loss beside those before it.

    Attributes:
        count: of the losses before it that are compared; at most `WINDOW`.
        median: of them.
        higher: how many of them are higher than it.
    """

    count: int
    median: float
    higher: int


def compared(before: NDArray[np.float32], loss: float) -> Comparison | None:
    """The loss of a step beside the last ones before it; None for the first step.

    Args:
        before: the losses before it, (n,), of which the last `WINDOW` count.
        loss: the loss.
    """
    last = before[-WINDOW:]
    if not len(last):
        return None
    return Comparison(len(last), float(np.median(last)), int((last > loss).sum()))


def largest_peak(losses: NDArray[np.float32]) -> int | None:
    """The step whose loss is the highest in relation to the mean of those before it; None in a short run.

    Args:
        losses: of the run, by step.
    """
    count = len(losses)
    if count <= FEWEST:
        return None
    sums = np.concatenate(([0.0], np.cumsum(losses, dtype=np.float64)))
    steps = np.arange(FEWEST, count)
    first = np.maximum(steps - WINDOW, 0)
    means = (sums[steps] - sums[first]) / (steps - first)
    ratios = losses[FEWEST:] / np.maximum(means, np.finfo(np.float32).tiny)
    return FEWEST + int(np.argmax(ratios))
