"""Verification: trains a recorded run again, and says whether it came out the same, bit for bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.errors import UserError
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Stop
from workbench.engine.protocol.events import EpochTested, RecordingEnded, RunBranched
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.recipe import Recipe

_MATTERS = {
    "torch": "another torch may compute other bits",
    "threads": "with another number of threads, sums are added in another order",
    "cpu_capability": "another processor uses other instructions",
    "device": "another kind of device rounds in other places",
    "device_name": "another processor may use other instructions",
}
"""The parts of an environment that the last bits depend on, and why."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of training a run again.

    Attributes:
        steps: that were trained and are as recorded.
        weights_sha256: after them.
        differs_at: the first step whose loss, or whose evaluation, is another one; None if there is none.
        other_weights: whether all losses are the recorded ones, but the last weights are not.
        is_cancelled: whether the user ended it before its end.
    """

    steps: int
    weights_sha256: str
    differs_at: int | None = None
    other_weights: bool = False
    is_cancelled: bool = False

    @property
    def is_the_same(self) -> bool:
        """Whether everything that is recorded came out again."""
        return self.differs_at is None and not self.other_weights and not self.is_cancelled


def differences(recorded: Mapping[str, str], here: Mapping[str, str]) -> list[UserError]:
    """Why the bits may come out other than recorded, before anything is trained: a sentence for each reason."""
    return [
        UserError(
            "{what}: {here} here, {recorded} when it was recorded; {why}.",
            what=name.replace("_", " "),
            here=here.get(name, "?"),
            recorded=recorded[name],
            why=why,
        )
        for name, why in _MATTERS.items()
        if name in recorded and recorded[name] != here.get(name)
    ]


class Verification:
    """Trains `record` again, from its first step.

    Args:
        record: of the run.
        recipe: its recipe, with the data at hand.
        data: that it was trained on.
        commands: the queue that is read between two batches; a Stop cancels.

    Attributes:
        trainer: trains it.
        result: what came of it, after `events` has ended.
    """

    def __init__(self, record: RunRecord, recipe: Recipe, data: Dataset, commands: CommandQueue) -> None:
        self._record = record
        self._commands = commands
        self.trainer = Trainer(recipe, data, commands)
        if record.steps:
            self.trainer.journal.set_recording(record.history.copy())
        self.result: Verified | None = None
        self._tests = {each.step: each for each in record.history.evaluations}
        self._differs_at: int | None = None
        self._weights = ""

    def events(self) -> Iterator[TrainerEvent]:
        """Train, and yield what is reported, up to the last recorded step or to the first that differs."""
        if not self._record.steps:
            self._weights = weights_sha256(self.trainer.weights)
            self._commands.put(Stop())
        for event in self.trainer.run():
            self._compare(event)
            yield event
            if self._differs_at is not None:
                break
        weights, differs_at = self._weights, self._differs_at
        self.result = Verified(
            steps=self._steps,
            weights_sha256=weights or weights_sha256(self.trainer.weights),
            differs_at=differs_at,
            other_weights=differs_at is None and bool(weights) and self._record.weights_sha256 not in (None, weights),
            is_cancelled=differs_at is None and not weights,
        )

    @property
    def _steps(self) -> int:
        """The steps that are as recorded."""
        if self._differs_at is not None:
            return self._differs_at
        return self._record.steps if self._weights else self.trainer.position.step

    def _compare(self, event: TrainerEvent) -> None:
        """Look for a difference in what is reported; after the last recorded step and its test, stop."""
        match event:
            case RunBranched(run=run):
                self._differs_at = run.parent_step
            case RecordingEnded():
                # The weights of the last recorded step, before another one is made.
                self._weights = weights_sha256(self.trainer.weights)
                if self._record.steps not in self._tests:
                    self._commands.put(Stop())
            case EpochTested(evaluation=evaluation):
                if self._tests.get(evaluation.step, evaluation) != evaluation:
                    self._differs_at = evaluation.step
                if evaluation.step >= self._record.steps:
                    self._commands.put(Stop())
