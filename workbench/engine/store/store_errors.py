"""Errors of SQLite and the system about the store of runs, as sentences."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from filelock import Timeout

from workbench.engine.errors import UserError, advice_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUSPECTS: Final[set[Path]] = set()
"""Stores in which damage was met since they were opened: they are checked as a whole when they are next opened."""


class StoreLockedError(UserError):
    """Another process holds a lock of the store; it can be used when the lock is released."""


class StoreDamagedError(UserError):
    """SQLite cannot read a part of the store's file."""


@contextmanager
def as_user_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the system about the store at `path` into a sentence.

    Raises:
        UserError: such an error was raised inside.
    """
    try:
        yield
    except sqlite3.Error as error:
        if is_damage(error):
            SUSPECTS.add(path)
        raise _sentence(path, error) from error
    except UnicodeDecodeError as error:  # the message of SQLite's error contains a damaged name
        SUSPECTS.add(path)
        raise _damaged(path) from error
    except Timeout as error:
        raise StoreLockedError(
            "Another window or program holds the lock {lock} of the store of runs: close it.", lock=error.lock_file
        ) from error
    except OSError as error:
        raise UserError(
            "The store of runs {path} cannot be used ({reason}): {advice}.",
            path=path,
            reason=error.strerror or error,
            advice=advice_on(error),
        ) from error


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for an error of the Python module itself."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is not what SQLite wrote."""
    # A changed number of the format in the header has no code of its own.
    return code_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error) == "unsupported file format"


def defect(folder: Path, error: Exception) -> UserError:
    """The sentence for an exception that no reader or writer of the store in `folder` should raise."""
    return UserError(
        "What is trained is not kept whole in the store of runs {path}, because of an unexpected error ({reason}): "
        "save the weights and a checkpoint.",
        path=folder,
        reason=f"{type(error).__name__}: {error}",
    )


def _damaged(path: Path) -> StoreDamagedError:
    return StoreDamagedError(
        "The store of runs {path} is damaged: try again, and what can be read of it is copied to a new one.", path=path
    )


def _sentence(path: Path, error: sqlite3.Error) -> UserError:
    if is_damage(error):
        return _damaged(path)
    match code_of(error):
        case sqlite3.SQLITE_FULL:
            template = "The disk is full, so the store of runs {path} was not written: free some space."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreLockedError(
                "The store of runs {path} is locked by another program: close that program.", path=path
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            template = "The store of runs {path} may not be written: make its folder writable, or choose another."
        case sqlite3.SQLITE_IOERR:
            template = "The disk did not read or write the store of runs {path} ({reason}): check the disk."
        case _:
            template = "The store of runs {path} cannot be used ({reason}): choose another folder."
    return UserError(template, path=path, reason=error)
