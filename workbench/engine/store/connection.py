"""Connections to the store's SQLite file, also on file systems that lack something SQLite wants.

The usual way is a write-ahead log, which readers and a writer may use at once. It needs memory that processes share
through the file system, locks, and fsync. Where one of them is refused, the next way in `WAYS` does without it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from workbench.engine.store.store_errors import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS: Final = 5.0
"""How long to wait for another process that is writing: a transaction takes milliseconds."""
DEAD_LOCK_SECONDS: Final = 60.0
"""Age from which a lock made of a folder is taken as left behind by a killed process: a transaction takes far less."""


@dataclass(frozen=True, slots=True)
class Way:
    """How SQLite uses the file.

    Attributes:
        journal: SQLite's journal mode.
        synchronous: SQLite's setting: how carefully it flushes to the disk.
        locks: SQLite's module for the file system (`vfs`); empty for the usual one, which uses locks of the system.
    """

    journal: str
    synchronous: str
    locks: str = ""


WAYS: Final = (
    # With a write-ahead log, NORMAL keeps the file whole through a power cut; the last second may be lost.
    Way("WAL", "NORMAL"),
    Way("DELETE", "FULL"),  # no shared memory
    Way("DELETE", "FULL", "unix-dotfile"),  # no locks: the existence of a folder is the lock
    Way("DELETE", "OFF", "unix-dotfile"),  # no fsync
)
WAYS_TO_READ: Final = (
    "mode=ro",
    # Where the files beside it cannot be made: without locks, the log that a killed process left is read, too.
    "mode=ro&vfs=unix-none",
    "mode=ro&immutable=1",  # without the log
)
"""Parameters of SQLite's addresses, in the order in which they are tried."""


def connect(path: Path, busy_seconds: float | None = None) -> sqlite3.Connection:
    """A connection in autocommit mode that can write to the file at `path`, made where it is missing.

    Args:
        path: the file.
        busy_seconds: how long to wait for another process that is writing; `BUSY_SECONDS` by default.

    Raises:
        sqlite3.Error: it cannot be read and written.
    """
    refused: sqlite3.Error | None = None
    for way in WAYS:
        try:
            return _connect(path, way, BUSY_SECONDS if busy_seconds is None else busy_seconds)
        except sqlite3.Error as error:
            refused = refused or error
            if not _is_refused_by_file_system(error, path):
                raise
    assert refused is not None
    raise refused


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads, also a file or in a folder that may not be written.

    It changes nothing. A connection that may write applies the log of a damaged file to it, and removes the log, when
    it is closed.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    for mode in WAYS_TO_READ:
        try:
            return _connect_to_read(path, mode)
        except sqlite3.OperationalError as error:
            if mode == WAYS_TO_READ[-1] or code_of(error) == sqlite3.SQLITE_BUSY:
                raise
    raise AssertionError("one of the modes has returned or raised")


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Close the connection where the block raises; Python 3.13 reports one that is left to the garbage collector."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _connect_to_read(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    with closed_on_error(connection):
        _set_up(connection)
        if "vfs" in mode:
            # The index of the log, which processes share through a file, is then this connection's own.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _connect(path: Path, way: Way, busy_seconds: float) -> sqlite3.Connection:
    if way.locks and os.name != "posix":
        raise sqlite3.OperationalError("there is no other way of locking here")
    if way.locks:
        _remove_dead_lock(path)
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?vfs={way.locks}", uri=True, isolation_level=None, timeout=busy_seconds
        )
    else:
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    with closed_on_error(connection):
        _set_up(connection)
        connection.execute(f"PRAGMA synchronous = {way.synchronous}")
        if way.journal != "WAL":
            # A file with a write-ahead log can be opened without shared memory only by its one user.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute(f"PRAGMA journal_mode = {way.journal}")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # With the default factory one damaged byte in a text makes the whole query fail, with all other rows.
    connection.text_factory = lambda content: content.decode("utf-8", "replace")


def _is_refused_by_file_system(error: sqlite3.Error, path: Path) -> bool:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_IOERR") or code_of(error) == sqlite3.SQLITE_PROTOCOL:
        return True
    # "Locked" is also the answer where the file system has no locks.
    return code_of(error) == sqlite3.SQLITE_BUSY and not _has_locks(path.parent)


def _has_locks(folder: Path) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return True
    probe = folder / f".lock-{os.getpid()}.part"
    try:
        with probe.open("xb") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink()
    return True


def _remove_dead_lock(path: Path) -> None:
    lock = path.with_name(f"{path.name}.lock")
    with suppress(OSError):
        if time.time() - lock.stat().st_mtime > DEAD_LOCK_SECONDS:
            lock.rmdir()
