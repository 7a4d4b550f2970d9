"""RunOpener: makes Trainers of runs that are kept: in the store, in a checkpoint, in a run file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.errors import UserError
from workbench.engine.protocol import events

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.commands import VerifyRun
    from workbench.engine.recipe import Recipe
    from workbench.engine.session.dataset_cache import DatasetCache
    from workbench.engine.session.run_logger import RunLogger
    from workbench.engine.session.starting_weights import StartingWeights
    from workbench.engine.training.trainer import Trainer

    Opened = tuple[Trainer, events.Travelled | None]


class RunOpener:
    """Opens runs, each as a Trainer that is paused, and the event to emit if its replay differed from the recording.

    Args:
        store: the folder of the store of runs; None keeps no runs.
        commands: the queue of the Trainers.
        snapshot_cache: holds their snapshots.
        datasets: the data sets in memory.
        emit: called with the events of opening.
        weights: finds those that a run starts from.

    Attributes:
        run_logger: what records the current run; told which run is recorded from now on.
    """

    def __init__(
        self,
        store: Path | None,
        commands: CommandQueue,
        snapshot_cache: SnapshotCache,
        datasets: DatasetCache,
        emit: Callable[[events.Event], None],
        weights: StartingWeights,
    ) -> None:
        self._store = store
        self._commands = commands
        self._snapshot_cache = snapshot_cache
        self._datasets = datasets
        self._emit = emit
        self._weights = weights
        self.run_logger: RunLogger | None = None

    def stored_run(self, run: str, step: int | None) -> Opened:
        """The run with this id from the store, at `step`, or at its last one.

        Raises:
            UserError: it is not there, or cannot be opened.
        """
        from workbench.engine.session.open_run import StoredRun, open_stored_run

        if self._store is None:
            raise UserError("No runs are kept here: start the program with a store to open runs.")
        stored = StoredRun.read(self._store, run)
        differed: list[events.Travelled] = []

        def on_event(event: events.TrainerEvent) -> None:
            if isinstance(event, events.Travelled):
                differed.append(event)
            else:
                self._emit(event)

        data = self._data_for(stored.summary.recipe)
        initial = self._weights.if_there(stored.summary.recipe, data.spec)
        trainer = open_stored_run(stored, step, data, self._commands, self._snapshot_cache, on_event, initial=initial)
        if self.run_logger is not None:
            self.run_logger.open(stored.summary)
        return trainer, differed[0] if differed else None

    def checkpoint(self, path: Path) -> Opened:
        """The run in the checkpoint file `path`, at the step where it was saved.

        Raises:
            UserError: the file cannot be opened.
        """
        from workbench.engine.session.open_run import open_checkpoint

        trainer = open_checkpoint(path, self._data_for, self._commands, self._snapshot_cache, self._weights)
        self._release()
        return trainer, None

    def recording(self, command: VerifyRun) -> Opened:
        """The run of a run file, at its start: it is to be trained again.

        Raises:
            UserError: it cannot be trained here.
        """
        from workbench.engine.session.verifying import trainer_of_recording

        data = self._data_for(command.recipe)
        trainer = trainer_of_recording(command, data, self._commands, self._snapshot_cache, self._weights)
        self._release()
        return trainer, None

    def _release(self) -> None:
        """What is opened from a file is recorded as another run, once it trains on."""
        if self.run_logger is not None:
            self.run_logger.release()

    def _data_for(self, recipe: Recipe) -> Dataset:
        from workbench.engine.data.datasets import retired_shapes
        from workbench.engine.session.own_data import without_files

        data = self._datasets.of(recipe) or retired_shapes(recipe.dataset) or without_files(recipe)
        if data is None:
            raise UserError("The data set {name} of this run is not there: load it first.", name=recipe.dataset)
        return data
