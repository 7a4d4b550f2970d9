"""Journals that were written before their entries said who asked for them open as they did."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tests.earlier_version.test_earlier_files import FILES, unpacked
from workbench import cli
from workbench.engine.checkpoints.checkpoint import load_checkpoint, save_checkpoint
from workbench.engine.exporters.run_file import load_run_file, save_run_file
from workbench.engine.history.records import Change, Incident, Origin
from workbench.engine.store import process_locks, schema
from workbench.engine.store.run_store import FILE_NAME, HistoryDelta, RunStore

CHANGES = [
    Change(0, "learning_rate", 0.001, 0.05),
    Change(7, "learning_rate", 0.05, 0.02),
    Change(27, "learning_rate", 0.02, 0.01),
]


def assert_journal(history):
    """The journal of the run, with nothing said that was not recorded."""
    assert history.changes == CHANGES
    assert [(each.origin, each.time, each.note) for each in history.changes] == [(Origin.NOT_RECORDED, None, "")] * 3
    (incident,) = history.incidents
    assert (incident.step, incident.returned_to) == (28, 27)
    assert (incident.origin, incident.time, incident.note) == (Origin.GUARD, None, "")
    assert history.refusals == []


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "store"
    folder.mkdir()
    with closing(sqlite3.connect(":memory:")) as dump, closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        dump.executescript((FILES / "journal.sql").read_text(encoding="utf-8"))
        assert schema.version_of(dump) == 5
        # In the order of the program: a dump makes the tables in that of the alphabet.
        for migrate in schema.MIGRATIONS[:5]:
            migrate(connection)
        connection.execute("PRAGMA user_version = 5")
        with connection:
            connection.execute("DELETE FROM clock")
            for table in schema.TABLES:
                for row in dump.execute(f"SELECT * FROM {table}"):
                    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    return folder


def test_that_a_store_of_version_5_opens_and_takes_notes_and_new_entries(folder):
    with closing(RunStore(folder)) as store:
        assert store.set_aside is None
        run = store.find("1").identity.id
        assert_journal(store.history(run))
        store.annotate_entry(run, replace(CHANGES[1], note="too slow"))
        store.resume(run)
        history = store.history(run)
        history.add_step(0.5, 0.5)
        history.add_change(Change(len(history), "learning_rate", 0.01, 0.1, Origin.UNDO, 7))
        history.add_incident(Incident(40, 2.5, 30, Origin.EARLY_STOPPING, 8))
        store.write(run, HistoryDelta.of(history))
        again = store.history(run)
    process_locks.release_process_lock(folder)
    assert [change.note for change in again.changes] == ["", "too slow", "", ""]
    assert [(each.origin, each.time) for each in again.changes[2:]] == [(Origin.NOT_RECORDED, None), (Origin.UNDO, 7)]
    assert [(each.origin, each.time) for each in again.incidents] == [(Origin.GUARD, None), (Origin.EARLY_STOPPING, 8)]


def test_that_a_damaged_store_of_version_5_is_rescued_with_its_journal(folder):
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    content[100] ^= 0xFF  # the page with the list of tables
    path.write_bytes(bytes(content))
    with closing(RunStore(folder)) as store:
        assert "is damaged" in str(store.set_aside)
        assert_journal(store.history(store.find("1").identity.id))


def test_that_a_checkpoint_of_version_5_is_read_and_written_again(tmp_path):
    checkpoint = load_checkpoint(unpacked("journal.ckpt", tmp_path / "journal.ckpt"))
    assert_journal(checkpoint.history)
    save_checkpoint(checkpoint, tmp_path / "again.ckpt")
    assert_journal(load_checkpoint(tmp_path / "again.ckpt").history)


def test_that_a_run_file_of_version_1_is_read_and_written_again(tmp_path):
    record = load_run_file(FILES / "journal.run")
    assert_journal(record.history)
    save_run_file(record, tmp_path / "again.run")
    assert_journal(load_run_file(tmp_path / "again.run").history)


def test_that_a_run_file_of_version_1_is_trained_again(capsys):
    status = cli.main(["replay", str(FILES / "journal.run")])
    said = capsys.readouterr().out
    # Another machine computes other bits.
    assert said.startswith("verified: 800 steps, weights sha256 " if status == 0 else "differs at step ")
