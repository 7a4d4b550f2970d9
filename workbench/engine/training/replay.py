"""Replay: trains recorded steps again, from a snapshot to any step after it."""

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
    """Brings `stepper` from its current step to the step `target`, along `recorded`.

    Iterating makes one step at a time. Afterwards the stepper is as it was at `target` the first time, and
    `differed_at` says whether the losses are the recorded ones. Evaluations are not repeated: they change nothing in
    the training, and their results are recorded.

    Attributes:
        differed_at: the first step whose loss is not the recorded one (another machine, another torch), or None.
    """

    def __init__(self, stepper: Stepper, recorded: History, target: int) -> None:
        self._stepper = stepper
        self._recorded = recorded
        self._target = target
        self._first = stepper.position.step
        self._replayed = History()
        self._batch_metrics = BatchMetrics(self._replayed, stepper.data.spec.task)
        self.differed_at: int | None = None

    def __iter__(self) -> Iterator[int]:
        """Yields the step reached, after each step.

        Raises:
            LossNotFiniteError: a loss is NaN or infinite that was finite when it was recorded.
        """
        stepper, recorded, target = self._stepper, self._recorded, self._target
        changes = deque(change for change in recorded.changes if self._first <= change.step < target)
        stepper.use_tests(recorded.evaluations)
        sync_epoch_counters(stepper, recorded)
        while stepper.position.step < target:
            while changes and changes[0].step <= stepper.position.step:
                change = changes.popleft()
                stepper.set_value(change.name, change.new)
            stop = changes[0].step if changes else target
            for trained in stepper.steps():
                stepper.count(trained)
                self._batch_metrics.add(trained)
                if len(self._batch_metrics) >= READ_EVERY or stepper.position.step >= stop:
                    self.read_losses()
                yield stepper.position.step
                if stepper.position.step >= stop:
                    break
            self.read_losses()
            sync_epoch_counters(stepper, recorded)

    def read_losses(self) -> None:
        """Read the losses of the steps made so far, and compare them with the recorded ones."""
        position, start = self._stepper.position, len(self._replayed)
        position.metric_sum = self._batch_metrics.read(position.sample, position.metric_sum)
        if self.differed_at is None:
            self.differed_at = first_difference(self._replayed, start, self._recorded, self._first)


def sync_epoch_counters(stepper: Stepper, recorded: History) -> None:
    """Close an epoch that is at its end, and count the epochs that are recorded as tested by now."""
    stepper.close_epoch()
    position = stepper.position
    position.tested = max((each.epoch for each in recorded.evaluations if each.step <= position.step), default=0)


def first_difference(replayed: History, start: int, recorded: History, offset: int = 0) -> int | None:
    """The first step whose replayed loss is not the recorded one, as far as both go; None if all are equal.

    Args:
        replayed: the losses of this time.
        start: the index in it to begin with.
        recorded: the losses of the first time.
        offset: the step that index 0 of `replayed` stands for.
    """
    stop = min(len(replayed), len(recorded) - offset)
    if stop <= start:
        return None
    differs = replayed.loss.values(start, stop) != recorded.loss.values(offset + start, offset + stop)
    return offset + start + int(np.argmax(differs)) if differs.any() else None
