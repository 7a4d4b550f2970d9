from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from filelock import FileLock

from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, RunIdentity
from workbench.engine.protocol.events import Outcome, RecordRecovered
from workbench.engine.protocol.run_progress import RunProgress
from workbench.engine.recipe import Recipe
from workbench.engine.store import process_locks, record_writer
from workbench.engine.store import recorder as recorder_module
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import FILE_NAME, RunStatus, RunStore

NEVER = 3600.0
"""An interval in which no test ends: the Recorder then writes only when one of its methods is called."""


@dataclass
class FakeSnapshot:
    step: int


@pytest.fixture(autouse=True)
def serialising(monkeypatch):
    """Snapshots as their step: the tests of checkpoints cover the real ones."""
    fake = SimpleNamespace(snapshot_to_bytes=lambda snapshot: b"state at %d" % snapshot.step)
    monkeypatch.setitem(sys.modules, "workbench.engine.checkpoints.checkpoint", fake)


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "runs"
    process_locks.release_process_lock(tmp_path / "runs")


@pytest.fixture
def reported():
    return []


def into(reported):
    """Puts the problem of each event into `reported`, None for a recovery."""
    return lambda event: reported.append(getattr(event, "problem", None))


@pytest.fixture
def recorder(folder, reported):
    recorder = Recorder(folder, into(reported), NEVER)
    yield recorder
    recorder.close()


@pytest.fixture
def store(recorder, folder):
    store = RunStore(folder)
    yield store
    store.close()


