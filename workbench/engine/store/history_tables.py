"""Writes the history of a run into the tables of the run store, and reads it from them."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident
from workbench.engine.history.validation import check_changes, check_history, structure

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray

Record = TypeVar("Record", Evaluation, EpochStart, Incident)

CHUNK: Final = 4096
"""Steps in a row of the table `steps`: the last row of a run is written again as steps are added, 32 KB at most."""


@dataclass(frozen=True, slots=True)
class HistoryDelta:
    """A copy of what a history holds at one moment.

    Attributes:
        first: the step its arrays begin with; the steps before it are assumed to be written.
        loss: training losses of the steps from `first` on, shape (n,).
        accuracy: running training accuracies of the same steps, shape (n,).
        length: steps in the history.
        evaluations: all, of the steps up to `length`.
        epoch_starts: all, of the steps up to `length`.
        changes: all, of the steps up to `length`.
        incidents: all.
        seconds: spent training and testing.
    """

    first: int
    loss: NDArray[np.float32]
    accuracy: NDArray[np.float32]
    length: int
    evaluations: tuple[Evaluation, ...]
    epoch_starts: tuple[EpochStart, ...]
    changes: tuple[Change, ...]
    incidents: tuple[Incident, ...]
    seconds: float

    @classmethod
    def of(cls, history: History, seconds: float = 0.0, first: int = 0) -> HistoryDelta:
        """What is in `history` now, its steps from `first` on.

        May be called while another thread adds to it or cuts it. Adding does no harm: all records of a step are added
        before the next step, so everything up to the length that was read first is complete. Where the history was cut
        meanwhile, it is read again.
        """
        while True:
            cuts = history.loss.truncations
            delta = cls._of(history, seconds, first)
            if history.loss.truncations == cuts:
                return delta

    @classmethod
    def _of(cls, history: History, seconds: float, first: int) -> HistoryDelta:
        length = len(history)
        stop = max(length, first)
        return cls(
            first=first,
            loss=history.loss.values(first, stop).copy(),
            accuracy=history.accuracy.values(first, stop).copy(),
            length=length,
            evaluations=tuple(each for each in tuple(history.evaluations) if each.step <= length),
            epoch_starts=tuple(each for each in tuple(history.epoch_starts) if each.step <= length),
            changes=tuple(each for each in tuple(history.changes) if each.step <= length),
            incidents=tuple(history.incidents),
            seconds=seconds,
        )


def write_delta(connection: sqlite3.Connection, run: int, stored: int, delta: HistoryDelta) -> bool:
    """Write what is new in `delta`, inside a transaction of the caller's.

    What is written stays as it is. A history shorter than what is written has gone back: its changes belong to a branch
    that may follow, and only its incidents are written. Changes from the last written step on may still be replaced,
    since no step has used them.

    Args:
        connection: to the store.
        run: the run's number.
        stored: steps of the run that are written.
        delta: what its history holds; it must not begin after step `stored`.

    Returns:
        Whether anything was written.
    """
    wrote = _write_incidents(connection, run, delta)
    if delta.length < stored:
        return wrote
    skipped = stored - delta.first
    _write_steps(connection, run, stored, delta.loss[skipped:], delta.accuracy[skipped:])
    wrote |= delta.length > stored
    wrote |= _write_evaluations(connection, run, delta)
    wrote |= _write_epoch_starts(connection, run, delta)
    wrote |= _write_changes(connection, run, stored, delta)
    return wrote


def read_history(connection: sqlite3.Connection, run: int, first: int = 0) -> History:
    """The history of the run of number `run`, inside a transaction of the caller's.

    Args:
        connection: to the store.
        run: the run's number.
        first: leave out the steps before this one, with their records; all incidents are there in any case.
    """
    history = History()
    rows = connection.execute(
        "SELECT first, loss, accuracy FROM steps WHERE run = ? AND first + count > ? ORDER BY first", (run, first)
    )
    for begin, loss, accuracy in rows:
        skipped = max(first - begin, 0)
        history.loss.extend(_numbers(loss)[skipped:])
        history.accuracy.extend(_numbers(accuracy)[skipped:])
    history.evaluations += _records(connection, Evaluation, "evaluations", run, first, "epoch")
    history.epoch_starts += _records(connection, EpochStart, "epoch_starts", run, first, "epoch")
    history.changes += _changes_from(connection, run, first)
    history.incidents += _records(connection, Incident, "incidents", run, 0, "position")
    check_history(history, first)
    return history


def read_changes(connection: sqlite3.Connection, run: int) -> list[Change]:
    """The journal of the run of number `run`, inside a transaction of the caller's."""
    changes = _changes_from(connection, run, 0)
    check_changes(changes)
    return changes


def update_summary(connection: sqlite3.Connection, run: int, steps: int, seconds: float, revision: int) -> None:
    """Update a run's row in the table `runs` from the other tables, inside the transaction that changed them.

    Args:
        connection: to the store.
        run: the run's number.
        steps: how many are written.
        seconds: spent training and testing.
        revision: the store's new revision (see the table `clock`).
    """
    count, best = connection.execute("SELECT count(*), max(accuracy) FROM evaluations WHERE run = ?", (run,)).fetchone()
    loss, accuracy = connection.execute(
        "SELECT average_loss, accuracy FROM evaluations WHERE run = ? ORDER BY epoch DESC LIMIT 1", (run,)
    ).fetchone() or (_last_loss(connection, run), None)
    connection.execute(
        "UPDATE runs SET steps = ?, epochs = ?, loss = ?, accuracy = ?, best_accuracy = ?, seconds = ?, "
        "changes = (SELECT count(*) FROM changes WHERE run = number), revision = ? WHERE number = ?",
        (steps, count, loss, accuracy, best, seconds, revision, run),
    )


