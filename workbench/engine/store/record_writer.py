"""RecordWriter: does the recorder's jobs on the store, in the writer's thread, and says what goes wrong.

Where the store cannot be used at the moment, a job is tried again later; a job that raises anything unforeseen is given
up, and the runs after it are recorded.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UsageError, UserError, details_of
from workbench.engine.protocol.events import RecordFailed, RecordRecovered, StoreNoticed
from workbench.engine.store.recorded_run import state_of
from workbench.engine.store.run_store import RunStore
from workbench.engine.store.store_errors import StoreLockedError, defect

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.protocol.events import RecorderEvent
    from workbench.engine.store.history_tables import HistoryDelta
    from workbench.engine.store.recorded_run import Job, RecordedRun

LOCK_SECONDS: Final = 1.0
"""How long to wait for another process before saying that it locks the store; after that it is tried again."""
KEPT_DELETED: Final = 30 * 86400.0
"""Seconds for which a deleted run can be restored."""


class RecordWriter:
    """Works on the store in `folder`. Its methods are called in the writer's thread.

    Args:
        folder: of the store, made where it is missing.
        emit: called with news of the store, where something is not kept in it, and where it can be written again.
            Each problem is emitted once as long as it lasts.
        changed: guards the fields of a `RecordedRun` that the caller's thread reads.

    Attributes:
        trouble: why the store cannot be used at the moment.
        loss: the first reason why something is lost for good.
    """

    def __init__(self, folder: Path, emit: Callable[[RecorderEvent], None], changed: threading.Condition) -> None:
        self._folder = folder
        self._emit = emit
        self._changed = changed
        self.trouble: UserError | None = None
        self.loss: UserError | None = None
        self._store: RunStore | None = None
        self._said: set[str] = set()

    def attempt(self, job: Job) -> bool:
        """Do a job; False if it must be tried again later."""
        if job.delta is None and job.action is None:
            return True
        try:
            store = self._opened()
            if job.run is not None and not self._is_up_to_date(store, job.run, job.delta):
                return True
        except UserError as problem:
            self._fail(problem)
            return _is_given_up(job, problem)
        except Exception as error:  # noqa: BLE001  # a defect must not end the thread of all later runs
            self._refuse(job.run, error)
            return True
        try:
            if job.action is not None:
                job.action(store)
        except UsageError:
            pass  # the run of this action is gone from the store
        except UserError as problem:
            if not _is_given_up(job, problem):
                self._fail(problem)
                return False
            self._say_once(problem)
        except Exception as error:  # noqa: BLE001  # as above
            self._refuse(None if job.is_optional else job.run, error)
            return True
        self._recover()
        return True

    def close(self) -> None:
        """Close the store; the next attempt opens it again."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _is_up_to_date(self, store: RunStore, run: RecordedRun, delta: HistoryDelta | None) -> bool:
        """Write what is new of a run; False where the store refuses the run.

        Raises:
            UserError: the store cannot be used.
        """
        if run.refused:
            return False
        try:
            if run.store is not store:
                self._begin_or_resume(store, run)
            if delta is not None:
                self._write(store, run, delta)
        except UsageError as problem:
            # The store works but refuses this run: it is another window's, or gone.
            self._refuse(run, problem)
            return False
        return True

    def _fail(self, problem: UserError) -> None:
        """The store cannot be used at the moment."""
        said = UserError(
            "Runs are not being kept at the moment, and this is tried again each second. {reason}", reason=problem
        )
        if self.trouble is None:
            self._said.discard(str(said))
        self.trouble = problem
        self._say_once(said)
        self.close()

    def _recover(self) -> None:
        if self.trouble is None:
            return
        self.trouble = None
        if self.loss is None:
            self._send(RecordRecovered())

    def _refuse(self, run: RecordedRun | None, error: Exception) -> None:
        """Give up a run, or a job without one: the store refuses it, or a defect came up."""
        problem = error if isinstance(error, UserError) else defect(self._folder, error)
        if run is not None and run.refused:
            return
        if run is not None:
            run.refused = True
        self.loss = self.loss or problem
        self._say_once(problem, details_of(error))
        if not isinstance(error, UserError):
            self.close()

    def _say_once(self, problem: UserError, details: str = "") -> None:
        if str(problem) not in self._said:
            self._said.add(str(problem))
            self._send(RecordFailed(problem, details))

    def _send(self, event: RecorderEvent) -> None:
        # The listener may have gone: a closed terminal, a window that is deleted. Recording goes on.
        with suppress(Exception):
            self._emit(event)

    def _write(self, store: RunStore, run: RecordedRun, delta: HistoryDelta) -> None:
        written = store.write(run.identity.id, replace(delta, seconds=run.seconds_stored + delta.seconds))
        with self._changed:
            run.written = written
            if delta.first <= written:  # else the store lost steps (its folder was deleted): they are written again
                run.written_state = state_of(delta, delta.length)

    def _opened(self) -> RunStore:
        if self._store is not None and not self._store.is_there:
            self.close()
        if self._store is None:
            self._store = RunStore(self._folder, LOCK_SECONDS)
            if self._store.set_aside is not None:
                self._send(StoreNoticed(self._store.set_aside))
            for notice in self._store.lacks:
                if str(notice) not in self._said:
                    self._said.add(str(notice))
                    self._send(StoreNoticed(notice))
        return self._store

    def _begin_or_resume(self, store: RunStore, run: RecordedRun) -> None:
        """Mark the run as this process's in `store`, and find out how much of it is there.

        Raises:
            UsageError: another process trains it, or has trained it further.
        """
        key = run.identity.id
        if run.recipe is None:
            before = store.summary(key)
            if run.expected is not None and before.steps > run.expected:
                raise UsageError(
                    "Run {number} has been trained further elsewhere, so what is trained here is not recorded: open it "
                    "again to go on from there.",
                    number=before.number,
                )
            store.resume(key, run.environment)
            if run.store is None:
                run.status = before.status
                run.steps_before = before.steps
                run.seconds_stored = before.seconds
        else:
            store.begin(run.identity, run.recipe, run.environment)
        run.store = store
        run.expected = None
        written = store.summary(key).steps
        with self._changed:
            run.written = written


def _is_given_up(job: Job, problem: UserError) -> bool:
    """Whether a job that failed is not tried again.

    Weights may be too big for what is left of the disk, and the numbers need not wait for them; a lock is released.
    """
    return job.is_optional and not isinstance(problem, StoreLockedError)


def purge(store: RunStore) -> None:
    """Remove what was deleted long ago; where the store is locked, the next process does it."""
    if store.read_only is None:
        with suppress(StoreLockedError):
            store.purge(KEPT_DELETED)


def probe(store: RunStore) -> None:
    """Find out whether the store can be used again."""
    if store.read_only is not None:
        raise store.read_only
    store.version()
