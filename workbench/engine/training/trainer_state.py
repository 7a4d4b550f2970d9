"""TrainerState: everything that one run holds between two steps. The Trainer and its loops work on it."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

from workbench.engine.checkpoints.checkpoint import Checkpoint
from workbench.engine.checkpoints.snapshot_cache import DEFAULT_BUDGET, UNATTENDED_BUDGET, SnapshotCache
from workbench.engine.errors import details_of, problem_of
from workbench.engine.history.history import History
from workbench.engine.history.journal_entries import with_note
from workbench.engine.history.records import RunIdentity
from workbench.engine.models.initial_weights import are_missing
from workbench.engine.protocol import events
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import (
    Annotate,
    CaptureCheckpoint,
    CaptureRecord,
    CaptureWeights,
    EvaluateWeights,
    Inspect,
    SetSnapshotBudget,
    SetValue,
)
from workbench.engine.protocol.live_objects import HISTORIES, PREDICTIONS, PROGRESS
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.engine.runtime.environment import continued, environment
from workbench.engine.runtime.mapped_memory import mapped_copy
from workbench.engine.runtime.thread_waits import adapted_waits, sleeping_waits
from workbench.engine.training.batch_metrics import BatchMetrics
from workbench.engine.training.determinism import why_approximate
from workbench.engine.training.evaluation import evaluate_file
from workbench.engine.training.journal import Journal
from workbench.engine.training.loss_spikes import WINDOW, first_spike
from workbench.engine.training.progress_tracker import ProgressTracker
from workbench.engine.training.replay import first_difference
from workbench.engine.training.single_samples import check_single_samples
from workbench.engine.training.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from torch import Tensor

    from workbench.engine.checkpoints.snapshot import Position, Snapshot
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.history.records import ScheduledChange
    from workbench.engine.models.weights import StateDict
    from workbench.engine.protocol.commands import ContinueCommand, TrainerCommand
    from workbench.engine.recipe import Recipe
    from workbench.engine.training.loss_spikes import LossSpikeError

    Inspector = Callable[["TrainerState", Inspect], events.Inspected]


class TrainerState:
    """One run: what is trained, what is recorded, which snapshots are kept, and which events wait to be emitted.

    Args:
        recipe: what to train.
        data: the data set; without images, the run can only be looked at.
        commands: the queue that is read between two batches; without one only the scheduled changes steer.
        scheduled: changes that are made at given steps.
        stop_after: stop when this many steps have been made in total; None for never.
        checkpoint: where to start; None for the first step.
        initial: the weights that the recipe starts from, where it names a file of them. A run that begins needs them;
            one that is opened cannot go back to its start without them.
        snapshot_cache: keeps the snapshots; None for one of its own, which is small if `is_attended` is false.
        identity: which run it is; None for a new one.
        is_attended: whether a user can be asked. If not, a loss spike only emits an event, and a loss that is NaN or
            infinite ends the run.

    Attributes:
        spikes_allowed_until: the loss of this step and of earlier ones does not stop the run.
        approximate: why going back to a step gives the recorded state only nearly; None where it does bit for bit.
        inspector: answers the queries about this run; None where nothing asks any.
        adapts_waits: whether its training chooses how torch's threads wait; if not, another part of the program does.
        goes_on: how the run goes on after the command that it was paused for; None where the user paused it.

    Raises:
        UsageError: the device is not there, a scheduled change is not possible in this run, or a new run would end an
            epoch with a batch that is too small for its network.
        UserError: a network of the user's own fails, or a new run lacks the weights that it starts from.
    """

    def __init__(
        self,
        recipe: Recipe,
        data: Dataset,
        commands: CommandQueue | None = None,
        *,
        initial: StateDict | None = None,
        scheduled: Sequence[ScheduledChange] = (),
        stop_after: int | None = None,
        checkpoint: Checkpoint | None = None,
        snapshot_cache: SnapshotCache | None = None,
        identity: RunIdentity | None = None,
        is_attended: bool = False,
    ) -> None:
        self.recipe = recipe
        self.commands = commands or CommandQueue()
        self.stop_after = stop_after
        self.stepper = Stepper(recipe, data, initial)
        self.identity = identity or (checkpoint.run if checkpoint else RunIdentity.new())
        self.history = checkpoint.history.copy() if checkpoint else History()
        self.is_attended = is_attended
        self.snapshot_cache = snapshot_cache or SnapshotCache(DEFAULT_BUDGET if is_attended else UNATTENDED_BUDGET)
        self.snapshots = self.snapshot_cache.of_run(self.identity.id)
        self.batch_metrics = BatchMetrics(self.history, data.spec.task)
        self.journal = Journal(self.stepper, self.history, self.keep_snapshot)
        self.progress_tracker = ProgressTracker(self.stepper)
        self.progress = self.progress_tracker.progress
        # The samples on the CPU, where the window reads them as well; without them there are only shapes.
        count = 0 if data.missing is not None else len(data.test_inputs)
        inputs, targets = data.test_inputs[:count].cpu().numpy(), data.test_targets[:count].cpu().numpy()
        self.predictions = PredictionLog(data.spec, inputs, targets)
        self.inspector: Inspector | None = None
        self.adapts_waits = True
        self.goes_on: ContinueCommand | None = None
        self.spikes_allowed_until = -1
        self._events: deque[events.TrainerEvent] = deque()
        self.approximate = why_approximate(self.stepper)
        if identity is None and checkpoint is None:  # a run that is opened is shown in any case
            check_single_samples(self.stepper)
            if not self.stepper.knows_start and recipe.initial_weights is not None:
                raise are_missing(recipe.initial_weights)
        self.earlier_environment: Mapping[str, str] = {} if checkpoint is None else checkpoint.environment
        self._has_given_up_graph = False
        # From the state before the first step, every step can be reached.
        if self.stepper.knows_start:
            self.keep_snapshot(pinned=True)
        if checkpoint is not None:
            self._start_at(checkpoint)
        self.journal.schedule(scheduled)
        self.progress_tracker.update()

    @property
    def position(self) -> Position:
        """The steps, epochs, batches and samples trained."""
        return self.stepper.position

    @property
    def values(self) -> dict[str, Value]:
        """The hyperparameters in force."""
        return self.stepper.values

    @property
    def weights(self) -> StateDict:
        """A copy of the current weights, on the CPU."""
        return self.stepper.weights

    @property
    def environment(self) -> dict[str, str]:
        """The versions and the hardware that train: torch, machine, device, threads; and others that have trained."""
        return continued(self.earlier_environment, environment(self.recipe.device, torch.get_num_threads()))

    @property
    def last_recorded(self) -> int:
        """The last step that can be travelled to."""
        return len(self.journal.recording or self.history)

    @property
    def has_more_epochs(self) -> bool:
        """Whether an epoch is planned, or begun: a begun epoch is finished and tested in any case."""
        position = self.position
        return position.batch > 0 or self.is_epoch_trained or position.tested < int(self.values["epochs"])

    @property
    def is_epoch_trained(self) -> bool:
        """Whether the last epoch is trained to its end, and only its evaluation is missing."""
        return self.position.epoch > self.position.tested

    @contextmanager
    def adapted_waits(self) -> Iterator[None]:
        """While the block trains, let torch's threads sleep or spin as the load asks; `progress` says which.

        Inside such a block, as for a query during the training, another one changes nothing.
        """
        if not self.adapts_waits:
            yield
            return
        threads = 1 if self.stepper.is_deferred else torch.get_num_threads()
        self.adapts_waits = False
        try:
            with adapted_waits(threads, self.progress_tracker.set_sleeping):
                yield
        finally:
            self.adapts_waits = True

    def sleeping_waits(self) -> AbstractContextManager[None]:
        """While the block runs, let torch's threads sleep while they wait: for short work while nothing trains."""
        return sleeping_waits(1 if self.stepper.is_deferred else torch.get_num_threads())

    # Copies of the state

    def started(self) -> events.RunStarted:
        """The event that describes this run."""
        return events.RunStarted(
            self.recipe,
            HISTORIES.number_of(self.history),
            PROGRESS.number_of(self.progress),
            self.stepper.sample_count,
            torch.get_num_threads(),
            self.identity,
            dict(self.values),
            None if self.journal.recording is None else HISTORIES.number_of(self.journal.recording),
            self.stepper.data.missing,
            self.approximate,
            self.stepper.samples.validation_count,
            PREDICTIONS.number_of(self.predictions),
        )

    def checkpoint(self) -> Checkpoint:
        """A copy of the whole state, as a file can hold it. Call it between two events."""
        return Checkpoint(
            self.recipe,
            self.identity,
            self.history.copy(),
            self.stepper.snapshot(),
            self.journal.scheduled,
            self.environment,
        )

    def arrival(self) -> Snapshot:
        """The state in which the run reached the current step, before any change made at this step."""
        kept = self.snapshots.nearest(self.position.step)
        return kept if kept is not None and kept.step == self.position.step else self.stepper.snapshot()

    def keep_snapshot(self, *, pinned: bool = False) -> None:
        """Keep the current state, unless a snapshot of this step is kept already."""
        if self.snapshots.has(self.position.step):
            if pinned:
                self.snapshots.pin(self.position.step)
        else:
            self.snapshots.add(self.stepper.snapshot(), pinned=pinned)

    # The outputs for the test set

    def new_outputs(self) -> list[Tensor] | None:
        """A list for the outputs of an evaluation; None where they would take too much memory."""
        if not self.is_attended:  # no window shows them
            return None
        data = self.stepper.data
        return [] if self.predictions.has_room(len(data.test_inputs) * data.spec.output_count) else None

    def keep_outputs(self, outputs: list[Tensor] | None) -> None:
        """Keep the outputs of the evaluation at the current step, where they were collected."""
        if outputs is not None:
            self.predictions.add(self.position.step, mapped_copy(torch.cat(outputs).float().cpu()).numpy())

    def keep_earlier_outputs(self, step: int, outputs: Tensor) -> None:
        """Keep outputs (N, K) that were computed anew, if they are of an evaluation whose own are not kept.

        They may differ from those in the last bits: other samples share a batch.
        """
        recorded = self.journal.recording or self.history
        is_tested = any(evaluation.step == step for evaluation in recorded.evaluations)
        if is_tested and self.predictions.outputs(step) is None and self.predictions.has_room(outputs.numel()):
            self.predictions.add(step, mapped_copy(outputs).numpy())

    # Commands that do not change how far to train

    def serve(self, command: TrainerCommand) -> Iterator[events.TrainerEvent]:
        """Carry out `command` at once, between two batches or while the run is paused.

        An exception becomes a `RequestFailed`: a copy for which there is no memory must not end the run.
        """
        try:
            yield from self._serve(command)
        except Exception as error:  # noqa: BLE001  # the run does not depend on the answer
            yield events.RequestFailed(problem_of(error), details_of(error))

    def _serve(self, command: TrainerCommand) -> Iterator[events.TrainerEvent]:
        match command:
            case SetValue(name, value, origin):
                yield from self.journal.change(name, value, origin)
                self.progress_tracker.update()
            case Annotate(entry, note):
                if self.journal.annotate(entry, note):
                    yield events.EntryAnnotated(with_note(entry, note))
            case CaptureWeights(target):
                yield events.WeightsCaptured(target, self.weights, self.position.step)
            case CaptureCheckpoint(target):
                yield events.CheckpointCaptured(target, self.checkpoint())
            case CaptureRecord(request):
                yield events.RecordCaptured(request, self.checkpoint())
            case EvaluateWeights(path=path):
                size = int(self.values["batch_size"])
                stepper = self.stepper
                is_own = self.recipe.network is not None
                data, loss_fn = stepper.data, stepper.loss_fn
                yield evaluate_file(path, stepper.model, data, loss_fn, batch_size=size, is_own=is_own)[0]
            case SetSnapshotBudget(nbytes):
                self.snapshot_cache.budget = nbytes
            case Inspect() if self.inspector is not None:
                yield self.inspector(self, command)

    def branch(self, step: int | None = None) -> events.RunBranched:
        """Become a new run, a child of the current one, from which it differs from the update of `step` on."""
        step = self.position.step if step is None else step
        recording = self.journal.recording or self.history.copy()
        parent, parent_snapshots = self.identity, self.snapshots
        self.identity = RunIdentity.new(parent.id, step)
        self.snapshots = self.snapshot_cache.of_run(self.identity.id)
        parent_snapshots.copy_to(self.snapshots, step)
        # What was refused later was refused in the parent.
        self.history.refusals = [refusal for refusal in self.history.refusals if refusal.step <= step]
        self.predictions = self.predictions.copy(step)
        self.journal.set_recording(None)
        predictions = PREDICTIONS.number_of(self.predictions)
        return events.RunBranched(self.identity, HISTORIES.number_of(recording), predictions)

    # Losses and events

    def read_losses(self) -> None:
        """Write the losses and accuracies of the batches trained since the last call into the history.

        Raises:
            LossNotFiniteError: a loss is NaN or infinite.
            LossSpikeError: a loss is far above its recent range, the guard is on, and the run is attended.
        """
        start, position = len(self.history), self.position
        if (problem := self.stepper.graph_problem) is not None and not self._has_given_up_graph:
            self._has_given_up_graph = True
            self.queue_event(events.GraphGivenUp(problem))
        self.progress_tracker.count(self.batch_metrics.sample_count)
        position.metric_sum = self.batch_metrics.read(position.sample, position.metric_sum)
        self.progress_tracker.add_time()
        recording = self.journal.recording
        if recording is not None:
            differs = first_difference(self.history, start, recording)
            if differs is not None:
                # This machine or this torch computes other numbers: from here on the run is a branch.
                self.journal.differ_from_recording()
                self.queue_event(self.branch(differs))
        elif self.values["guard"] and (spike := first_spike(self.history.loss, start)):
            self._check_spike(spike)

    def queue_event(self, *queued: events.TrainerEvent) -> None:
        """Let `drain_events` yield these events."""
        self._events.extend(queued)

    def drain_events(self) -> Iterator[events.TrainerEvent]:
        """Yield all queued events."""
        while self._events:
            yield self._events.popleft()

    def _check_spike(self, spike: LossSpikeError) -> None:
        """Raise `spike`, unless it is allowed or no user can be asked."""
        if spike.step <= self.spikes_allowed_until:
            return
        if self.is_attended:
            raise spike
        self.spikes_allowed_until = spike.step + WINDOW
        self.queue_event(events.LossSpikeNoticed(spike.step, spike.loss))

    def _start_at(self, checkpoint: Checkpoint) -> None:
        self.stepper.restore(checkpoint.snapshot)
        self.stepper.use_tests(checkpoint.history.evaluations)
        self.journal.schedule(checkpoint.pending)
        # A snapshot of a step is the state before any change made at that step.
        if not any(change.step == self.position.step for change in self.history.changes):
            self.keep_snapshot(pinned=True)
