"""One flight of a run: from a rest to the next, epoch by epoch and batch by batch, listening for commands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbench.engine.checkpoints.snapshot_cache import SNAPSHOT_EVERY
from workbench.engine.errors import CancelledError
from workbench.engine.history.records import EpochStart, Evaluation
from workbench.engine.protocol.commands import AddEpochs, Pause, Resume, RunEpoch, RunSteps, SetValue, Stop
from workbench.engine.protocol.events import (
    EpochStarted,
    EpochTested,
    LossReported,
    Outcome,
    RunEnded,
    RunPaused,
    RunResumed,
)
from workbench.engine.training import spike_recovery as recovery
from workbench.engine.training.loops import LossNotFiniteError
from workbench.engine.training.loss_spikes import WINDOW, LossSpikeError
from workbench.engine.training.stop_condition import StopCondition

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from workbench.engine.checkpoints.snapshot import Position
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.protocol.commands import ContinueCommand
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.loops import Batch, TrainedBatch
    from workbench.engine.training.trainer import Trainer

REPORT_EVERY: Final = 100
"""The tutorial prints the loss of every hundredth batch."""

MOST_UNREAD: Final = 16
MOST_UNREAD_SAMPLES: Final = 1024
"""Batches, and samples in them, whose losses and hits may wait to be counted together."""


class FitLoop:
    """Trains the run of `trainer` until something rests it: a command, an end that was aimed at, or a bad loss.

    Args:
        trainer: the run in hand.
        stop_after: stop by itself when this many steps have been made in total; None for never.
    """

    def __init__(self, trainer: Trainer, stop_after: int | None) -> None:
        self._trainer = trainer
        self._aim = StopCondition(stop_after)
        self._read_every = 1
        self._next_due: float = 0
        self._next_look: float = 0

    def begin(self) -> Iterator[TrainerEvent]:
        """Train from where the run stands, to the end that is planned."""
        trainer = self._trainer
        trainer.progress.start_clock()
        try:
            if trainer.journal.has_departed:
                yield trainer.branch()
            yield from self._train()
        except (LossNotFiniteError, LossSpikeError) as error:
            yield from trainer.flush()
            yield from recovery.recover(trainer, error)
        else:
            yield self._rested()

    def go_on(self, command: ContinueCommand) -> Iterator[TrainerEvent]:
        """Train on from a rest, as far as `command` says."""
        yield from self._take_aim(command)
        yield RunResumed(self._position.step)
        yield from self.begin()

    @property
    def _position(self) -> Position:
        return self._trainer.stepper.position

    # Epoch by epoch

    def _train(self) -> Iterator[TrainerEvent]:
        self._trainer.keep_snapshot()
        position, aim = self._position, self._aim
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
        position = self._position
        is_under_way = position.batch > 0 or position.epoch > position.tested
        return is_under_way or position.tested < int(self._trainer.values["epochs"])

    def _rested(self) -> RunPaused | RunEnded:
        rest, step = self._aim.rest, self._position.step
        if isinstance(rest, Pause):
            return RunPaused(step)
        return RunEnded(Outcome.FINISHED if rest is None else Outcome.STOPPED, step)

    # Batch by batch

    def _train_epoch(self) -> Iterator[TrainerEvent]:
        trainer, position, aim = self._trainer, self._position, self._aim
        stepper, readings, inbox, history = trainer.stepper, trainer.readings, trainer.inbox, trainer.history
        self._pace()
        if position.batch == 0 and not (history.epoch_starts and history.epoch_starts[-1].epoch > position.epoch):
            history.add_epoch_start(EpochStart(position.epoch + 1, position.step))
            yield EpochStarted(position.epoch + 1, position.step)
        yield from self._obey()
        if aim.rest is not None:
            return
        for trained in stepper.steps():
            stepper.count(trained)
            readings.add(trained)
            # Nothing more after most batches: code that is run once in 1.4 ms is out of the processor's cache.
            if position.step < self._next_look and not inbox.has_commands:
                continue
            trainer.read()
            if (position.batch - 1) % REPORT_EVERY == 0:
                yield self._report(trained)
            if position.step % SNAPSHOT_EVERY == 0:
                trainer.keep_snapshot()
            if position.step >= self._next_due or inbox.has_commands:
                yield from self._obey()
                if aim.rest is not None or aim.is_reached(position.step):
                    break
            self._look_ahead()
        trainer.read()
        yield from trainer.flush()
        stepper.close_epoch()

    def _report(self, trained: TrainedBatch) -> LossReported:
        position, trainer = self._position, self._trainer
        # The tutorial multiplies the batches by the present batch's size, also where that is the smaller last one.
        current = position.batch * len(trained.labels) if position.even else position.sample
        return LossReported(trainer.history.loss[position.step - 1], current, trainer.stepper.sample_count)

    def _test_epoch(self) -> Generator[TrainerEvent, None, None]:
        trainer, position = self._trainer, self._position
        trainer.gauge.testing = True
        try:
            average_loss, accuracy = trainer.stepper.test(trainer.journal.batch_size_before, self._attentive)
        except CancelledError:
            return
        finally:
            trainer.gauge.testing = False
            trainer.progress.note_time()
            yield from trainer.flush()
        if not math.isfinite(average_loss):
            raise LossNotFiniteError(average_loss)
        position.tested = position.epoch
        evaluation = Evaluation(position.step, position.epoch, average_loss, accuracy)
        trainer.history.add_evaluation(evaluation)
        trainer.keep_snapshot(landmark=True)
        yield EpochTested(evaluation)

    def _attentive(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """`batches`, listening for commands between them.

        Raises:
            CancelledError: the run is to rest.
        """
        trainer = self._trainer
        trainer.tell(*self._obey())
        for batch in batches:
            if trainer.inbox.has_commands:
                trainer.tell(*self._obey())
            if self._aim.rest is not None:
                raise CancelledError
            yield batch

    # Commands, between batches

    def _obey(self) -> Iterator[TrainerEvent]:
        """Do what has been asked for since the last batch, and what is due by itself."""
        trainer, journal = self._trainer, self._trainer.journal
        yield from journal.make_due()
        wishes: dict[str, Value] = {}
        for command in trainer.inbox.take():
            match command:
                case SetValue(name, value):
                    wishes[name] = value
                case Pause() | Stop():
                    self._aim.rest = command
                case Resume() | RunSteps() | RunEpoch() | AddEpochs():
                    yield from self._take_aim(command)
                case _:
                    yield from trainer.serve(command)
        for name, value in wishes.items():
            yield from journal.change(name, value)
        self._aim.look(self._position.step)
        if journal.has_departed:
            yield trainer.branch()
        self._pace()

    def _take_aim(self, command: ContinueCommand) -> Iterator[TrainerEvent]:
        """Fly as far as `command` says; beyond the last planned epoch, one more is planned."""
        trainer, position = self._trainer, self._position
        planned = int(trainer.values["epochs"])
        self._aim.take(command, position.step)
        match command:
            case Resume(unguarded=True) if trainer.history.incidents:
                trainer.spikes_allowed_until = trainer.history.incidents[-1].step + WINDOW
            case AddEpochs(count):
                yield from trainer.journal.change("epochs", max(planned, position.tested) + count)
            case RunSteps() | RunEpoch() if position.tested >= planned:
                yield from trainer.journal.change("epochs", position.tested + 1)
        self._pace()

    def _pace(self) -> None:
        """Work out when to look up next, and show what is planned."""
        trainer = self._trainer
        self._next_due = min(self._aim.next_due, trainer.journal.next_due)
        # Few enough unread to lag behind by no more than a frame or two of the plots.
        most = max(1, min(MOST_UNREAD, MOST_UNREAD_SAMPLES // int(trainer.values["batch_size"])))
        self._read_every = REPORT_EVERY if trainer.stepper.is_deferred else most
        self._look_ahead()
        trainer.progress.update()

    def _look_ahead(self) -> None:
        """Work out after which step there is next more to do than to train."""
        position = self._position
        until_report = REPORT_EVERY - (position.batch - 1) % REPORT_EVERY
        until_snapshot = SNAPSHOT_EVERY - position.step % SNAPSHOT_EVERY
        self._next_look = min(position.step + min(self._read_every, until_report, until_snapshot), self._next_due)
