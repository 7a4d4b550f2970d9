"""Connections to the store's SQLite file, also on file systems that lack something SQLite wants.

The usual way is a write-ahead log, which readers and a writer may use at once. It needs memory that processes share
through the file system, locks, and fsync. Where one of the first two is refused, the next way in `WAYS` does without
it; without fsync nothing is flushed.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import quote

from workbench.engine.errors import UserError
from workbench.engine.files.file_locks import UNSUPPORTED
from workbench.engine.store.store_errors import code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

BUSY_SECONDS: Final = 5.0
"""How long to wait for another process that is writing: a transaction takes milliseconds."""
DEAD_LOCK_SECONDS: Final = 60.0
"""Age from which a lock made of a folder is taken as left behind by a killed process: a transaction takes far less."""
LOCKS: Final = "locks"
FLUSHING: Final = "flushing"
_unsupported_in: dict[Path, frozenset[str]] = {}
"""Of the folders in which it was tried, what their file systems do not know."""


NO_SHARED_MEMORY: Final = (
    "The file system of the store of runs {path} has no memory that programs share, so they wait for each other there: "
    "runs are kept, but choose a folder on a local disk for more speed."
)
"""For translation in the context `Problems`."""
NO_LOCKS: Final = (
    "The file system of the store of runs {path} has no locks, so a folder beside it takes their place: runs are kept, "
    "but if a program dies while it writes, wait a minute before you use them again."
)
"""For translation in the context `Problems`."""
NO_FLUSHING: Final = (
    "The file system of the store of runs {path} cannot promise that what is written is on the disk: runs are kept, "
    "but a power cut may damage the store. Choose a folder on a local disk to be safe."
)
"""For translation in the context `Problems`."""


@dataclass(frozen=True, slots=True)
class Way:
    """How SQLite uses the file.

    Attributes:
        journal: SQLite's journal mode.
        synchronous: SQLite's setting: how carefully it flushes to the disk.
        locks: SQLite's module for the file system (`vfs`); empty for the usual one, which uses locks of the system.
        lacks: the sentence that says what the file system lacks.
    """

    journal: str
    synchronous: str
    locks: str = ""
    lacks: str = ""


WAYS: Final = (
    # With a write-ahead log, NORMAL keeps the file whole through a power cut; the last second may be lost.
    Way("WAL", "NORMAL"),
    Way("DELETE", "FULL", lacks=NO_SHARED_MEMORY),
    Way("DELETE", "FULL", "unix-dotfile", NO_LOCKS),  # the existence of a folder is the lock
)
WAYS_TO_READ: Final = (
    "mode=ro",
    "mode=ro&vfs=unix-dotfile",  # no locks
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
    return connect_somehow(path, busy_seconds)[0]


def connect_somehow(path: Path, busy_seconds: float | None = None) -> tuple[sqlite3.Connection, list[UserError]]:
    """As `connect`; also returns sentences that say what the file system lacks."""
    seconds = BUSY_SECONDS if busy_seconds is None else busy_seconds
    unsupported = _unsupported(path.parent)
    refused: sqlite3.Error | None = None
    for way in WAYS:
        if LOCKS in unsupported and not way.locks:
            continue
        try:
            connection = _connect(path, way, FLUSHING not in unsupported, seconds)
        except sqlite3.Error as error:
            refused = refused or error
            if not _is_refused_by_file_system(error):
                raise
        else:
            lacks = [way.lacks, NO_FLUSHING if FLUSHING in unsupported else ""]
            return connection, [UserError(template, path=path) for template in lacks if template]
    assert refused is not None
    raise refused


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads, also a file or in a folder that may not be written.

    It changes nothing. A connection that may write applies the log of a damaged file to it, and removes the log, when
    it is closed.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    has_locks = LOCKS not in _unsupported(path.parent)
    for mode in WAYS_TO_READ if has_locks else WAYS_TO_READ[1:]:
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


def _uri(path: Path, options: str) -> str:
    # Of bytes: a name on Linux need not be text in any encoding.
    return f"file:{quote(os.fsencode(path.absolute()))}?{options}"


def _connect_to_read(path: Path, mode: str) -> sqlite3.Connection:
    if "dotfile" in mode:
        _remove_dead_lock(path)
    connection = sqlite3.connect(_uri(path, mode), uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    with closed_on_error(connection):
        _set_up(connection)
        if "unix-none" in mode:
            # The index of the log, which processes share through a file, is then this connection's own.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _connect(path: Path, way: Way, can_flush: bool, busy_seconds: float) -> sqlite3.Connection:
    if way.locks and os.name != "posix":
        raise sqlite3.OperationalError("there is no other way of locking here")
    if way.locks:
        _remove_dead_lock(path)
        connection = sqlite3.connect(
            _uri(path, f"vfs={way.locks}"), uri=True, isolation_level=None, timeout=busy_seconds
        )
    else:
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
    with closed_on_error(connection):
        _set_up(connection)
        if way.journal != "WAL":
            # A file with a write-ahead log can be opened without shared memory only by its one user; a refused way
            # before may have given it the log. Before all that opens the file, as the next line does.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute(f"PRAGMA synchronous = {way.synchronous if can_flush else 'OFF'}")
        connection.execute(f"PRAGMA journal_mode = {way.journal}")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # With the default factory one damaged byte in a text makes the whole query fail, with all other rows.
    connection.text_factory = lambda content: content.decode("utf-8", "replace")


def _is_refused_by_file_system(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith("SQLITE_IOERR") or code_of(error) == sqlite3.SQLITE_PROTOCOL


def _unsupported(folder: Path) -> frozenset[str]:
    """What the file system of `folder` does not know, of `LOCKS` and `FLUSHING`.

    This is tried once for each folder. From SQLite a missing lock is the same error as one that is held, which it waits
    for; and fsync fails only after something was written.
    """
    if folder not in _unsupported_in:
        try:
            _unsupported_in[folder] = frozenset(what for what, use in _USES.items() if not _is_supported(folder, use))
        except OSError:
            return frozenset()  # nothing can be written there at the moment
    return _unsupported_in[folder]


def _lock(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        return
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_supported(folder: Path, use: Callable[[IO[bytes]], object]) -> bool:
    # Never the database itself: to close a file releases all locks that this process holds on it (fcntl(2)).
    probe = folder / f".probe.{secrets.token_hex(8)}.part"
    try:
        with probe.open("xb") as file:
            use(file)
    except OSError as error:
        if error.errno in UNSUPPORTED:
            return False
        raise
    finally:
        with suppress(OSError):
            probe.unlink()
    return True


_USES: Final[Mapping[str, Callable[[IO[bytes]], object]]] = {LOCKS: _lock, FLUSHING: os.fsync}


def _remove_dead_lock(path: Path) -> None:
    lock = path.with_name(f"{path.name}.lock")
    with suppress(OSError):
        if time.time() - lock.stat().st_mtime > DEAD_LOCK_SECONDS:
            lock.rmdir()
