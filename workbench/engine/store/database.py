"""Opens the run store; a file that this program cannot read is moved aside, and a new store begun."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from workbench.engine.errors import UserError
from workbench.engine.store.schema import APPLICATION_ID, MIGRATIONS, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_NAME: Final = "runs.sqlite"
BUSY_SECONDS: Final = 5.0
"""How long to wait for another process that is writing: a transaction takes milliseconds."""
OPENING_SECONDS: Final = 20.0
"""How long to wait for another process that is opening the store."""
CHECKED_BYTES: Final = 64 * 2**20
"""Up to this size, a store is checked as a whole when a process first opens it: this takes up to a quarter of a second;
damage in a larger one is found only when the damaged part is read."""

_NEWER: Final = (
    "The store of runs {path} was written by a newer version of this program, so it was set aside as {aside} and a new "
    "one begun: open it with the newer version."
)
_FOREIGN: Final = (
    "{path} is not a store of runs but something of another program, so it was set aside as {aside} and a store begun "
    "in its place: move it to where it belongs."
)
_DAMAGED: Final = (
    "The store of runs {path} is damaged, so it was set aside as {aside} and a new one begun: put a copy back if you "
    "have one, or try the command .recover of the program sqlite3."
)

_checked: set[tuple[Path, int]] = set()
"""Stores that this process has checked, by path and inode."""


def open_database(folder: Path) -> tuple[sqlite3.Connection, UserError | None]:
    """A connection in autocommit mode to the store in `folder`, made where it is missing, in the current version.

    Returns:
        The connection, and a sentence about the file that was set aside, if there was one.

    Raises:
        UserError: the folder or the file cannot be made, read or written.
    """
    path = folder / FILE_NAME
    with as_user_errors(path):
        folder.mkdir(parents=True, exist_ok=True)
        # Two processes that both find the store damaged must not both move it: the second would move the new one.
        with FileLock(folder / "opening.lock", timeout=OPENING_SECONDS, thread_local=False):
            fault = _fault(path)
            set_aside = None if fault is None else UserError(fault, path=path, aside=_set_aside(path))
            connection = _connect(path)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                migrate(connection)
            except BaseException:
                connection.close()
                raise
    return connection, set_aside


@contextmanager
def as_user_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the system about the store at `path` into a sentence.

    Raises:
        UserError: such an error was raised inside.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(path, error) from error
    except Timeout as error:
        raise UserError(
            "Another window has been opening the store of runs {path} for a long time: close it and start again.",
            path=path,
        ) from error
    except OSError as error:
        raise UserError(
            "The store of runs {path} cannot be used ({reason}): make its folder writable, or choose another.",
            path=path,
            reason=error.strerror or error,
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    """A block that is done as a whole or not at all.

    Args:
        connection: in autocommit mode.
        begin: `BEGIN` to read, `BEGIN IMMEDIATE` to write.
    """
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself after some errors, a full disk among them.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate(connection: sqlite3.Connection) -> None:
    """Migrate a store to the current version, one transaction for each step: after a crash it continues from there.

    Args:
        connection: in autocommit mode; no other process may migrate the store meanwhile.
    """
    for version in range(version_of(connection), len(MIGRATIONS)):
        with transaction(connection, "BEGIN IMMEDIATE"):
            MIGRATIONS[version](connection)
            connection.execute(f"PRAGMA user_version = {version + 1}")


def _sentence(path: Path, error: sqlite3.Error) -> UserError:
    match _code(error):
        case sqlite3.SQLITE_FULL:
            template = "The disk is full, so the store of runs {path} was not written: free some space."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            template = "The store of runs {path} is locked by another program: close that program."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            template = "The store of runs {path} may not be written: make its folder writable, or choose another."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            template = "The store of runs {path} is damaged: start again, and it will be set aside and a new one begun."
        case _:
            template = "The store of runs {path} cannot be used ({reason}): choose another folder."
    return UserError(template, path=path, reason=error)


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for an error of the Python module itself."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    # With a write-ahead log, NORMAL keeps the file whole through a power cut; the last second may be lost.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # With the default factory one damaged byte in a text makes the whole query fail, with all other rows.
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    return connection


def _fault(path: Path) -> str | None:
    """The sentence that says why the file at `path` is not a usable store; None where it is one, or is missing."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return None
    if not path.is_file():
        return _FOREIGN
    try:
        with closing(_connect(path)) as connection:
            return _fault_in(connection, path)
    except sqlite3.DatabaseError as error:
        if _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return _DAMAGED
        raise


def _fault_in(connection: sqlite3.Connection, path: Path) -> str | None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID:
        # A process that is killed while it makes the store leaves an empty file.
        return _FOREIGN if application or tables else None
    if version_of(connection) > len(MIGRATIONS):
        return _NEWER
    state = path.stat()
    if (path, state.st_ino) in _checked or state.st_size > CHECKED_BYTES:
        return None
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        return _DAMAGED
    _checked.add((path, state.st_ino))
    return None


def _set_aside(path: Path) -> Path:
    """Move the file and its companions to an unused name; returns the new path."""
    stem = f"{path.stem}-set-aside-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    companions = ("-wal", "-shm", "-journal", "")
    count = 1
    aside = path.with_name(f"{stem}{path.suffix}")
    while any(aside.with_name(aside.name + companion).exists() for companion in companions):
        count += 1
        aside = path.with_name(f"{stem}-{count}{path.suffix}")
    # The file itself last: if the process is killed before, the next opening finds it again. SQLite would apply a log
    # that is left behind to the new store.
    for companion in companions:
        present = path.with_name(path.name + companion)
        if present.exists():
            present.rename(aside.with_name(aside.name + companion))
    return aside
