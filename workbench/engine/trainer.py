"""The Trainer: owns model, optimizer and position; takes Commands between batches and yields Events."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

import torch

from workbench.engine.commands import CaptureWeights, EvaluateWeights, SetValue, Stop
from workbench.engine.devices import device_called
from workbench.engine.evaluation import evaluate_file
from workbench.engine.events import (
    ChangeRefused,
    EpochStarted,
    EpochTested,
    Gauge,
    LossReported,
    Outcome,
    RunEnded,
    RunStarted,
    ValueChanged,
    WeightsCaptured,
)
from workbench.engine.history import History
from workbench.engine.hyperparameters import hyperparameter
from workbench.engine.inbox import Inbox
from workbench.engine.loops import LossNotFiniteError, batches_of, test_loop, train_loop
from workbench.engine.losses import LOSSES
from workbench.engine.models import MODELS
from workbench.engine.optimizers import OPTIMIZERS, set_value
from workbench.engine.problems import BadUsage, Interrupted, Problem
from workbench.engine.readings import Readings
from workbench.engine.records import Change, EpochStart, Evaluation, RunIdentity, ScheduledChange
from workbench.engine.snapshot import Position, Snapshot
from workbench.engine.speed import accelerated, set_threads
from workbench.engine.weights import capture

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from workbench.engine.datasets import ImageData
    from workbench.engine.events import TrainerEvent
    from workbench.engine.hyperparameters import Value
    from workbench.engine.loops import Batch, TrainedBatch
    from workbench.engine.recipe import Recipe
    from workbench.engine.weights import StateDict

REPORT_EVERY = 100
"""The tutorial prints the loss of every hundredth batch."""

MOST_UNREAD, MOST_UNREAD_SAMPLES = 16, 1024
"""Batches, and samples in them, whose losses and hits may wait to be counted together."""

SNAPSHOT_EVERY = 100
"""Steps between two snapshots: one takes about 0.4 ms, a hundred steps about 150."""


class Trainer:
    """One run of a recipe on data in memory.

    `run` yields Events until the run has ended; whatever changes on the way comes through the inbox. Afterwards, and
    between any two events, `model`, `optimizer`, `position` and `history` hold what was reached.

    Args:
        recipe: what to train.
        data: the data set, on the CPU.
        inbox: where commands come from; without one only the schedule steers.
        scheduled: changes known beforehand.
        stop_after: stop by itself when this many steps have been made in total.

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
    ) -> None:
        self.identity = RunIdentity.new()
        self.recipe = recipe
        self.values: dict[str, Value] = dict(recipe.values)
        for change in scheduled:
            self._checked(change.name, change.value)
        self._scheduled = deque(sorted(scheduled, key=lambda change: change.step))
        self._stop_after = stop_after
        self._next_due = self._first_due()
        self._stopping = False
        self._inbox = inbox or Inbox()
        self._outbox: deque[TrainerEvent] = deque()
        self._snapshots: deque[Snapshot] = deque(maxlen=2)

        device = device_called(recipe.device)
        # A GPU works ahead while the numbers of the last batches wait to be read; on the CPU they are there anyway.
        self._deferred = device.type != "cpu"
        set_threads(int(recipe["threads"]))
        self.data = data.to(device)
        # The tutorial's order: seed, then model. Made on the CPU first, so that a seed means the same on every device.
        torch.manual_seed(int(recipe["seed"]))
        self.model = MODELS[recipe.model].build().to(device)
        self._network = accelerated(self.model, recipe)
        self.loss_fn = LOSSES[recipe.loss].build()
        self.optimizer = OPTIMIZERS[recipe.optimizer].create(self.model.parameters(), self.values)
        self.position = Position()
        self.history = History()
        self._readings = Readings(self.history)
        self._read_every = 1
        self.gauge = Gauge()
        self._update_gauge()

    @property
    def weights(self) -> StateDict:
        """A copy of the weights reached, on the CPU."""
        return capture(self.model)

    def run(self) -> Iterator[TrainerEvent]:
        """Train until the last epoch is tested, a Stop comes, or the loss is no longer a number."""
        yield RunStarted(
            self.recipe,
            self.history,
            self.gauge,
            len(self.data.train_images),
            torch.get_num_threads(),
            self.identity,
            dict(self.values),
        )
        problem = None
        try:
            outcome = yield from self._train()
        except LossNotFiniteError as error:
            outcome = Outcome.DIVERGED
            problem = self._return_to_finite_weights(error)
        yield RunEnded(outcome, self.position.step, problem)

    # One run, epoch by epoch

    def _train(self) -> Generator[TrainerEvent, None, Outcome]:
        self._keep_snapshot()
        while self.position.tested < int(self.values["epochs"]):
            if self.position.epoch == self.position.tested:
                yield from self._train_epoch()
                if self._stopping:
                    return Outcome.STOPPED
            yield from self._test_epoch()
            if self._stopping:
                return Outcome.STOPPED
        return Outcome.FINISHED

    def _train_epoch(self) -> Iterator[TrainerEvent]:
        position = self.position
        self._update_gauge()
        if position.batch == 0:
            self.history.add_epoch_start(EpochStart(position.epoch + 1, position.step))
            yield EpochStarted(position.epoch + 1, position.step)
        yield from self._obey()
        if self._stopping:
            return
        for trained in self._steps():
            self._count(trained)
            is_reported = (position.batch - 1) % REPORT_EVERY == 0
            is_kept = position.step % SNAPSHOT_EVERY == 0
            if is_reported or is_kept or len(self._readings) >= self._read_every:
                self._read()
            if is_reported:
                yield self._report(trained)
            if is_kept:
                self._keep_snapshot()
            if position.step >= self._next_due or self._inbox.has_news:
                self._read()
                yield from self._obey()
                if self._stopping:
                    break
        self._read()
        self._close_epoch()

    def _test_epoch(self) -> Iterator[TrainerEvent]:
        self.gauge.testing = True
        batch_size = int(self.values["batch_size"])
        batches = batches_of(self.data.test_images, self.data.test_labels, batch_size)
        try:
            average_loss, accuracy = test_loop(self._attentive(batches), self._network, self.loss_fn)
        except Interrupted:
            return
        finally:
            self.gauge.testing = False
            yield from self._flush()
        if not math.isfinite(average_loss):
            raise LossNotFiniteError(average_loss)
        self.position.tested = self.position.epoch
        evaluation = Evaluation(self.position.step, self.position.epoch, average_loss, accuracy)
        self.history.add_evaluation(evaluation)
        yield EpochTested(evaluation)

    def _steps(self) -> Iterator[TrainedBatch]:
        return train_loop(self._rest_of_epoch(), self._network, self.loss_fn, self.optimizer, look=not self._deferred)

    def _rest_of_epoch(self) -> Iterator[Batch]:
        """Batches from the sample reached on, each of the size in force when it is asked for."""
        images, labels = self.data.train_images, self.data.train_labels
        while (start := self.position.sample) < len(images):
            stop = start + int(self.values["batch_size"])
            yield images[start:stop], labels[start:stop]

    def _attentive(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """`batches`, listening for commands between them.

        Raises:
            Interrupted: a Stop came.
        """
        for batch in batches:
            self._outbox.extend(self._obey())
            if self._stopping:
                raise Interrupted
            yield batch

    def _count(self, trained: TrainedBatch) -> None:
        position, gauge = self.position, self.gauge
        size = len(trained.labels)
        position.step += 1
        position.batch += 1
        position.sample += size
        gauge.batch = position.batch
        gauge.sample = position.sample
        gauge.trained += size
        self._readings.add(trained)

    def _read(self) -> None:
        self.position.correct = self._readings.read(self.position.sample, self.position.correct)

    def _close_epoch(self) -> None:
        position = self.position
        if position.sample == len(self.data.train_images):
            position.epoch += 1
            position.batch = position.sample = position.correct = 0
            position.even = True

    def _report(self, trained: TrainedBatch) -> LossReported:
        position = self.position
        # The tutorial multiplies the batches by the present batch's size, also where that is the smaller last one.
        current = position.batch * len(trained.labels) if position.even else position.sample
        return LossReported(self.history.loss[position.step - 1], current, len(self.data.train_images))

    # Commands, between batches

    def _obey(self) -> Iterator[TrainerEvent]:
        """Do what has been asked for since the last batch, and what is due by itself."""
        step = self.position.step
        wishes: dict[str, Value] = {}
        while self._scheduled and self._scheduled[0].step <= step:
            change = self._scheduled.popleft()
            wishes[change.name] = change.value
        for command in self._inbox.take():
            match command:
                case SetValue(name, value):
                    wishes[name] = value
                case CaptureWeights(target):
                    yield WeightsCaptured(target, self.weights, step)
                case EvaluateWeights(path=path):
                    yield evaluate_file(
                        path,
                        self.model,
                        self.data,
                        self.loss_fn,
                        batch_size=int(self.values["batch_size"]),
                        kept=False,
                    )
                case Stop():
                    self._stopping = True
        if self._stop_after is not None and step >= self._stop_after:
            self._stopping = True
        self._next_due = self._first_due()
        for name, value in wishes.items():
            yield from self._change(name, value)

    def _first_due(self) -> float:
        """The step before which something is to be done by itself."""
        changes = [change.step for change in self._scheduled]
        stop = math.inf if self._stop_after is None else self._stop_after
        return min([stop, *changes[:1]])

    def _change(self, name: str, value: Value) -> Iterator[TrainerEvent]:
        try:
            value = self._checked(name, value)
        except BadUsage as problem:
            yield ChangeRefused(name, problem)
            return
        old = self.values[name]
        if value == old:
            return
        self.values[name] = value
        if name == "batch_size":
            self.position.even = self.position.batch == 0
        elif name != "epochs":
            set_value(self.optimizer, name, value)
        self._update_gauge()
        # From here back no change lies between two snapshots, so that going back is plain repetition.
        self._keep_snapshot()
        change = Change(self.position.step, name, old, value)
        self.history.add_change(change)
        yield ValueChanged(change)

    def _checked(self, name: str, value: Value) -> Value:
        row = hyperparameter(name)
        if name not in self.values:
            raise BadUsage(
                "The optimizer {optimizer} has no {name}: leave it out, or choose another optimizer.",
                optimizer=self.recipe.optimizer,
                name=name,
            )
        if not row.is_live:
            raise BadUsage("{name} takes effect at the next run: it cannot change during one.", name=name)
        return row.checked(value)

    def _flush(self) -> Iterator[TrainerEvent]:
        while self._outbox:
            yield self._outbox.popleft()

    def _update_gauge(self) -> None:
        position, gauge = self.position, self.gauge
        count, size = len(self.data.train_images), int(self.values["batch_size"])
        # During an epoch's test the epoch is trained already, but it is still the one people see.
        present = position.epoch + (position.epoch == position.tested)
        epochs_left = max(0, int(self.values["epochs"]) - present)
        rest = count - position.sample if position.epoch == position.tested else 0
        gauge.epoch = present
        gauge.batch, gauge.sample = position.batch, position.sample
        # Few enough to lag behind by no more than a frame or two of the plots.
        self._read_every = REPORT_EVERY if self._deferred else max(1, min(MOST_UNREAD, MOST_UNREAD_SAMPLES // size))
        gauge.planned_epochs = present + epochs_left
        gauge.planned_steps = position.step + math.ceil(rest / size) + epochs_left * math.ceil(count / size)

    # The way back from a loss that is no number

    def _keep_snapshot(self) -> None:
        snapshot = Snapshot.of(self.model, self.optimizer, self.position, self.values)
        if self._snapshots and self._snapshots[-1].position.step == snapshot.position.step:
            self._snapshots.pop()
        self._snapshots.append(snapshot)

    def _return_to_finite_weights(self, error: LossNotFiniteError) -> Problem:
        """Put back the last weights that were all finite, and say what happened."""
        self._read()
        failed = self.position.copy()
        steps_too_far = failed.step - len(self.history)
        failed.step -= steps_too_far
        failed.batch -= steps_too_far
        if steps_too_far or not self._is_finite():
            self._repeat_while_finite(failed.step)
        self.history.truncate(self.position.step)
        self._update_gauge()
        loss = "NaN" if math.isnan(error.loss) else "infinite"
        if failed.epoch > failed.tested:
            return Problem(
                "The test loss of epoch {epoch} became {loss} at step {step}. Training stopped, and the weights of "
                "step {kept} are kept: choose a lower learning rate and train again.",
                loss=loss,
                step=failed.step,
                epoch=failed.epoch,
                kept=self.position.step,
            )
        return Problem(
            "The loss became {loss} at step {step} (epoch {epoch}, batch {batch}). Training stopped, and the weights "
            "of step {kept} are kept: choose a lower learning rate and train again.",
            loss=loss,
            step=failed.step,
            epoch=failed.epoch + 1,
            batch=failed.batch + 1,
            kept=self.position.step,
        )

    def _repeat_while_finite(self, before: int) -> None:
        good = next((s for s in reversed(self._snapshots) if s.position.step < before), self._snapshots[0])
        self._restore(good)
        while self.position.step < before:
            # A snapshot may have been taken after the last batch of an epoch, before the epoch was closed.
            self._close_epoch()
            trained = next(self._steps())
            self._count(trained)
            self.position.correct += int((trained.logits.argmax(1) == trained.labels).sum())
            self._readings.clear()
            if not self._is_finite():
                break
            good = Snapshot.of(self.model, self.optimizer, self.position, self.values)
        self._restore(good)
        self._close_epoch()

    def _restore(self, snapshot: Snapshot) -> None:
        snapshot.restore(self.model, self.optimizer)
        self.position = snapshot.position.copy()
        self.values = dict(snapshot.values)

    def _is_finite(self) -> bool:
        return all(bool(tensor.isfinite().all()) for tensor in self.model.state_dict().values())
