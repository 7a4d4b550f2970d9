"""The Trainer: one run in hand. It takes Commands between batches, yields Events, and travels in time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import torch

from workbench.engine.checkpoints.snapshot_cache import DEFAULT_BUDGET, UNATTENDED_BUDGET, SnapshotCache
from workbench.engine.history.history import History
from workbench.engine.history.records import RunIdentity
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import (
    CaptureCheckpoint,
    CaptureWeights,
    EvaluateWeights,
    SetSnapshotBudget,
    SetValue,
)
from workbench.engine.protocol.events import (
    CheckpointCaptured,
    Outcome,
    RunBranched,
    RunEnded,
    RunStarted,
    WeightsCaptured,
)
from workbench.engine.runtime.environment import environment
from workbench.engine.training import spike_recovery as recovery
from workbench.engine.training.batch_metrics import BatchMetrics
from workbench.engine.training.evaluation import evaluate_file
from workbench.engine.training.fit_loop import FitLoop
from workbench.engine.training.journal import Journal
from workbench.engine.training.loss_spikes import first_spike
from workbench.engine.training.progress_tracker import ProgressTracker
from workbench.engine.training.replay import first_difference
from workbench.engine.training.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import nn
    from torch.optim import Optimizer

    from workbench.engine.checkpoints.checkpoint import Checkpoint
    from workbench.engine.checkpoints.snapshot import Position, Snapshot
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.datasets import ImageData
    from workbench.engine.history.records import ScheduledChange
    from workbench.engine.models.weights import StateDict
    from workbench.engine.protocol.commands import ContinueCommand, TrainerCommand
    from workbench.engine.protocol.events import RunProgress, TrainerEvent
    from workbench.engine.recipe import Recipe


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
        memory: where snapshots are kept; one of its own if None, small where nobody is there to travel.
        identity: which run it is; a new one if None.
        is_attended: whether somebody is there to be asked. If not, a leap of the loss is only told of, and a loss that
            is no number ends the run.

    Raises:
        UsageError: the device is not there, or a scheduled change is not possible in this run.
    """

    def __init__(
        self,
        recipe: Recipe,
        data: ImageData,
        inbox: CommandQueue | None = None,
        *,
        scheduled: Sequence[ScheduledChange] = (),
        stop_after: int | None = None,
        checkpoint: Checkpoint | None = None,
        memory: SnapshotCache | None = None,
        identity: RunIdentity | None = None,
        is_attended: bool = False,
    ) -> None:
        self.recipe = recipe
        self.inbox = inbox or CommandQueue()
        self.stepper = Stepper(recipe, data)
        self.identity = identity or (checkpoint.run if checkpoint else RunIdentity.new())
        self.history = checkpoint.history.copy() if checkpoint else History()
        self.is_attended = is_attended
        self.memory = memory or SnapshotCache(DEFAULT_BUDGET if is_attended else UNATTENDED_BUDGET)
        self.timeline = self.memory.timeline(self.identity.id)
        self.readings = BatchMetrics(self.history)
        self.journal = Journal(self.stepper, self.history, self.keep_snapshot)
        self.progress = ProgressTracker(self.stepper)
        self.spikes_allowed_until = -1
        """A loss of this step or an earlier one does not trip the guard."""
        self._stop_after = stop_after
        self._outbox: deque[TrainerEvent] = deque()
        # The state before the first step: with it, every step can be reached.
        self.keep_snapshot(landmark=True)
        if checkpoint is not None:
            self._begin_at(checkpoint)
        self.journal.schedule(scheduled)
        self.progress.update()

    # What it holds

    @property
    def gauge(self) -> RunProgress:
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
        from workbench.engine.checkpoints.checkpoint import Checkpoint

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
        yield from FitLoop(self, self._stop_after).begin()

    def fly(self, command: ContinueCommand) -> Iterator[TrainerEvent]:
        """Train on from a rest, as far as `command` says."""
        yield from FitLoop(self, self._stop_after).go_on(command)

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
            LossSpikeError: the guard will not let one pass.
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
                self.tell(self.branch(differs))
        elif self.values["guard"] and (leap := first_spike(self.history.loss, start)):
            recovery.meet(self, leap)

    def tell(self, *events: TrainerEvent) -> None:
        """Have `events` yielded with the next ones."""
        self._outbox.extend(events)

    def flush(self) -> Iterator[TrainerEvent]:
        """What `tell` was given."""
        while self._outbox:
            yield self._outbox.popleft()

    def keep_snapshot(self, *, landmark: bool = False) -> None:
        """Keep the present state, unless that of this step is kept already."""
        if self.timeline.has(self.position.step):
            if landmark:
                self.timeline.mark(self.position.step)
        else:
            self.timeline.keep(self.stepper.snapshot(), landmark=landmark)

    def _begin_at(self, checkpoint: Checkpoint) -> None:
        self.stepper.restore(checkpoint.snapshot)
        self.journal.schedule(checkpoint.pending)
        # A snapshot of a step is what it was before any change made there.
        if not any(change.step == self.position.step for change in self.history.changes):
            self.keep_snapshot(landmark=True)
