"""What is to be predicted: whether values of a label are classes or numbers, and which classes there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.tasks import Task
from workbench.engine.errors import UsageError, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.data.data_source import DataSource

MOST_NUMBER_CLASSES: Final = 20
"""More different whole numbers are taken for measured ones, unless the user says that they are classes."""
MOST_CLASSES: Final = 10_000


def task_of(values: np.ndarray | Sequence[str], source: DataSource, name: str) -> Task:
    """Whether the label `name` has classes or numbers: what the user chose, else what its values suggest.

    Raises:
        UserError: it was chosen to have numbers and has texts.
    """
    is_number = isinstance(values, np.ndarray)
    if source.task is not None:
        task = Task(source.task)
        if task is Task.REGRESSION and not is_number:
            raise UsageError(
                "The label {name} of {path} has texts, so it is not for regression: choose classification, or another "
                "label.",
                name=name,
                path=source.path,
            )
        return task
    if not isinstance(values, np.ndarray):
        return Task.CLASSIFICATION
    distinct = np.unique(values)
    is_whole = bool(np.all(distinct == np.floor(distinct)))
    few = len(distinct) <= MOST_NUMBER_CLASSES and len(distinct) * 2 <= len(values)
    # 0, 1, 2 … with many samples each, under the name of a class, are a set of many classes.
    numbered = (
        name.lower() in ("label", "class", "labels", "y_train", "train_labels", "y")
        and len(distinct) * 10 <= len(values)
        and len(distinct) - 1 == distinct[-1] - distinct[0]
        and distinct[0] in (0, 1)
    )
    return Task.CLASSIFICATION if is_whole and (few or numbered) else Task.REGRESSION


def classes_of(
    values: np.ndarray | Sequence[str], source: DataSource, name: str, names: Sequence[str] = ()
) -> tuple[tuple[str, ...], np.ndarray]:
    """The names of the classes and the label of each sample (N,) int64.

    Args:
        values: of the label: numbers (N,) or texts.
        source: for sentences.
        name: of the label.
        names: of the classes 0, 1, 2 … where the files say them.

    Raises:
        UserError: there are too many classes.
    """
    distinct, labels = np.unique(np.asarray(values), return_inverse=True)
    if len(distinct) > MOST_CLASSES or (len(distinct) > MOST_NUMBER_CLASSES and len(distinct) * 2 > len(labels)):
        raise UserError(
            "The label {name} of {path} has {count:,} different values in {rows:,} rows, which are no classes: choose "
            "another label.",
            name=name,
            path=source.path,
            count=len(distinct),
            rows=len(labels),
        )
    if names and np.array_equal(distinct, np.arange(len(names))):
        return tuple(names), labels.astype(np.int64)
    return tuple(class_name(value) for value in distinct.tolist()), labels.astype(np.int64)


def class_name(value: str | float) -> str:
    """What a class is called: the text, or the number without a useless point."""
    if isinstance(value, str):
        return value[:100] or "(empty)"
    return str(int(value)) if value == int(value) else f"{value:g}"
