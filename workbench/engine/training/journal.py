"""The Journal: the changes of a run, those made and those that are to come by themselves."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

from workbench.engine.config.hyperparameters import hyperparameter
from workbench.engine.errors import UsageError
from workbench.engine.history.records import Change, ScheduledChange
from workbench.engine.protocol.events import ChangeRefused, FutureReached, ValueChanged
from workbench.engine.recipe import not_accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.stepper import Stepper


class Journal:
    """Makes changes, and writes them into the history.

    After a way back in time there is a future: what was recorded from here on. As long as nobody leaves it, its changes
    are made again at their steps, and the run retraces itself bit for bit.

    Args:
        stepper: what is changed.
        history: where changes are written down.
        before_change: called before anything changes at a step: the last chance to take a snapshot of it.

    Attributes:
        future: what is recorded beyond the present step, whole, from step 0; None if nothing is.
        has_departed: whether going on no longer follows what is recorded, so that the run becomes a branch.
    """

    def __init__(self, stepper: Stepper, history: History, before_change: Callable[[], None]) -> None:
        self._stepper = stepper
        self._history = history
        self._before_change = before_change
        self._scheduled: deque[ScheduledChange] = deque()
        self._to_come: deque[Change] = deque()
        self.future: History | None = None
        self.has_departed = False

    @property
    def scheduled(self) -> tuple[ScheduledChange, ...]:
        """Changes known beforehand that have not been made."""
        return tuple(self._scheduled)

    @property
    def is_retracing(self) -> bool:
        """Whether going on repeats what is recorded."""
        return self.future is not None and not self.has_departed

    @property
    def next_due(self) -> float:
        """The first step before which something is to be done by itself; infinite if there is none."""
        waiting: tuple[Sequence[Change | ScheduledChange], ...] = (self._scheduled, self._to_come)
        due = [changes[0].step for changes in waiting if changes]
        if self.future is not None:
            due.append(len(self.future))
        return min(due, default=math.inf)

    @property
    def batch_size_before(self) -> int:
        """The batch size of the last step, whatever has been changed since.

        An epoch is tested in batches of this size: a change made at its end counts from the next epoch on, be it made
        before the test, during it, or long after. Otherwise a run that retraces itself would not find the same mean.
        """
        step = self._stepper.position.step
        for change in reversed(self._history.changes):
            if change.step < step:
                break
            if change.name == "batch_size":
                return int(change.old)
        return int(self._stepper.values["batch_size"])

    def schedule(self, changes: Iterable[ScheduledChange]) -> None:
        """Make these changes, too, at their steps.

        Raises:
            UsageError: one of them is not possible in this run.
        """
        changes = list(changes)
        for change in changes:
            self.checked(change.name, change.value)
        self._scheduled = deque(sorted((*self._scheduled, *changes), key=lambda change: change.step))

    def follow(self, future: History | None) -> None:
        """From the present step on, what is recorded is this."""
        step = self._stepper.position.step
        self.future = future
        self.has_departed = False
        self._to_come = deque(change for change in future.changes if change.step >= step) if future else deque()

    def depart(self) -> None:
        """Follow what is recorded no longer: its changes are not made again, and the run is to become a branch."""
        self.has_departed = True
        self._to_come.clear()

    def make_due(self) -> Iterator[TrainerEvent]:
        """Make the changes that are due at this step by themselves."""
        step = self._stepper.position.step
        while self._to_come and self._to_come[0].step <= step:
            change = self._to_come.popleft()
            yield from self._make(change.name, change.new)
        if self.future is not None and not self.has_departed and step >= len(self.future):
            self.future = None
            yield FutureReached(step)
        wishes: dict[str, Value] = {}
        while self._scheduled and self._scheduled[0].step <= step:
            due = self._scheduled.popleft()
            wishes[due.name] = due.value
        for name, value in wishes.items():
            yield from self.change(name, value)

    def change(self, name: str, value: Value) -> Iterator[TrainerEvent]:
        """Grant a wish, if it is one that can be granted; behind the end of what is recorded, it departs from that."""
        try:
            value = self.checked(name, value)
        except UsageError as problem:
            yield ChangeRefused(name, problem)
            return
        if value == self._stepper.values[name]:
            return
        if self.future is not None and not self.has_departed:
            self.depart()
        yield from self._make(name, value)

    def checked(self, name: str, value: Value) -> Value:
        """`value` for the row `name`, as this run can use it now.

        Raises:
            UsageError: it cannot.
        """
        row = hyperparameter(name)
        if name not in self._stepper.values:
            raise not_accepted(name, self._stepper.recipe.choices())
        if not row.is_live:
            raise UsageError("{name} takes effect at the next run: it cannot change during one.", name=name)
        return row.checked(value)

    def _make(self, name: str, value: Value) -> Iterator[TrainerEvent]:
        self._before_change()
        step, old = self._stepper.position.step, self._stepper.values[name]
        self._stepper.set_value(name, value)
        self._write_down(Change(step, name, old, value))
        yield ValueChanged(Change(step, name, old, value))

    def _write_down(self, change: Change) -> None:
        """Add it, or take it together with one of the same step: a slider dragged at rest leaves one change."""
        changes = self._history.changes
        for place in range(len(changes) - 1, -1, -1):
            earlier = changes[place]
            if earlier.step < change.step:
                break
            if earlier.name == change.name:
                if earlier.old == change.new:
                    del changes[place]
                else:
                    changes[place] = Change(change.step, change.name, earlier.old, change.new)
                return
        self._history.add_change(change)
