"""The Trainer: one run in hand. It takes Commands between batches, yields Events, and travels in time."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Final

import torch

from workbench.engine import recovery
from workbench.engine.aim import Aim
from workbench.engine.commands import (
    AddEpochs,
    CaptureCheckpoint,
    CaptureWeights,
    EvaluateWeights,
    Pause,
    Resume,
    RunEpoch,
    RunSteps,
    SetSnapshotBudget,
    SetValue,
    Stop,
)
from workbench.engine.environment import environment
from workbench.engine.evaluation import evaluate_file
from workbench.engine.events import (
    CheckpointCaptured,
    EpochStarted,
    EpochTested,
    LossReported,
    Outcome,
    RunBranched,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    WeightsCaptured,
)
from workbench.engine.guard import WINDOW, LeapError, first_leap
from workbench.engine.history import History
from workbench.engine.inbox import Inbox
from workbench.engine.journal import Journal
from workbench.engine.loops import LossNotFiniteError
from workbench.engine.problems import Interrupted
from workbench.engine.progress import Progress
from workbench.engine.readings import Readings
from workbench.engine.records import EpochStart, Evaluation, RunIdentity
from workbench.engine.stepper import Stepper
from workbench.engine.timeline import SnapshotMemory
from workbench.engine.travel import first_difference

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from torch import nn
    from torch.optim import Optimizer

    from workbench.engine.checkpoint import Checkpoint
    from workbench.engine.commands import FlightCommand, TrainerCommand
    from workbench.engine.datasets import ImageData
    from workbench.engine.events import Gauge, TrainerEvent
    from workbench.engine.hyperparameters import Value
    from workbench.engine.loops import Batch, TrainedBatch
    from workbench.engine.recipe import Recipe
    from workbench.engine.records import ScheduledChange
    from workbench.engine.snapshot import Position, Snapshot
    from workbench.engine.weights import StateDict

REPORT_EVERY: Final = 100
"""The tutorial prints the loss of every hundredth batch."""

MOST_UNREAD: Final = 16
MOST_UNREAD_SAMPLES: Final = 1024
"""Batches, and samples in them, whose losses and hits may wait to be counted together."""

SNAPSHOT_EVERY: Final = 100
"""Steps between two snapshots: one takes about 0.4 ms, a hundred steps about 150."""


class Trainer:
    """One run of a recipe on data in memory, from its first step to whatever becomes of it.

    `run` yields Events until the run rests: paused or ended. From any rest it can `fly` on, `travel` to any step it has
    been at, and `serve` what is asked. Between any two events `model`, `optimizer`, `position` and `history` hold what
    was reached.

    Args:
        recipe: what to train.
        data: the data set, on the CPU.
        inbox: where commands come from in flight; without one only the schedule steers.
        scheduled: changes known beforehand.
        stop_after: stop by itself when this many steps have been made in total.
        checkpoint: where to begin, if not at the first step.
        memory: where snapshots are kept.
        identity: which run it is; a new one if None.
        is_attended: whether somebody is there to be asked. If not, a leap of the loss is only told of, and a loss that
            is no number ends the run.

    Raises:
        BadUsage: the device is not there, or a scheduled change is not possible in this run.
    """

    def __init__(
        self,
        recipe: Recipe,
        data: ImageData,
        inbox: Inbox | None = None,
        *,
        scheduled: Sequence[ScheduledChange] = (),
        stop_after: int | None = None,
        checkpoint: Checkpoint | None = None,
        memory: SnapshotMemory | None = None,
        identity: RunIdentity | None = None,
        is_attended: bool = False,
    ) -> None:
        self.recipe = recipe
        self.inbox = inbox or Inbox()
        self.stepper = Stepper(recipe, data)
        self.identity = identity or (checkpoint.run if checkpoint else RunIdentity.new())
        self.history = checkpoint.history.copy() if checkpoint else History()
        self.is_attended = is_attended
        self.memory = memory or SnapshotMemory()
        self.timeline = self.memory.timeline(self.identity.id)
        self.readings = Readings(self.history)
        self.journal = Journal(self.stepper, self.history, self.keep_snapshot)
        self.progress = Progress(self.stepper)
        self.unguarded_until = -1
        """A loss of this step or an earlier one does not trip the guard."""
        self._aim = Aim(stop_after)
        self._outbox: deque[TrainerEvent] = deque()
        self._read_every = 1
        self._next_due: float = 0
        self._next_look: float = 0
        # The state before the first step: with it, every step can be reached.
        self.keep_snapshot(landmark=True)
        if checkpoint is not None:
            self._begin_at(checkpoint)
        self.journal.schedule(scheduled)
        self.progress.update()

    # What it holds

    @property
    def gauge(self) -> Gauge:
        """Where it is, for whoever looks."""
        return self.progress.gauge

    @property
    def model(self) -> nn.Module:
        """The network that is trained."""
        return self.stepper.model

    @property
    def optimizer(self) -> Optimizer:
        """What trains it."""
        return self.stepper.optimizer

    @property
    def position(self) -> Position:
        """How far it has come."""
        return self.stepper.position

    @property
    def values(self) -> dict[str, Value]:
        """The hyperparameters in force."""
        return self.stepper.values

    @property
    def weights(self) -> StateDict:
        """A copy of the weights reached, on the CPU."""
        return self.stepper.weights

    @property
    def environment(self) -> dict[str, str]:
        """What it trains on: torch, machine, device, threads."""
        return environment(self.recipe.device, torch.get_num_threads())

    @property
    def last_recorded(self) -> int:
        """The last step that `travel` can go to."""
        return len(self.journal.future or self.history)

    def checkpoint(self) -> Checkpoint:
        """All of it, as a file can keep it; to be called at rest or between two events."""
        from workbench.engine.checkpoint import Checkpoint

        return Checkpoint(
            self.recipe,
            self.identity,
            self.history.copy(),
            self.stepper.snapshot(),
            self.journal.scheduled,
            self.environment,
        )

    def arrival(self) -> Snapshot:
        """The state in which it came to the present step, before any change made there."""
        kept = self.timeline.nearest(self.position.step)
        return kept if kept is not None and kept.step == self.position.step else self.stepper.snapshot()

    # What it does

    def started(self) -> RunStarted:
        """The event that says which run is in hand."""
        return RunStarted(
            self.recipe,
            self.history,
            self.gauge,
            self.stepper.sample_count,
            torch.get_num_threads(),
            self.identity,
            dict(self.values),
            self.journal.future,
        )

    def run(self) -> Iterator[TrainerEvent]:
        """Begin, and train until the last epoch is tested, or something rests the run."""
        yield self.started()
        yield from self._fly()

    def fly(self, command: FlightCommand) -> Iterator[TrainerEvent]:
        """Train on from a rest, as far as `command` says."""
        yield from self._take_aim(command)
        if self._aim.rest is None:
            yield RunResumed(self.position.step)
            yield from self._fly()

    def stop(self) -> Iterator[TrainerEvent]:
        """End a run that rests."""
        yield RunEnded(Outcome.STOPPED, self.position.step)

    def travel(self, step: int, *, leave_future: bool = False) -> Iterator[TrainerEvent]:
        """Go to the moment when `step` updates were done, and rest there; see `commands.Travel`."""
        yield from recovery.travel(self, step, leave_future=leave_future)

    def serve(self, command: TrainerCommand) -> Iterator[TrainerEvent]:
        """Do at once what is asked, at rest or between two batches."""
        match command:
            case SetValue(name, value):
                yield from self.journal.change(name, value)
                self.progress.update()
            case CaptureWeights(target):
                yield WeightsCaptured(target, self.weights, self.position.step)
            case CaptureCheckpoint(target):
                yield CheckpointCaptured(target, self.checkpoint())
            case EvaluateWeights(path=path):
                size = int(self.values["batch_size"])
                data, loss_fn = self.stepper.data, self.stepper.loss_fn
                yield evaluate_file(path, self.model, data, loss_fn, batch_size=size, kept=False)
            case SetSnapshotBudget(nbytes):
                self.memory.budget = nbytes

    # One flight, epoch by epoch

    def _fly(self) -> Iterator[TrainerEvent]:
        self._aim.take_off()
        self.progress.start_clock()
        try:
            if self.journal.has_departed:
                yield self.branch()
            yield from self._train()
        except (LossNotFiniteError, LeapError) as error:
            yield from self._flush()
            yield from recovery.recover(self, error)
        else:
            yield self._rested()
        finally:
            self._aim.land()

    def _train(self) -> Iterator[TrainerEvent]:
        self.keep_snapshot()
        position, aim = self.position, self._aim
        if not self._has_more():  # it may have been planned beforehand that there be
            yield from self._obey()
        while aim.rest is None and self._has_more():
            if position.epoch == position.tested:
                yield from self._train_epoch()
                if aim.rest is None and position.epoch == position.tested:  # its end lies within the epoch
                    aim.rest = Pause()
                if aim.rest is not None:
                    return
            yield from self._test_epoch()
            if aim.rest is None and aim.is_reached(position.step, tested=True):
                aim.rest = Pause()

    def _has_more(self) -> bool:
        """Whether an epoch is planned still, or one is under way: that is finished and tested also where fewer are."""
        position = self.position
        is_under_way = position.batch > 0 or position.epoch > position.tested
        return is_under_way or position.tested < int(self.values["epochs"])

    def _train_epoch(self) -> Iterator[TrainerEvent]:
        position, history, aim = self.position, self.history, self._aim
        self._pace()
        if position.batch == 0 and not (history.epoch_starts and history.epoch_starts[-1].epoch > position.epoch):
            history.add_epoch_start(EpochStart(position.epoch + 1, position.step))
            yield EpochStarted(position.epoch + 1, position.step)
        yield from self._obey()
        if aim.rest is not None:
            return
        for trained in self.stepper.steps():
            self.stepper.count(trained)
            self.readings.add(trained)
            # Nothing more after most batches: code that is run once in 1.4 ms is out of the processor's cache.
            if position.step < self._next_look and not self.inbox.has_news:
                continue
            self.read()
            if (position.batch - 1) % REPORT_EVERY == 0:
                yield self._report(trained)
            if position.step % SNAPSHOT_EVERY == 0:
                self.keep_snapshot()
            if position.step >= self._next_due or self.inbox.has_news:
                yield from self._obey()
                if aim.rest is not None or aim.is_reached(position.step):
                    break
            self._look_ahead()
        self.read()
        yield from self._flush()
        self.stepper.close_epoch()

    def _test_epoch(self) -> Generator[TrainerEvent, None, None]:
        self.gauge.testing = True
        try:
            average_loss, accuracy = self.stepper.test(self.journal.batch_size_before, self._attentive)
        except Interrupted:
            return
        finally:
            self.gauge.testing = False
            self.progress.note_time()
            yield from self._flush()
        if not math.isfinite(average_loss):
            raise LossNotFiniteError(average_loss)
        position = self.position
        position.tested = position.epoch
        evaluation = Evaluation(position.step, position.epoch, average_loss, accuracy)
        self.history.add_evaluation(evaluation)
        self.keep_snapshot(landmark=True)
        yield EpochTested(evaluation)

    def _attentive(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """`batches`, listening for commands between them.

        Raises:
            Interrupted: the run is to rest.
        """
        self._outbox.extend(self._obey())
        for batch in batches:
            if self.inbox.has_news:
                self._outbox.extend(self._obey())
            if self._aim.rest is not None:
                raise Interrupted
            yield batch

    def _report(self, trained: TrainedBatch) -> LossReported:
        position, count = self.position, self.stepper.sample_count
        # The tutorial multiplies the batches by the present batch's size, also where that is the smaller last one.
        current = position.batch * len(trained.labels) if position.even else position.sample
        return LossReported(self.history.loss[position.step - 1], current, count)

    def _rested(self) -> RunPaused | RunEnded:
        rest, step = self._aim.rest, self.position.step
        if isinstance(rest, Pause):
            return RunPaused(step)
        return RunEnded(Outcome.FINISHED if rest is None else Outcome.STOPPED, step)

    # Commands, between batches

    def _obey(self) -> Iterator[TrainerEvent]:
        """Do what has been asked for since the last batch, and what is due by itself."""
        yield from self.journal.make_due()
        wishes: dict[str, Value] = {}
        for command in self.inbox.take():
            match command:
                case SetValue(name, value):
                    wishes[name] = value
                case Pause() | Stop():
                    self._aim.rest = command
                case Resume() | RunSteps() | RunEpoch() | AddEpochs():
                    yield from self._take_aim(command)
                case _:
                    yield from self.serve(command)
        for name, value in wishes.items():
            yield from self.journal.change(name, value)
        self._aim.look(self.position.step)
        if self.journal.has_departed:
            yield self.branch()
        self._pace()

    def _take_aim(self, command: FlightCommand) -> Iterator[TrainerEvent]:
        """Fly as far as `command` says; beyond the last planned epoch, one more is planned."""
        planned, position = int(self.values["epochs"]), self.position
        self._aim.take(command, position.step)
        match command:
            case Resume(unguarded=True) if self.history.incidents:
                self.unguarded_until = self.history.incidents[-1].step + WINDOW
            case AddEpochs(count):
                yield from self.journal.change("epochs", max(planned, position.tested) + count)
            case RunSteps() | RunEpoch() if position.tested >= planned:
                yield from self.journal.change("epochs", position.tested + 1)
        self._pace()

    def _pace(self) -> None:
        """Work out when to look up next, and show what is planned."""
        self._next_due = min(self._aim.next_due, self.journal.next_due)
        # Few enough unread to lag behind by no more than a frame or two of the plots.
        most = max(1, min(MOST_UNREAD, MOST_UNREAD_SAMPLES // int(self.values["batch_size"])))
        self._read_every = REPORT_EVERY if self.stepper.is_deferred else most
        self._look_ahead()
        self.progress.update()

    def _look_ahead(self) -> None:
        """Work out after which step there is next more to do than to train."""
        position = self.position
        until_report = REPORT_EVERY - (position.batch - 1) % REPORT_EVERY
        until_snapshot = SNAPSHOT_EVERY - position.step % SNAPSHOT_EVERY
        self._next_look = min(position.step + min(self._read_every, until_report, until_snapshot), self._next_due)

    def branch(self, step: int | None = None) -> RunBranched:
        """Become a run of its own, with the present one as parent; it left that before the update of `step`."""
        step = self.position.step if step is None else step
        future = self.journal.future or self.history.copy()
        parent, parents_timeline = self.identity, self.timeline
        self.identity = RunIdentity.new(parent.id, step)
        self.timeline = self.memory.timeline(self.identity.id)
        parents_timeline.fork(self.timeline, step)
        self.journal.follow(None)
        return RunBranched(self.identity, future)

    # Keeping count

    def read(self) -> None:
        """Write what has been trained into the history.

        Raises:
            LossNotFiniteError: a loss is no number.
            LeapError: the guard will not let one pass.
        """
        start, position = len(self.history), self.position
        self.progress.count(self.readings.sample_count)
        position.correct = self.readings.read(position.sample, position.correct)
        self.progress.note_time()
        future = self.journal.future
        if future is not None:
            differs = first_difference(self.history, start, future)
            if differs is not None:
                # This machine or torch computes otherwise: what is trained from here on is no retracing.
                self._outbox.append(self.branch(differs))
        elif self.values["guard"] and (leap := first_leap(self.history.loss, start)):
            recovery.meet(self, leap)

    def tell(self, event: TrainerEvent) -> None:
        """Have `event` yielded with the next ones."""
        self._outbox.append(event)

    def keep_snapshot(self, *, landmark: bool = False) -> None:
        """Keep the present state, unless that of this step is kept already."""
        if self.timeline.has(self.position.step):
            if landmark:
                self.timeline.mark(self.position.step)
        else:
            self.timeline.keep(self.stepper.snapshot(), landmark=landmark)

    def _flush(self) -> Iterator[TrainerEvent]:
        while self._outbox:
            yield self._outbox.popleft()

    def _begin_at(self, checkpoint: Checkpoint) -> None:
        self.stepper.restore(checkpoint.snapshot)
        self.journal.schedule(checkpoint.pending)
        # A snapshot of a step is what it was before any change made there.
        if not any(change.step == self.position.step for change in self.history.changes):
            self.keep_snapshot(landmark=True)
