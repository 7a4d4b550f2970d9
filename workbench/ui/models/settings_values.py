"""SettingsValues: the values of the settings, also those of rows that are not chosen; no widget."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from workbench.engine.config.hyperparameters import TABLE, defaults
from workbench.engine.config.tasks import Task
from workbench.engine.errors import UsageError
from workbench.engine.optim.losses import losses_for
from workbench.engine.recipe import OF_CHOICES, REGISTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbench.engine.config.hyperparameters import Value


class SettingsValues:
    """A value of each hyperparameter for each row of a choice that accepts it, and a loss for each task.

    So a momentum set for SGD is there again when the user returns to SGD.

    Args:
        choices: the name of the chosen row of each registry, as the settings change it.

    Attributes:
        losses: that was last chosen for each task.
    """

    def __init__(self, choices: Mapping[str, str]) -> None:
        self._choices = choices
        self._shared = defaults((name for name, row in TABLE.items() if row.of_choice is None), {})
        self.reset()

    def reset(self) -> None:
        """Return to the defaults; what belongs to no choice stays."""
        self._own: dict[str, dict[str, dict[str, Value]]] = {
            choice: {row.name: defaults(row.accepts, row.defaults) for row in REGISTRIES[choice]}
            for choice in OF_CHOICES
        }
        self.losses = {task: losses_for(task)[0] for task in Task}

    def get(self, name: str) -> Value:
        """The value of a hyperparameter that the choices accept."""
        return self._kept(name)[name]

    def set(self, name: str, value: Value) -> None:
        """Set the value of a hyperparameter that the choices accept."""
        self._kept(name)[name] = value

    def set_for_all_rows(self, name: str, value: Value) -> None:
        """Set the value of a hyperparameter of a choice for every row that accepts it."""
        for values in self._own[str(TABLE[name].of_choice)].values():
            if name in values:
                values[name] = value

    def state(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return {
            "values": dict(self._shared),
            "own_values": copy.deepcopy(self._own),
            "losses": {task.value: name for task, name in self.losses.items()},
        }

    def restore(self, stored: dict[Any, Any]) -> None:
        """Take over what `state` returned. Unknown names and values that are not allowed are passed over."""
        self._shared |= _allowed(stored.get("values"), self._shared)
        for choice, rows in self._own.items():
            stored_rows = dictionary(dictionary(stored.get("own_values")).get(choice))
            for key, values in rows.items():
                values |= _allowed(stored_rows.get(key), values)
        losses = dictionary(stored.get("losses"))
        self.losses |= {task: losses[task.value] for task in Task if losses.get(task.value) in losses_for(task)}

    def _kept(self, name: str) -> dict[str, Value]:
        """Where the value is kept."""
        choice = TABLE[name].of_choice
        return self._shared if choice is None else self._own[choice][self._choices[choice]]


def dictionary(value: object) -> dict[Any, Any]:
    """`value` if it is a dictionary, else an empty one."""
    return value if isinstance(value, dict) else {}


def _allowed(stored: object, names: Iterable[str]) -> dict[str, Value]:
    """The values of `names` in `stored` that the table allows."""
    values: dict[str, Value] = {}
    for name in names:
        try:
            values[name] = TABLE[name].checked(dictionary(stored)[name])
        except (KeyError, UsageError, OverflowError):
            continue
    return values
