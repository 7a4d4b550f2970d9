"""The divergence guard: finds a loss far above its recent range, as opposed to a noisy one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from workbench.engine.history.series import Series

WINDOW: Final = 100
"""Number of losses that make the recent range."""
LAG: Final = 10
"""The last losses before a step are left out: a loss that doubles at every step would raise its own range."""
SHORTEST: Final = 3
"""With fewer losses before it, no loss is a spike."""
TIMES_THE_HIGHEST: Final = 4.0
TIMES_THE_RANGE: Final = 10.0
"""A spike is above both: early losses lie within a hundredth of each other, late ones vary by their own size."""
OF_THE_FIRST: Final = 0.1
"""And above this share of the run's first losses: an overfitted network's losses vary between 0 and nearly 0."""
PATIENCE: Final = 4
"""A second loss as high must follow within this many steps: with batches of one image, one hard image is a peak."""
BEYOND_DOUBT: Final = 25.0
"""A loss this many times above the bound needs no second one."""


class LossSpikeError(ArithmeticError):
    """The loss of a step is far above its recent range."""

    def __init__(self, step: int, loss: float) -> None:
        super().__init__(f"the loss rose to {loss} at step {step}")
        self.step = step
        self.loss = loss


def first_spike(losses: Series, start: int) -> LossSpikeError | None:
    """The first spike among the losses from index `start` on; each is compared with those before it.

    The last few losses before `start` are checked again, because their second may only now have come; so the result
    does not depend on how many losses are read together. Takes about 5 µs for the usual sixteen.
    """
    stop = len(losses)
    start = max(start - PATIENCE, SHORTEST)
    if start >= stop:
        return None
    values = losses.values(start, stop)
    # In nearly every call no loss comes near, and one comparison with the part that all their ranges share is enough.
    shared = losses.values(max(0, stop - LAG - WINDOW), max(SHORTEST, start - LAG))
    near = TIMES_THE_HIGHEST * float(shared.max()) if len(shared) else 0.0
    if float(values.max()) <= near:
        return None
    for index in np.flatnonzero(values > near).tolist():
        loss, bound = float(values[index]), _bound(losses, start + index)
        following = values[index + 1 : index + 1 + PATIENCE]
        if loss > BEYOND_DOUBT * bound or (loss > bound and bool((following > bound).any())):
            return LossSpikeError(start + index, loss)
    return None


def _bound(losses: Series, step: int) -> float:
    """The bound that the loss of `step` must exceed to be a spike."""
    recent = losses.values(max(0, step - LAG - WINDOW), max(SHORTEST, step - LAG))
    highest, lowest = float(recent.max()), float(recent.min())
    least = OF_THE_FIRST * float(losses.values(0, SHORTEST).max())
    return max(least, TIMES_THE_HIGHEST * highest, highest + TIMES_THE_RANGE * (highest - lowest))
