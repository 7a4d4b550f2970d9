"""RunLogger: writes runs into the store, from the events of their training; for the window and the command line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from workbench.engine.protocol.events import (
    ChangeRefused,
    EntryAnnotated,
    EpochTested,
    RecordingEnded,
    RunBranched,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    StoppedEarly,
    Travelled,
)
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_summary import STATUS_OF_OUTCOME, RunStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.errors import UserError
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.events import RecorderEvent, TrainerEvent
    from workbench.engine.store.run_store import RunSummary
    from workbench.engine.training.trainer import Trainer

SNAPSHOT_EVERY_S: Final = 10.0
"""Between two snapshots on disk while a run trains: after a crash, that much at most has to be trained again."""


class RunLogger:
    """Logs one run after another. A `Recorder` does the writing in its own thread, so training waits for no disk.

    Args:
        folder: the folder of the store.
        emit: called in the Recorder's thread with what goes wrong there, and with its end.
        snapshot_every_s: seconds between two snapshots on disk while a run trains; they are taken after an epoch's
            test, so 0 takes one after each epoch. None stands for `SNAPSHOT_EVERY_S`.
    """

    def __init__(
        self, folder: Path, emit: Callable[[RecorderEvent], None], *, snapshot_every_s: float | None = None
    ) -> None:
        self._recorder = Recorder(folder, emit)
        self._snapshot_every_s = SNAPSHOT_EVERY_S if snapshot_every_s is None else snapshot_every_s
        self._identity: RunIdentity | None = None
        self._is_active = False
        # Steps in the store when the run was released or opened. If another process has trained it further since, the
        # Recorder refuses it.
        self._stored: int | None = None
        # A finished run stays finished when the user goes back in it; it does not when it is trained beyond its end.
        self._finished_at = -1
        self._reached = 0
        self._last_snapshot = 0.0

    @property
    def unkept(self) -> UserError | None:
        """Why something of the runs so far is not kept, for good or at the moment; after `close`, for good."""
        return self._recorder.unkept

    def open(self, summary: RunSummary) -> None:
        """Make a run of the store the current run. Nothing is written until it trains beyond what is stored."""
        self.release()
        self._identity, self._stored = summary.identity, summary.steps
        self._finished_at = summary.steps if summary.status is RunStatus.FINISHED else -1

    def on_event(self, event: TrainerEvent, trainer: Trainer) -> None:
        """Log what `event` of `trainer` says."""
        match event:
            case RunStarted() if self._identity != trainer.identity or self._stored is None:
                self.release()
                self._begin(trainer)
            case RunStarted(recording=None) | RecordingEnded() | RunResumed():
                # While a run without a user repeats what the store holds, nothing is written.
                self._resume(trainer)
            case RunBranched():
                # The parent is written whole, and keeps the status it had before the user went back in it.
                self.release()
                self._begin(trainer)
                # A branch does not use its parent's snapshots on disk, so it needs one of its own to start from.
                self._keep_snapshot(trainer)
            case Travelled() if self._is_active and (recording := trainer.journal.recording) is not None:
                # The steps that are not written yet are no longer in the history, but in the recording.
                self._recorder.resume(trainer.identity, recording, trainer.progress)
                self._recorder.flush()
                self._recorder.resume(trainer.identity, trainer.history, trainer.progress)
            case ChangeRefused() | EntryAnnotated():
                self._write_entry(event, trainer)
            case StoppedEarly():
                self._finished_at = trainer.last_recorded
            case EpochTested() if self._is_active and time.monotonic() - self._last_snapshot > self._snapshot_every_s:
                self._keep_snapshot(trainer)
            case RunPaused(step) if self._is_active:
                self._reached = max(self._reached, step)
                self._keep_snapshot(trainer)
            case RunEnded(outcome=outcome):
                self._end(trainer, STATUS_OF_OUTCOME[outcome])

    def flush(self) -> None:
        """Wait until everything logged so far is written, including the end of a released run."""
        self._recorder.flush()

    def delete_run(self) -> None:
        """Delete the current run from the store."""
        if self._identity is not None:
            self._recorder.delete(self._identity)
        self._identity, self._is_active = None, False

    def release(self) -> None:
        """End the logging of the current run: another run takes its place, or none does."""
        if self._identity is not None and self._is_active:
            self._recorder.end(self._identity, self._status(RunStatus.STOPPED))
        self._identity, self._is_active, self._stored = None, False, None
        self._finished_at, self._reached = -1, 0

    def close(self) -> None:
        """Release the run, write what is left and end the Recorder's thread."""
        self.release()
        self._recorder.close()

    def _begin(self, trainer: Trainer) -> None:
        self._identity, self._is_active = trainer.identity, True
        self._last_snapshot = time.monotonic()
        self._recorder.begin(
            trainer.identity, trainer.recipe, trainer.history, trainer.progress, environment=trainer.environment
        )
        weights, start = trainer.recipe.initial_weights, trainer.snapshots.nearest(0)
        if weights is not None and weights.sha256 is not None and start is not None:
            self._recorder.keep_initial_weights(trainer.identity, weights.sha256, dict(start.weights))

    def _resume(self, trainer: Trainer) -> None:
        if self._is_active or trainer.journal.has_left_recording:
            return  # a run that has left its recording becomes a branch, and its RunBranched follows
        self._recorder.resume(trainer.identity, trainer.history, trainer.progress, self._stored, trainer.environment)
        self._is_active, self._stored = True, None

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
        # After a loss that is not a number, the store may hold a few steps more than the run.
        self._stored = None if status in (RunStatus.DIVERGED, RunStatus.FAILED) else trainer.last_recorded

    def _status(self, status: RunStatus) -> RunStatus:
        """The status to store for a run that ends as `status`."""
        return RunStatus.FINISHED if self._reached <= self._finished_at else status

    def _write_entry(self, event: ChangeRefused | EntryAnnotated, trainer: Trainer) -> None:
        """Write what a run at rest has gained, too: it is not written otherwise before it trains on."""
        if isinstance(event, EntryAnnotated):
            self._recorder.annotate(trainer.identity, event.entry)
        elif not self._is_active and self._identity is not None:
            self._recorder.add_refusals(self._identity, trainer.history.refusals)

    def _keep_snapshot(self, trainer: Trainer) -> None:
        self._last_snapshot = time.monotonic()
        if trainer.position.step > 0:
            self._recorder.keep_snapshot(trainer.identity, trainer.arrival())
