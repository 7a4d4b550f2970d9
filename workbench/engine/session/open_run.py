"""Opening a run of the store or of a checkpoint file, at its last step or at any step of it."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.engine.checkpoints.checkpoint import fitted, load_checkpoint, snapshot_from_bytes
from workbench.engine.errors import UserError
from workbench.engine.protocol.events import TravelFailed, Travelled, TravelProgressed
from workbench.engine.runtime.acceleration import set_threads
from workbench.engine.session.own_data import known_data, own_data
from workbench.engine.session.starting_weights import StartingWeights
from workbench.engine.store.run_store import RunStatus, RunStore
from workbench.engine.store.run_summary import cannot_be_read
from workbench.engine.training.early_stopping import best_to_return_to
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.history.history import History
    from workbench.engine.history.records import ScheduledChange
    from workbench.engine.models.weights import StateDict
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.recipe import Recipe
    from workbench.engine.store.run_store import RunSummary


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as the store holds it.

    Attributes:
        summary: its row in the store.
        history: its recorded history.
        snapshot_steps: the steps whose snapshots are on disk.
        folder: of the store.
    """

    summary: RunSummary
    history: History
    snapshot_steps: tuple[int, ...]
    folder: Path

    @classmethod
    def read(cls, folder: Path, run: str) -> StoredRun:
        """The run called `run` (an id, the first digits of one, or its number) in the store in `folder`.

        Raises:
            UserError: there is none, this version cannot read it, or the store cannot be read.
        """
        with closing(RunStore(folder)) as store:
            summary = store.find(run)
            if summary.problem is not None:
                raise cannot_be_read(summary.number, summary.problem)
            identity = summary.identity.id
            return cls(summary, store.history(identity), tuple(store.snapshot_steps(identity)), folder)

    @property
    def is_elsewhere(self) -> bool:
        """Whether another process is training it now."""
        return self.summary.status is RunStatus.RUNNING

    def load_snapshot(self, step: int) -> Snapshot:
        """The snapshot of one of `snapshot_steps`.

        Raises:
            UserError: it is gone, damaged, or does not fit.
        """
        with closing(RunStore(self.folder)) as store:
            content = store.load_snapshot(self.summary.identity.id, step)
        return fitted(snapshot_from_bytes(content), self.summary.recipe, self.history.changes)


@contextmanager
def restored_on_error(trainer: Trainer | None) -> Iterator[None]:
    """Put `trainer`, which is paused or has ended, back as it was if the creation of another Trainer inside raises."""
    if trainer is None:
        yield
        return
    before = trainer.stepper.snapshot()
    needed = [trainer.snapshots.nearest(step) for step in (0, trainer.position.step)]
    try:
        yield
    except Exception:
        # The other Trainer has used the random state, set its number of threads, and evicted snapshots.
        set_threads(int(trainer.recipe["threads"]))
        trainer.stepper.restore(before)
        snapshots = trainer.snapshot_cache.of_run(trainer.identity.id)
        for snapshot in filter(None, needed):
            snapshots.add(snapshot, pinned=True)
        raise


def open_stored_run(
    stored: StoredRun,
    step: int | None,
    data: Dataset,
    commands: CommandQueue,
    snapshot_cache: SnapshotCache,
    emit: Callable[[TrainerEvent], None],
    *,
    initial: StateDict | None = None,
    scheduled: Sequence[ScheduledChange] = (),
    stop_after: int | None = None,
    is_attended: bool = True,
) -> Trainer:
    """A Trainer of a stored run, paused at `step`, or where the run stood if None.

    That is its last step; for a user, where early stopping returned it to its best epoch, that epoch.

    If another process is training the run now, it becomes a branch when it trains on here. `emit` is called with the
    progress of the replay, and with its end if the losses differ from the recorded ones; the other arguments are those
    of `Trainer`.

    Raises:
        UserError: there is no such step, or it cannot be reached.
        CancelledError: a Stop ended the replay.
    """
    summary, recorded = stored.summary, stored.history
    data = own_data(summary.recipe, recorded, data)
    trainer = Trainer(
        known_data(summary.recipe, data),
        data,
        commands,
        initial=initial,
        scheduled=scheduled,
        stop_after=stop_after,
        snapshot_cache=snapshot_cache,
        identity=summary.identity,
        is_attended=is_attended,
    )
    trainer.snapshots.add_stored(stored.snapshot_steps, stored.load_snapshot)
    trainer.history.incidents += recorded.incidents
    trainer.history.refusals += recorded.refusals
    trainer.progress.seconds = summary.seconds
    trainer.earlier_environment = summary.environment
    trainer.journal.set_recording(recorded)
    if step is None:
        step = _where_it_stood(recorded, summary.recipe) if is_attended else len(recorded)
        if data.missing is not None and step not in stored.snapshot_steps:
            # Without images only the steps that have a snapshot can be reached.
            step = max(stored.snapshot_steps, default=0)
        elif not trainer.stepper.knows_start:
            # Nor is a step before the first snapshot, where the weights that the run started from are not there.
            step = max(step, min(stored.snapshot_steps, default=0))
    for event in trainer.travel(step):
        match event:
            case TravelFailed(problem=problem):
                raise problem
            case TravelProgressed():
                emit(event)
            case Travelled(differed_at=int()):
                # The window has not shown the run before, so this travel must not become a step of Undo.
                emit(replace(event, origin=event.step))
    if stored.is_elsewhere:
        trainer.journal.leave_recording()
    return trainer


def _where_it_stood(recorded: History, recipe: Recipe) -> int:
    """The step at which a run ended: its last one, or its best epoch's where early stopping has returned to that."""
    tests = recorded.evaluations
    if not tests or tests[-1].step != len(recorded):  # it was trained on since
        return len(recorded)
    best = best_to_return_to(recorded, recipe.values)
    return len(recorded) if best is None else best.step


def open_checkpoint(
    path: Path,
    find_data: Callable[[Recipe], Dataset],
    commands: CommandQueue,
    snapshot_cache: SnapshotCache,
    weights: StartingWeights | None = None,
) -> Trainer:
    """A Trainer paused at the step of the checkpoint in `path`; when it trains on it becomes a branch of that run.

    Where `weights` does not find those that the run started from, it cannot go back to steps before this one.

    Raises:
        UserError: the file holds no checkpoint, or `find_data` raised it.
    """
    checkpoint = load_checkpoint(path)
    sample = checkpoint.snapshot.position.sample
    data = own_data(checkpoint.recipe, checkpoint.history, find_data(checkpoint.recipe), sample=sample)
    trainer = Trainer(
        known_data(checkpoint.recipe, data),
        data,
        commands,
        initial=(weights or StartingWeights()).if_there(checkpoint.recipe, data.spec),
        checkpoint=checkpoint,
        snapshot_cache=snapshot_cache,
        is_attended=True,
    )
    if len(checkpoint.history) != checkpoint.snapshot.step:
        raise UserError("{path} does not hold together: its history is not that of its weights.", path=path)
    # The run in the store may have trained on since, so this one becomes a branch.
    trainer.journal.leave_recording()
    return trainer
