"""The divergence guard: tells a loss that has left its range from one that is only noisy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from workbench.engine.history.history import Series

WINDOW: Final = 100
"""The recent range is that of so many losses."""
LAG: Final = 10
"""The very last are left out: a loss that doubles with every step would carry its own range along."""
SHORTEST: Final = 3
"""With fewer before it, no loss is called a leap."""
TIMES_THE_HIGHEST: Final = 4.0
TIMES_THE_RANGE: Final = 10.0
"""A leap is far beyond both: early losses lie within a hundredth of each other, late ones swing by their own size."""
OF_THE_FIRST: Final = 0.1
"""And beyond this share of the run's first losses: what has been learned by heart trembles between 0 and nearly 0."""
PATIENCE: Final = 4
"""A second loss as high must follow within so many: with batches of one image, a single hard one leaps by itself."""
BEYOND_DOUBT: Final = 25.0
"""So many times the bound needs no second."""


class LossSpikeError(ArithmeticError):
    """The loss of a step leapt far beyond its recent range.

    Attributes:
        step: which step's.
        loss: the loss.
    """

    def __init__(self, step: int, loss: float) -> None:
        super().__init__(f"the loss leapt to {loss} at step {step}")
        self.step = step
        self.loss = loss


def first_spike(losses: Series, start: int) -> LossSpikeError | None:
    """The first leap among the losses from index `start` on; each is measured against those before it.

    Looks back at the last few before `start`, whose second may only now have come, so that it does not matter how many
    are read together. Costs some 5 µs for the usual sixteen.
    """
    stop = len(losses)
    start = max(start - PATIENCE, SHORTEST)
    if start >= stop:
        return None
    values = losses.values(start, stop)
    # In nearly every call nothing comes near, and one look at what the ranges of all of them share is enough.
    shared = losses.values(max(0, stop - LAG - WINDOW), max(SHORTEST, start - LAG))
    near = TIMES_THE_HIGHEST * float(shared.max()) if len(shared) else 0.0
    if float(values.max()) <= near:
        return None
    for place in np.flatnonzero(values > near).tolist():
        loss, bound = float(values[place]), _bound(losses, start + place)
        following = values[place + 1 : place + 1 + PATIENCE]
        if loss > BEYOND_DOUBT * bound or (loss > bound and bool((following > bound).any())):
            return LossSpikeError(start + place, loss)
    return None


def _bound(losses: Series, step: int) -> float:
    """What the loss of `step` would have to be beyond."""
    recent = losses.values(max(0, step - LAG - WINDOW), max(SHORTEST, step - LAG))
    highest, lowest = float(recent.max()), float(recent.min())
    least = OF_THE_FIRST * float(losses.values(0, SHORTEST).max())
    return max(least, TIMES_THE_HIGHEST * highest, highest + TIMES_THE_RANGE * (highest - lowest))
