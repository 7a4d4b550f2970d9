"""Taking a run of the store or of a checkpoint file in hand, where it was left or at any step of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.engine.checkpoints.checkpoint import fitted, load_checkpoint, snapshot_from_bytes
from workbench.engine.errors import UserError
from workbench.engine.protocol.events import TravelFailed, Travelled, TravelProgressed
from workbench.engine.runtime.acceleration import set_threads
from workbench.engine.store.run_store import RunStatus, RunStore
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
    from workbench.engine.data.datasets import ImageData
    from workbench.engine.history.history import History
    from workbench.engine.history.records import ScheduledChange
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.recipe import Recipe
    from workbench.engine.store.run_store import RunSummary


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as the store holds it.

    Attributes:
        summary: what is known of it.
        history: all that is recorded.
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
            UserError: there is none, or the store cannot be read.
        """
        store = RunStore(folder)
        try:
            summary = store.find(run)
            identity = summary.identity.id
            return cls(summary, store.history(identity), tuple(store.snapshot_steps(identity)), folder)
        finally:
            store.close()

    @property
    def is_elsewhere(self) -> bool:
        """Whether another window or command is training it now."""
        return self.summary.status is RunStatus.RUNNING

    def load_snapshot(self, step: int) -> Snapshot:
        """The snapshot of one of `snapshot_steps`.

        Raises:
            UserError: it is gone, damaged, or does not fit.
        """
        store = RunStore(self.folder)
        try:
            content = store.load_snapshot(self.summary.identity.id, step)
        finally:
            store.close()
        return fitted(snapshot_from_bytes(content), self.summary.recipe)


@contextmanager
def restored_on_error(trainer: Trainer | None) -> Iterator[None]:
    """What is raised inside, where another run is being made, leaves `trainer`, which rests, as it was."""
    if trainer is None:
        yield
        return
    present = trainer.stepper.snapshot()
    needed = [trainer.timeline.nearest(step) for step in (0, trainer.position.step)]
    try:
        yield
    except Exception:
        # The other one has drawn from the random state, chosen its threads, and taken room in memory.
        set_threads(int(trainer.recipe["threads"]))
        trainer.stepper.restore(present)
        timeline = trainer.memory.timeline(trainer.identity.id)
        for snapshot in filter(None, needed):
            timeline.keep(snapshot, landmark=True)
        raise


def open_stored_run(
    stored: StoredRun,
    step: int | None,
    data: ImageData,
    inbox: CommandQueue,
    memory: SnapshotCache,
    tell: Callable[[TrainerEvent], None],
    *,
    scheduled: Sequence[ScheduledChange] = (),
    stop_after: int | None = None,
    is_attended: bool = True,
) -> Trainer:
    """A Trainer of a stored run that rests at `step`, its last one if None.

    A run that somebody else is training now becomes a branch as soon as it goes on here.

    Args:
        stored: the run.
        step: where to rest.
        data: what it trains on.
        inbox: where its commands come from.
        memory: where its snapshots are kept.
        tell: told of the progress of the way there, and of the arrival where it came out other than recorded.
        scheduled: see `Trainer`.
        stop_after: likewise.
        is_attended: likewise.

    Raises:
        UserError: there is no such step, or it cannot be reached.
        CancelledError: somebody gave the way up.
    """
    summary, recorded = stored.summary, stored.history
    trainer = Trainer(
        summary.recipe,
        data,
        inbox,
        scheduled=scheduled,
        stop_after=stop_after,
        memory=memory,
        identity=summary.identity,
        is_attended=is_attended,
    )
    trainer.timeline.know_stored(stored.snapshot_steps, stored.load_snapshot)
    trainer.history.incidents += recorded.incidents
    trainer.gauge.seconds = summary.seconds
    trainer.journal.follow(recorded)
    for event in trainer.travel(len(recorded) if step is None else step):
        match event:
            case TravelFailed(problem=problem):
                raise problem
            case TravelProgressed():
                tell(event)
            case Travelled(differed_at=int()):
                # Nobody has seen it anywhere else: this is no journey to be taken back.
                tell(replace(event, origin=event.step))
    if stored.is_elsewhere:
        trainer.journal.depart()
    return trainer


def open_checkpoint(
    path: Path, find_data: Callable[[Recipe], ImageData], inbox: CommandQueue, memory: SnapshotCache
) -> Trainer:
    """A Trainer that rests where the checkpoint in `path` was taken; going on makes it a branch of that run.

    Raises:
        UserError: the file holds no checkpoint, or `find_data` raised it.
    """
    checkpoint = load_checkpoint(path)
    data = find_data(checkpoint.recipe)
    trainer = Trainer(checkpoint.recipe, data, inbox, checkpoint=checkpoint, memory=memory, is_attended=True)
    if len(checkpoint.history) != checkpoint.snapshot.step:
        raise UserError("{path} does not hold together: its history is not that of its weights.", path=path)
    # The run in the store may have gone on since: what is trained from here on is another one.
    trainer.journal.depart()
    return trainer