class Training:
    """The run, as the training thread keeps it."""

    def __init__(self, recorder, steps=0):
        self.recorder = recorder
        self.identity = RunIdentity.new()
        self.history = History()
        self.progress = RunProgress()
        self.train(steps)

    @property
    def run(self):
        return self.identity.id

    def begin(self):
        self.recorder.begin(self.identity, Recipe(), self.history, self.progress, {"torch": "2.15"})
        return self

    def resume(self, written=None):
        self.recorder.resume(self.identity, self.history, self.progress, written)

    def branch(self):
        self.identity = RunIdentity.new(self.run, len(self.history))
        return self.begin()

    def train(self, steps, loss=1.0):
        for _ in range(steps):
            step = len(self.history)
            if step % 10 == 0:
                self.history.add_epoch_start(EpochStart(step // 10 + 1, step))
            self.history.add_step(loss / (step + 1), 0.5)
            self.progress.seconds += 0.5
            if (step + 1) % 10 == 0:
                self.history.add_evaluation(Evaluation(step + 1, (step + 1) // 10, loss, 0.5))


def same(one, other):
    return (
        one.loss.values().tolist() == other.loss.values().tolist()
        and one.metric.values().tolist() == other.metric.values().tolist()
        and one.evaluations == other.evaluations
        and one.epoch_starts == other.epoch_starts
        and one.changes == other.changes
        and one.incidents == other.incidents
    )


def test_that_what_a_run_records_is_in_the_store_after_a_flush(recorder, store, reported):
    training = Training(recorder).begin()
    training.train(25)
    training.history.add_change(Change(25, "learning_rate", 0.1, 0.2))
    assert recorder.flush()
    summary = store.summary(training.run)
    assert (summary.identity, summary.recipe, summary.environment) == (training.identity, Recipe(), {"torch": "2.15"})
    assert (summary.status, summary.steps, summary.epochs, summary.seconds) == (RunStatus.RUNNING, 25, 2, 12.5)
    assert same(store.history(training.run), training.history)
    assert recorder.works
    assert reported == []


def test_that_new_steps_are_written_without_a_call(folder, reported):
    recorder = Recorder(folder, into(reported), interval=0.01)
    training = Training(recorder).begin()
    recorder.flush()
    training.train(25)
    with closing(RunStore(folder)) as store:
        seen = threading.Event()
        for _ in range(1000):
            if store.summary(training.run).steps == 25:
                seen.set()
                break
            seen.wait(0.01)
        assert seen.is_set()
        version = store.version()
        seen.clear()
        seen.wait(0.1)
        assert store.version() == version  # nothing new, nothing written
    recorder.close()


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.FINISHED, RunStatus.FINISHED),
        (Outcome.STOPPED, RunStatus.STOPPED),
        (Outcome.DIVERGED, RunStatus.DIVERGED),
        (Outcome.FAILED, RunStatus.FAILED),
        (RunStatus.FINISHED, RunStatus.FINISHED),
    ],
)
def test_that_an_end_writes_the_rest_and_says_how_it_ended(recorder, store, outcome, status):
    training = Training(recorder).begin()
    training.train(7)
    recorder.end(training.identity, outcome)
    recorder.close()
    assert store.summary(training.run).status is status
    assert len(store.history(training.run)) == 7


def test_that_a_run_open_at_the_close_has_stopped(recorder, store):
    training = Training(recorder).begin()
    training.train(7)
    recorder.close()
    assert store.summary(training.run).status is RunStatus.STOPPED
    assert len(store.history(training.run)) == 7


def test_that_an_ended_run_is_resumed_and_its_time_adds_up(recorder, store):
    training = Training(recorder).begin()
    training.train(6)
    recorder.end(training.identity, Outcome.FINISHED)
    training.progress.seconds = 100.0  # seconds of another process
    training.resume(written=6)
    training.train(4)
    recorder.flush()
    summary = store.summary(training.run)
    assert (summary.status, summary.steps, summary.seconds) == (RunStatus.RUNNING, 10, 5.0)


def test_that_a_cut_history_loses_nothing_and_retracing_it_writes_nothing_twice(recorder, store):
    training = Training(recorder).begin()
    training.train(25)
    training.history.add_change(Change(20, "learning_rate", 0.1, 0.2))
    whole = training.history.copy()
    recorder.flush()
    training.history.truncate(12)
    training.history.add_incident(Incident(24, float("inf"), 12))
    recorder.flush()
    whole.add_incident(Incident(24, float("inf"), 12))
    assert same(store.history(training.run), whole)
    training.train(13)
    training.history.changes[:] = whole.changes
    recorder.flush()
    assert same(store.history(training.run), whole)
    training.train(5)
    recorder.flush()
    assert same(store.history(training.run), training.history)


def test_that_a_branch_is_a_run_of_its_own_and_its_parent_stays_as_it_was(recorder, store):
    training = Training(recorder).begin()
    training.train(25)
    parent, whole = training.run, training.history.copy()
    recorder.flush()
    training.history.truncate(12)
    training.history.add_change(Change(12, "learning_rate", 0.1, 0.2))
    recorder.flush()
    training.branch()
    training.train(20, loss=7.0)
    recorder.flush()
    assert same(store.history(parent), whole)
    assert same(store.history(training.run), training.history)
    assert store.summary(parent).status is RunStatus.STOPPED
    assert store.summary(training.run).identity == RunIdentity(training.run, parent, 12)


def test_that_a_finished_run_gone_back_in_only_to_branch_is_still_finished(recorder, store):
    training = Training(recorder).begin()
    training.train(25)
    recorder.end(training.identity, Outcome.FINISHED)
    parent = training.run
    training.history.truncate(12)
    training.resume()
    training.train(3)
    training.branch()
    recorder.flush()
    assert store.summary(parent).status is RunStatus.FINISHED


def test_that_what_the_disk_had_no_time_for_is_written_from_a_copy(recorder, store):
    """The history is cut, and grows differently, before the writer comes to what it was asked to flush."""
    training = Training(recorder).begin()
    recorder.flush()
    training.train(25)
    parent, whole = training.run, training.history.copy()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert not recorder.flush(timeout=0.05)
        training.history.truncate(12)
        training.branch()
        training.train(20, loss=7.0)
        holder.execute("ROLLBACK")
    recorder.flush()
    assert same(store.history(parent), whole)
    assert same(store.history(training.run), training.history)


def test_that_a_snapshot_is_kept_with_the_steps_before_it(recorder, store):
    training = Training(recorder).begin()
    training.train(12)
    recorder.keep_snapshot(training.identity, FakeSnapshot(12))
    recorder.flush()
    assert store.snapshot_steps(training.run) == [12]
    assert store.load_snapshot(training.run, 12) == b"state at 12"


def test_that_few_snapshots_wait_for_a_slow_disk_and_the_latest_is_kept(recorder, store):
    training = Training(recorder).begin()
    training.train(12)
    recorder.flush()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        recorder.end(RunIdentity("0"), Outcome.STOPPED)  # waits for the disk, and all behind it
        for step in range(1, 11):
            recorder.keep_snapshot(training.identity, FakeSnapshot(step))
        assert sum(job.is_snapshot for job in recorder._jobs) <= 2
        holder.execute("ROLLBACK")
    recorder.flush()
    assert 10 in store.snapshot_steps(training.run)


def test_that_a_run_forgotten_is_deleted_and_can_be_brought_back(recorder, store):
    training = Training(recorder).begin()
    training.train(12)
    recorder.delete(training.identity)
    recorder.close()
    assert store.summaries() == []
    store.restore([training.run])
    assert store.summary(training.run).status is RunStatus.STOPPED
    assert len(store.history(training.run)) == 12


def test_that_a_run_that_another_process_has_trained_further_is_not_recorded(recorder, store, reported):
    training = Training(recorder).begin()
    training.train(12)
    recorder.end(training.identity, Outcome.STOPPED)
    recorder.flush()
    elsewhere = training.history.copy()
    training.train(5, loss=7.0)
    training.resume(written=9)
    training.train(5, loss=7.0)
    assert not recorder.flush()
    assert not recorder.works
    assert same(store.history(training.run), elsewhere)
    assert store.summary(training.run).status is RunStatus.STOPPED
    assert ["trained further elsewhere" in str(problem) for problem in reported] == [True]
    assert Training(recorder).begin().recorder.flush()


def test_that_a_run_of_another_living_process_is_left_to_it(recorder, store, reported, monkeypatch):
    training = Training(recorder).begin()
    training.train(12)
    recorder.end(training.identity, Outcome.STOPPED)
    recorder.flush()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE runs SET status = 'running', owner = 'another', digest = NULL")
    monkeypatch.setattr(process_locks, "is_alive", lambda _folder, _token: True)
    training.resume()
    assert not recorder.flush()
    recorder.end(training.identity, Outcome.FAILED)
    recorder.close()
    assert store.summary(training.run).status is RunStatus.RUNNING
    assert ["in another window" in str(problem) for problem in reported] == [True]


def test_that_a_store_set_aside_is_reported(folder, reported):
    folder.mkdir()
    (folder / FILE_NAME).write_text("no database " * 100, encoding="utf-8")
    recorder = Recorder(folder, into(reported), NEVER)
    training = Training(recorder, 5).begin()
    assert recorder.flush()
    recorder.close()
    assert ["damaged" in str(problem) for problem in reported] == [True]
    with closing(RunStore(folder)) as store:
        assert len(store.history(training.run)) == 5


def test_that_a_store_that_cannot_be_made_is_reported_once_and_training_does_not_wait(tmp_path, reported):
    (tmp_path / "file").touch()
    recorder = Recorder(tmp_path / "file" / "runs", into(reported), interval=0.01)
    training = Training(recorder, 5).begin()
    for _ in range(20):
        training.train(5)
        recorder.keep_snapshot(training.identity, FakeSnapshot(len(training.history)))
        assert not recorder.flush(timeout=0.05)
    recorder.end(training.identity, Outcome.FINISHED)
    assert not recorder.works
    recorder.close()
    assert not recorder._thread.is_alive()
    assert len(reported) == 1


def test_that_what_a_locked_store_refused_is_written_when_the_lock_is_released(folder, reported, monkeypatch):
    monkeypatch.setattr(record_writer, "LOCK_SECONDS", 0.01)
    recorder = Recorder(folder, into(reported), interval=0.01)
    training = Training(recorder, 5).begin()
    assert recorder.flush()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        training.train(5)
        assert not recorder.flush(timeout=0.5)
        holder.execute("ROLLBACK")
    training.train(5)
    for _ in range(100):
        if recorder.flush(timeout=0.1):
            break
        threading.Event().wait(0.02)
    assert recorder.works
    with closing(RunStore(folder)) as store:
        assert same(store.history(training.run), training.history)
    recorder.close()
    problem, recovered = reported
    assert "locked" in str(problem)
    assert recovered is None
    assert recorder.unkept is None


def test_that_a_run_is_recorded_again_from_the_start_where_the_folder_vanished(folder, reported, monkeypatch):
    monkeypatch.setattr(record_writer, "LOCK_SECONDS", 0.01)
    recorder = Recorder(folder, into(reported), interval=0.01)
    training = Training(recorder, 5).begin()
    assert recorder.flush()
    shutil.rmtree(folder)
    training.train(5)
    recorder.flush(timeout=0.2)
    training.train(5)
    for _ in range(100):
        if recorder.flush(timeout=0.1) and (folder / FILE_NAME).exists():
            break
        threading.Event().wait(0.02)
    with closing(RunStore(folder)) as store:
        assert same(store.history(training.run), training.history)
    recorder.close()


def test_that_nothing_is_awaited_after_the_close(recorder):
    training = Training(recorder, 5).begin()
    recorder.close()
    recorder.close()
    recorder.resume(training.identity, training.history, training.progress)
    recorder.flush(timeout=NEVER)


def test_that_torch_is_not_loaded_by_recording():
    program = "import sys, workbench.engine.store.recorder; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# What goes wrong.


def wait_until(condition):
    for _ in range(500):
        if condition():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not happen in 10 s")


def test_that_a_number_no_column_holds_is_said_once_with_details_and_the_next_run_is_kept(folder):
    events = []
    recorder = Recorder(folder, events.append, NEVER)
    bad = Training(recorder).begin()
    bad.train(5)
    bad.history.add_epoch_start(EpochStart(2**70, 3))
    assert not recorder.flush()
    bad.train(5)
    assert not recorder.flush()
    good = Training(recorder).begin()
    good.train(12)
    assert recorder.flush()
    recorder.close()
    (event,) = events
    assert "OverflowError" in str(event.problem)
    assert "Traceback" in event.details
    assert recorder.unkept is event.problem
    with closing(RunStore(folder)) as store:
        assert same(store.history(good.run), good.history)
        assert store.summary(good.run).status is RunStatus.STOPPED


def test_that_a_defect_in_a_snapshot_does_not_end_the_recording_of_its_run(recorder, store, reported, monkeypatch):
    training = Training(recorder).begin()
    training.train(12)
    monkeypatch.setattr(RunStore, "keep_snapshot", lambda *_: 1 / 0)
    for _ in range(3):
        recorder.keep_snapshot(training.identity, FakeSnapshot(12))
    training.train(5)
    assert recorder.flush()
    assert len(store.history(training.run)) == 17
    assert ["ZeroDivisionError" in str(problem) for problem in reported] == [True]


def test_that_a_listener_that_has_gone_does_not_end_the_recording(folder):
    def fails(_event):
        raise RuntimeError("the window is deleted")

    folder.mkdir()
    (folder / FILE_NAME).write_text("no database " * 100, encoding="utf-8")
    recorder = Recorder(folder, fails, NEVER)
    training = Training(recorder, 5).begin()
    assert recorder.flush()
    recorder.close()
    with closing(RunStore(folder)) as store:
        assert len(store.history(training.run)) == 5


@pytest.fixture
def opening_lock(folder):
    """The lock that another process holds while it makes the store."""
    folder.mkdir()
    lock = FileLock(folder / "opening.lock")
    lock.acquire()
    yield lock
    lock.release()


def test_that_a_store_whose_opening_is_locked_is_said_at_once_and_kept_when_it_is_released(
    folder, opening_lock, monkeypatch
):
    monkeypatch.setattr(record_writer, "LOCK_SECONDS", 0.05)
    events = []
    recorder = Recorder(folder, events.append, interval=0.01)
    training = Training(recorder).begin()
    wait_until(lambda: events)
    training.train(25)
    assert not recorder.flush(timeout=0.05)
    assert recorder.unkept is not None
    opening_lock.release()
    wait_until(lambda: len(events) == 2)
    recorder.close()
    failed, recovered = events
    assert "opening.lock" in str(failed.problem)
    assert "not being kept" in str(failed.problem)
    assert isinstance(recovered, RecordRecovered)
    assert recorder.unkept is None
    with closing(RunStore(folder)) as store:
        assert same(store.history(training.run), training.history)


def test_that_a_lock_that_is_held_to_the_end_is_why_nothing_is_kept(folder, opening_lock, monkeypatch):
    monkeypatch.setattr(record_writer, "LOCK_SECONDS", 0.05)
    recorder = Recorder(folder, lambda _event: None, interval=0.01)
    training = Training(recorder, 5).begin()
    recorder.end(training.identity, Outcome.FINISHED)
    recorder.close(timeout=0.2)
    assert not recorder._thread.is_alive()
    assert "opening.lock" in str(recorder.unkept)


def test_that_a_lock_released_while_the_recorder_closes_loses_nothing(folder, opening_lock, monkeypatch):
    monkeypatch.setattr(record_writer, "LOCK_SECONDS", 0.05)
    recorder = Recorder(folder, lambda _event: None, interval=0.01)
    training = Training(recorder, 5).begin()
    recorder.end(training.identity, Outcome.FINISHED)
    closing_thread = threading.Thread(target=recorder.close)
    closing_thread.start()
    threading.Event().wait(0.2)
    opening_lock.release()
    closing_thread.join()
    assert recorder.unkept is None
    with closing(RunStore(folder)) as store:
        assert store.summary(training.run).status is RunStatus.FINISHED


def test_that_an_existing_store_is_used_though_another_process_holds_the_opening_lock(folder, reported):
    RunStore(folder).close()
    recorder = Recorder(folder, into(reported), NEVER)
    with FileLock(folder / "opening.lock"):
        training = Training(recorder, 5).begin()
        assert recorder.flush(timeout=10)
    recorder.close()
    assert reported == []
    with closing(RunStore(folder)) as store:
        assert len(store.history(training.run)) == 5


def test_that_copies_of_cut_histories_wait_only_within_a_bound(folder, opening_lock, monkeypatch):
    monkeypatch.setattr(record_writer, "LOCK_SECONDS", 0.05)
    monkeypatch.setattr(recorder_module, "MOST_BYTES_WAITING", 10_000)
    recorder = Recorder(folder, lambda _event: None, interval=0.01)
    training = Training(recorder, 1000).begin()
    for _ in range(5):
        recorder.flush(timeout=0.0)
    assert sum(job.nbytes for job in recorder._jobs) <= 10_000
    assert "not been writable for too long" in str(recorder.unkept)
    opening_lock.release()
    recorder.end(training.identity, Outcome.FINISHED)
    recorder.close()


def test_that_a_run_whose_stored_steps_are_damaged_is_not_written_further(recorder, store, reported):
    training = Training(recorder).begin()
    training.train(12)
    recorder.flush()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        ((blob,),) = connection.execute("SELECT loss FROM steps").fetchall()
        connection.execute("UPDATE steps SET loss = ?", (blob[:-1] + bytes([blob[-1] ^ 1]),))
    training.train(5)
    assert not recorder.flush()
    assert ["is damaged in the store" in str(problem) for problem in reported] == [True]
    assert recorder.unkept is not None
    assert Training(recorder).begin().recorder.flush()
