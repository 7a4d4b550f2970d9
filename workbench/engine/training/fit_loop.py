"""The training page: epochs, batches, commands, losses, evaluation. `FitLoop.train` reads from top to bottom."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from workbench.engine.checkpoints.snapshot_cache import SNAPSHOT_EVERY
from workbench.engine.errors import CancelledError
from workbench.engine.history.records import EpochStart, Evaluation
from workbench.engine.protocol.commands import AddEpochs, Pause, Resume, RunEpoch, RunSteps, SetValue, Stop
from workbench.engine.protocol.events import EpochStarted, EpochTested, LossReported, Outcome, RunEnded, RunPaused
from workbench.engine.training.early_stopping import best_to_return_to, return_to_best
from workbench.engine.training.loops import LossNotFiniteError
from workbench.engine.training.loss_spikes import WINDOW, LossSpikeError
from workbench.engine.training.spike_recovery import recover
from workbench.engine.training.stop_condition import StopCondition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbench.engine.protocol.commands import ContinueCommand
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.loops import Batch, TrainedBatch
    from workbench.engine.training.trainer_state import TrainerState

REPORT_EVERY: Final = 100
"""The tutorial prints the loss of every hundredth batch."""

MOST_UNREAD: Final = 16
MOST_UNREAD_SAMPLES: Final = 1024
"""At most this many batches, and samples in them, wait until their losses and accuracies are read together."""


class FitLoop:
    """Trains the run of `state` until a command, a planned end or a bad loss pauses or ends it."""

    def __init__(self, state: TrainerState) -> None:
        self._state = state
        self._stop = StopCondition(state.stop_after)
        self._best: Evaluation | None = None  # where early stopping returns to
        self._read_every = 1
        self._next_due: float = 0
        self._next_check: float = 0

    def train(self) -> Iterator[TrainerEvent]:
        """Train from the current step; the last event says whether the run is paused or has ended, and why."""
        state = self._state
        state.goes_on = None
        state.progress_tracker.start_clock()
        try:
            if state.journal.has_left_recording:
                yield state.branch()
            state.keep_snapshot()
            if not state.has_more_epochs:
                yield from self._handle_commands()  # a scheduled change may add epochs
            with state.adapted_waits():
                while self._stop.reason is None and self._best is None and state.has_more_epochs:
                    if not state.is_epoch_trained:
                        yield from self._train_epoch()
                    if self._stop.reason is None and state.is_epoch_trained:
                        yield from self._test_epoch()
                    if self._stop.reason is None and self._is_target_reached():
                        self._stop.reason = Pause()
        except (LossNotFiniteError, LossSpikeError) as error:
            yield from state.drain_events()
            yield from recover(state, error)
        else:
            if self._best is not None:
                yield from return_to_best(state, self._best)
            else:
                yield self._outcome()

    def _train_epoch(self) -> Iterator[TrainerEvent]:
        """Train the rest of the current epoch, batch by batch."""
        state, stop, position = self._state, self._stop, self._state.position
        stepper, batch_metrics, commands = state.stepper, state.batch_metrics, state.commands
        yield from self._start_epoch()
        if stop.reason is not None:
            return
        for trained in stepper.steps():
            stepper.count(trained)
            batch_metrics.add(trained)
            # Most batches end here: code that runs once in 1.4 ms is no longer in the processor's cache.
            if position.step < self._next_check and not commands.has_commands:
                continue
            state.read_losses()
            yield from state.drain_events()
            if (position.batch - 1) % REPORT_EVERY == 0:
                yield self._loss_report(trained)
            if position.step % SNAPSHOT_EVERY == 0:
                state.keep_snapshot()
            if position.step >= self._next_due or commands.has_commands:
                yield from self._handle_commands()
                if stop.reason is not None or stop.is_reached(position.step):
                    break
            self._plan_next_check()
        state.read_losses()
        yield from state.drain_events()
        stepper.close_epoch()

    def _test_epoch(self) -> Iterator[TrainerEvent]:
        """Evaluate the model on the test set, and on the samples held out, which completes the epoch."""
        state, position = self._state, self._state.position
        state.progress.testing = True
        try:
            size = state.journal.batch_size_before
            outputs = state.new_outputs()
            tested = state.stepper.test(size, self._interruptible, outputs)
            validated = state.stepper.validate(size, self._interruptible)
        except CancelledError:
            return
        finally:
            state.progress.testing = False
            state.progress_tracker.add_time()
            yield from state.drain_events()
        for result in (tested, validated):
            if result is not None and not math.isfinite(result.average_loss):
                raise LossNotFiniteError(result.average_loss)
        position.tested = position.epoch
        evaluation = Evaluation(position.step, position.epoch, *tested)
        if validated is not None:
            loss, metric = validated.average_loss, validated.metric
            evaluation = replace(evaluation, validation_loss=loss, validation_metric=metric)
        state.history.add_evaluation(evaluation)
        state.keep_outputs(outputs)
        state.stepper.use_tests(state.history.evaluations)
        state.keep_snapshot(pinned=True)
        yield EpochTested(evaluation)
        if not state.journal.is_repeating_test:
            self._best = best_to_return_to(state.history, state.recipe.values)

    # Helpers, in the order of their use

    def _is_target_reached(self) -> bool:
        """Whether the run has come as far as the last command said: in the middle of an epoch, or with a tested one."""
        position = self._state.position
        return position.batch > 0 or self._stop.is_reached(position.step, tested=position.batch == 0)

    def _start_epoch(self) -> Iterator[TrainerEvent]:
        state, position = self._state, self._state.position
        self._plan()
        starts = state.history.epoch_starts
        if position.batch == 0 and not (starts and starts[-1].epoch > position.epoch):
            state.history.add_epoch_start(EpochStart(position.epoch + 1, position.step))
            yield EpochStarted(position.epoch + 1, position.step)
        yield from self._handle_commands()

    def _loss_report(self, trained: TrainedBatch) -> LossReported:
        state, position = self._state, self._state.position
        # The tutorial multiplies the batches by the size of the current batch, also where that is the smaller last one.
        current = position.batch * len(trained.targets) if position.even else position.sample
        return LossReported(state.history.loss[position.step - 1], current, state.stepper.sample_count)

    def _interruptible(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """`batches`, with the commands handled between them.

        Raises:
            CancelledError: a command pauses or stops the run.
        """
        state = self._state
        state.queue_event(*self._handle_commands())
        for batch in batches:
            if state.commands.has_commands:
                state.queue_event(*self._handle_commands())
            if self._stop.reason is not None:
                raise CancelledError
            yield batch

    def _handle_commands(self) -> Iterator[TrainerEvent]:
        """Carry out the commands that have come since the last batch, and the changes that are due."""
        state, journal = self._state, self._state.journal
        yield from journal.make_due()
        new_values: dict[str, SetValue] = {}
        for command in state.commands.drain_for_run():
            match command:
                case SetValue(name):
                    new_values[name] = command
                case Pause() | Stop():
                    self._stop.reason = command
                case Resume() | RunSteps() | RunEpoch() | AddEpochs():
                    yield from self.set_target(command)
                case _:
                    yield from state.serve(command)
        for name, wanted in new_values.items():
            yield from journal.change(name, wanted.value, wanted.origin)
        self._stop.check_stop_after(state.position.step)
        if journal.has_left_recording:
            yield state.branch()
        self._plan()

    def set_target(self, command: ContinueCommand) -> Iterator[TrainerEvent]:
        """Train as far as `command` says; where that is beyond the last planned epoch, plan one more."""
        state, position = self._state, self._state.position
        planned = int(state.values["epochs"])
        self._stop.set_target(command, position.step)
        match command:
            case Resume(allow_spike=True):
                for spike in state.history.spikes[-1:]:
                    state.spikes_allowed_until = spike.step + WINDOW
            case AddEpochs(count):
                yield from state.journal.change("epochs", max(planned, position.tested) + count, command.origin)
            case RunSteps() | RunEpoch() if position.tested >= planned:
                yield from state.journal.change("epochs", position.tested + 1, command.origin)
        self._plan()

    def _plan(self) -> None:
        """Work out how often to read losses, the next step at which something is due, and what is planned."""
        state = self._state
        self._next_due = min(self._stop.next_step, state.journal.next_due)
        # Few enough unread losses that the plots are late by no more than a frame or two.
        most = max(1, min(MOST_UNREAD, MOST_UNREAD_SAMPLES // int(state.values["batch_size"])))
        self._read_every = REPORT_EVERY if state.stepper.is_deferred else most
        self._plan_next_check()
        state.progress_tracker.update()

    def _plan_next_check(self) -> None:
        """Work out the next step after which there is more to do than to train."""
        position = self._state.position
        until_report = REPORT_EVERY - (position.batch - 1) % REPORT_EVERY
        until_snapshot = SNAPSHOT_EVERY - position.step % SNAPSHOT_EVERY
        self._next_check = min(position.step + min(self._read_every, until_report, until_snapshot), self._next_due)

    def _outcome(self) -> RunPaused | RunEnded:
        reason, step = self._stop.reason, self._state.position.step
        if isinstance(reason, Pause):
            self._state.goes_on = self._stop.rest(step) if reason.goes_on else None
            return RunPaused(step)
        return RunEnded(Outcome.FINISHED if reason is None else Outcome.STOPPED, step)
