"""Verifying: trains a recorded run again as the current run of a session, and compares every bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.exporters.verification import Comparison, differences
from workbench.engine.protocol.commands import Pause
from workbench.engine.protocol.events import RunBranched, RunEnded, RunPaused, RunVerified
from workbench.engine.session.own_data import known_data, own_data
from workbench.engine.session.starting_weights import StartingWeights
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.commands import VerifyRun
    from workbench.engine.protocol.events import TrainerEvent


class Verifying:
    """Compares the run of `trainer` with the recorded one that `command` names, as far as the user lets it train.

    Nothing of it is written to the store: what is recorded would be written a second time. Where it differs, and where
    it is trained beyond its end, it becomes a branch, which is kept.
    """

    def __init__(self, command: VerifyRun, trainer: Trainer, commands: CommandQueue) -> None:
        self._command = command
        self._trainer = trainer
        self._commands = commands
        self._comparison = Comparison(trainer, command.recorded, command.weights_sha256)

    @property
    def has_steps(self) -> bool:
        """Whether there is anything to train again."""
        return not self._comparison.is_complete

    def take(self, event: TrainerEvent) -> RunVerified | None:
        """Compare what is reported; returns what came of it, once it is certain and the run stands still.

        The run pauses after its last recorded step, and where it differs.
        """
        comparison = self._comparison
        was_over = comparison.is_over
        comparison.take(event)
        if not comparison.is_over:
            return None
        if not was_over and not comparison.is_left:
            self._commands.put(Pause())
        if isinstance(event, RunBranched | RunPaused | RunEnded):
            return self.found()
        return None

    def found(self) -> RunVerified:
        """What came of it. Training on makes the run a branch from here on."""
        result, command = self._comparison.result, self._command
        if not self._comparison.is_left and self._trainer.identity == command.run:
            self._trainer.journal.differ_from_recording()
        return RunVerified(
            command.name,
            result.steps,
            result.weights_sha256,
            result.differs_at,
            result.difference,
            result.other_weights,
            self._comparison.is_left,
            tuple(differences(command.environment, self._trainer.environment)),
        )


def trainer_of_recording(
    command: VerifyRun,
    data: Dataset,
    commands: CommandQueue,
    snapshot_cache: SnapshotCache,
    weights: StartingWeights | None = None,
) -> Trainer:
    """A Trainer at the first step of a recorded run, which it will repeat.

    Raises:
        UserError: the data or the weights that it starts from are not those of the run, or are not there; or its
            network may not run.
    """
    data = own_data(command.recipe, command.recorded, data)
    data.check_present()
    initial = (weights or StartingWeights()).of_run(command.recipe, data.spec)
    trainer = Trainer(
        known_data(command.recipe, data),
        data,
        commands,
        initial=initial,
        snapshot_cache=snapshot_cache,
        identity=command.run,
        is_attended=True,
    )
    # The snapshots of this run that are kept came from its first training: they must not stand for those of this one.
    snapshot_cache.drop_run(command.run.id)
    trainer.snapshots = snapshot_cache.of_run(command.run.id)
    trainer.keep_snapshot(pinned=True)
    trainer.history.refusals += command.recorded.refusals
    if len(command.recorded):
        trainer.journal.set_recording(command.recorded.copy())
    return trainer
