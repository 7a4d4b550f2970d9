"""Writes the history of a run into the tables of the run store, each row with its digest."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.history.records import Incident, Origin
from workbench.engine.store.digests import digest_of, is_run_sound

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change, EpochStart, Evaluation, JournalEntry, Refusal

CHUNK: Final = 4096
"""Steps in a row of the table `steps`: the last row of a run is written again as steps are added, 32 KB at most."""

RECORD_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "evaluations": ("epoch", "step", "average_loss", "accuracy", "r2", "validation_loss", "validation_accuracy"),
    "epoch_starts": ("epoch", "step"),
    "changes": ("position", "step", "name", "old", "new", "origin", "time", "note"),
    "incidents": (
        *("position", "step", "loss", "returned_to", "origin", "time", "note"),
        *("name", "value", "reason"),  # of the refusals, which are in this table, too
    ),
}
"""The columns of the tables of records besides the run and the digest; the first orders the records of a run."""
_FIRST_COLUMNS: Final[Mapping[str, int]] = {"evaluations": 4, "changes": 5, "incidents": 4}
"""The columns of tables that there have been from the first version on, where later versions have more."""


@dataclass(frozen=True, slots=True)
class HistoryDelta:
    """A copy of what a history holds at one moment.

    Attributes:
        first: the step its arrays begin with; the steps before it are assumed to be written.
        loss: training losses of the steps from `first` on, shape (n,).
        metric: running within the epoch, of the same steps, shape (n,); the column of the store is called accuracy.
        length: steps in the history.
        evaluations: all, of the steps up to `length`.
        epoch_starts: all, of the steps up to `length`.
        changes: all, of the steps up to `length`.
        incidents: all.
        refusals: all.
        seconds: spent training and testing.
    """

    first: int
    loss: NDArray[np.float32]
    metric: NDArray[np.float32]
    length: int
    evaluations: tuple[Evaluation, ...]
    epoch_starts: tuple[EpochStart, ...]
    changes: tuple[Change, ...]
    incidents: tuple[Incident, ...]
    refusals: tuple[Refusal, ...]
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
            metric=history.metric.values(first, stop).copy(),
            length=length,
            evaluations=tuple(each for each in tuple(history.evaluations) if each.step <= length),
            epoch_starts=tuple(each for each in tuple(history.epoch_starts) if each.step <= length),
            changes=tuple(each for each in tuple(history.changes) if each.step <= length),
            incidents=tuple(history.incidents),
            refusals=tuple(history.refusals),
            seconds=seconds,
        )


class DamagedRowsError(ValueError):
    """What is stored of a run is not as it was written, so nothing can be added to it."""


@dataclass(frozen=True, slots=True)
class RunKey:
    """What its row in the table `runs` says of a run's history.

    Attributes:
        number: of the run.
        id: of the run.
        steps: how many are written; None where the row is damaged.
        counts: for each table of records how many there are; None where a row of an older version does not say it.
        is_older: whether the run began in a version without digests: rows of its history may have none.
    """

    number: int
    id: str
    steps: int | None
    counts: Mapping[str, int | None]
    is_older: bool

    @classmethod
    def of(cls, connection: sqlite3.Connection, number: int) -> RunKey:
        """What the row of the run with this number says."""
        run, steps, epochs, changes, epoch_starts, incidents = connection.execute(
            "SELECT id, steps, epochs, changes, epoch_starts, incidents FROM runs WHERE number = ?", (number,)
        ).fetchone()
        counts = {
            "evaluations": epochs,
            "epoch_starts": epoch_starts,
            "changes": changes,
            "incidents": incidents,
        }
        is_older = epoch_starts is None and incidents is None
        if not is_run_sound(connection, number) or not isinstance(steps, int):
            return cls(number, str(run), None, dict.fromkeys(counts), is_older)
        return cls(number, str(run), steps, counts, is_older)


def write_delta(connection: sqlite3.Connection, run: RunKey, stored: int, delta: HistoryDelta) -> bool:
    """Write what is new in `delta`, inside a transaction of the caller's.

    What is written stays as it is. A history shorter than what is written has gone back: its changes belong to a branch
    that may follow, and only its incidents and refusals are written. Changes from the last written step on may still be
    replaced, since no step has used them.

    Args:
        connection: to the store.
        run: the run.
        stored: steps of the run that are written.
        delta: what its history holds; it must not begin after step `stored`.

    Returns:
        Whether anything was written.

    Raises:
        DamagedRowsError: the steps that it would continue are damaged.
    """
    wrote = _write_incidents(connection, run, delta)
    wrote |= write_refusals(connection, run, delta.refusals)
    if delta.length < stored:
        return wrote
    skipped = stored - delta.first
    _write_steps(connection, run, stored, delta.loss[skipped:], delta.metric[skipped:])
    wrote |= delta.length > stored
    wrote |= _write_evaluations(connection, run, delta)
    wrote |= _write_epoch_starts(connection, run, delta)
    wrote |= _write_changes(connection, run, stored, delta)
    return wrote


def update_summary(connection: sqlite3.Connection, run: int, steps: int, seconds: float, revision: int) -> None:
    """Update a run's row in the table `runs` from the other tables, inside the transaction that changed them.

    Args:
        connection: to the store.
        run: the run's number.
        steps: how many are written.
        seconds: spent training and testing.
        revision: the store's new revision (see the table `clock`).
    """
    count, regressions, lowest, highest = connection.execute(
        "SELECT count(*), count(r2), min(accuracy), max(accuracy) FROM evaluations WHERE run = ?", (run,)
    ).fetchone()
    best = lowest if regressions else highest
    loss, metric = connection.execute(
        "SELECT average_loss, accuracy FROM evaluations WHERE run = ? ORDER BY epoch DESC LIMIT 1", (run,)
    ).fetchone() or (_last_loss(connection, run), None)
    connection.execute(
        "UPDATE runs SET steps = ?, epochs = ?, loss = ?, accuracy = ?, best_accuracy = ?, seconds = ?, "
        "changes = (SELECT count(*) FROM changes WHERE run = number), revision = ? WHERE number = ?",
        (steps, count, loss, metric, best, seconds, revision, run),
    )
    count_later_records(connection, run)


def count_later_records(connection: sqlite3.Connection, run: int) -> None:
    """Count the two kinds of records in a run's row that the first versions did not count.

    A run of such a version is not counted from now on, either.
    """
    for table in ("epoch_starts", "incidents"):
        connection.execute(
            f"UPDATE runs SET {table} = (SELECT count(*) FROM {table} WHERE run = number) "
            f"WHERE number = ? AND {table} IS NOT NULL",
            (run,),
        )


def stored_chunk(run: RunKey, first: int, count: object, loss: object, metric: object, digest: object) -> bool:
    """Whether a row of the table `steps` is as it was written."""
    if digest is None:
        return run.is_older and isinstance(loss, bytes) and isinstance(metric, bytes)
    return digest == digest_of(run.id, "steps", (first, count, loss, metric))


def record_digest(run: str, table: str, values: Sequence[object]) -> bytes:
    """The digest of a row of a table of records, from its values between the run and the digest.

    Columns at the end that are empty are left out: rows keep the digests that they had before there were these columns.
    """
    return digest_of(run, table, _without_empty(values, _FIRST_COLUMNS.get(table, len(values))))


def _without_empty(values: Sequence[object], first: int) -> Sequence[object]:
    """`values` without the empty ones at the end; the `first` ones stay."""
    count = len(values)
    while count > first and values[count - 1] is None:
        count -= 1
    return values[:count]


def _write_steps(
    connection: sqlite3.Connection, run: RunKey, stored: int, loss: NDArray[np.float32], metric: NDArray[np.float32]
) -> None:
    written = 0
    while written < len(loss):
        first = (stored + written) // CHUNK * CHUNK
        count = min(first + CHUNK - stored - written, len(loss) - written)
        added = slice(written, written + count)
        # Read from the store and written again, not made from memory: what is stored stays what was trained.
        old_loss, old_metric = _old_chunk(connection, run, first, stored + written - first)
        values = (
            first,
            stored + written + count - first,
            old_loss + _bytes(loss[added]),
            old_metric + _bytes(metric[added]),
        )
        connection.execute(
            "INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run, first) DO UPDATE "
            "SET count = excluded.count, loss = excluded.loss, accuracy = excluded.accuracy, digest = excluded.digest",
            (run.number, *values, digest_of(run.id, "steps", values)),
        )
        written += count


def _old_chunk(connection: sqlite3.Connection, run: RunKey, first: int, count: int) -> tuple[bytes, bytes]:
    """Losses and accuracies of the `count` steps that are written from step `first` on."""
    if count == 0:
        return b"", b""
    row = connection.execute(
        "SELECT count, loss, accuracy, digest FROM steps WHERE run = ? AND first = ?", (run.number, first)
    ).fetchone()
    if row is None or row[0] != count or not stored_chunk(run, first, *row):
        raise DamagedRowsError(f"its steps from {first} on are damaged")
    return row[1], row[2]


def _write_evaluations(connection: sqlite3.Connection, run: RunKey, delta: HistoryDelta) -> bool:
    last = _last_epoch(connection, run, "evaluations")
    rows = [
        (
            int(each.epoch),
            int(each.step),
            _real(each.average_loss),
            _real(each.metric),
            *map(_real_or_none, (each.r2, each.validation_loss, each.validation_metric)),
        )
        for each in delta.evaluations
        if each.epoch > last
    ]
    return _insert(connection, run, "evaluations", rows)


def _write_epoch_starts(connection: sqlite3.Connection, run: RunKey, delta: HistoryDelta) -> bool:
    last = _last_epoch(connection, run, "epoch_starts")
    rows = [(int(start.epoch), int(start.step)) for start in delta.epoch_starts if start.epoch > last]
    return _insert(connection, run, "epoch_starts", rows)


def _last_epoch(connection: sqlite3.Connection, run: RunKey, table: str) -> int:
    query = f"SELECT coalesce(max(epoch), 0) FROM {table} WHERE run = ?"
    return int(connection.execute(query, (run.number,)).fetchone()[0])


def _write_changes(connection: sqlite3.Connection, run: RunKey, stored: int, delta: HistoryDelta) -> bool:
    settled = sum(change.step < stored for change in delta.changes)
    rows = [
        (int(change.step), change.name, json.dumps(change.old), json.dumps(change.new), *_asked(change))
        for change in delta.changes[settled:]
    ]
    query = "SELECT step, name, old, new, origin, time, note FROM changes WHERE run = ? AND step >= ? ORDER BY position"
    if connection.execute(query, (run.number, stored)).fetchall() == rows:
        return False
    connection.execute("DELETE FROM changes WHERE run = ? AND step >= ?", (run.number, stored))
    # Counted again: a settled change that is in the store but not in the history keeps its place.
    first = connection.execute("SELECT count(*) FROM changes WHERE run = ?", (run.number,)).fetchone()[0]
    _insert(connection, run, "changes", [(first + index, *row) for index, row in enumerate(rows)])
    return True


def _write_incidents(connection: sqlite3.Connection, run: RunKey, delta: HistoryDelta) -> bool:
    count, refused, first = _counted(connection, run)
    new = delta.incidents[count - refused :]
    rows = [(int(each.step), _real(each.loss), int(each.returned_to), *_asked(each), None, None, None) for each in new]
    return _insert(connection, run, "incidents", [(first + index, *row) for index, row in enumerate(rows)])


def write_refusals(connection: sqlite3.Connection, run: RunKey, refusals: Sequence[Refusal]) -> bool:
    """Write the refusals of a run that are not written yet; returns whether there are any."""
    _, refused, first = _counted(connection, run)
    rows = [
        (int(each.step), None, int(each.step), *_asked(each), each.name, each.value, each.reason)
        for each in refusals[refused:]
    ]
    return _insert(connection, run, "incidents", [(first + index, *row) for index, row in enumerate(rows)])


def _counted(connection: sqlite3.Connection, run: RunKey) -> tuple[int, int, int]:
    """The rows of incidents and refusals, which share a table that only grows; those of refusals; the next position."""
    query = "SELECT count(*), count(reason), coalesce(max(position) + 1, 0) FROM incidents WHERE run = ?"
    count, refused, following = connection.execute(query, (run.number,)).fetchone()
    return count, refused, following


def _asked(entry: JournalEntry) -> tuple[str | None, int | None, str | None]:
    """The columns that say who asked for an entry, when, and what the user notes on it."""
    usual = Origin.GUARD if isinstance(entry, Incident) else Origin.NOT_RECORDED
    return None if entry.origin is usual else entry.origin.value, entry.time, entry.note or None


def _insert(connection: sqlite3.Connection, run: RunKey, table: str, rows: Sequence[tuple[object, ...]]) -> bool:
    """Insert rows of a table of records with their digests; returns whether there are any."""
    columns = ", ".join(("run", *RECORD_COLUMNS[table], "digest"))
    for row in rows:
        values = (run.number, *row, record_digest(run.id, table, row))
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
    return bool(rows)


def _bytes(values: NDArray[np.float32]) -> bytes:
    return values.astype("<f4", copy=False).tobytes()


def _last_loss(connection: sqlite3.Connection, run: int) -> float | None:
    row = connection.execute("SELECT loss FROM steps WHERE run = ? ORDER BY first DESC LIMIT 1", (run,)).fetchone()
    return None if row is None else _real(np.frombuffer(row[0], "<f4")[-1])


def _real_or_none(number: float | None) -> float | None:
    return None if number is None else _real(number)


def _real(number: float) -> float | None:
    """`number` as SQLite returns it: it stores no NaN, and no sign of zero."""
    return None if math.isnan(number) else float(number) + 0.0
