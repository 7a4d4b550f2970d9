"""Futures: short trainings from one state of a run, one of which the run may become, bit for bit."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.starting_point import rewritten
from workbench.engine.checkpoints.checkpoint import Checkpoint
from workbench.engine.checkpoints.snapshot_cache import UNATTENDED_BUDGET, SnapshotCache
from workbench.engine.errors import UserError
from workbench.engine.history.history import History
from workbench.engine.history.records import Origin
from workbench.engine.protocol.commands import RunSteps, SetValue
from workbench.engine.protocol.events import (
    ChangeRefused,
    EpochStarted,
    EpochTested,
    LossReported,
    LossSpikeNoticed,
    Outcome,
    RunEnded,
    RunPaused,
    RunResumed,
    StoppedEarly,
    TravelFailed,
    ValueChanged,
)
from workbench.engine.protocol.experiments.what_if import Fan, FutureEnd, FuturePath
from workbench.engine.training.stepper import Stepper
from workbench.engine.training.time_travel import travel
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.records import ScheduledChange
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.protocol.experiments.what_if import Variant, WhatIf

PAST: Final = 100
"""Losses before the start that the fan shows."""
PART_S: Final = 0.03
"""Seconds for which a future trains before it is asked whether it is cancelled."""
LOGGED: Final = (ValueChanged, EpochStarted, LossReported, EpochTested)
"""What the run says when it becomes a future: as if it had trained there."""


@dataclass(frozen=True, slots=True, eq=False)
class Future:
    """A future that has all its steps.

    Attributes:
        start: the step of the run that it begins from.
        tail: what it recorded, from `start` on: losses and metrics, and the records of these steps.
        snapshot: the state reached.
        events: what a run would have said on the way.
        scheduled: changes that were not made yet.
        seconds: that it trained.
    """

    start: int
    tail: History
    snapshot: Snapshot
    events: tuple[TrainerEvent, ...]
    scheduled: tuple[ScheduledChange, ...]
    seconds: float

    @property
    def end(self) -> int:
        """The step that it has reached."""
        return self.snapshot.step


class Futures:
    """The futures of one state of a run.

    Each is trained by a Trainer of its own, as the run itself would be if the user made the change and trained on; so
    epochs that end on the way are tested, and what is recorded is what the run would have recorded.

    Args:
        state: of the run, which stands still while they are trained.
        experiment: which futures.

    Attributes:
        run: the id of the run.
        step: at which they begin.
    """

    def __init__(self, state: Trainer, experiment: WhatIf) -> None:
        state.stepper.data.check_present()
        self.run, self.step = state.identity.id, state.position.step
        self._experiment = experiment
        self._data = state.stepper.data
        # The history is copied when a Trainer takes the checkpoint.
        self._base = Checkpoint(
            state.recipe,
            state.identity,
            state.history,
            state.stepper.snapshot(),
            state.journal.scheduled,
            state.environment,
        )
        self._tests = len(state.history.evaluations)
        self._past = state.history.loss.values(max(0, self.step - PAST), self.step).copy()
        self._whole: dict[int, Future] = {}
        state.keep_snapshot(pinned=True)  # the run may come back here to become one of them

    def find(self, index: int) -> Future:
        """The future of the variant with this index.

        Raises:
            UserError: it has not all its steps, or cannot be the run's.
        """
        if (future := self._whole.get(index)) is None:
            raise UserError("This future was not trained to its end, so the run cannot become it: choose another one.")
        return future

    def found(self) -> Iterator[tuple[int, int, Fan]]:
        """Train; after each part the steps done, those that there are at most, and the fan by now."""
        experiment = self._experiment
        total = experiment.steps * len(experiment.variants)
        none = np.empty(0, np.float32)
        paths = [FuturePath(none) for _ in experiment.variants]
        for index, variant in enumerate(experiment.variants):
            for path in self._train(index, variant):
                paths[index] = path
                yield index * experiment.steps + len(path.losses), total, Fan(self.step, self._past, tuple(paths))

    def _train(self, index: int, variant: Variant) -> Iterator[FuturePath]:
        trainer = self._trainer(variant)
        steps, part, seconds = self._experiment.steps, 1, 0.0
        said = list(_changed(trainer, variant, steps))
        end, has_leapt = FutureEnd.UNDER_WAY, False
        losses = np.empty(0, np.float32)
        while end is FutureEnd.UNDER_WAY:
            began = time.perf_counter()
            for event in trainer.resume(RunSteps(min(part, steps - len(losses)), Origin.WHAT_IF)):
                said.append(event)
                has_leapt = has_leapt or isinstance(event, LossSpikeNoticed)
                if isinstance(event, StoppedEarly):
                    end = FutureEnd.STOPPED_EARLY
                elif isinstance(event, RunEnded) and event.outcome is Outcome.DIVERGED:
                    end = FutureEnd.DIVERGED
            taken = time.perf_counter() - began
            seconds += taken
            part = max(1, min(2 * part, math.floor(part * PART_S / max(taken, 1e-6))))
            if end is not FutureEnd.STOPPED_EARLY:  # else the history is that of its best epoch
                losses = trainer.history.loss.values(self.step).copy()
            if end is FutureEnd.UNDER_WAY and (len(losses) >= steps or not trainer.has_more_epochs):
                end = FutureEnd.REACHED
            if end is FutureEnd.REACHED and variant.optimizer is None:
                self._whole[index] = Future(
                    self.step,
                    self._tail(trainer.history),
                    trainer.stepper.snapshot(),
                    tuple(event for event in said if isinstance(event, LOGGED)),
                    trainer.journal.scheduled,
                    seconds,
                )
            yield FuturePath(losses, end, has_leapt)

    def _trainer(self, variant: Variant) -> Trainer:
        base = self._base
        if variant.optimizer is not None:
            values = {**base.snapshot.values, **dict(variant.values)}
            recipe = rewritten(base.recipe, values, optimizer=variant.optimizer)
            optimizer = Stepper(recipe, self._data).optimizer.state_dict()
            snapshot = replace(base.snapshot, values=dict(recipe.values), optimizer=optimizer)
            base = replace(base, recipe=recipe, snapshot=snapshot, pending=())
        trainer = Trainer(base.recipe, self._data, checkpoint=base, snapshot_cache=SnapshotCache(UNATTENDED_BUDGET))
        trainer.adapts_waits = False  # it trains in short parts, and each would begin to adapt anew
        return trainer

    def _tail(self, history: History) -> History:
        """What `history` holds from the start of the futures on."""
        tail, start = History(), self.step
        tail.loss.extend(history.loss.values(start))
        tail.metric.extend(history.metric.values(start))
        tail.changes = [change for change in history.changes if change.step >= start]
        tail.epoch_starts = [each for each in history.epoch_starts if each.step >= start]
        tail.evaluations = history.evaluations[self._tests :]
        return tail


def become(state: Trainer, future: Future) -> Iterator[TrainerEvent]:
    """Let the run `state`, paused or ended, be `future`, and pause there, or end where its last epoch is tested.

    It is at the step and with the bits that training on with the same changes would have given. Where steps are
    recorded beyond the start of the future, the run becomes a branch first. It ends with `Travelled` and `RunPaused` or
    `RunEnded`, or with `TravelFailed`.
    """
    start = future.start
    if state.position.step != start:
        for event in travel(state, start):
            yield event
            if isinstance(event, TravelFailed):
                return
    if state.journal.recording is not None and len(state.journal.recording) > start:
        state.journal.leave_recording()
        yield state.branch()
    yield RunResumed(start)
    state.snapshots.add(future.snapshot, pinned=True)
    state.journal.set_recording(_continued(state.history, future))
    arrived = list(travel(state, future.end))  # no step is trained: the snapshot of the end is there
    state.journal.replace_scheduled(future.scheduled)
    state.spikes_allowed_until = future.end - 1
    state.progress.seconds += future.seconds
    yield from future.events
    yield RunPaused(future.end)
    yield from arrived
    if not state.has_more_epochs:
        yield RunEnded(Outcome.FINISHED, future.end)


def _continued(history: History, future: Future) -> History:
    """A history that goes on, from the start of `future`, as `future` does."""
    whole, tail = history.copy(), future.tail
    whole.truncate(future.start)
    whole.loss.extend(tail.loss.values())
    whole.metric.extend(tail.metric.values())
    whole.changes += tail.changes
    whole.epoch_starts += tail.epoch_starts
    # A test of the last epoch before the start may be in both.
    tested = {evaluation.epoch for evaluation in tail.evaluations}
    whole.evaluations = [each for each in whole.evaluations if each.epoch not in tested] + tail.evaluations
    return whole


def _changed(trainer: Trainer, variant: Variant, steps: int) -> Iterator[TrainerEvent]:
    """Make the changes of a variant, and plan as many epochs as its steps need.

    Raises:
        UserError: one of the changes is not possible.
    """
    values = () if variant.optimizer is not None else variant.values
    for name, value in values:
        yield from _set(trainer, name, value)
    missing = steps - (trainer.progress.planned_steps - trainer.position.step)
    if missing > 0:
        per_epoch = math.ceil(trainer.stepper.sample_count / int(trainer.values["batch_size"]))
        planned = max(int(trainer.values["epochs"]), trainer.position.tested)
        yield from _set(trainer, "epochs", planned + math.ceil(missing / per_epoch))


def _set(trainer: Trainer, name: str, value: Value) -> Iterator[TrainerEvent]:
    for event in trainer.serve(SetValue(name, value, Origin.WHAT_IF)):
        if isinstance(event, ChangeRefused):
            raise event.problem
        yield event
