"""Recorder: writes the current run into the store while it trains, in a thread of its own.

Training does not wait for the disk. About once a second, the Recorder reads the history, which its thread may do
without locks. When a run begins, goes back or ends, the thread of the caller copies what the history holds at that
moment, so that a slow disk does not change what is written.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UsageError, UserError
from workbench.engine.protocol.events import Outcome
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore
from workbench.engine.store.run_summary import STATUS_OF_OUTCOME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.run_progress import RunProgress
    from workbench.engine.recipe import Recipe

INTERVAL: Final = 1.0
"""Seconds between two readings of the history: what a crash may cost."""
KEPT_DELETED: Final = 30 * 86400.0
"""Seconds for which a deleted run can be restored."""
MOST_SNAPSHOTS_WAITING: Final = 2
"""Snapshots that wait for a slow disk; beyond that the oldest is dropped, since each holds megabytes."""


@dataclass(slots=True, eq=False)
class _RecordedRun:
    """The run that is being recorded, and how much of it is written.

    Attributes:
        identity: which run.
        history: what training appends to.
        progress: where the run is.
        recipe: what a new run trains; None for one that is in the store already.
        environment: on what a new run is trained; empty for one that is in the store already.
        seconds_before: what `progress` counted when recording began.
        expected: steps that the store must hold of a resumed run; None where this is not known.
        store: the store object in which the run is marked as this process's. This field and the ones below belong to
            the writer's thread.
        status: what the store said of the run before; None for a new run.
        steps_before: steps in the store before this process trained it.
        seconds_stored: seconds in the store before this process trained it.
        written: steps in the store.
        written_state: `_state_of` the history when it was last written.
        refused: the store refuses the run, and nothing more is tried.
    """

    identity: RunIdentity
    history: History
    progress: RunProgress
    recipe: Recipe | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds_before: float = 0.0
    expected: int | None = None
    store: RunStore | None = None
    status: RunStatus | None = None
    steps_before: int = 0
    seconds_stored: float = 0.0
    written: int = 0
    written_state: tuple[object, ...] = ()
    refused: bool = False

    def job(self, action: Callable[[RunStore], None] | None = None, is_snapshot: bool = False) -> _Job:
        """A job that first writes what the history holds now beyond what is written."""
        delta = HistoryDelta.of(self.history, self.progress.seconds - self.seconds_before, self.written)
        return _Job(self, delta, action, is_snapshot)

    def status_when_replaced(self) -> RunStatus:
        """The status when another run is recorded next; the old one, where the run was only opened to branch."""
        if self.status in (None, RunStatus.RUNNING) or self.written > self.steps_before:
            return RunStatus.STOPPED
        return self.status


@dataclass(slots=True, eq=False)
class _Job:
    """Something to do in the writer's thread.

    Attributes:
        run: the recorded run to bring up to date first, if there is one.
        delta: what its history held when the job was submitted.
        action: what to do then.
        is_snapshot: whether the job may be dropped.
        done: set when the job is over, whether it succeeded or not.
    """

    run: _RecordedRun | None = None
    delta: HistoryDelta | None = None
    action: Callable[[RunStore], None] | None = None
    is_snapshot: bool = False
    done: threading.Event = field(default_factory=threading.Event)


class Recorder:
    """Records one run after another into the store in `folder`; the training thread calls its methods.

    Args:
        folder: of the store, made where it is missing.
        report: called in the writer's thread with each problem: the store was set aside, or cannot be written. Each
            sentence is reported once. Nothing is raised: training continues.
        interval: seconds between two readings of the history.
    """

    def __init__(self, folder: Path, report: Callable[[UserError], None], interval: float = INTERVAL) -> None:
        self._folder = folder
        self._report = report
        self._interval = interval
        self._current: _RecordedRun | None = None
        self._jobs: deque[_Job] = deque()
        self._closing = False
        self._failing = False
        # Guards the fields above, and is held while the history is read: a branch changes it only after `begin`.
        self._changed = threading.Condition()
        # Only the writer's thread uses these.
        self._store: RunStore | None = None
        self._reported: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    @property
    def works(self) -> bool:
        """Whether the current run is being recorded; False while the store cannot be written or refuses it."""
        current = self._current
        return not self._failing and not (current is not None and current.refused)

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
        self._record(_RecordedRun(identity, history, progress, recipe=recipe, environment=dict(environment)))

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
        self._record(_RecordedRun(identity, history, progress, seconds_before=progress.seconds, expected=written))

    def flush(self, timeout: float = 2.0) -> bool:
        """Write everything that the history holds and that was submitted; call it before the history is cut.

        Returns:
            Whether it is written already. If not (the disk is slow or fails), it will be written as soon as possible,
            from a copy: the history may be cut nevertheless.
        """
        with self._changed:
            job = self._submit(_Job() if self._current is None else self._current.job())
            failing = self._failing
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

    def close(self, timeout: float = 5.0) -> None:
        """Write what is left; a run that was not ended has stopped. What a failing disk does not accept is lost."""
        with self._changed:
            self._leave_current()
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)

    def _record(self, run: _RecordedRun) -> None:
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

    def _leave_current(self, following: _RecordedRun | None = None) -> None:
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
            self._submit(_Job(action=action, is_snapshot=is_snapshot))

    def _submit(self, job: _Job) -> _Job:
        if self._closing:
            job.done.set()
        else:
            self._jobs.append(job)
            self._changed.notify_all()
        return job

    # In the writer's thread.

    def _work(self) -> None:
        self._attempt(_Job(action=lambda store: store.purge(KEPT_DELETED)))
        while (job := self._next()) is not None:
            done = self._attempt(job)
            if done or self._closing:
                job.done.set()
            else:
                with self._changed:
                    self._jobs.appendleft(job)
                    self._changed.wait_for(lambda: self._closing, self._interval)
        if self._store is not None:
            self._store.close()

    def _next(self) -> _Job | None:
        """The next job; where none comes within the interval, one that writes new steps. None when all is done."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._closing, self._interval)
            if self._jobs:
                return self._jobs.popleft()
            if self._closing:
                return None
            run = self._current
            if run is None or run.refused or _state_of(run.history, len(run.history)) == run.written_state:
                return _Job()
            return run.job()

    def _attempt(self, job: _Job) -> bool:
        """Do a job; False if it must be tried again later."""
        if job.delta is None and job.action is None:
            return True
        try:
            self._do(job)
        except UsageError as problem:
            # The store works but refuses this run: it is another window's, or gone.
            if job.run is not None and not job.run.refused:
                job.run.refused = True
                self._report(problem)
            return True
        except UserError as problem:
            self._failing = True
            if str(problem) not in self._reported:
                self._reported.add(str(problem))
                self._report(problem)
            self._close_store()
            # A snapshot may be too big for what is left of the disk; the numbers need not wait for it.
            return job.is_snapshot
        self._failing = False
        return True

    def _do(self, job: _Job) -> None:
        store = self._opened()
        run = job.run
        if run is not None:
            if run.refused:
                return
            if run.store is not store:
                self._begin_or_resume(store, run)
            if job.delta is not None:
                self._write(store, run, job.delta)
        if job.action is not None:
            job.action(store)

    def _write(self, store: RunStore, run: _RecordedRun, delta: HistoryDelta) -> None:
        written = store.write(run.identity.id, replace(delta, seconds=run.seconds_stored + delta.seconds))
        with self._changed:
            run.written = written
            if delta.first <= written:  # else the store lost steps (its folder was deleted): they are written again
                run.written_state = _state_of(delta, delta.length)

    def _opened(self) -> RunStore:
        if self._store is not None and not self._store.is_there:
            self._close_store()
        if self._store is None:
            self._store = RunStore(self._folder)
            if self._store.set_aside is not None:
                self._report(self._store.set_aside)
        return self._store

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def _begin_or_resume(self, store: RunStore, run: _RecordedRun) -> None:
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


def _state_of(records: History | HistoryDelta, length: int) -> tuple[object, ...]:
    """Differs where there is something new to write; quick, however long the run."""
    lists = (records.evaluations, records.epoch_starts, records.changes, records.incidents)
    return (length, tuple(map(len, lists)), tuple(records.changes[-1:]))
