"""What the run store tells about a run in one line."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.errors import UsageError
from workbench.engine.history.records import RunIdentity
from workbench.engine.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SUMMARY_COLUMNS: Final = (
    "id, parent, parent_step, number, name, note, starred, began, recipe, status, steps, epochs, loss, accuracy, "
    "best_accuracy, seconds, changes, environment"
)
"""What `summary_from` reads, of the table `runs`."""


class RunStatus(Enum):
    """What became of a run; `INTERRUPTED`: its process ended without saying so."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run in a list of runs.

    Attributes:
        identity: which run, and where it comes from.
        number: 1, 2, 3 … in the order runs began; never given twice.
        name: given by a person; empty otherwise.
        note: likewise.
        starred: whether a person marked it.
        began: seconds since 1970, UTC.
        recipe: what it trains.
        status: what became of it.
        steps: recorded.
        epochs: tested.
        loss: the last test loss, else the last training loss; None before the first step.
        accuracy: the last test accuracy, 0 to 1; None before the first test.
        best_accuracy: likewise, the highest.
        seconds: spent training and testing.
        changes: in its journal.
        environment: on what it was trained.
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


def summary_from(row: Sequence[Any]) -> RunSummary:
    """The run in a row of `SUMMARY_COLUMNS`.

    Raises:
        UsageError: its recipe is one that this program does not understand.
    """
    (run, parent, parent_step, number, name, note, starred, began, recipe, status, steps, epochs, loss) = row[:13]
    accuracy, best_accuracy, seconds, changes, environment = row[13:]
    return RunSummary(
        identity=RunIdentity(run, parent, parent_step),
        number=number,
        name=name,
        note=note,
        starred=bool(starred),
        began=began,
        recipe=_recipe(recipe),
        status=RunStatus(status),
        steps=steps,
        epochs=epochs,
        loss=math.nan if loss is None and steps else loss,
        accuracy=accuracy,
        best_accuracy=best_accuracy,
        seconds=seconds,
        changes=changes,
        environment=_environment(environment),
    )


def summary_or_none(row: Sequence[Any]) -> RunSummary | None:
    """As `summary_from`; None where the recipe is not understood."""
    try:
        return summary_from(row)
    except UsageError:
        return None


def unknown(run: str) -> UsageError:
    """The sentence for a run that the store does not have."""
    return UsageError("There is no run {run}: `workbench runs` lists them all.", run=run)


def taken(number: int) -> UsageError:
    """The sentence for a run that another process trains."""
    return UsageError(
        "Run {number} is being trained in another window or program: stop it there, or begin a run of your own.",
        number=number,
    )


@lru_cache(maxsize=1024)
def _recipe(text: str) -> Recipe:
    """Kept, since many runs of one person have the same, and reading one is most of the work of a summary."""
    return Recipe.from_json(text)


@lru_cache(maxsize=1024)
def _environment(text: str) -> Mapping[str, str]:
    return MappingProxyType(json.loads(text))
