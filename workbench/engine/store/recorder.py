"""Recorder: writes the current run into the store while it trains, in a thread of its own.

Training does not wait for the disk. About once a second, the Recorder reads the history, which its thread may do
without locks. When a run begins, goes back or ends, the thread of the caller copies what the history holds at that
moment, so that a slow disk does not change what is written.

The methods here fill a queue of jobs and empty it; `RecordWriter` does a job.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError
from workbench.engine.protocol.events import Outcome
from workbench.engine.runtime.malloc_arenas import return_freed_memory
from workbench.engine.store.record_writer import LOCK_SECONDS, RecordWriter, probe, purge
from workbench.engine.store.recorded_run import Job, RecordedRun
from workbench.engine.store.run_store import RunStatus, RunStore
from workbench.engine.store.run_summary import STATUS_OF_OUTCOME
from workbench.engine.store.store_errors import StoreLockedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.history.history import History
    from workbench.engine.history.records import JournalEntry, Refusal, RunIdentity
    from workbench.engine.models.weights import StateDict
    from workbench.engine.protocol.events import RecorderEvent
    from workbench.engine.protocol.run_progress import RunProgress
    from workbench.engine.recipe import Recipe

INTERVAL: Final = 1.0
"""Seconds between two readings of the history: what a crash may cost."""
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
        self._interval = interval
        self._current: RecordedRun | None = None
        self._jobs: deque[Job] = deque()
        self._closing = False
        # Guards the fields above, and is held while the history is read: a branch changes it only after `begin`.
        self._changed = threading.Condition()
        self._deadline = 0.0
        self._writer = RecordWriter(folder, emit, self._changed)
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    @property
    def works(self) -> bool:
        """Whether the current run is being recorded; False while the store cannot be written or refuses it."""
        current = self._current
        return self._writer.trouble is None and not (current is not None and current.refused)

    @property
    def unkept(self) -> UserError | None:
        """Why something of the runs so far is not kept, for good or at the moment; None where all is or will be.

        After `close` nothing more is written.
        """
        return self._writer.loss or self._writer.trouble

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
        self,
        identity: RunIdentity,
        history: History,
        progress: RunProgress,
        written: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """A run that is in the store goes on, whether its history is whole or cut.

        Args:
            identity: which run.
            history: what training appends to.
            progress: where it is; only the seconds it gains from now on count as time spent.
            written: steps that the store held of it when it was read. Where another window has trained it further
                since, it is not recorded any more, and `report` is called.
            environment: on what it is trained from now on; None where nothing is to be said of that.
        """
        self._record(
            RecordedRun(
                identity,
                history,
                progress,
                environment=dict(environment or {}),
                seconds_before=progress.seconds,
                expected=written,
            )
        )

    def flush(self, timeout: float = 2.0) -> bool:
        """Write everything that the history holds and that was submitted; call it before the history is cut.

        Returns:
            Whether it is written already. If not (the disk is slow or fails), it will be written as soon as possible,
            from a copy: the history may be cut nevertheless.
        """
        with self._changed:
            job = self._submit(Job() if self._current is None else self._current.job())
            failing = self._writer.trouble is not None
        return not failing and job.done.wait(timeout) and self.works

    def add_refusals(self, identity: RunIdentity, refusals: Sequence[Refusal]) -> None:
        """Write what was refused in a run that is not recorded at the moment, since it is at rest."""
        refused = tuple(refusals)
        with self._changed:
            self._submit_for(identity, lambda store: store.add_refusals(identity.id, refused))

    def annotate(self, identity: RunIdentity, entry: JournalEntry) -> None:
        """Write the note of an entry of a run's journal; nothing happens where the store does not have it."""
        with self._changed:
            self._submit_for(identity, lambda store: store.annotate_entry(identity.id, entry))

    def keep_snapshot(self, identity: RunIdentity, snapshot: Snapshot) -> None:
        """Keep a snapshot of a run on disk; it is serialised in the writer's thread."""

        def keep(store: RunStore) -> None:
            from workbench.engine.checkpoints.checkpoint import snapshot_to_bytes

            store.keep_snapshot(identity.id, snapshot.step, snapshot_to_bytes(snapshot))
            # Here, because it happens every few seconds while a run trains, and in a thread that training does not
            # wait for.
            return_freed_memory()

        with self._changed:
            waiting = [job for job in self._jobs if job.is_snapshot]
            if len(waiting) >= MOST_SNAPSHOTS_WAITING:
                self._jobs.remove(waiting[0])
            self._submit_for(identity, keep, is_snapshot=True)

    def keep_initial_weights(self, identity: RunIdentity, sha256: str, weights: StateDict) -> None:
        """Keep the weights that a run starts from; they are written after its beginning."""
        with self._changed:
            self._submit_for(identity, lambda store: store.keep_initial_weights(sha256, weights), is_optional=True)

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
            self._writer.loss = self._writer.loss or UserError(
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

    def _submit_for(
        self,
        identity: RunIdentity,
        action: Callable[[RunStore], None],
        is_snapshot: bool = False,
        is_optional: bool = False,
    ) -> None:
        current = self._current
        job = current.job(action) if current is not None and current.identity == identity else Job(action=action)
        job.is_snapshot, job.is_optional = is_snapshot, is_snapshot or is_optional
        self._submit(job)

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
        self._writer.loss = self._writer.loss or UserError(
            "Steps of a run were not kept, since the store of runs {path} has not been writable for too long.",
            path=self._folder,
        )

    # In the writer's thread.

    def _work(self) -> None:
        self._writer.attempt(Job(action=purge))
        while (job := self._next()) is not None:
            was_closing = self._closing
            if self._writer.attempt(job):
                job.done.set()
                continue
            with self._changed:
                self._jobs.appendleft(job)
                # A try that began before the closing is not the last one: the store may be writable since.
                if was_closing and self._is_hopeless():
                    break
                self._changed.wait_for(lambda: self._closing, self._interval)
                if was_closing:
                    self._changed.wait(RETRY_SECONDS)
        with self._changed:
            self._writer.loss = self._writer.loss or (self._writer.trouble if self._jobs else None)
            for job in self._jobs:
                job.done.set()
        self._writer.close()

    def _is_hopeless(self) -> bool:
        """Whether trying again does not help while closing: another process may release its lock in time."""
        return not isinstance(self._writer.trouble, StoreLockedError) or time.monotonic() > self._deadline

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
            return Job() if self._writer.trouble is None else Job(action=probe)
