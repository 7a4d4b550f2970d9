"""One run in the table of runs: its texts, its search words and its sort keys."""

from __future__ import annotations

import functools
import math
import re
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.history.durations import duration_text
from workbench.engine.recipe import REGISTRIES
from workbench.ui.text.engine_texts import label_of
from workbench.ui.text.metric_texts import metric_text
from workbench.ui.text.run_texts import (
    Trait,
    loss_text,
    numbered,
    status_text,
    title_of,
    traits_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.engine.recipe import Recipe
    from workbench.engine.store.run_store import RunSummary

Key = tuple[Any, ...] | float | str

LONGEST_KEY: Final = 300
"""Characters of a text that sorting reads; Python refuses to read numbers of thousands of digits."""

_DIGITS = re.compile(r"(\d+)")


class Column(IntEnum):
    """The columns, in the order of the table; the lower-case names are their keys in settings."""

    STAR = 0
    NAME = 1
    WHEN = 2
    SETTINGS = 3
    ACCURACY = 4
    BEST = 5
    LOSS = 6
    STEPS = 7
    TIME = 8
    STATE = 9
    PARENT = 10
    NOTE = 11


NUMBERS: Final = frozenset({Column.ACCURACY, Column.BEST, Column.LOSS, Column.STEPS, Column.TIME})


class Row:
    """A run with its texts, which are made when they are first needed."""

    __slots__ = ("mutable", "search_text", "summary", "texts", "traits")

    def __init__(self, summary: RunSummary) -> None:
        self.update(summary)

    def update(self, summary: RunSummary) -> None:
        """Replace the run by its present summary."""
        self.summary = summary
        self.mutable = mutable_of(summary)
        self.texts: list[str] | None = None
        self.traits: tuple[Trait, ...] | None = None
        self.search_text: str | None = None


def mutable_of(summary: RunSummary) -> tuple[object, ...]:
    """The fields of a stored run that can change; comparing ten thousand whole recipes a second would be too slow."""
    return (
        summary.name,
        summary.note,
        summary.starred,
        summary.status,
        summary.steps,
        summary.epochs,
        summary.loss,
        summary.metric,
        summary.best_metric,
        summary.seconds,
        summary.changes,
    )


def texts_of(summary: RunSummary) -> list[str]:
    """The texts of a row by column; "" for those that depend on more than the run."""
    texts = [""] * len(Column)
    texts[Column.NAME] = _one_line(title_of(summary))
    metric = summary.recipe.task.metric
    texts[Column.ACCURACY] = metric_text(metric, summary.metric)
    texts[Column.BEST] = metric_text(metric, summary.best_metric)
    texts[Column.LOSS] = loss_text(summary.loss)
    texts[Column.STEPS] = f"{summary.steps:,}"
    texts[Column.TIME] = duration_text(summary.seconds)
    texts[Column.STATE] = status_text(summary.status)
    texts[Column.NOTE] = _one_line(summary.note)
    return texts


def joined(traits: Sequence[Trait]) -> str:
    """Settings in one line."""
    return " · ".join(trait.text for trait in traits)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def patterns_of(text: str) -> tuple[re.Pattern[str], ...]:
    """A pattern for each word of `text`; a whole number matches only itself: `run 12` does not find `batch 128`."""
    return tuple(
        re.compile(rf"(?<![\d.]){word}(?![\d.])" if word.isdecimal() else re.escape(word))
        for word in text.casefold().split()
    )


def matches(row: Row, patterns: tuple[re.Pattern[str], ...]) -> bool:
    """Whether each pattern occurs in the run's name, number, settings, state or note."""
    search_text = row.search_text
    if search_text is None:
        search_text = row.search_text = _search_text_of(row.summary)
    return all(pattern.search(search_text) for pattern in patterns)


def _search_text_of(summary: RunSummary) -> str:
    words = (
        summary.name,
        numbered(summary.number),
        _recipe_words(SharedRecipe(summary.recipe)) if summary.problem is None else "",
        status_text(summary.status),
        summary.note,
    )
    return "\n".join(words).casefold()


class SharedRecipe:
    """A recipe as a key of a dictionary: many runs share one recipe, and `hash(recipe)` is computed from its JSON."""

    __slots__ = ("key", "recipe")

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        choices = (getattr(recipe, field) for field in REGISTRIES)
        self.key = (
            *choices,
            recipe.device,
            recipe.source,
            recipe.network,
            recipe.initial_weights,
            *recipe.values.values(),
        )

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharedRecipe) and self.key == other.key


@functools.lru_cache(maxsize=1024)
def _recipe_words(shared: SharedRecipe) -> str:
    recipe = shared.recipe
    labels = (label_of(registry[getattr(recipe, field)]) for field, registry in REGISTRIES.items())
    return "\n".join((*labels, *(trait.text for trait in traits_of(recipe))))


@functools.lru_cache(maxsize=16_384)
def natural(text: str) -> tuple[Any, ...]:
    """A sort key that puts Run 9 before Run 10; () for no text. Texts and numbers alternate, so they never compare."""
    parts = _DIGITS.split(text[:LONGEST_KEY].casefold()) if text else ()
    return tuple(int(part) if place % 2 else part for place, part in enumerate(parts))


def _number(value: float | None) -> float | None:
    # NaN is neither less nor greater than any number: a list that contains one cannot be sorted.
    return None if value is None or math.isnan(value) else value


def _metric_key(summary: RunSummary, value: float | None) -> tuple[bool, float] | None:
    """Errors apart from accuracies, and in both the better one greater: the best runs of a task stand together."""
    if (number := _number(value)) is None:
        return None
    metric = summary.recipe.task.metric
    return metric.is_share, -number if metric.lower_is_better else number


KEYS: Final[dict[Column, Callable[[RunSummary], Key | None]]] = {
    Column.STAR: lambda summary: float(summary.starred),
    Column.NAME: lambda summary: natural(title_of(summary)),
    Column.WHEN: lambda summary: (summary.began, summary.number),
    Column.ACCURACY: lambda summary: _metric_key(summary, summary.metric),
    Column.BEST: lambda summary: _metric_key(summary, summary.best_metric),
    Column.LOSS: lambda summary: _number(summary.loss),
    Column.STEPS: lambda summary: float(summary.steps),
    Column.TIME: lambda summary: summary.seconds,
    Column.STATE: lambda summary: status_text(summary.status),
    Column.NOTE: lambda summary: natural(summary.note) or None,
}
"""The sort key of each column that depends on the run alone; runs without a key (None) come last."""
