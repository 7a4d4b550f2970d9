"""RunSummary: the summary of a stored run, also of a run that this version cannot read."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.errors import UsageError, UserError
from workbench.engine.history.records import RunIdentity
from workbench.engine.protocol.events import Outcome
from workbench.engine.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SUMMARY_COLUMNS: Final = (
    "id, parent, parent_step, number, name, note, starred, began, recipe, status, steps, epochs, loss, accuracy, "
    "best_accuracy, seconds, changes, environment"
)
"""The columns of the table `runs` that `summary_from` reads."""
_NAMES: Final = tuple(SUMMARY_COLUMNS.split(", "))


class RunStatus(Enum):
    """How a run ended.

    `DIVERGED`: its loss became NaN or infinite (stores of version 1 say `FAILED`). `INTERRUPTED`: its process ended
    without writing a status. `UNREADABLE` is never stored: this version cannot read the row.
    """

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    UNREADABLE = "unreadable"


STATUS_OF_OUTCOME: Final = {
    Outcome.FINISHED: RunStatus.FINISHED,
    Outcome.STOPPED: RunStatus.STOPPED,
    Outcome.DIVERGED: RunStatus.DIVERGED,
    Outcome.FAILED: RunStatus.FAILED,
}

LATEST: Final = 253402214400.0
"""31 December 9999 in seconds since 1970, one day before the last moment of `datetime`: time zones differ."""
LARGEST: Final = 2**53
"""No run has more steps, epochs or changes; a float holds every whole number up to it."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run in a list of runs.

    Attributes:
        identity: which run, and where it comes from.
        number: 1, 2, 3 … in the order in which runs began; never used twice.
        name: given by the user; empty otherwise.
        note: given by the user; empty otherwise.
        starred: whether the user marked it.
        began: seconds since 1970, UTC.
        recipe: its settings; those of the tutorial where `problem` is not None.
        status: how it ended.
        steps: recorded steps.
        epochs: tested epochs.
        loss: the last test loss, else the last training loss; None before the first step.
        accuracy: the last test accuracy, 0 to 1; None before the first test.
        best_accuracy: the highest test accuracy, 0 to 1; None before the first test.
        seconds: spent training and testing.
        changes: number of changes in its journal.
        environment: versions and device with which it was trained.
        problem: why this version cannot read the run; such a run can be named, annotated and deleted, but not
            opened.
    """

    identity: RunIdentity
    number: int
    name: str
    note: str
    starred: bool
    began: float
    recipe: Recipe
    status: RunStatus
    steps: int
    epochs: int
    loss: float | None
    accuracy: float | None
    best_accuracy: float | None
    seconds: float
    changes: int
    environment: Mapping[str, str]
    problem: UserError | None = None


def summary_from(row: Sequence[Any]) -> RunSummary:
    """The summary of a row of `SUMMARY_COLUMNS`; with a `problem` where recipe, status or numbers cannot be read."""
    values = dict(zip(_NAMES, row, strict=True))
    try:
        return _readable(values)
    except UserError as error:
        return _unreadable(values, error)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        reason = str(error) or type(error).__name__
        problem = UsageError("Its row in the store is damaged ({reason}): delete the run.", reason=reason[:200])
        return _unreadable(values, problem)


def no_such_run(run: str) -> UsageError:
    """The error for a run that is not in the store."""
    return UsageError("There is no run {run}: `workbench runs` lists them all.", run=run)


def run_is_locked(number: int) -> UsageError:
    """The error for a run that another process trains."""
    return UsageError(
        "Run {number} is being trained in another window or program: stop it there, or begin a run of your own.",
        number=number,
    )


def cannot_be_read(summary: RunSummary) -> UsageError:
    """The error for opening a run whose row has a `problem`."""
    return UsageError("Run {number} cannot be opened. {reason}", number=summary.number, reason=summary.problem)


def _readable(values: dict[str, Any]) -> RunSummary:
    loss, steps = values["loss"], _count(values["steps"])
    return RunSummary(
        identity=_identity(values),
        number=_count(values["number"]),
        name=_text(values["name"]),
        note=_text(values["note"]),
        starred=bool(values["starred"]),
        began=_within(values["began"], 0.0, LATEST),
        recipe=_recipe(_text(values["recipe"])),
        status=RunStatus(values["status"]),
        steps=steps,
        epochs=_count(values["epochs"]),
        loss=math.nan if loss is None and steps else None if loss is None else _within(loss, -math.inf, math.inf),
        accuracy=_share(values["accuracy"]),
        best_accuracy=_share(values["best_accuracy"]),
        seconds=_within(values["seconds"], 0.0, LATEST),
        changes=_count(values["changes"]),
        environment=_environment(_text(values["environment"])),
    )


def _unreadable(values: dict[str, Any], problem: UserError) -> RunSummary:
    """The summary of a run that cannot be read, with the fields that can."""
    return RunSummary(
        identity=RunIdentity(str(values["id"]), None, None),
        number=values["number"],
        name=_or_else("", _text, values["name"]),
        note=_or_else("", _text, values["note"]),
        starred=bool(values["starred"]),
        began=_or_else(0.0, _within, values["began"], 0.0, LATEST),
        recipe=Recipe(),
        status=RunStatus.UNREADABLE,
        steps=_or_else(0, _count, values["steps"]),
        epochs=_or_else(0, _count, values["epochs"]),
        loss=None,
        accuracy=_or_else(None, _share, values["accuracy"]),
        best_accuracy=_or_else(None, _share, values["best_accuracy"]),
        seconds=_or_else(0.0, _within, values["seconds"], 0.0, LATEST),
        changes=_or_else(0, _count, values["changes"]),
        environment=_or_else(MappingProxyType({}), _environment, values["environment"]),
        problem=problem,
    )


def _or_else(otherwise: Any, read: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return otherwise


def _identity(values: dict[str, Any]) -> RunIdentity:
    parent, step = values["parent"], values["parent_step"]
    return RunIdentity(
        _text(values["id"]), None if parent is None else _text(parent), None if step is None else _count(step)
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise ValueError(f"{value!r} is no count")
    return value


def _share(value: Any) -> float | None:
    return None if value is None else _within(value, 0.0, 1.0)


def _within(value: Any, minimum: float, maximum: float) -> float:
    if not isinstance(value, int | float) or not minimum <= value <= maximum:
        raise ValueError(f"{value!r} is not from {minimum:g} to {maximum:g}")
    return float(value)


@lru_cache(maxsize=1024)
def _recipe(text: str) -> Recipe:
    """Cached: many runs of one user have the same recipe, and parsing it is most of the work of a summary."""
    return Recipe.from_json(text)


@lru_cache(maxsize=1024)
def _environment(text: str) -> Mapping[str, str]:
    content = json.loads(text)
    if not isinstance(content, dict):
        raise TypeError("the environment is no dictionary")
    return MappingProxyType({name: str(value) for name, value in content.items()})
