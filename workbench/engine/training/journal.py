"""The Journal: the hyperparameter changes of a run, those already made and those still to make."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.engine.config.hyperparameters import TABLE, Section, hyperparameter
from workbench.engine.errors import UsageError
from workbench.engine.history.journal_entries import annotate, refusal, with_note
from workbench.engine.history.records import Change, Incident, Origin, ScheduledChange
from workbench.engine.protocol.events import ChangeRefused, RecordingEnded, ValueChanged
from workbench.engine.recipe import not_accepted, only_for_images

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import JournalEntry
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.stepper import Stepper


class Journal:
    """Makes changes, and records them in the history.

    After travelling back there is a recording: the steps that were trained before, beyond the current step. Until the
    run leaves it, its changes are made again at their steps, and the run repeats itself bit for bit. Where this machine
    computes other bits, the run becomes a branch, which still makes the recorded changes.

    Args:
        stepper: where changes take effect.
        history: where changes are recorded.
        before_change: called before anything changes at a step; it can take a snapshot of that step.
        clock: seconds since 1970, UTC; they are recorded, and nothing depends on them.

    Attributes:
        recording: the recorded history from step 0 on, if it goes beyond the current step; else None.
        has_left_recording: whether training on no longer repeats the recording, so that the run becomes a branch.
    """

    def __init__(
        self,
        stepper: Stepper,
        history: History,
        before_change: Callable[[], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._stepper = stepper
        self._history = history
        self._before_change = before_change
        self._clock = clock
        self._scheduled: deque[ScheduledChange] = deque()
        self._recorded: deque[Change] = deque()
        self._outstanding: deque[Change] = deque()
        """Changes of a recording that the run still makes, although its losses differ from the recorded ones."""
        self._recorded_epochs = 0
        self.recording: History | None = None
        self.has_left_recording = False

    @property
    def scheduled(self) -> tuple[ScheduledChange, ...]:
        """The changes still to make: those scheduled, and those of a recording from which the run differs."""
        outstanding = (ScheduledChange(change.step, change.name, change.new) for change in self._outstanding)
        return tuple(sorted((*outstanding, *self._scheduled), key=lambda change: change.step))

    @property
    def next_due(self) -> float:
        """The first step before which a change is due or the recording ends; infinite if there is none."""
        waiting: tuple[Sequence[Change | ScheduledChange], ...] = (self._scheduled, self._recorded, self._outstanding)
        due = [changes[0].step for changes in waiting if changes]
        if self.recording is not None:
            due.append(len(self.recording))
        return min(due, default=math.inf)

    @property
    def is_repeating_test(self) -> bool:
        """Whether the epoch trained last was tested in the recording, which the run repeats or has just repeated."""
        return self._stepper.position.epoch <= self._recorded_epochs

    @property
    def batch_size_before(self) -> int:
        """The batch size of the last step, without the changes made since.

        An epoch is tested in batches of this size. A change made at its end counts from the next epoch on, whether it
        was made before, during or after the test; otherwise a replayed run would get another mean loss.
        """
        step = self._stepper.position.step
        for change in reversed(self._history.changes):
            if change.step < step:
                break
            if change.name == "batch_size":
                return int(change.old)
        return int(self._stepper.values["batch_size"])

    def schedule(self, changes: Iterable[ScheduledChange]) -> None:
        """Add changes to make at given steps.

        Raises:
            UsageError: one of them is not possible in this run.
        """
        changes = list(changes)
        for change in changes:
            self.checked(change.name, change.value)
        self._scheduled = deque(sorted((*self._scheduled, *changes), key=lambda change: change.step))

    def replace_scheduled(self, changes: Iterable[ScheduledChange]) -> None:
        """Make these changes at their steps, and none of those that were scheduled before."""
        self._scheduled.clear()
        self._outstanding.clear()
        self.schedule(changes)

    def set_recording(self, recording: History | None) -> None:
        """Repeat `recording` from the current step on; None: there is nothing to repeat."""
        step = self._stepper.position.step
        self.recording = recording
        self.has_left_recording = False
        tests = recording.evaluations if recording is not None else []
        self._recorded_epochs = tests[-1].epoch if tests else 0
        self._recorded = deque(change for change in recording.changes if change.step >= step) if recording else deque()

    def leave_recording(self) -> None:
        """Do not make the recorded changes again; the run becomes a branch when it trains on."""
        self.has_left_recording = True
        self._recorded.clear()
        self._outstanding.clear()
        self._recorded_epochs = 0

    def differ_from_recording(self) -> None:
        """Make the recorded changes, but expect other bits: the run becomes a branch when it trains on."""
        outstanding = deque((*self._recorded, *self._outstanding))
        self.leave_recording()
        self._outstanding = outstanding

    def make_due(self) -> Iterator[TrainerEvent]:
        """Make the recorded and scheduled changes of this step."""
        step = self._stepper.position.step
        while self._recorded and self._recorded[0].step <= step:
            yield from self._make(self._recorded.popleft())
        while self._outstanding and self._outstanding[0].step <= step:
            yield from self._make(self._outstanding.popleft())
        if self.recording is not None and not self.has_left_recording and step >= len(self.recording):
            self.recording = None
            yield RecordingEnded(step)
        new_values: dict[str, Value] = {}
        while self._scheduled and self._scheduled[0].step <= step:
            due = self._scheduled.popleft()
            new_values[due.name] = due.value
        for name, value in new_values.items():
            yield from self.change(name, value, Origin.COMMAND_LINE)

    def change(self, name: str, value: Value, origin: Origin = Origin.WINDOW) -> Iterator[TrainerEvent]:
        """Change a hyperparameter if possible; a change before the end of the recording leaves the recording.

        One that is not possible is recorded, too, where the table has such a hyperparameter.
        """
        try:
            value = self.checked(name, value)
        except UsageError as problem:
            if name in TABLE:
                step, now = self._stepper.position.step, self._now()
                self._history.add_refusal(refusal(step, name, value, problem, origin, now))
            yield ChangeRefused(name, problem)
            return
        if value == self._stepper.values[name]:
            return
        self._outstanding.clear()
        if self.recording is not None and not self.has_left_recording:
            self.leave_recording()
        # `_make` sets step and old value: those of now.
        yield from self._make(Change(0, name, value, value, origin, self._now()))

    def note_return(self, step: int, loss: float, returned_to: int, origin: Origin) -> Incident:
        """Record that the run goes back by itself (see `Incident`); returns the entry."""
        incident = Incident(step, loss, returned_to, origin, self._now())
        self._history.add_incident(incident)
        return incident

    def annotate(self, entry: JournalEntry, note: str) -> bool:
        """Put a note on an entry, recorded or made already; returns whether there is such an entry."""
        histories = [each for each in (self._history, self.recording) if each is not None]
        self._recorded = deque(with_note(each, note) if each == entry else each for each in self._recorded)
        found = [annotate(history, entry, note) for history in histories]
        return any(found)

    def checked(self, name: str, value: Value) -> Value:
        """`value` as the hyperparameter `name` of this run can use it now.

        Raises:
            UsageError: this run has no such hyperparameter, it cannot change during a run, or `value` is not allowed,
                also because its network cannot be trained on the last batch of an epoch then.
        """
        row = hyperparameter(name)
        if name not in self._stepper.values:
            raise not_accepted(name, self._stepper.recipe.choices())
        if row.section is Section.AUGMENTATION and not self._stepper.data.spec.is_image:
            raise only_for_images(name)
        if not row.is_live:
            raise UsageError("{name} takes effect at the next run: it cannot change during one.", name=name)
        checked = row.checked(value)
        self._stepper.check_value(name, checked)
        return checked

    def _now(self) -> int:
        return int(self._clock())

    def _make(self, wanted: Change) -> Iterator[TrainerEvent]:
        """Make a change now, whatever step and old value it says; a recorded one stays as it was asked for."""
        self._before_change()
        change = replace(wanted, step=self._stepper.position.step, old=self._stepper.values[wanted.name])
        self._stepper.set_value(change.name, change.new)
        self._record(change)
        yield ValueChanged(change)

    def _record(self, change: Change) -> None:
        """Record a change. Changes of one hyperparameter at one step become one: a slider is dragged while paused."""
        changes = self._history.changes
        for index in range(len(changes) - 1, -1, -1):
            earlier = changes[index]
            if earlier.step < change.step:
                break
            if earlier.name == change.name:
                if earlier.old == change.new:
                    del changes[index]
                else:
                    changes[index] = replace(change, old=earlier.old, note=change.note or earlier.note)
                return
        self._history.add_change(change)
