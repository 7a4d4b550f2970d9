"""A store that may only be read: it is listed and shown, nothing in it changes, and what would change it says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from workbench.engine.errors import UserError
from workbench.engine.history.history import History
from workbench.engine.history.records import RunIdentity
from workbench.engine.protocol.events import Outcome, RecordFailed, RecordRecovered
from workbench.engine.protocol.run_progress import RunProgress
from workbench.engine.recipe import Recipe
from workbench.engine.store import connection, database, process_locks, run_reader
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import FILE_NAME, HistoryDelta, RunStatus, RunStore

SENTENCE = "may only be read: runs are listed, but none is kept or changed. Make it and its folder writable"
DIES = """
import os, sys
from pathlib import Path
from workbench.engine.history.history import History
from workbench.engine.history.records import RunIdentity
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import HistoryDelta, RunStore
store, identity, history = RunStore(Path(sys.argv[1])), RunIdentity("d" * 16), History()
store.begin(identity, Recipe(), {})
for _ in range(7):
    history.add_step(1.0, 0.5)
store.write(identity.id, HistoryDelta.of(history, 1.0))
os._exit(0)  # as a kill does: its log and its lock file stay
"""


@pytest.fixture
def folder(tmp_path):
    """A store with a run of three steps that was stopped, and one of seven whose process was killed."""
    folder = tmp_path / "runs"
    history = History()
    for _ in range(3):
        history.add_step(2.0, 0.5)
    with closing(RunStore(folder)) as store:
        identity = RunIdentity("a" * 16)
        store.begin(identity, Recipe(), {})
        store.write(identity.id, HistoryDelta.of(history, 1.0))
        store.end(identity.id, RunStatus.STOPPED)
    process_locks.release_process_lock(folder)
    subprocess.run([sys.executable, "-c", DIES, folder], check=True, cwd=Path(__file__).parents[3])
    return folder


@pytest.fixture
def protected(monkeypatch, folder):
    """Whether the system refuses to write the store: tests may run as a user whom no file refuses anything."""
    allowed = [False]
    for module in (database, run_reader):
        monkeypatch.setattr(module, "may_be_written", lambda _: allowed[0])
    yield allowed
    process_locks.release_process_lock(folder)


def content(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm")}


@pytest.mark.usefixtures("protected")
def test_that_it_is_read_whole_with_the_log_of_a_killed_process_whose_run_is_interrupted(folder):
    before = content(folder)
    with closing(RunStore(folder)) as store:
        assert SENTENCE in str(store.read_only)
        assert [(run.number, run.steps, run.status) for run in store.summaries()] == [
            (2, 7, RunStatus.INTERRUPTED),
            (1, 3, RunStatus.STOPPED),
        ]
        assert store.summary("d" * 16).status is RunStatus.INTERRUPTED
        assert store.history("d" * 16).loss.values().tolist() == [1.0] * 7
        store.mark_interrupted()
        assert store.is_there
    assert content(folder) == before


@pytest.mark.usefixtures("protected")
def test_that_a_run_whose_process_lives_is_running_also_where_its_lock_may_not_be_taken(folder, monkeypatch):
    lock = next((folder / "owners").iterdir())

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    held = process_locks.acquire_lock(lock, timeout=0)
    monkeypatch.setattr("workbench.engine.files.file_locks.acquire_lock", refuse)
    with closing(RunStore(folder)) as store:
        assert store.summary("d" * 16).status is RunStatus.RUNNING
        held.release()
        if os.name == "posix":
            assert store.summary("d" * 16).status is RunStatus.INTERRUPTED


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such module of SQLite")
@pytest.mark.usefixtures("protected")
def test_that_the_log_is_read_also_where_the_file_of_its_index_cannot_be_made(folder, monkeypatch):
    (folder / f"{FILE_NAME}-shm").unlink()
    monkeypatch.setattr(connection, "WAYS_TO_READ", connection.WAYS_TO_READ[1:])
    before = content(folder)
    with closing(RunStore(folder)) as store:
        assert [run.steps for run in store.summaries()] == [7, 3]
    assert content(folder) == before
    assert not (folder / f"{FILE_NAME}-shm").exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.rename("a" * 16, "x"),
        lambda store: store.delete(["a" * 16]),
        lambda store: store.resume("a" * 16),
        lambda store: store.begin(RunIdentity.new(), Recipe(), {}),
        lambda store: store.keep_snapshot("a" * 16, 3, b""),
        lambda store: store.end("a" * 16, RunStatus.STOPPED),
        lambda store: store.purge(),
    ],
)
@pytest.mark.usefixtures("protected")
def test_that_what_would_change_it_raises_the_sentence(folder, write):
    before = content(folder)
    with closing(RunStore(folder)) as store, pytest.raises(UserError, match=SENTENCE):
        write(store)
    assert content(folder) == before


def test_that_it_is_opened_anew_where_it_becomes_writable_or_another_process_writes_it(folder, protected):
    with closing(RunStore(folder)) as store:
        assert store.is_there
        protected[0] = True
        assert not store.is_there
        protected[0] = False
        with closing(database.connect(folder / FILE_NAME)) as other:
            other.execute("UPDATE runs SET name = 'new' WHERE number = 1")
        assert not store.is_there


def test_that_the_recorder_says_so_only_when_a_run_begins_and_keeps_it_once_it_may(folder, protected):
    said = []
    recorder = Recorder(folder, said.append, interval=0.01)
    recorder.flush()
    assert said == []
    run, history = RunIdentity.new(), History()
    recorder.begin(run, Recipe(), history, RunProgress(), {})
    assert not recorder.flush()
    assert [type(event) for event in said] == [RecordFailed]
    assert SENTENCE in str(said[0].problem)
    history.add_step(1.0, 0.5)
    protected[0] = True
    recorder.end(run, Outcome.FINISHED)
    recorder.close()
    assert [type(event) for event in said] == [RecordFailed, RecordRecovered]
    with closing(RunStore(folder)) as store:
        assert (store.summary(run.id).steps, store.summary(run.id).status) == (1, RunStatus.FINISHED)


def test_that_a_real_folder_without_rights_is_read_and_listed(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    for path in [*copy.rglob("*"), copy]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if os.access(copy, os.W_OK):
            pytest.skip("this user may write everywhere")
        with closing(RunStore(copy)) as store:
            assert [run.status for run in store.summaries()] == [RunStatus.INTERRUPTED, RunStatus.STOPPED]
    finally:
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o755)
