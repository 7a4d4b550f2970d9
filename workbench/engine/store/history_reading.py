"""Reads the history of a run from the tables of the run store, and finds what is damaged."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.engine.errors import UsageError, UserError
from workbench.engine.history.history import History
from workbench.engine.history.journal_entries import entry_from
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, Refusal
from workbench.engine.history.validation import check_changes, check_history, structure
from workbench.engine.store.history_tables import CHUNK, RECORD_COLUMNS, RunKey, record_digest, stored_chunk
from workbench.engine.store.run_summary import DAMAGE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence


class DamagedRunError(UsageError):
    """The history of a stored run is damaged.

    Args:
        number: of the run.
        step: the first step that may be wrong or missing.
        history: what was recorded before that step.
    """

    def __init__(self, number: int, step: int, history: History) -> None:
        super().__init__(
            "Run {number} cannot be opened, since it is damaged in the store from step {step:,} on: only the steps "
            "before it can be shown. Put a copy of the store back if you have one.",
            number=number,
            step=step,
        )
        self.step = step
        self.history = history


def read_history(connection: sqlite3.Connection, run: RunKey, first: int = 0) -> History:
    """The history of a run, inside a transaction of the caller's.

    Args:
        connection: to the store.
        run: the run.
        first: leave out the steps before this one, with their records; all incidents are there in any case.

    Raises:
        DamagedRunError: it is not as it was written.
        UserError, ValueError: what was written is no history.
    """
    history = History()
    damaged_from = _read_steps(connection, run, first, history)
    stays: list[Incident | Refusal] = []  # what stays when the run goes back
    tables: list[tuple[str, list[Any], int]] = [
        ("evaluations", history.evaluations, first),
        ("epoch_starts", history.epoch_starts, first),
        ("changes", history.changes, first),
        ("incidents", stays, 0),
    ]
    for table, records, since in tables:
        damaged_from = min(damaged_from, _read_records(connection, run, table, since, records))
    history.incidents += [each for each in stays if isinstance(each, Incident)]
    history.refusals += [each for each in stays if isinstance(each, Refusal)]
    if damaged_from < math.inf:
        step = max(int(damaged_from), first)
        raise DamagedRunError(run.number, step, _before(history, step, first))
    check_history(history, first)
    return history


def read_changes(connection: sqlite3.Connection, run: RunKey) -> list[Change]:
    """The journal of a run, inside a transaction of the caller's.

    Raises:
        DamagedRunError: it is not as it was written.
        UserError, ValueError: what was written is no journal.
    """
    changes: list[Change] = []
    damaged_from = _read_records(connection, run, "changes", 0, changes)
    if damaged_from < math.inf:
        raise DamagedRunError(run.number, int(damaged_from), History())
    check_changes(changes)
    return changes


def _read_steps(connection: sqlite3.Connection, run: RunKey, first: int, history: History) -> float:
    """Append the steps from `first` on to `history`; returns the first damaged one, infinity where there is none."""
    expected = first // CHUNK * CHUNK
    rows = connection.execute(
        "SELECT first, count, loss, accuracy, digest FROM steps WHERE run = ? AND first >= ? ORDER BY first",
        (run.number, expected),
    )
    for begin, count, *series, digest in rows:
        try:
            if begin != expected or not stored_chunk(run, begin, count, series[0], series[1], digest):
                return expected
            loss, metric = (np.frombuffer(content, "<f4") for content in series)
            if not len(loss) == len(metric) == count:
                return expected
        except DAMAGE:
            return expected
        skipped = max(first - begin, 0)
        history.loss.extend(loss[skipped:])
        history.metric.extend(metric[skipped:])
        expected += count
    # Of a step that is not there yet, nothing is wrong.
    return math.inf if run.steps is None or run.steps <= max(expected, first) else expected


def _read_records(connection: sqlite3.Connection, run: RunKey, table: str, first: int, records: list[Any]) -> float:
    """Append the records from step `first` on to `records`.

    Returns:
        The step from which they may be wrong or missing: that of the last record before; infinity where all are there.
    """
    good: float = first
    count = 0
    columns = RECORD_COLUMNS[table]
    query = f"SELECT {', '.join(columns)}, digest FROM {table} WHERE run = ? ORDER BY {columns[0]}"
    for *values, digest in connection.execute(query, (run.number,)):
        try:
            if digest != record_digest(run.id, table, values) and not (digest is None and run.is_older):
                return good
            record = record_in(table, values)
        except (UserError, *DAMAGE):
            return good
        count += 1
        if record.step >= first:
            records.append(record)
            good = max(good, record.step)
    wanted = run.counts[table]
    return math.inf if wanted is None or wanted == count else good


def record_in(table: str, values: Sequence[Any]) -> Change | EpochStart | Evaluation | Incident | Refusal:
    """The record in a row of `RECORD_COLUMNS`.

    Raises:
        ValueError, TypeError: the row holds none.
    """
    row = dict(zip(RECORD_COLUMNS[table], values, strict=True))
    row.pop("position", None)
    for name in ("origin", "note"):  # NULL where it is the usual one
        if row.get(name, "") is None:
            del row[name]
    if table == "changes":
        return entry_from(Change, {**row, "old": json.loads(row["old"]), "new": json.loads(row["new"])})
    if table == "incidents":
        refused = {name: row.pop(name) for name in ("name", "value", "reason")}
        loss, returned_to = row.pop("loss"), row.pop("returned_to")
        if refused["reason"] is not None:
            return entry_from(Refusal, {**row, **refused})
        return entry_from(Incident, {**row, "loss": math.nan if loss is None else loss, "returned_to": returned_to})
    if table == "evaluations":
        row["metric"] = row.pop("accuracy")
        optional = {"r2": row.pop("r2"), "validation_loss": row.pop("validation_loss")}
        metric = row.pop("validation_accuracy")
        if metric is None and optional["validation_loss"] is not None:
            metric = math.nan
        return structure(Evaluation, {**_with_nan(row), **optional, "validation_metric": metric})
    return structure(EpochStart, row)


def _with_nan(row: Mapping[str, Any]) -> dict[str, Any]:
    """`row` with NaN, which SQLite does not store."""
    return {name: math.nan if value is None else value for name, value in row.items()}


def _before(history: History, step: int, first: int) -> History:
    """What `history`, whose series begin with step `first`, holds of the steps before `step`."""
    kept = History()
    kept.loss.extend(history.loss.values(0, max(step - first, 0)))
    kept.metric.extend(history.metric.values(0, max(step - first, 0)))
    last = first + len(kept)
    kept.evaluations += [each for each in history.evaluations if each.step <= last]
    kept.epoch_starts += [start for start in history.epoch_starts if start.step < last]
    kept.changes += [change for change in history.changes if change.step < last]
    kept.incidents += [incident for incident in history.incidents if incident.step <= last]
    kept.refusals += [refusal for refusal in history.refusals if refusal.step <= last]
    return kept
