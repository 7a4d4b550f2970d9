"""Digests of rows: they find a changed bit, which SQLite's own checks do not look for.

Each row of the table `runs` and of the tables of a history has one; those of versions 1 and 2 have none, and are
accepted without. A digest finds accidents, not attacks.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

DIGEST_BYTES: Final = 8
RUN_COLUMNS: Final = (
    *("id", "number", "parent", "parent_step", "name", "note", "starred", "began", "recipe", "status", "steps"),
    *("epochs", "loss", "accuracy", "best_accuracy", "seconds", "changes", "environment"),
    *("owner", "deleted", "epoch_starts", "incidents"),
)
"""The columns of the table `runs` that its digest covers: all but the digest and `revision`, which counts changes."""
_SELECTED: Final = ", ".join(RUN_COLUMNS)


def digest_of(run: str, table: str, values: Iterable[object]) -> bytes:
    """The digest of a row.

    Args:
        run: the id of the run; a row that a changed bit gives to another run is then found, too.
        table: its name.
        values: the row's values as SQLite returns them: numbers, texts, bytes and None.
    """
    hasher = hashlib.blake2b(f"{table} {run}".encode("utf-8", "replace"), digest_size=DIGEST_BYTES)
    for value in values:
        if isinstance(value, bytes):
            hasher.update(b"|%d:" % len(value))
            hasher.update(value)
        else:
            hasher.update(f"|{value!r}".encode("utf-8", "replace"))
    return hasher.digest()


def is_sound(row: Sequence[Any], digest: object) -> bool:
    """Whether the row of `RUN_COLUMNS` has this digest; one of an older version has none."""
    return digest is None or digest == digest_of(str(row[0]), "runs", row)


@contextmanager
def resealed(connection: sqlite3.Connection, runs: Iterable[int]) -> Iterator[None]:
    """A block that changes the rows of these runs (by number), which then get new digests.

    A row that was damaged before keeps its digest, so that it is still found to be damaged.
    """
    sound = [number for number in runs if is_run_sound(connection, number)]
    yield
    for number in sound:
        if (row := _row(connection, number)) is not None:
            digest = digest_of(str(row[0]), "runs", row[:-1])
            connection.execute("UPDATE runs SET digest = ? WHERE number = ?", (digest, number))


def is_run_sound(connection: sqlite3.Connection, number: int) -> bool:
    """Whether the row of this run is as it was written; True where there is none yet."""
    row = _row(connection, number)
    return row is None or is_sound(row[:-1], row[-1])


def _row(connection: sqlite3.Connection, number: int) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = connection.execute(
        f"SELECT {_SELECTED}, digest FROM runs WHERE number = ?", (number,)
    ).fetchone()
    return row
