"""Logbook: keeps runs in the store, as their events tell."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from workbench.engine.protocol.events import (
    EpochTested,
    Outcome,
    RunBranched,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    Travelled,
)
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import RunStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.errors import UserError
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.store.run_store import RunSummary
    from workbench.engine.training.trainer import Trainer

SNAPSHOT_EVERY_S: Final = 10.0
"""Between two snapshots on disk while a run trains: after a crash, that much at most has to be trained again."""

STATUS: Final = {
    Outcome.FINISHED: RunStatus.FINISHED,
    Outcome.STOPPED: RunStatus.STOPPED,
    Outcome.DIVERGED: RunStatus.FAILED,
    Outcome.FAILED: RunStatus.FAILED,
}


class RunLogger:
    """Follows one run after another; everything is written beside the training, by a `Recorder`.

    Args:
        folder: of the store.
        tell: told once what keeps runs from being kept.
    """

    def __init__(self, folder: Path, tell: Callable[[UserError], None]) -> None:
        self._recorder = Recorder(folder, tell)
        self._identity: RunIdentity | None = None
        self._is_active = False
        # Steps the store held when the run was let go: should another window have gone on with it, it is not ours.
        self._stored: int | None = None
        # Going back in a finished run does not make it unfinished; going on beyond its end does.
        self._finished_at = -1
        self._reached = 0
        self._last_snapshot = 0.0

    def open(self, summary: RunSummary) -> None:
        """A run of the store is in hand. Nothing is written of it until it trains on."""
        self.let_go()
        self._identity, self._stored = summary.identity, summary.steps
        self._finished_at = summary.steps if summary.status is RunStatus.FINISHED else -1

    def note(self, event: TrainerEvent, trainer: Trainer) -> None:
        """Write down what `event` of `trainer` tells."""
        match event:
            case RunStarted():
                self.let_go()
                self._begin(trainer)
            case RunResumed() if not self._is_active and not trainer.journal.has_departed:
                self._recorder.resume(trainer.identity, trainer.history, trainer.gauge, self._stored)
                self._is_active, self._stored = True, None
            case RunBranched():
                # The parent is written whole, and stays what it was before somebody went back in it.
                self.let_go()
                self._begin(trainer)
                # From here on what its parent has on disk is not looked for.
                self._keep_snapshot(trainer)
            case Travelled(future=future) if future is not None and self._is_active:
                # What has not been written yet is no longer in the history, but in what it was cut from.
                self._recorder.resume(trainer.identity, future, trainer.gauge)
                self._recorder.flush()
                self._recorder.resume(trainer.identity, trainer.history, trainer.gauge)
            case EpochTested() if time.monotonic() - self._last_snapshot > SNAPSHOT_EVERY_S:
                self._keep_snapshot(trainer)
            case RunPaused(step) if self._is_active:
                self._reached = max(self._reached, step)
                self._keep_snapshot(trainer)
            case RunEnded(outcome=outcome):
                self._end(trainer, STATUS[outcome])

    def flush(self) -> None:
        """Wait until what has been recorded and told is written: also that a run was let go."""
        self._recorder.flush()

    def forget(self) -> None:
        """Delete the run in hand from the store."""
        if self._identity is not None:
            self._recorder.forget(self._identity)
        self._identity, self._is_active = None, False

    def let_go(self) -> None:
        """The run in hand gives way to another, or to none."""
        if self._identity is not None and self._is_active:
            self._recorder.end(self._identity, self._status(RunStatus.STOPPED))
        self._identity, self._is_active, self._stored = None, False, None
        self._finished_at, self._reached = -1, 0

    def close(self) -> None:
        """Let go, write what is left, and be done."""
        self.let_go()
        self._recorder.close()

    def _begin(self, trainer: Trainer) -> None:
        self._identity, self._is_active = trainer.identity, True
        self._last_snapshot = time.monotonic()
        self._recorder.begin(
            trainer.identity, trainer.recipe, trainer.history, trainer.gauge, environment=trainer.environment
        )

    def _end(self, trainer: Trainer, status: RunStatus) -> None:
        if not self._is_active:
            return
        self._reached = max(self._reached, trainer.position.step)
        status = self._status(status)
        self._keep_snapshot(trainer)
        self._recorder.end(trainer.identity, status)
        self._is_active = False
        if status is RunStatus.FINISHED:
            self._finished_at = trainer.last_recorded
        # After a loss that was no number the store may hold a few steps more than the run.
        self._stored = None if status is RunStatus.FAILED else trainer.last_recorded

    def _status(self, status: RunStatus) -> RunStatus:
        """What becomes of a run that would be put down as `status`."""
        return RunStatus.FINISHED if self._reached <= self._finished_at else status

    def _keep_snapshot(self, trainer: Trainer) -> None:
        self._last_snapshot = time.monotonic()
        if trainer.position.step > 0:
            self._recorder.keep_snapshot(trainer.identity, trainer.arrival())
