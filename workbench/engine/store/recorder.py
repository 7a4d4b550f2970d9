"""Recorder: writes the run in training into the store as it goes, in a thread of its own.

Training waits for nothing here: the Recorder reads the history, which its thread may do without locks, about once a
second. What it is told (a run begins, is rewound, ends) carries what the history held at that moment, copied by the
caller, so that it does not matter how late the disk is.
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
"""Seconds between two looks at the history: what a crash may cost."""
KEPT_DELETED: Final = 30 * 86400.0
"""Seconds that a deleted run can be brought back."""
MOST_SNAPSHOTS_WAITING: Final = 2
"""Snapshots that wait for a slow disk; of more the oldest are given up, since each holds megabytes."""


@dataclass(slots=True, eq=False)
class _RecordedRun:
    """The run that is being recorded, and how far it is written.

    Attributes:
        identity: which run.
        history: what training appends to.
        gauge: where the run is.
        recipe: what a new run trains; None for one that is in the store already.
        environment: likewise.
        seconds_before: of the gauge, when the watch began.
        expected: steps that the store is to hold of a resumed run; None where nobody knows.
        store: in which it was taken up. This and what follows is the writer's.
        status: what the store said of it before; None for a new run.
        steps_before: in the store when it was taken up.
        seconds_stored: likewise.
        written: steps in the store.
        seen: what the history was like when it was written last.
        refused: the store will not have it, and nothing more is tried.
    """

    identity: RunIdentity
    history: History
    gauge: RunProgress
    recipe: Recipe | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds_before: float = 0.0
    expected: int | None = None
    store: RunStore | None = None
    status: RunStatus | None = None
    steps_before: int = 0
    seconds_stored: float = 0.0
    written: int = 0
    seen: tuple[object, ...] = ()
    refused: bool = False

    def look(self) -> tuple[object, ...]:
        """What tells whether there is anything new; cheap, however long the run."""
        history = self.history
        counts = (len(history.evaluations), len(history.epoch_starts), len(history.changes), len(history.incidents))
        return (len(history), counts, tuple(history.changes[-1:]))

    def news(self) -> HistoryDelta:
        """What the history holds beyond what is written."""
        return HistoryDelta.of(self.history, self.gauge.seconds - self.seconds_before, self.written)

    def status_put_down(self) -> RunStatus:
        """What becomes of it when another run takes its place: as before, where it was only taken up to branch."""
        if self.status in (None, RunStatus.RUNNING) or self.written > self.steps_before:
            return RunStatus.STOPPED
        return self.status


@dataclass(slots=True, eq=False)
class _Job:
    """Something to do in the writer's thread.

    Attributes:
        watch: the run to bring up to date first, if it is the one that is recorded.
        news: what its history held when the job was given.
        act: what to do then.
        is_snapshot: whether it may be given up.
        done: set when it is over, done or not.
    """

    watch: _RecordedRun | None = None
    news: HistoryDelta | None = None
    act: Callable[[RunStore], None] | None = None
    is_snapshot: bool = False
    done: threading.Event = field(default_factory=threading.Event)


class Recorder:
    """Records one run after another into the store in `folder`; its methods are the training thread's.

    Args:
        folder: of the store, made where it is missing.
        tell: called, in the writer's thread, with what went wrong: the store was set aside, or cannot be written. Each
            sentence is told once. Nothing is raised: training goes on.
        interval: seconds between two looks at the history.
    """

    def __init__(self, folder: Path, tell: Callable[[UserError], None], interval: float = INTERVAL) -> None:
        self._folder = folder
        self._tell = tell
        self._interval = interval
        self._watch: _RecordedRun | None = None
        self._jobs: deque[_Job] = deque()
        self._closing = False
        self._failing = False
        # Guards the fields above, and is held while the history is read: a branch changes it only after `begin`.
        self._news = threading.Condition()
        # The writer's alone.
        self._store: RunStore | None = None
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    @property
    def works(self) -> bool:
        """Whether what is in training is being recorded; False while the store cannot be written or refuses it."""
        watch = self._watch
        return not self._failing and not (watch is not None and watch.refused)

    def begin(
        self,
        identity: RunIdentity,
        recipe: Recipe,
        history: History,
        gauge: RunProgress,
        environment: Mapping[str, str],
    ) -> None:
        """A new run begins; for a branch, before its first own step is in `history`, which it takes over.

        The run recorded before has stopped, unless it was ended otherwise.
        """
        self._take_up(_RecordedRun(identity, history, gauge, recipe=recipe, environment=dict(environment)))

    def resume(self, identity: RunIdentity, history: History, gauge: RunProgress, written: int | None = None) -> None:
        """A run that is in the store goes on, be its history whole or cut.

        Args:
            identity: which run.
            history: what training appends to.
            gauge: where it is; only what it gains from now on counts as time spent.
            written: steps that the store held of it when it was read. Where another window has gone on with it since,
                it is not recorded any further, and `tell` says so.
        """
        self._take_up(_RecordedRun(identity, history, gauge, seconds_before=gauge.seconds, expected=written))

    def flush(self, timeout: float = 2.0) -> bool:
        """Have all that the history holds and the Recorder was told written; to be called before the history is cut.

        Returns:
            Whether it is written already. If not (the disk is slow or fails), it will be as soon as that can be, from
            a copy: the history may be cut nevertheless.
        """
        with self._news:
            watch = self._watch
            job = self._give(_Job(watch=watch, news=None if watch is None else watch.news()))
            failing = self._failing
        return not failing and job.done.wait(timeout) and self.works

    def keep_snapshot(self, identity: RunIdentity, snapshot: Snapshot) -> None:
        """Keep a snapshot of a run on disk; it is serialised in the writer's thread."""

        def keep(store: RunStore) -> None:
            from workbench.engine.checkpoints.checkpoint import snapshot_to_bytes

            store.keep_snapshot(identity.id, snapshot.step, snapshot_to_bytes(snapshot))

        with self._news:
            waiting = [job for job in self._jobs if job.is_snapshot]
            if len(waiting) >= MOST_SNAPSHOTS_WAITING:
                self._jobs.remove(waiting[0])
            self._give_about(identity, keep, is_snapshot=True)

    def end(self, identity: RunIdentity, outcome: Outcome | RunStatus) -> None:
        """A run has ended; `resume` goes on with it."""
        status = STATUS_OF_OUTCOME[outcome] if isinstance(outcome, Outcome) else outcome
        with self._news:
            self._give_about(identity, lambda store: store.end(identity.id, status))
            if self._watch is not None and self._watch.identity == identity:
                self._watch = None

    def forget(self, identity: RunIdentity) -> None:
        """A run was dropped: it is ended and marked as deleted in the store, which can bring it back for a while."""

        def drop(store: RunStore) -> None:
            store.end(identity.id, RunStatus.STOPPED)
            store.delete([identity.id])

        with self._news:
            self._give_about(identity, drop)
            if self._watch is not None and self._watch.identity == identity:
                self._watch = None

    def close(self, timeout: float = 5.0) -> None:
        """Write what is left; a run that was not ended has stopped. What a failing disk does not take is given up."""
        with self._news:
            self._put_down()
            self._closing = True
            self._news.notify_all()
        self._thread.join(timeout)

    # In the caller's thread, with `_news` held.

    def _take_up(self, watch: _RecordedRun) -> None:
        with self._news:
            self._put_down(following=watch)
            self._watch = watch
            self._give(_Job(watch=watch, news=watch.news()))

    def _put_down(self, following: _RecordedRun | None = None) -> None:
        watch = self._watch
        if watch is None:
            return
        # A branch goes on with its parent's history: what is in it by now need not be the parent's any more.
        shared = following is not None and following.history is watch.history
        goes_on = following is not None and following.identity == watch.identity

        def stop(store: RunStore) -> None:
            store.end(watch.identity.id, watch.status_put_down())

        self._give(_Job(watch=watch, news=None if shared else watch.news(), act=None if goes_on else stop))
        self._watch = None

    def _give_about(self, identity: RunIdentity, act: Callable[[RunStore], None], is_snapshot: bool = False) -> None:
        watch = self._watch
        if watch is not None and watch.identity == identity:
            self._give(_Job(watch=watch, news=watch.news(), act=act, is_snapshot=is_snapshot))
        else:
            self._give(_Job(act=act, is_snapshot=is_snapshot))

    def _give(self, job: _Job) -> _Job:
        if self._closing:
            job.done.set()
        else:
            self._jobs.append(job)
            self._news.notify_all()
        return job

    # In the writer's thread.

    def _work(self) -> None:
        self._attempt(_Job(act=lambda store: store.purge(KEPT_DELETED)))
        while (job := self._next()) is not None:
            done = self._attempt(job)
            if done or self._closing:
                job.done.set()
            else:
                with self._news:
                    self._jobs.appendleft(job)
                    self._news.wait_for(lambda: self._closing, self._interval)
        if self._store is not None:
            self._store.close()

    def _next(self) -> _Job | None:
        """The next job, the look at the history if there is none for a while; None when all is done."""
        with self._news:
            self._news.wait_for(lambda: self._jobs or self._closing, self._interval)
            if self._jobs:
                return self._jobs.popleft()
            if self._closing:
                return None
            watch = self._watch
            if watch is None or watch.refused or watch.look() == watch.seen:
                return _Job()
            return _Job(watch=watch, news=watch.news())

    def _attempt(self, job: _Job) -> bool:
        """Do a job; False if it is to be tried again later."""
        if job.news is None and job.act is None:
            return True
        try:
            self._do(job)
        except UsageError as problem:
            # The store is well but will not have this run: it is another window's, or gone.
            if job.watch is not None and not job.watch.refused:
                job.watch.refused = True
                self._tell(problem)
            return True
        except UserError as problem:
            self._failing = True
            self._tell_once(problem)
            if self._store is not None:
                self._store.close()
                self._store = None
            # A snapshot may be too big for what is left of the disk; the numbers need not wait for it.
            return job.is_snapshot
        self._failing = False
        return True

    def _tell_once(self, problem: UserError) -> None:
        if str(problem) not in self._told:
            self._told.add(str(problem))
            self._tell(problem)

    def _do(self, job: _Job) -> None:
        store = self._opened()
        watch = job.watch
        if watch is not None:
            if watch.refused:
                return
            if watch.store is not store:
                self._take_up_in(store, watch)
            if job.news is not None:
                self._write(store, watch, job.news)
        if job.act is not None:
            job.act(store)

    def _write(self, store: RunStore, watch: _RecordedRun, news: HistoryDelta) -> None:
        written = store.write(watch.identity.id, replace(news, seconds=watch.seconds_stored + news.seconds))
        with self._news:
            watch.written = written
            if news.first <= written:  # else the store lost steps (its folder vanished): they are taken anew
                counts = tuple(map(len, (news.evaluations, news.epoch_starts, news.changes, news.incidents)))
                watch.seen = (news.length, counts, news.changes[-1:])

    def _opened(self) -> RunStore:
        if self._store is not None and not self._store.is_there:
            self._store.close()
            self._store = None
        if self._store is None:
            self._store = RunStore(self._folder)
            if self._store.set_aside is not None:
                self._tell(self._store.set_aside)
        return self._store

    def _take_up_in(self, store: RunStore, watch: _RecordedRun) -> None:
        """Make the run this process's in `store`, and learn how much of it is there.

        Raises:
            UsageError: it is another's, or another has gone on with it.
        """
        run = watch.identity.id
        if watch.recipe is None:
            before = store.summary(run)
            if watch.expected is not None and before.steps > watch.expected:
                raise UsageError(
                    "Run {number} has been trained further elsewhere, so what is trained here is not recorded: open it "
                    "again to go on from there.",
                    number=before.number,
                )
            store.resume(run)
            if watch.store is None:
                watch.status = before.status
                watch.steps_before = before.steps
                watch.seconds_stored = before.seconds
        else:
            store.begin(watch.identity, watch.recipe, watch.environment)
        watch.store = store
        watch.expected = None
        written = store.summary(run).steps
        with self._news:
            watch.written = written
