"""Training again what is recorded: the way to any step, from the nearest snapshot before it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.history.history import History
from workbench.engine.training.batch_metrics import BatchMetrics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.training.stepper import Stepper

READ_EVERY: Final = 16


class Replay:
    """Brings `stepper` from where it stands to the step `target`, along `recorded`.

    Iterating makes one step at a time. Afterwards the stepper is as it was when it was there the first time, and
    `differed_at` says whether the losses came out as recorded. Tests are not repeated: they leave no trace in what is
    trained, and their results are recorded.

    Attributes:
        differed_at: the first step whose loss came out otherwise (another machine, another torch); None if none did.
    """

    def __init__(self, stepper: Stepper, recorded: History, target: int) -> None:
        self._stepper = stepper
        self._recorded = recorded
        self._target = target
        self._begin = stepper.position.step
        self._seen = History()
        self._readings = BatchMetrics(self._seen)
        self.differed_at: int | None = None

    def __iter__(self) -> Iterator[int]:
        """Yields the step reached, after each step.

        Raises:
            LossNotFiniteError: a loss is no number, where it was one when it was recorded.
        """
        stepper, recorded, target = self._stepper, self._recorded, self._target
        changes = deque(change for change in recorded.changes if self._begin <= change.step < target)
        settle(stepper, recorded)
        while stepper.position.step < target:
            while changes and changes[0].step <= stepper.position.step:
                change = changes.popleft()
                stepper.set_value(change.name, change.new)
            stop = changes[0].step if changes else target
            for trained in stepper.steps():
                stepper.count(trained)
                self._readings.add(trained)
                if len(self._readings) >= READ_EVERY or stepper.position.step >= stop:
                    self.read()
                yield stepper.position.step
                if stepper.position.step >= stop:
                    break
            self.read()
            settle(stepper, recorded)

    def read(self) -> None:
        """Take in the losses of the steps made so far, and hold them against what is recorded."""
        position, start = self._stepper.position, len(self._seen)
        position.correct = self._readings.read(position.sample, position.correct)
        if self.differed_at is None:
            self.differed_at = first_difference(self._seen, start, self._recorded, self._begin)


def settle(stepper: Stepper, recorded: History) -> None:
    """Close an epoch that is at its end, and count as tested what is recorded as tested by now."""
    stepper.close_epoch()
    position = stepper.position
    position.tested = max((each.epoch for each in recorded.evaluations if each.step <= position.step), default=0)


def first_difference(seen: History, start: int, recorded: History, offset: int = 0) -> int | None:
    """The first step from which on `seen` is not what is recorded, as far as both go.

    Args:
        seen: losses that came out now.
        start: where in it to begin.
        recorded: what came out the first time.
        offset: the step that index 0 of `seen` stands for.
    """
    stop = min(len(seen), len(recorded) - offset)
    if stop <= start:
        return None
    differs = seen.loss.values(start, stop) != recorded.loss.values(offset + start, offset + stop)
    return offset + start + int(np.argmax(differs)) if differs.any() else None
