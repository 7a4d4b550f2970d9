"""The tables of the run store, and the migrations of older stores.

The version of a store is in SQLite's `user_version`. One function turns version n into version n + 1; it is never
changed once a program with it has been published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

APPLICATION_ID: Final = 0x5742524E
"""`WBRN`, in SQLite's `application_id`: distinguishes a store of runs from other programs' databases."""

TABLES: Final = ("clock", "runs", "steps", "evaluations", "epoch_starts", "changes", "incidents", "snapshots")
"""All tables, in the order in which they are made."""

_VERSION_1: Final = (
    # One row. `revision` counts changes to rows of runs, each of which remembers the one that touched it last: who has
    # read the runs up to a revision reads only what is newer. `purges` counts how often rows have vanished.
    "CREATE TABLE clock (revision INTEGER NOT NULL, purges INTEGER NOT NULL)",
    "INSERT INTO clock VALUES (0, 0)",
    # steps … changes sum up the tables below, and are written in the same transaction. loss and average_loss are NULL
    # where the number is NaN, which SQLite does not store.
    """CREATE TABLE runs (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        parent TEXT,
        parent_step INTEGER,
        name TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '',
        starred INTEGER NOT NULL DEFAULT 0,
        began REAL NOT NULL,
        recipe TEXT NOT NULL,
        environment TEXT NOT NULL,
        status TEXT NOT NULL,
        owner TEXT,
        deleted REAL,
        steps INTEGER NOT NULL DEFAULT 0,
        epochs INTEGER NOT NULL DEFAULT 0,
        loss REAL,
        accuracy REAL,
        best_accuracy REAL,
        seconds REAL NOT NULL DEFAULT 0,
        changes INTEGER NOT NULL DEFAULT 0,
        revision INTEGER NOT NULL
    )""",
    "CREATE INDEX runs_by_revision ON runs (revision)",
    # float32, little-endian; `first` is a multiple of the chunk's size.
    """CREATE TABLE steps (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        first INTEGER NOT NULL,
        count INTEGER NOT NULL,
        loss BLOB NOT NULL,
        accuracy BLOB NOT NULL,
        UNIQUE (run, first)
    )""",
    """CREATE TABLE evaluations (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        step INTEGER NOT NULL,
        average_loss REAL,
        accuracy REAL,
        PRIMARY KEY (run, epoch)
    ) WITHOUT ROWID""",
    """CREATE TABLE epoch_starts (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        step INTEGER NOT NULL,
        PRIMARY KEY (run, epoch)
    ) WITHOUT ROWID""",
    # old and new are JSON: true, 1 and 1.0 are to come back as what they were.
    """CREATE TABLE changes (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        position INTEGER NOT NULL,
        step INTEGER NOT NULL,
        name TEXT NOT NULL,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        PRIMARY KEY (run, position)
    ) WITHOUT ROWID""",
    """CREATE TABLE incidents (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        position INTEGER NOT NULL,
        step INTEGER NOT NULL,
        loss REAL,
        returned_to INTEGER NOT NULL,
        PRIMARY KEY (run, position)
    ) WITHOUT ROWID""",
    # Each has a file beside the database.
    """CREATE TABLE snapshots (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        step INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        PRIMARY KEY (run, step)
    ) WITHOUT ROWID""",
)


def _to_version_1(connection: sqlite3.Connection) -> None:
    for statement in _VERSION_1:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _to_version_2(connection: sqlite3.Connection) -> None:
    """The column `status` may say `diverged`, which a program that knows only version 1 cannot read.

    Version 1 stored such runs as `failed`; nothing distinguishes them from other failures, so they stay as they are.
    """


def _to_version_3(connection: sqlite3.Connection) -> None:
    """Digests of rows (`digests`), and counts of the two kinds of records that had none.

    Rows of older versions keep NULL there: to compute the digests of all their steps would write the whole file again.
    """
    for table in ("runs", "steps", "evaluations", "epoch_starts", "changes", "incidents"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN digest BLOB")
    for count in ("epoch_starts", "incidents"):
        connection.execute(f"ALTER TABLE runs ADD COLUMN {count} INTEGER")


def _to_version_4(connection: sqlite3.Connection) -> None:
    """R² of evaluations, for regression. The columns called accuracy hold the metric of the run's task (`tasks`)."""
    connection.execute("ALTER TABLE evaluations ADD COLUMN r2 REAL")


def _to_version_5(connection: sqlite3.Connection) -> None:
    """Results on the training samples that are held out for validation; NULL where none are."""
    for column in ("validation_loss", "validation_accuracy"):
        connection.execute(f"ALTER TABLE evaluations ADD COLUMN {column} REAL")


def _to_version_6(connection: sqlite3.Connection) -> None:
    """Who asked for an entry of the journal, when, and the user's note on it; and the changes that were refused.

    NULL stands for what older versions did not record, and for no note. Refusals are in the table `incidents`, as
    entries that stay when the run goes back; they have a `reason`. A table of their own would begin at another page in
    a store that is migrated than in a new one (see `rescue`).
    """
    for table in ("changes", "incidents"):
        for column in ("origin TEXT", "time INTEGER", "note TEXT"):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for column in ("name", "value", "reason"):
        connection.execute(f"ALTER TABLE incidents ADD COLUMN {column} TEXT")


MIGRATIONS: list[Callable[[sqlite3.Connection], None]] = [
    _to_version_1,
    _to_version_2,
    _to_version_3,
    _to_version_4,
    _to_version_5,
    _to_version_6,
]
"""In order: the first makes version 1 of an empty file, the next version 2 of version 1, and so on."""


def version_of(connection: sqlite3.Connection) -> int:
    """The version of a store; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
