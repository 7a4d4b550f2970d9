"""Opens the run store. A file that this program cannot use is moved aside; what can be read of it is copied."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError
from workbench.engine.files.file_locks import acquire_lock
from workbench.engine.store.connection import closed_on_error, connect, connect_somehow, connect_to_read
from workbench.engine.store.log_check import notice_of_damage
from workbench.engine.store.rescue import rescue_runs
from workbench.engine.store.schema import APPLICATION_ID, MIGRATIONS, TABLES, version_of
from workbench.engine.store.store_errors import SUSPECTS, as_user_errors, is_damage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILE_NAME: Final = "runs.sqlite"
RESCUED_NAME: Final = "runs-rescued.sqlite"
"""A store into which the runs of a damaged one are copied, until it takes the place of that one."""
OPENING_SECONDS: Final = 20.0
"""How long to wait for another process that is making or migrating the store."""
INTEGRITY_BYTES: Final = 16 * 2**20
"""Up to this size, the indexes too are compared with their tables when a process first opens a store."""
CHECKED_BYTES: Final = 64 * 2**20
"""Up to this size, a store is checked as a whole when a process first opens it: this takes up to a quarter of a second;
damage in a larger one is found when the damaged part is read, and the store is checked when it is next opened."""

_NEWER: Final = (
    "The store of runs {path} was written by a newer version of this program, so it was set aside as {aside} and a new "
    "one begun: open it with the newer version."
)
"""For translation in the context `Problems`."""
_FOREIGN: Final = (
    "{path} is not a store of runs but something of another program, so it was set aside as {aside} and a store begun "
    "in its place: move it to where it belongs."
)
"""For translation in the context `Problems`."""
_DAMAGED: Final = (
    "The store of runs {path} is damaged: it was set aside as {aside}, and the runs that can be read ({count:,}) were "
    "copied to a new one. Put a copy of the store back if you have one."
)
"""For translation in the context `Problems`."""
_READ_ONLY: Final = (
    "The store of runs {path} may only be read: runs are listed, but none is kept or changed. Make it and its folder "
    "writable, or choose another folder."
)

_checked: set[tuple[Path, int]] = set()
"""Stores that this process has checked, by path and inode."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store.

    Attributes:
        connection: in autocommit mode.
        lacks: sentences that say what its file system lacks.
        set_aside: a sentence about a file that was set aside, if there was one: the store, or a copy of its log.
        read_only: a sentence that says why nothing can be written; None where it can.
    """

    connection: sqlite3.Connection
    lacks: Sequence[UserError] = ()
    set_aside: UserError | None = None
    read_only: UserError | None = None


def open_database(folder: Path, lock_seconds: float | None = None) -> Opened:
    """Open the store in `folder`, made where it is missing, in the current version.

    Args:
        folder: of the store.
        lock_seconds: how long to wait for other processes; by default as long as they may need.

    Raises:
        StoreLockedError: another process is making or migrating the store, or holds its lock.
        UserError: the folder or the file cannot be made or read.
    """
    path = folder / FILE_NAME
    with as_user_errors(path):
        if path.is_file() and not may_be_written(path):
            return _opened_to_read(path)
        folder.mkdir(parents=True, exist_ok=True)
        damaged_log = notice_of_damage(path)  # before SQLite opens the file and passes over the damage
        opened = _opened(path, lock_seconds)
        return opened if opened.set_aside is not None else replace(opened, set_aside=damaged_log)


def may_be_written(path: Path) -> bool:
    """Whether the system lets this process write the store at `path`, and the files beside it that SQLite needs."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


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


def _opened(path: Path, lock_seconds: float | None) -> Opened:
    # An existing store in order needs no lock: a process that hangs with it held then stops no other.
    if (usable := _usable(path, lock_seconds)) is not None:
        return usable
    # Two processes that both find the store damaged must not both move it: the second would move the new one.
    timeout = OPENING_SECONDS if lock_seconds is None else lock_seconds
    with acquire_lock(path.with_name("opening.lock"), timeout):
        return _made(path, lock_seconds)


def _usable(path: Path, lock_seconds: float | None) -> Opened | None:
    """The store in the file; None where it must be made, migrated or set aside first."""
    if not path.is_file() or path.stat().st_size == 0 or _inspected(path) != (None, len(MIGRATIONS)):
        return None
    return Opened(*connect_somehow(path, lock_seconds))


