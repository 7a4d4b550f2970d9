"""What the settings hold at first, and which remembered values they take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.engine.config.hyperparameters import TABLE, defaults
from workbench.engine.config.tasks import Task
from workbench.engine.errors import UsageError
from workbench.engine.optim.losses import losses_for
from workbench.engine.recipe import OF_CHOICES, REGISTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.engine.config.hyperparameters import Value


def shared_names() -> tuple[str, ...]:
    """The hyperparameters that belong to no choice."""
    return tuple(name for name, row in TABLE.items() if row.of_choice is None)


def own_defaults() -> dict[str, dict[str, dict[str, Value]]]:
    """For each of `OF_CHOICES` and each row of its registry, a value for every hyperparameter the row accepts."""
    return {
        choice: {row.name: defaults(row.accepts, row.defaults) for row in REGISTRIES[choice]} for choice in OF_CHOICES
    }


def default_losses() -> dict[Task, str]:
    """The loss of each task."""
    return {task: losses_for(task)[0] for task in Task}


def dictionary(value: object) -> dict[Any, Any]:
    """`value` if it is a dictionary, else an empty one."""
    return value if isinstance(value, dict) else {}


def allowed(stored: object, names: Iterable[str]) -> dict[str, Value]:
    """The values of `names` in `stored` that the table allows."""
    values: dict[str, Value] = {}
    for name in names:
        try:
            values[name] = TABLE[name].checked(dictionary(stored)[name])
        except (KeyError, UsageError, OverflowError):
            continue
    return values


def allowed_losses(stored: object) -> dict[Task, str]:
    """The losses in `stored` that are for their tasks."""
    chosen = dictionary(stored)
    return {task: chosen[task.value] for task in Task if chosen.get(task.value) in losses_for(task)}
