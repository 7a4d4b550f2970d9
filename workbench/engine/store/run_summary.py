"""RunSummary: the summary of a stored run, also of a run that this version cannot read."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

from workbench.engine.errors import UsageError, UserError
from workbench.engine.history.records import Count, Positive, Range, RunIdentity
from workbench.engine.history.validation import reader
from workbench.engine.protocol.events import Outcome
from workbench.engine.recipe import Recipe
from workbench.engine.store.digests import RUN_COLUMNS, is_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


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
Moment = Annotated[float, Range(0.0, LATEST)]
DAMAGE: Final = (TypeError, ValueError, OverflowError, RecursionError)
"""What a damaged row makes its readers raise."""


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
        metric: of the last test (see `tasks`): the accuracy, 0 to 1, or the mean absolute error; None before that.
        best_metric: the best of all tests; None before the first.
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
    metric: float | None
    best_metric: float | None
    seconds: float
    changes: int
    environment: Mapping[str, str]
    problem: UserError | None = None


def summary_from(row: Sequence[Any]) -> RunSummary:
    """The summary of a row of `SUMMARY_COLUMNS`; with a `problem` where it is damaged or of another version."""
    read: dict[str, Any] = {}
    fault: Exception | None = None
    # The columns that the digest covers besides these follow them.
    for (name, (read_value, otherwise)), value in zip(_READERS.items(), row, strict=False):
        try:
            read[name] = read_value(value)
        except (UserError, *DAMAGE) as error:
            read[name] = otherwise
            fault = fault or error
    # A reader of a changed recipe asks for another file, which is no help here.
    if not is_sound(row[:-1], row[-1]) and (fault is None or isinstance(fault, UserError)):
        fault = ValueError("its values are not those that were written")
    identity = RunIdentity(read.pop("id"), read.pop("parent"), read.pop("parent_step"))
    if fault is not None:
        run, number = row[:2]
        read |= {
            "number": number if isinstance(number, int) else 0,
            "recipe": Recipe(),
            "status": RunStatus.UNREADABLE,
            "loss": None,
        }
        return RunSummary(RunIdentity(str(run)), **read, problem=_problem(fault))
    if read["loss"] is None and read["steps"]:
        read["loss"] = math.nan
    return RunSummary(identity, **read)


def no_such_run(run: str) -> UsageError:
    """The error for a run that is not in the store."""
    return UsageError("There is no run {run}: `workbench runs` lists them all.", run=run)


def run_is_locked(number: int) -> UsageError:
    """The error for a run that another process trains."""
    return UsageError(
        "Run {number} is being trained in another window or program: stop it there, or begin a run of your own.",
        number=number,
    )


def cannot_be_read(number: int, error: Exception) -> UsageError:
    """The error for opening a run whose row or history made a reader raise `error`, or has it as its `problem`."""
    return UsageError("Run {number} cannot be opened. {reason}", number=number, reason=_problem(error))


def is_damaged(number: int, error: Exception) -> UsageError:
    """The error for a run that is not written any further: what is stored of it made a writer raise `error`."""
    return UsageError(
        "Run {number} is damaged in the store ({reason}), so what is trained here is not kept: save the weights and a "
        "checkpoint.",
        number=number,
        reason=error,
    )


def _problem(error: Exception) -> UserError:
    if isinstance(error, UserError):
        return error
    reason = str(error) or type(error).__name__
    return UsageError("Its row in the store is damaged ({reason}): delete the run.", reason=reason[:200])


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


_READERS: Final[Mapping[str, tuple[Callable[[Any], Any], Any]]] = {
    "id": (reader(str), None),
    "number": (reader(Count), None),
    "parent": (reader(str | None), None),
    "parent_step": (reader(Count | None), None),
    "name": (reader(str), ""),
    "note": (reader(str), ""),
    "starred": (bool, False),
    "began": (reader(Moment), 0.0),
    "recipe": (_recipe, None),
    "status": (RunStatus, None),
    "steps": (reader(Count), 0),
    "epochs": (reader(Count), 0),
    "loss": (reader(float | None), None),
    "metric": (reader(Positive | None), None),
    "best_metric": (reader(Positive | None), None),
    "seconds": (reader(Moment), 0.0),
    "changes": (reader(Count), 0),
    "environment": (_environment, MappingProxyType({})),
}
"""For each column: the function that reads it, and what a run that cannot be read has instead."""
SUMMARY_COLUMNS: Final = ", ".join((*RUN_COLUMNS, "digest"))
"""The columns of the table `runs` that `summary_from` reads."""
