"""Checks what a file claims to hold before the program uses it: the types, the ranges, and what a history may say.

A record states its types and ranges in its annotations (`Count`, `Positive`); nothing is converted. Every refusal is a
`ValueError` with one sentence; a name or a value that the table of hyperparameters refuses is a `UsageError`.
"""

from __future__ import annotations

import math
from dataclasses import fields
from functools import cache
from reprlib import repr as shortened
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from workbench.engine.config.hyperparameters import hyperparameter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change, Range

Record = TypeVar("Record")


@cache
def reader(hint: Any) -> Callable[[object], Any]:
    """The function that returns a value of exactly the type `hint`, and raises `ValueError` for any other value.

    Args:
        hint: a class, one with a `Range` (`Annotated[int, Range(0, 9)]`), or a union of such.
    """
    ranges = _ranges(hint)

    def read(value: Any) -> Any:
        # As fast as can be: ten thousand runs in a list are two hundred thousand values. By class, as True is an int.
        limits: Any = ranges.get(type(value), False)
        if limits is None:
            return value
        if limits is False:
            raise ValueError(f"{shortened(value)} is not {' or '.join(each.__name__ for each in ranges)}")
        if not limits.minimum <= value <= limits.maximum and not (limits.nan and value != value):
            raise ValueError(f"{shortened(value)} is not from {limits.minimum:g} to {limits.maximum:g}")
        return value

    return read


def structure(kind: Callable[..., Record], row: Any) -> Record:
    """The dataclass `kind` that `asdict` made `row` of.

    Raises:
        ValueError: other fields than those of `kind`, or a value that is not of its field's type and range.
    """
    readers = _readers(kind)
    if not isinstance(row, dict) or row.keys() != readers.keys():
        raise ValueError(f"{shortened(row)} does not have the fields {', '.join(readers)}")
    return kind(**{name: read(row[name]) for name, read in readers.items()})


def check_history(history: History, first: int = 0, *, most: float = math.inf) -> None:
    """Check that its parts agree; `structure` has checked each record.

    Args:
        history: its steps from `first` on.
        first: the step its series begin with.
        most: the largest value that its metric can have.

    Raises:
        ValueError: the series differ in length, a metric is not from 0 to `most` (NaN may be), a record lies beyond the
            last step, or an incident went forward.
        UsageError: a change of a hyperparameter, or to a value, that the table does not have; or the refusal of one.
    """
    if len(history.loss) != len(history.metric):
        raise ValueError(f"it has {len(history.loss)} losses and {len(history.metric)} values of its metric")
    metric = history.metric.values()
    tested = [value for each in history.evaluations for value in (each.metric, each.validation_metric or 0.0)]
    if np.any((metric < 0) | (metric > most)) or any(value > most for value in tested):
        raise ValueError(f"a value of its metric is not from 0 to {most:g}")
    length = first + len(history)
    for records in (history.evaluations, history.epoch_starts, history.changes):
        if (last := max((record.step for record in records), default=0)) > length:
            raise ValueError(f"step {last} is beyond the last step, {length}")
    for incident in history.incidents:
        if incident.returned_to > incident.step:
            raise ValueError(f"step {incident.returned_to} is after step {incident.step}, where the run went back")
    check_changes(history.changes)
    for refusal in history.refusals:
        hyperparameter(refusal.name)


def check_changes(changes: Iterable[Change]) -> None:
    """Raise `UsageError` for a change of a hyperparameter, or to a value, that the table does not have."""
    for change in changes:
        for value in (change.old, change.new):
            hyperparameter(change.name).checked(value)


@cache
def _readers(kind: Any) -> dict[str, Callable[[object], Any]]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: reader(hints[field.name]) for field in fields(kind)}


def _ranges(hint: Any) -> dict[type, Range | None]:
    """The classes of which a value may be, each with its range."""
    if get_origin(hint) in (Union, UnionType):
        return {kind: limits for part in get_args(hint) for kind, limits in _ranges(part).items()}
    kind, limits = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
    return {kind: limits}