def _made(path: Path, lock_seconds: float | None) -> Opened:
    """Open the store after everything it needs; the caller holds the opening lock."""
    rescued = path.with_name(RESCUED_NAME)
    if rescued.exists() and not path.exists():
        rescued.rename(path)  # a process was killed before it did so
    set_aside = None
    if (fault := _fault(path)) is not None:
        count = 0
        if fault == _DAMAGED:
            _remove_database(rescued)
            count = _rescued(path, rescued)
        set_aside = UserError(fault, path=path, aside=_set_aside(path), count=count)
        if count:
            rescued.rename(path)
        else:
            _remove_database(rescued)
    SUSPECTS.discard(path)
    connection, lacks = connect_somehow(path, lock_seconds)
    with closed_on_error(connection):
        migrate(connection)
    return Opened(connection, lacks, set_aside)


def _opened_to_read(path: Path) -> Opened:
    connection = connect_to_read(path)
    with closed_on_error(connection):
        version = version_of(connection)
        if (fault := _fault_in(connection, path)) is not None or version > len(MIGRATIONS):
            word = "was written by a newer version" if fault == _NEWER else "is damaged or of another program"
            raise UserError(
                "The store of runs {path} {word}, and may only be read: choose another folder.", path=path, word=word
            )
        if version < len(MIGRATIONS):
            connection = _migrated_in_memory(connection)
    return Opened(connection, read_only=UserError(_READ_ONLY, path=path))


def _migrated_in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of an older store, in the current version."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with closed_on_error(connection):
        with closing(source):
            source.backup(connection)
        connection.text_factory = source.text_factory
        migrate(connection)
        connection.execute("PRAGMA query_only = ON")
    return connection


def _fault(path: Path) -> str | None:
    """The sentence that says why the file at `path` is not a usable store; None where it is one, or is missing."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return None
    if not path.is_file():
        return _FOREIGN
    return _inspected(path)[0]


def _inspected(path: Path) -> tuple[str | None, int]:
    """The sentence that says what is wrong with the file, if anything is, and its version."""
    try:
        with closing(connect_to_read(path)) as connection:
            return _fault_in(connection, path), version_of(connection)
    except UnicodeDecodeError:  # the message of SQLite's error contains a damaged name
        return _DAMAGED, 0
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return _DAMAGED, 0
        raise


def _fault_in(connection: sqlite3.Connection, path: Path) -> str | None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if application != APPLICATION_ID:
        if names.issuperset(TABLES):
            return _DAMAGED  # the number itself
        # A process that is killed while it makes the store leaves an empty file.
        return _FOREIGN if application or names else None
    version = version_of(connection)
    if version > len(MIGRATIONS):
        return _DAMAGED if _is_changed(connection, version) else _NEWER
    if version and not _has_columns(connection, version):
        return _DAMAGED
    state = path.stat()
    if (path, state.st_ino) in _checked and path not in SUSPECTS:
        return None
    if state.st_size > CHECKED_BYTES and path not in SUSPECTS:
        return None
    check = "integrity_check" if state.st_size <= INTEGRITY_BYTES else "quick_check"
    if connection.execute(f"PRAGMA {check}(1)").fetchone()[0] != "ok":
        return _DAMAGED
    _checked.add((path, state.st_ino))
    return None


def _is_changed(connection: sqlite3.Connection, version: int) -> bool:
    """Whether a version that this program does not know is its own with a changed bit: the columns are its own."""
    return (version ^ len(MIGRATIONS)).bit_count() == 1 and _has_columns(connection, len(MIGRATIONS))


def _has_columns(connection: sqlite3.Connection, version: int) -> bool:
    """Whether the tables have exactly the columns of this version: a changed letter makes another name of one."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for step in MIGRATIONS[:version]:
            step(fresh)
        return all(_columns(connection, table) == _columns(fresh, table) for table in TABLES)


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute(f"PRAGMA table_info({table})").fetchall()


def _rescued(path: Path, target: Path) -> int:
    """Copy the runs that can be read to a new store at `target`; returns how many there are."""
    with closing(connect(target)) as connection:
        migrate(connection)
        with transaction(connection, "BEGIN IMMEDIATE"):
            return rescue_runs(path, connection)


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


def _remove_database(path: Path) -> None:
    for companion in ("-wal", "-shm", "-journal", ""):
        path.with_name(path.name + companion).unlink(missing_ok=True)