def _write_steps(
    connection: sqlite3.Connection, run: int, stored: int, loss: NDArray[np.float32], accuracy: NDArray[np.float32]
) -> None:
    written = 0
    while written < len(loss):
        first = (stored + written) // CHUNK * CHUNK
        count = min(first + CHUNK - stored - written, len(loss) - written)
        added = slice(written, written + count)
        # Read from the store and written again, not made from memory: what is stored stays what was trained.
        old = connection.execute("SELECT loss, accuracy FROM steps WHERE run = ? AND first = ?", (run, first))
        old_loss, old_accuracy = old.fetchone() or (b"", b"")
        connection.execute(
            "INSERT INTO steps VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, first) DO UPDATE "
            "SET count = excluded.count, loss = excluded.loss, accuracy = excluded.accuracy",
            (
                run,
                first,
                stored + written + count - first,
                old_loss + _bytes(loss[added]),
                old_accuracy + _bytes(accuracy[added]),
            ),
        )
        written += count


def _write_evaluations(connection: sqlite3.Connection, run: int, delta: HistoryDelta) -> bool:
    last = connection.execute("SELECT coalesce(max(epoch), 0) FROM evaluations WHERE run = ?", (run,)).fetchone()[0]
    rows = [
        (run, each.epoch, each.step, _or_null(each.average_loss), _or_null(each.accuracy))
        for each in delta.evaluations
        if each.epoch > last
    ]
    connection.executemany("INSERT INTO evaluations VALUES (?, ?, ?, ?, ?)", rows)
    return bool(rows)


def _write_epoch_starts(connection: sqlite3.Connection, run: int, delta: HistoryDelta) -> bool:
    last = connection.execute("SELECT coalesce(max(epoch), 0) FROM epoch_starts WHERE run = ?", (run,)).fetchone()[0]
    rows = [(run, start.epoch, start.step) for start in delta.epoch_starts if start.epoch > last]
    connection.executemany("INSERT INTO epoch_starts VALUES (?, ?, ?)", rows)
    return bool(rows)


def _write_changes(connection: sqlite3.Connection, run: int, stored: int, delta: HistoryDelta) -> bool:
    settled = sum(change.step < stored for change in delta.changes)
    changes = delta.changes[settled:]
    if _changes_from(connection, run, stored) == list(changes):
        return False
    connection.execute("DELETE FROM changes WHERE run = ? AND step >= ?", (run, stored))
    # Counted again: a settled change that is in the store but not in the history keeps its place.
    first = connection.execute("SELECT count(*) FROM changes WHERE run = ?", (run,)).fetchone()[0]
    connection.executemany(
        "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)",
        [
            (run, first + index, change.step, change.name, json.dumps(change.old), json.dumps(change.new))
            for index, change in enumerate(changes)
        ],
    )
    return True


def _write_incidents(connection: sqlite3.Connection, run: int, delta: HistoryDelta) -> bool:
    written = connection.execute("SELECT count(*) FROM incidents WHERE run = ?", (run,)).fetchone()[0]
    rows = [
        (run, position, incident.step, _or_null(incident.loss), incident.returned_to)
        for position, incident in enumerate(delta.incidents)
        if position >= written
    ]
    connection.executemany("INSERT INTO incidents VALUES (?, ?, ?, ?, ?)", rows)
    return bool(rows)


def _changes_from(connection: sqlite3.Connection, run: int, step: int) -> list[Change]:
    rows = connection.execute(
        "SELECT step, name, old, new FROM changes WHERE run = ? AND step >= ? ORDER BY position", (run, step)
    )
    return [
        structure(Change, {"step": at, "name": name, "old": json.loads(old), "new": json.loads(new)})
        for at, name, old, new in rows
    ]


def _records(
    connection: sqlite3.Connection, kind: type[Record], table: str, run: int, first: int, order: str
) -> list[Record]:
    """The records in a table with a column for each field, from the step `first` on."""
    names = [field.name for field in fields(kind)]
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM {table} WHERE run = ? AND step >= ? ORDER BY {order}", (run, first)
    )
    return [structure(kind, dict(zip(names, map(_or_nan, row), strict=True))) for row in rows]


def _bytes(values: NDArray[np.float32]) -> bytes:
    return values.astype("<f4", copy=False).tobytes()


def _numbers(content: bytes) -> NDArray[np.float32]:
    return np.frombuffer(content, "<f4")


def _last_loss(connection: sqlite3.Connection, run: int) -> float | None:
    row = connection.execute("SELECT loss FROM steps WHERE run = ? ORDER BY first DESC LIMIT 1", (run,)).fetchone()
    return None if row is None else _or_null(float(_numbers(row[0])[-1]))


def _or_null(number: float) -> float | None:
    """`number` as a column stores it: SQLite stores no NaN."""
    return None if math.isnan(number) else number


def _or_nan(value: Any) -> Any:
    return math.nan if value is None else value
