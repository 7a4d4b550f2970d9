"""The divergence guard: tells a loss that has left its range from one that is only noisy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from workbench.engine.history import Series

WINDOW: Final = 100
"""The recent range is that of so many losses."""
SHORTEST: Final = 3
"""With fewer before it, no loss is called a leap."""
TIMES_THE_HIGHEST: Final = 4.0
TIMES_THE_RANGE: Final = 10.0
"""A leap is far beyond both: early losses lie within a hundredth of each other, late ones swing by their own size."""
PATIENCE: Final = 4
"""A second loss as high must follow within so many: with batches of one image, a single hard one leaps by itself."""
BEYOND_DOUBT: Final = 25.0
"""So many times the bound needs no second."""


class LeapError(ArithmeticError):
    """The loss of a step leapt far beyond its recent range.

    Attributes:
        step: which step's.
        loss: the loss.
    """

    def __init__(self, step: int, loss: float) -> None:
        super().__init__(f"the loss leapt to {loss} at step {step}")
        self.step = step
        self.loss = loss


def first_leap(losses: Series, start: int) -> LeapError | None:
    """The first leap among the losses from index `start` on; each is measured against those before it.

    Looks back at the last few before `start`, whose second may only now have come. Costs some 5 µs for the sixteen
    losses that are read together.
    """
    stop = len(losses)
    start = max(start - PATIENCE, SHORTEST)
    if start >= stop:
        return None
    before = losses.values(max(0, start - WINDOW), start)
    highest, lowest = float(before.max()), float(before.min())
    values = losses.values(start, stop)
    # In nearly every call nothing comes near, and one look at the highest is enough.
    if float(values.max()) <= TIMES_THE_HIGHEST * highest:
        return None
    numbers = values.tolist()
    for place, loss in enumerate(numbers):
        bound = max(TIMES_THE_HIGHEST * highest, highest + TIMES_THE_RANGE * (highest - lowest))
        if loss > bound:
            following = numbers[place + 1 : place + 1 + PATIENCE]
            if loss > BEYOND_DOUBT * bound or any(later > bound for later in following):
                return LeapError(start + place, loss)
        else:
            highest, lowest = max(highest, loss), min(lowest, loss)
    return None
