"""A bit that flips in the log of a killed process takes transactions back: it is said once, and the log is kept."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.engine.store.test_damage import a_history
from workbench.engine.history.records import RunIdentity
from workbench.engine.recipe import Recipe
from workbench.engine.store import process_locks
from workbench.engine.store.log_check import damage_in
from workbench.engine.store.run_store import FILE_NAME, HistoryDelta, RunStore

FLIPS = int(os.environ.get("WORKBENCH_FLIPS", "25"))
LOG = f"{FILE_NAME}-wal"


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A folder with the files of a store as a killed process leaves them: six runs are in the log alone."""
    folder, copy = tmp_path_factory.mktemp("store"), tmp_path_factory.mktemp("killed")
    RunStore(folder).close()
    with closing(RunStore(folder)) as store:
        for steps in (3, 50, 400, 20, 7, 90):
            identity = RunIdentity.new()
            store.begin(identity, Recipe(), {})
            store.write(identity.id, HistoryDelta.of(a_history(steps), 1.0))
        for name in (FILE_NAME, LOG):
            shutil.copy(folder / name, copy / name)
    process_locks.release_process_lock(folder)
    return copy


@pytest.fixture
def folder(killed, tmp_path):
    return shutil.copytree(killed, tmp_path / "store")


def dumped(folder):
    """All rows of a store, opened as any program opens it."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return "\n".join(connection.iterdump())


def said(folder):
    """What is said at opening, and how many runs there are."""
    with closing(RunStore(folder)) as store:
        return store.set_aside, len(store.summaries())


def flip(path, place, bit):
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def test_that_a_log_in_order_is_read_and_nothing_is_said(folder):
    assert damage_in(folder / LOG) is None
    assert said(folder) == (None, 6)
    assert sorted(path.name for path in folder.glob("*-damaged*")) == []


def test_that_a_flipped_bit_in_the_log_is_said_once_and_the_log_is_kept(folder):
    flip(folder / LOG, (folder / LOG).stat().st_size // 2, 3)
    damaged = (folder / LOG).read_bytes()
    notice, runs = said(folder)
    assert runs < 6
    assert "what was recorded last may be missing" in str(notice)
    assert len(str(notice)) <= 300
    (aside,) = folder.glob("*-damaged*")
    assert aside.name in str(notice)
    assert aside.read_bytes() == damaged
    assert said(folder) == (None, runs)


def test_that_the_same_damage_is_not_said_by_a_second_process(folder):
    flip(folder / LOG, (folder / LOG).stat().st_size // 2, 3)
    with closing(RunStore(folder)) as first, closing(RunStore(folder)) as second:
        assert first.set_aside is not None
        assert second.set_aside is None


def test_that_every_flipped_bit_that_takes_a_transaction_back_is_found(killed, tmp_path):
    size = (killed / LOG).stat().st_size
    rows = dumped(shutil.copytree(killed, tmp_path / "whole"))
    generator = random.Random(1)
    for number in range(FLIPS):
        folder = shutil.copytree(killed, tmp_path / str(number))
        # Anywhere, where the log is described, and where its last frame is described.
        head = generator.randrange(32)
        last = size - 4120 + generator.randrange(24)
        flip(folder / LOG, generator.choice([generator.randrange(size), head, last]), generator.randrange(8))
        assert damage_in(folder / LOG) is not None
        assert dumped(folder) != rows
        shutil.rmtree(folder)


def test_that_a_damaged_head_of_the_log_is_said_and_the_store_opens(folder):
    flip(folder / LOG, 1, 0)
    notice, runs = said(folder)
    assert "may be missing" in str(notice)
    assert runs == 0


def test_that_a_transaction_that_was_not_complete_is_no_damage(folder):
    content = (folder / LOG).read_bytes()
    for end in (len(content) - 1, len(content) - 4096, len(content) - 4120, len(content) - 3 * 4120, 40, 0):
        (folder / LOG).write_bytes(content[:end])
        assert damage_in(folder / LOG) is None


def test_that_frames_of_an_earlier_use_of_the_log_are_no_damage(folder):
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        before = (folder / LOG).stat().st_size
        connection.execute("PRAGMA wal_checkpoint(RESTART)")
        connection.execute("UPDATE runs SET name = 'again'")
        assert (folder / LOG).stat().st_size == before, "the frames behind are still there"
        assert damage_in(folder / LOG) is None


def test_that_what_a_transaction_taken_back_left_in_the_log_is_no_damage(folder):
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 10")  # pages: what is beyond goes to the log before the commit
        before = (folder / LOG).stat().st_size
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE more AS SELECT randomblob(3000) FROM runs a, runs b, runs c")
        connection.execute("ROLLBACK")
        assert (folder / LOG).stat().st_size > before + 50 * 4120
        assert damage_in(folder / LOG) is None
        connection.execute("UPDATE runs SET name = 'again'")
        assert damage_in(folder / LOG) is None


def test_that_a_log_that_another_program_writes_at_the_moment_is_not_called_damaged(folder, monkeypatch):
    flip(folder / LOG, (folder / LOG).stat().st_size // 2, 3)

    def write_meanwhile(_seconds):
        (folder / LOG).touch()
        os.utime(folder / LOG, ns=(1, 1))

    monkeypatch.setattr("workbench.engine.store.log_check.time.sleep", write_meanwhile)
    assert said(folder)[0] is None


def test_that_damage_is_said_also_where_the_log_cannot_be_copied(folder, monkeypatch):
    flip(folder / LOG, (folder / LOG).stat().st_size // 2, 3)

    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbench.engine.store.log_check.shutil.copyfileobj", no_space)
    notice, _ = said(folder)
    assert "could not be copied" in str(notice)
    assert list(folder.glob("*-damaged*")) == []
