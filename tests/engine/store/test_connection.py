"""File systems that lack what SQLite wants: the store works on each, and says once what is missing."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from workbench.engine.history.history import History
from workbench.engine.history.records import RunIdentity
from workbench.engine.protocol.events import Outcome, StoreNoticed
from workbench.engine.protocol.run_progress import RunProgress
from workbench.engine.recipe import Recipe
from workbench.engine.store import connection, process_locks
from workbench.engine.store.connection import connect, connect_somehow
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import FILE_NAME, HistoryDelta, RunStatus, RunStore
from workbench.engine.store.store_errors import StoreLockedError

fcntl = pytest.importorskip("fcntl", reason="Windows has other locks")
MEMORY, LOCKS, FLUSHING = "has no memory that programs share", "has no locks", "cannot promise that what is written"


def refuse_locks(monkeypatch, number=errno.ENOLCK):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "lockf", refuse)


def refuse_flushing(monkeypatch):
    def refuse(_):
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setitem(connection._USES, connection.FLUSHING, refuse)


def refuse_shared_memory(monkeypatch):
    """As SQLite does: the file is marked as one with a write-ahead log before the memory for its index is refused."""
    real = connection._connect

    def refuse(path, way, can_flush, seconds):
        opened = real(path, way, can_flush, seconds)
        if way.journal == "WAL":
            opened.close()
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR, "SQLITE_IOERR_SHMMAP"
            raise error
        return opened

    monkeypatch.setattr(connection, "_connect", refuse)


REFUSED = {
    "all there": ((), "wal", 1, []),
    "no shared memory": ((refuse_shared_memory,), "delete", 2, [MEMORY]),
    "no locks": ((refuse_locks,), "delete", 2, [LOCKS]),
    "no flushing": ((refuse_flushing,), "wal", 0, [FLUSHING]),
    "no memory, no flushing": ((refuse_shared_memory, refuse_flushing), "delete", 0, [MEMORY, FLUSHING]),
    "nothing": ((refuse_shared_memory, refuse_locks, refuse_flushing), "delete", 0, [LOCKS, FLUSHING]),
}


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "runs"
    process_locks.release_process_lock(tmp_path / "runs")


@pytest.mark.parametrize(("refusals", "journal", "synchronous", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_that_runs_are_kept_on_every_file_system_and_what_it_lacks_is_said_once(
    folder, monkeypatch, refusals, journal, synchronous, words
):
    for refuse in refusals:
        refuse(monkeypatch)
    folder.mkdir()
    said, run, history = [], RunIdentity.new(), History()
    recorder = Recorder(folder, said.append, interval=0.01)
    recorder.begin(run, Recipe(), history, RunProgress(), {})
    history.add_step(1.0, 0.5)
    assert recorder.flush(20)
    with closing(RunStore(folder)) as store:  # as the window's list of runs, beside the recorder
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == (journal,)
        assert store._connection.execute("PRAGMA synchronous").fetchone() == (synchronous,)
        store.rename(run.id, "named")
        history.add_step(1.0, 0.5)
        assert recorder.flush(20)
        assert [(each.steps, each.name) for each in store.summaries()] == [(2, "named")]
    recorder.end(run, Outcome.FINISHED)
    recorder.close()
    assert recorder.unkept is None
    assert [event for event in said if type(event) is not StoreNoticed] == []
    assert [any(word in str(event.problem) for event in said) for word in words] == [True] * len(words)
    assert len(said) == len(words)
    assert all(len(str(event.problem)) <= 300 for event in said)
    with closing(RunStore(folder)) as store:
        assert store.summary(run.id).status is RunStatus.FINISHED
    assert not list(folder.glob(".*"))


def test_that_a_store_with_a_log_is_opened_and_read_whole_on_a_file_system_without_shared_memory(folder, monkeypatch):
    run, history = RunIdentity.new(), History()
    history.add_step(1.0, 0.5)
    with closing(RunStore(folder)) as store:
        store.begin(run, Recipe(), {})
        store.write(run.id, HistoryDelta.of(history, 1.0))
    refuse_shared_memory(monkeypatch)
    with closing(RunStore(folder)) as store:
        assert [each.steps for each in store.summaries()] == [1]


def test_that_without_locks_of_the_system_two_programs_still_do_not_write_at_once(folder, monkeypatch):
    refuse_locks(monkeypatch)
    folder.mkdir()
    RunStore(folder).close()
    with closing(connect(folder / FILE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE runs SET name = 'x'")
        assert (folder / f"{FILE_NAME}.lock").exists()
        monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
        with pytest.raises(StoreLockedError):
            RunStore(folder)
        other.execute("COMMIT")
    RunStore(folder).close()


def test_that_a_lock_that_a_killed_program_left_ends_after_a_while(folder, monkeypatch):
    refuse_locks(monkeypatch)
    folder.mkdir()
    RunStore(folder).close()
    lock = folder / f"{FILE_NAME}.lock"
    lock.mkdir()
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)
    with pytest.raises(StoreLockedError):
        RunStore(folder)
    os.utime(lock, (1, 1))
    RunStore(folder).close()
    assert not lock.exists()


def test_that_what_a_file_system_knows_is_not_decided_where_nothing_can_be_written(folder, monkeypatch):
    refuse_locks(monkeypatch, errno.EIO)
    folder.mkdir()
    opened, lacks = connect_somehow(folder / "one.sqlite")
    opened.close()
    assert lacks == []
    assert folder not in connection._unsupported_in
