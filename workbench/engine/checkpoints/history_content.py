"""The history of a run in a checkpoint: columns of numbers, of which torch reads millions at once."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

import torch

from workbench.engine.checkpoints.earlier_versions import present_evaluation
from workbench.engine.files.pickle_values import RefusedError
from workbench.engine.history.history import History
from workbench.engine.history.journal_entries import ASKED, asked_columns, entry_from, with_asked
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, Refusal
from workbench.engine.history.validation import check_history, reader, structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from torch import Tensor

    from workbench.engine.history.journal_entries import Entry
    from workbench.engine.history.records import JournalEntry

FLOATS: Final = ("average_loss", "metric", "r2", "validation_loss", "validation_metric", "loss")
"""The fields of records that are not whole numbers."""
MOST_RECORDED: Final = 1 << 27
"""Bytes of the history in a file; fifteen million steps fit in. The state beside it is bounded with the whole file."""


def history_content(history: History) -> dict[str, Any]:
    """What stands for `history` in a file."""
    length = len(history)
    return {
        "loss": _as_tensor(history.loss.values(0, length)),
        "metric": _as_tensor(history.metric.values(0, length)),
        "evaluations": _columns(Evaluation, history.evaluations),
        "epoch_starts": _columns(EpochStart, history.epoch_starts),
        "changes": [_without_asked(change) for change in history.changes],
        "incidents": _columns(Incident, history.incidents),
        "refusals": [_without_asked(refusal) for refusal in history.refusals],
        "asked": {
            name: _with_tensors(asked_columns(getattr(history, name))) for name in ("changes", "incidents", "refusals")
        },
    }


def read_history(content: dict[str, Any], most: float) -> History:
    """The history in a file, checked.

    Args:
        content: what stands there.
        most: the highest value of the metric.

    Raises:
        RefusedError: it is too long. Other errors mean that it is damaged.
    """
    if is_too_long(content):
        raise RefusedError("its history is too long")
    history = History()
    for series, name in ((history.loss, "loss"), (history.metric, "metric")):
        # Before version 3 every run was a classification.
        tensor = reader(torch.Tensor)(content["accuracy" if name not in content else name])
        if tensor.dtype is not torch.float32 or tensor.ndim != 1:
            raise ValueError(tensor)
        series.extend(tensor.numpy())
    history.evaluations += [structure(Evaluation, present_evaluation(row)) for row in _rows(content["evaluations"])]
    history.epoch_starts += [structure(EpochStart, row) for row in _rows(content["epoch_starts"])]
    history.changes += _entries(Change, content, "changes", content["changes"])
    history.incidents += _entries(Incident, content, "incidents", _rows(content["incidents"]))
    history.refusals += _entries(Refusal, content, "refusals", content.get("refusals", []))
    check_history(history, most=most)
    return history


def is_too_long(content: dict[str, Any]) -> bool:
    """Whether this history is more than a file holds."""
    return recorded_bytes(content) > MOST_RECORDED


def recorded_bytes(content: Any) -> int:
    """The bytes of the tensors in dicts and lists."""
    if isinstance(content, torch.Tensor):
        return content.nbytes
    entries = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return sum(map(recorded_bytes, entries))


def _columns(kind: type, records: Sequence[object]) -> dict[str, Tensor]:
    """The fields of `records`, dataclasses of numbers, as one tensor for each."""
    names = [field.name for field in fields(kind) if field.name not in ASKED]
    columns = {name: [getattr(record, name) for record in records] for name in names}
    return {
        name: torch.tensor(values, dtype=torch.float64 if name in FLOATS else torch.int64)
        for name, values in columns.items()
        if None not in values  # R² of a classification, validation without a share for it
    }


def _without_asked(entry: JournalEntry) -> dict[str, Any]:
    return {name: value for name, value in asdict(entry).items() if name not in ASKED}


def _with_tensors(asked: dict[str, Any]) -> dict[str, Any]:
    return {**asked, **{name: torch.tensor(asked[name], dtype=torch.int64) for name in ("origin", "time")}}


def _as_tensor(values: np.ndarray) -> Tensor:
    return torch.from_numpy(values.copy())


def _entries(kind: type[Entry], content: dict[str, Any], name: str, rows: Iterable[Any]) -> list[Entry]:
    if "refusals" in content:  # since version 6
        asked = content["asked"][name]
        columns = {column: reader(torch.Tensor)(asked[column]).tolist() for column in ("origin", "time")}
        rows = with_asked(rows, {**asked, **columns})
    return [entry_from(kind, row) for row in rows]


def _rows(content: Any) -> Iterable[dict[str, Any]]:
    """The rows of `_columns`; version 1 has them as a list."""
    if isinstance(content, list):
        return content
    columns = [reader(torch.Tensor)(column) for column in content.values()]
    if any(column.ndim != 1 for column in columns):
        raise ValueError("a column is not a row of numbers")
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return (dict(zip(content, row, strict=True)) for row in rows)
