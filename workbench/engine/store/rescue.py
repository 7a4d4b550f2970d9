"""Copies the rows that SQLite can still read of a damaged store into a new one.

The damaged file itself is only read. Rows are copied as they are, with their digests: what is missing or changed in a
run is found when the run is read.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.store.connection import connect, connect_to_read
from workbench.engine.store.schema import MIGRATIONS, TABLES
from workbench.engine.store.store_errors import is_damage

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = 4096
"""Bytes of a page of a store, SQLite's default."""
KEPT_OF_HEADER: Final = ((24, 28), (32, 40), (92, 96))
"""Bytes of the first page that differ between stores of the same tables: counters and the list of free pages."""
PAGE_COUNT: Final = slice(28, 32)
"""The bytes of the first page that hold the number of pages: a changed one ends the file before its tables."""
MOST_LOOKED_UP: Final = 100_000
"""Rows in an unreadable part of a table that are looked up one by one."""


def rescue_runs(path: Path, target: sqlite3.Connection) -> int:
    """Copy what can be read of the store at `path` into an empty store, inside a transaction of the caller's.

    Returns:
        The number of runs that are copied.
    """
    with tempfile.TemporaryDirectory(prefix="workbench-rescue-") as folder:
        copy = Path(folder) / "runs.sqlite"
        shutil.copyfile(path, copy)
        if (log := path.with_name(path.name + "-wal")).exists():
            shutil.copyfile(log, copy.with_name("runs.sqlite-wal"))
            _apply_log(copy)
        _renew_first_page(copy, Path(folder) / "fresh.sqlite")
        try:
            with closing(connect_to_read(copy)) as source:
                return _copy_rows(source, target)
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                return 0
            raise


def _apply_log(copy: Path) -> None:
    """Write what the write-ahead log holds into the file, as far as SQLite can."""
    try:
        connect(copy).close()
    except (sqlite3.Error, UnicodeDecodeError):  # the latter: the message of SQLite's error contains a damaged name
        copy.with_name("runs.sqlite-wal").unlink(missing_ok=True)


def _renew_first_page(copy: Path, fresh: Path) -> None:
    """Put the first page of a fresh store in place: header and list of tables are the same in every store.

    All versions make the tables in the same order, so each begins at the same page; columns that were added later are
    NULL in older rows.
    """
    with closing(connect(fresh)) as connection:
        for step in MIGRATIONS:
            step(connection)
    page = bytearray(fresh.read_bytes()[:PAGE])
    with copy.open("r+b") as file:
        old = file.read(PAGE)
        if len(old) < PAGE:
            return
        for first, end in KEPT_OF_HEADER:
            page[first:end] = old[first:end]
        page[PAGE_COUNT] = (file.seek(0, os.SEEK_END) // PAGE).to_bytes(4, "big")
        file.seek(0)
        file.write(page)


def _copy_rows(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    runs = 0
    for row in _rows(source, "runs", "number"):
        runs += _insert(target, "runs", row)
    numbers = [number for (number,) in target.execute("SELECT number FROM runs")]
    for row in _rows(source, "steps", "rowid"):
        _insert(target, "steps", row)
    for table in TABLES:
        if table not in ("runs", "steps", "clock"):
            for number in numbers:
                for row in _rows_of_run(source, table, number):
                    _insert(target, table, row)
    target.execute("UPDATE clock SET revision = (SELECT coalesce(max(revision), 0) FROM runs)")
    return runs


def _insert(target: sqlite3.Connection, table: str, row: tuple[Any, ...]) -> int:
    """Insert a row; returns 0 where it cannot be one of this table, or belongs to no run that was copied."""
    marks = ", ".join("?" * len(row))
    try:
        return target.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row).rowcount
    except (sqlite3.Error, OverflowError, ValueError):
        return 0


def _rows(source: sqlite3.Connection, table: str, key: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table: from both ends up to what cannot be read, and one by one in between."""
    query = f"SELECT {key}, * FROM {table} NOT INDEXED"
    forwards = _Reading(source, f"{query} ORDER BY {key}")
    yield from (row for _, *row in forwards)  # type: ignore[misc]
    if not forwards.is_broken:
        return
    backwards = _Reading(source, f"{query} ORDER BY {key} DESC")
    yield from (row for _, *row in backwards)  # type: ignore[misc]
    after = 0 if forwards.last is None else forwards.last[0] + 1
    before = after + MOST_LOOKED_UP if backwards.last is None else backwards.last[0]
    for number in range(after, min(before, after + MOST_LOOKED_UP)):
        yield from (row for _, *row in _Reading(source, f"{query} WHERE {key} = ?", (number,)))  # type: ignore[misc]


def _rows_of_run(source: sqlite3.Connection, table: str, run: int) -> Iterator[tuple[Any, ...]]:
    """The rows of one run in a table that is ordered by run: from both ends up to what cannot be read."""
    forwards = _Reading(source, f"SELECT * FROM {table} WHERE run = ?", (run,))
    yield from forwards
    if forwards.is_broken:
        _, (_, second, *_), *_ = source.execute(f"PRAGMA table_info({table})")
        yield from _Reading(source, f"SELECT * FROM {table} WHERE run = ? ORDER BY {second} DESC", (run,))


class _Reading:
    """The rows of a query up to the first that cannot be read.

    Attributes:
        last: the last row; None where there is none.
        is_broken: whether there is something that cannot be read.
    """

    def __init__(self, source: sqlite3.Connection, query: str, values: tuple[int, ...] = ()) -> None:
        self._source = source
        self._query = query
        self._values = values
        self.last: tuple[Any, ...] | None = None
        self.is_broken = False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        try:
            for row in self._source.execute(self._query, self._values):
                self.last = row
                yield row
        except (sqlite3.Error, ValueError, OverflowError):
            self.is_broken = True
