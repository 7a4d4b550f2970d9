"""Recorder: writes the current run into the store while it trains, in a thread of its own.

Training does not wait for the disk. About once a second, the Recorder reads the history, which its thread may do
without locks. When a run begins, goes back or ends, the thread of the caller copies what the history holds at that
moment, so that a slow disk does not change what is written.

Nothing that goes wrong ends the thread. Where the store cannot be used at the moment, the jobs wait and are tried
again; a job that raises anything unforeseen is given up, and the runs after it are recorded.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UsageError, UserError, details_of
from workbench.engine.protocol.events import Outcome, RecordFailed, RecordRecovered, StoreNoticed
from workbench.engine.store.recorded_run import Job, RecordedRun, state_of
from workbench.engine.store.run_store import RunStatus, RunStore
from workbench.engine.store.run_summary import STATUS_OF_OUTCOME
from workbench.engine.store.store_errors import StoreLockedError, defect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.events import RecorderEvent
    from workbench.engine.protocol.run_progress import RunProgress
    from workbench.engine.recipe import Recipe
    from workbench.engine.store.history_tables import HistoryDelta

INTERVAL: Final = 1.0
"""Seconds between two readings of the history: what a crash may cost."""
LOCK_SECONDS: Final = 1.0
"""How long to wait for another process before saying that it locks the store; after that it is tried again."""
KEPT_DELETED: Final = 30 * 86400.0
"""Seconds for which a deleted run can be restored."""
MOST_SNAPSHOTS_WAITING: Final = 2
"""Snapshots that wait for a slow disk; beyond that the oldest is dropped, since each holds megabytes."""
MOST_BYTES_WAITING: Final = 256 * 2**20
"""Memory for copies of histories that wait to be written: room for thirty million steps."""
CLOSE_SECONDS: Final = 5.0
"""How long closing tries to write what is left."""
RETRY_SECONDS: Final = 0.1
"""Between two tries while closing."""


class Recorder:
    """Records one run after another into the store in `folder`; the training thread calls its methods.

    Args:
        folder: of the store, made where it is missing.
        emit: called in the writer's thread with news of the store, where something is not kept in it, and where it can
            be written again. Each problem is emitted once as long as it lasts. Nothing is raised: training continues.
        interval: seconds between two readings of the history.
    """

    def __init__(self, folder: Path, emit: Callable[[RecorderEvent], None], interval: float = INTERVAL) -> None:
        self._folder = folder
        self._emit = emit
        self._interval = interval
        self._current: RecordedRun | None = None
        self._jobs: deque[Job] = deque()
        self._closing = False
        # Why the store cannot be used at the moment, and the first reason why something is lost for good.
        self._trouble: UserError | None = None
        self._loss: UserError | None = None
        # Guards the fields above, and is held while the history is read: a branch changes it only after `begin`.
        self._changed = threading.Condition()
        self._deadline = 0.0
        # Only the writer's thread uses these.
        self._store: RunStore | None = None
        self._said: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    @property
    def works(self) -> bool:
        """Whether the current run is being recorded; False while the store cannot be written or refuses it."""
        current = self._current
        return self._trouble is None and not (current is not None and current.refused)

    @property
    def unkept(self) -> UserError | None:
        """Why something of the runs so far is not kept, for good or at the moment; None where all is or will be.

        After `close` nothing more is written.
        """
        return self._loss or self._trouble

    def begin(
        self,
        identity: RunIdentity,
        recipe: Recipe,
        history: History,
        progress: RunProgress,
        environment: Mapping[str, str],
    ) -> None:
        """A new run begins; a branch, before its first own step is in `history`, which it continues.

        The run recorded before has stopped, unless it was ended otherwise.
        """
        self._record(RecordedRun(identity, history, progress, recipe=recipe, environment=dict(environment)))

    def resume(
        self, identity: RunIdentity, history: History, progress: RunProgress, written: int | None = None
    ) -> None:
        """A run that is in the store goes on, whether its history is whole or cut.

        Args:
            identity: which run.
            history: what training appends to.
            progress: where it is; only the seconds it gains from now on count as time spent.
            written: steps that the store held of it when it was read. Where another window has trained it further
                since, it is not recorded any more, and `report` is called.
        """
        self._record(RecordedRun(identity, history, progress, seconds_before=progress.seconds, expected=written))

    def flush(self, timeout: float = 2.0) -> bool:
        """Write everything that the history holds and that was submitted; call it before the history is cut.

        Returns:
            Whether it is written already. If not (the disk is slow or fails), it will be written as soon as possible,
            from a copy: the history may be cut nevertheless.
        """
        with self._changed:
            job = self._submit(Job() if self._current is None else self._current.job())
            failing = self._trouble is not None
        return not failing and job.done.wait(timeout) and self.works

    def keep_snapshot(self, identity: RunIdentity, snapshot: Snapshot) -> None:
        """Keep a snapshot of a run on disk; it is serialised in the writer's thread."""

        def keep(store: RunStore) -> None:
            from workbench.engine.checkpoints.checkpoint import snapshot_to_bytes

            store.keep_snapshot(identity.id, snapshot.step, snapshot_to_bytes(snapshot))

        with self._changed:
            waiting = [job for job in self._jobs if job.is_snapshot]
            if len(waiting) >= MOST_SNAPSHOTS_WAITING:
                self._jobs.remove(waiting[0])
            self._submit_for(identity, keep, is_snapshot=True)

    def end(self, identity: RunIdentity, outcome: Outcome | RunStatus) -> None:
        """A run has ended; `resume` continues it."""
        status = STATUS_OF_OUTCOME[outcome] if isinstance(outcome, Outcome) else outcome
        self._end(identity, lambda store: store.end(identity.id, status))

    def delete(self, identity: RunIdentity) -> None:
        """A run was discarded: it is ended and marked as deleted in the store, which can restore it for a while."""

        def delete(store: RunStore) -> None:
            store.end(identity.id, RunStatus.STOPPED)
            store.delete([identity.id])

        self._end(identity, delete)

    def close(self, timeout: float = CLOSE_SECONDS) -> None:
        """Write what is left; a run that was not ended has stopped. `unkept` says whether something is lost.

        Args:
            timeout: seconds after which what a failing disk or a locked store has not accepted is given up.
        """
        with self._changed:
            self._leave_current()
            if not self._closing:
                self._deadline = time.monotonic() + timeout
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout + 2 * LOCK_SECONDS + 1.0)
        if self._thread.is_alive():
            self._loss = self._loss or UserError(
                "The disk of the store of runs {path} is too slow to write what was trained last: wait, then look into "
                "the list of runs.",
                path=self._folder,
            )

    def _record(self, run: RecordedRun) -> None:
        with self._changed:
            self._leave_current(following=run)
            self._current = run
            self._submit(run.job())

    def _end(self, identity: RunIdentity, action: Callable[[RunStore], None]) -> None:
        with self._changed:
            self._submit_for(identity, action)
            if self._current is not None and self._current.identity == identity:
                self._current = None

    # In the caller's thread, which holds `_changed`.

    def _leave_current(self, following: RecordedRun | None = None) -> None:
        current = self._current
        if current is None:
            return

        def stop(store: RunStore) -> None:
            store.end(current.identity.id, current.status_when_replaced())

        job = current.job(None if following is not None and following.identity == current.identity else stop)
        # A branch continues its parent's history: the steps that it holds by now may not be the parent's any more.
        if following is not None and following.history is current.history:
            job.delta = None
        self._submit(job)
        self._current = None

    def _submit_for(self, identity: RunIdentity, action: Callable[[RunStore], None], is_snapshot: bool = False) -> None:
        current = self._current
        if current is not None and current.identity == identity:
            self._submit(current.job(action, is_snapshot))
        else:
            self._submit(Job(action=action, is_snapshot=is_snapshot))

    def _submit(self, job: Job) -> Job:
        if self._closing:
            job.done.set()
        else:
            if job.nbytes + sum(waiting.nbytes for waiting in self._jobs) > MOST_BYTES_WAITING:
                self._drop_delta(job)
            self._jobs.append(job)
            self._changed.notify_all()
        return job

    def _drop_delta(self, job: Job) -> None:
        """Give up the copy of a history that will be cut; a history that only grows is written from itself later."""
        job.delta = None
        self._loss = self._loss or UserError(
            "Steps of a run were not kept, since the store of runs {path} has not been writable for too long.",
            path=self._folder,
        )

    # In the writer's thread.

    def _work(self) -> None:
        self._attempt(Job(action=_purge))
        while (job := self._next()) is not None:
            if self._attempt(job):
                job.done.set()
                continue
            with self._changed:
                self._jobs.appendleft(job)
                if self._closing and self._is_hopeless():
                    break
                self._changed.wait_for(lambda: self._closing, self._interval)
                if self._closing:
                    self._changed.wait(RETRY_SECONDS)
        with self._changed:
            self._loss = self._loss or (self._trouble if self._jobs else None)
            for job in self._jobs:
                job.done.set()
        self._close_store()

    def _is_hopeless(self) -> bool:
        """Whether trying again does not help while closing: another process may release its lock in time."""
        return not isinstance(self._trouble, StoreLockedError) or time.monotonic() > self._deadline

    def _next(self) -> Job | None:
        """The next job; where none comes within the interval, one that writes new steps. None when all is done."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._closing, self._interval)
            if self._jobs:
                return self._jobs.popleft()
            if self._closing:
                return None
            run = self._current
            if run is not None and not run.refused and run.has_news:
                return run.job()
            # Without anything to write, the store is still tried until it can be used again.
            return Job() if self._trouble is None else Job(action=_probe)

    def _attempt(self, job: Job) -> bool:
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
            self._refuse(None if job.is_snapshot else job.run, error)
            return True
        self._recover()
        return True

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
        if self._trouble is None:
            self._said.discard(str(said))
        self._trouble = problem
        self._say_once(said)
        self._close_store()

    def _recover(self) -> None:
        if self._trouble is None:
            return
        self._trouble = None
        if self._loss is None:
            self._send(RecordRecovered())

    def _refuse(self, run: RecordedRun | None, error: Exception) -> None:
        """Give up a run, or a job without one: the store refuses it, or a defect came up."""
        problem = error if isinstance(error, UserError) else defect(self._folder, error)
        if run is not None and run.refused:
            return
        if run is not None:
            run.refused = True
        self._loss = self._loss or problem
        self._say_once(problem, details_of(error))
        if not isinstance(error, UserError):
            self._close_store()

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
            self._close_store()
        if self._store is None:
            self._store = RunStore(self._folder, LOCK_SECONDS)
            if self._store.set_aside is not None:
                self._send(StoreNoticed(self._store.set_aside))
            for notice in self._store.lacks:
                if str(notice) not in self._said:
                    self._said.add(str(notice))
                    self._send(StoreNoticed(notice))
        return self._store

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

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
            store.resume(key)
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

    A snapshot may be too big for what is left of the disk, and the numbers need not wait for it; a lock is released.
    """
    return job.is_snapshot and not isinstance(problem, StoreLockedError)


def _purge(store: RunStore) -> None:
    """Remove what was deleted long ago; where the store is locked, the next process does it."""
    if store.read_only is None:
        with suppress(StoreLockedError):
            store.purge(KEPT_DELETED)


def _probe(store: RunStore) -> None:
    """Find out whether the store can be used again."""
    if store.read_only is not None:
        raise store.read_only
    store.version()
