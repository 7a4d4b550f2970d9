"""The lessons: ready-made experiments, one TOML file each in `resources/lessons`."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.config.hyperparameters import TABLE, Section
from workbench.engine.data.datasets import BUILT_IN, DATASETS
from workbench.engine.errors import UsageError
from workbench.engine.paths import resource_path
from workbench.engine.recipe import REGISTRIES, Recipe, defaults_for, names_for
from workbench.engine.teaching.checks import LessonCheck, why_not_valid
from workbench.engine.teaching.texts import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.teaching.texts import Table, Text

PHOTOGRAPHS: Final = (DATASETS.default, BUILT_IN)
"""The data sets that lessons use: the whole of Fashion-MNIST, or its built-in part."""


@dataclass(frozen=True, slots=True)
class LessonRun:
    """A run of a lesson.

    Attributes:
        name: what it is called beside the other runs of the lesson.
        choices: names of rows by registry, where they are not the tutorial's.
        values: hyperparameters, where they are not the defaults of the choices.
    """

    name: Text
    choices: Mapping[str, str]
    values: Mapping[str, Value]

    def recipe(self, dataset: str, device: str, kept: Mapping[str, Value]) -> Recipe:
        """The settings of the run; what the lesson does not name is as in the tutorial.

        Args:
            dataset: of `PHOTOGRAPHS`.
            device: to train on.
            kept: values of the present settings; of these only what decides the speed is kept.
        """
        choices = {name: registry.default for name, registry in REGISTRIES.items()}
        choices |= {"dataset": dataset, **self.choices}
        speed = {name: kept[name] for name in names_for(choices) if name in kept and TABLE[name].section in _SPEED}
        return Recipe.of(choices, {**defaults_for(choices), **speed, **self.values}, device)


_SPEED: Final = (Section.SPEED,)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson.

    Attributes:
        key: the name of its file.
        order: of the list of lessons.
        title: a few words.
        aim: what it shows, in a sentence or two.
        watch: what to look at while it runs.
        is_small: whether it needs few images, so that it takes the built-in part of the data.
        is_few: whether it is the experiment with a few samples, and not a run.
        runs: what it trains, one after another.
        checks: what should be seen.
    """

    key: str
    order: int
    title: Text
    aim: Text
    watch: Text
    is_small: bool
    is_few: bool
    runs: tuple[LessonRun, ...]
    checks: tuple[LessonCheck, ...]

    def dataset(self, chosen: str, *, default_is_here: bool) -> str:
        """The data set to train on.

        Args:
            chosen: the present choice, which is kept where it fits.
            default_is_here: whether the whole of Fashion-MNIST need not be fetched.
        """
        if self.is_small:
            return BUILT_IN
        if chosen in PHOTOGRAPHS:
            return chosen
        return DATASETS.default if default_is_here else BUILT_IN


@functools.cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons in their order; read once.

    Raises:
        TextError: a file is damaged.
    """
    files = sorted(resource_path("lessons").glob("*.toml"))
    return tuple(sorted((read_lesson(file) for file in files), key=lambda lesson: lesson.order))


def read_lesson(path: Path) -> Lesson:
    """Read one file.

    Raises:
        TextError: it cannot be read, or an entry is missing, unknown, malformed or not allowed by the table.
    """
    return read_table(path, lambda table: _lesson(path.stem, table))


def _lesson(key: str, table: Table) -> Lesson:
    runs = tuple(_run(each) for each in table.tables("runs"))
    if not runs:
        raise table.error("runs", "is missing")
    return Lesson(
        key,
        table.take("order", int),
        table.text("title"),
        table.text("aim"),
        table.text("watch"),
        table.take("is_small", bool, default=False),
        table.take("is_few", bool, default=False),
        runs,
        tuple(_check(each, len(runs)) for each in table.tables("checks")),
    )


def _run(table: Table) -> LessonRun:
    run = LessonRun(table.text("name"), table.take("choices", dict, {}), table.take("values", dict, {}))
    try:
        run.recipe(BUILT_IN, "cpu", {})
    except UsageError as problem:
        raise table.error("values", f"are not allowed: {problem}") from None
    table.end()
    return run


def _check(table: Table, run_count: int) -> LessonCheck:
    check = LessonCheck(
        table.take("kind", str),
        tuple(table.take("runs", list, [0])),
        table.take("bound", float, 0.0),
        table.text("claim"),
        table.text("seen"),
        table.text("not_seen"),
    )
    if problem := why_not_valid(check, run_count):
        raise table.error("kind", f"is not possible: {problem}")
    table.end()
    return check
