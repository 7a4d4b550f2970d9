"""Verification: trains a recorded run again, and says whether it came out the same, bit for bit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.engine.config.hyperparameters import hyperparameter
from workbench.engine.errors import UserError
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Stop
from workbench.engine.protocol.events import EpochTested, RecordingEnded, RunBranched
from workbench.engine.runtime.environment import EARLIER, differs
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Evaluation
    from workbench.engine.models.weights import StateDict
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.recipe import Recipe

_MATTERS = {
    "torch": "PyTorch {here} here, {recorded} when it was recorded: another version may compute other bits.",
    "threads": "Threads: {here} here, {recorded} when it was recorded; sums are added in another order then.",
    "cpu_capability": (
        "The processor computes with {here} here, with {recorded} when it was recorded: other instructions round in "
        "other places."
    ),
    "device": "Device {here} here, {recorded} when it was recorded: another kind of device rounds in other places.",
    "device_name": (
        "Processor {here} here, {recorded} when it was recorded: another processor may use other instructions."
    ),
}
"""The parts of an environment that the last bits depend on, and why: for translation in the context `Problems`."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of training a run again.

    Attributes:
        steps: that were trained and are as recorded.
        weights_sha256: after them.
        differs_at: the first step whose loss, or whose evaluation, is another one; None if there is none.
        difference: what is another one there, with both numbers; None if nothing is.
        other_weights: whether all losses are the recorded ones, but the last weights are not.
        is_cancelled: whether the user ended it before its end.
    """

    steps: int
    weights_sha256: str
    differs_at: int | None = None
    difference: UserError | None = None
    other_weights: bool = False
    is_cancelled: bool = False

    @property
    def is_the_same(self) -> bool:
        """Whether everything that is recorded came out again."""
        return self.differs_at is None and not self.other_weights and not self.is_cancelled


def differences(recorded: Mapping[str, str], here: Mapping[str, str]) -> list[UserError]:
    """Why the bits may come out other than recorded, before anything is trained: a sentence for each reason."""
    found = [
        UserError(template, here=here.get(name, "?"), recorded=recorded[name])
        for name, template in _MATTERS.items()
        if differs(name, recorded, here)
    ]
    if earlier := recorded.get(EARLIER):
        found.append(
            UserError(
                "A part of this run was trained otherwise ({earlier}), so no one environment gives all of its bits.",
                earlier=earlier,
            )
        )
    return found


def recorded_threads(record: RunRecord, here: int) -> int | None:
    """How many threads trained the run, if it left that to PyTorch, which chooses another number `here`; else None."""
    text = record.environment.get("threads", "")
    most = int(hyperparameter("threads").maximum)
    known = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else 0
    return known if 0 < known <= most and known != here and not record.recipe["threads"] else None


def with_threads(recipe: Recipe, threads: int) -> Recipe:
    """`recipe`, trained with this number of threads.

    Raises:
        UsageError: no training can have as many.
    """
    return replace(recipe, values={**recipe.values, "threads": hyperparameter("threads").checked(threads)})


def _other_loss(here: float, recorded: float) -> UserError:
    # Nine digits tell any two numbers of 32 bits apart.
    return UserError("the loss is {here:.9g} here, {recorded:.9g} when it was recorded", here=here, recorded=recorded)


def _other_test(here: Evaluation, recorded: Evaluation) -> UserError:
    if here.average_loss == recorded.average_loss and here.validation_loss != recorded.validation_loss:
        return UserError(
            "the validation loss is {here} here, {recorded} when it was recorded",
            here=here.validation_loss,
            recorded=recorded.validation_loss,
        )
    if here.average_loss == recorded.average_loss:
        return UserError("the test has the recorded loss, but other figures")
    return UserError(
        "the test loss is {here} here, {recorded} when it was recorded",
        here=here.average_loss,
        recorded=recorded.average_loss,
    )


class Comparison:
    """Compares what a Trainer reports with what was recorded.

    Args:
        trainer: trains the run again, from its first step.
        recorded: its losses and evaluations of the first time.
        weights_sha256: of its last weights; None where it is not known.

    Attributes:
        differs_at, difference: as in `Verified`.
        is_complete: whether everything that is recorded has been trained and evaluated again.
        is_left: whether the run was changed, so that it repeats nothing any more.
    """

    def __init__(self, trainer: Trainer, recorded: History, weights_sha256: str | None) -> None:
        self._trainer = trainer
        self._recorded = recorded
        self._last = len(recorded)
        self._expected = weights_sha256
        self._tests = {each.step: each for each in recorded.evaluations}
        self._weights = ""
        self.differs_at: int | None = None
        self.difference: UserError | None = None
        self.is_complete = False
        self.is_left = False
        if not self._last:
            self._end()

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to compare."""
        return self.is_complete or self.is_left or self.differs_at is not None

    @property
    def result(self) -> Verified:
        """What has come of it by now."""
        differs_at, weights = self.differs_at, self._weights
        done = self._last if self.is_complete else self._trainer.position.step
        return Verified(
            steps=done if differs_at is None else differs_at,
            weights_sha256=weights or weights_sha256(self._trainer.weights),
            differs_at=differs_at,
            difference=self.difference,
            other_weights=differs_at is None and bool(weights) and self._expected not in (None, weights),
            is_cancelled=differs_at is None and not self.is_complete,
        )

    def take(self, event: TrainerEvent) -> None:
        """Look for a difference in what is reported."""
        match event:
            case RunBranched(run=run) if run.parent_step is not None and run.parent_step < len(self._trainer.history):
                step = self.differs_at = run.parent_step
                self.difference = _other_loss(self._trainer.history.loss[step], self._recorded.loss[step])
            case RunBranched():
                self.is_left = True
            case RecordingEnded():
                # The weights of the last recorded step, before another one is made.
                self._weights = weights_sha256(self._trainer.weights)
                self.is_complete = self._last not in self._tests
            case EpochTested(evaluation=evaluation):
                recorded = self._tests.get(evaluation.step, evaluation)
                if recorded != evaluation:
                    self.differs_at = evaluation.step
                    self.difference = _other_test(evaluation, recorded)
                if evaluation.step >= self._last:
                    self._end()

    def _end(self) -> None:
        self._weights = self._weights or weights_sha256(self._trainer.weights)
        self.is_complete = True


class Verification:
    """Trains `record` again, from its first step.

    Args:
        record: of the run.
        recipe: its recipe, with the data at hand.
        data: that it was trained on.
        commands: the queue that is read between two batches; a Stop cancels.
        initial: the weights that it started from, where its recipe names a file of them.

    Attributes:
        trainer: trains it.
        result: what came of it, after `events` has ended.
    """

    def __init__(
        self,
        record: RunRecord,
        recipe: Recipe,
        data: Dataset,
        commands: CommandQueue,
        initial: StateDict | None = None,
    ) -> None:
        self._commands = commands
        self.trainer = Trainer(recipe, data, commands, initial=initial)
        if record.steps:
            self.trainer.journal.set_recording(record.history.copy())
        self._comparison = Comparison(self.trainer, record.history, record.weights_sha256)
        self.result: Verified | None = None

    def events(self) -> Iterator[TrainerEvent]:
        """Train, and yield what is reported, up to the last recorded step or to the first that differs."""
        comparison = self._comparison
        if comparison.is_complete:
            self._commands.put(Stop())
        for event in self.trainer.run():
            comparison.take(event)
            if comparison.is_complete:
                self._commands.put(Stop())
            yield event
            if comparison.differs_at is not None:
                break
        self.result = comparison.result
