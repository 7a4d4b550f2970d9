"""What a person has set for each optimizer, schedule and model, kept while another one is chosen."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from workbench.engine.config.hyperparameters import TABLE, defaults
from workbench.engine.errors import UsageError
from workbench.engine.recipe import OF_CHOICES, REGISTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbench.engine.config.hyperparameters import Value


class OwnValues:
    """For each of `OF_CHOICES` and each row of its registry, a value for every hyperparameter that the row accepts."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, dict[str, Value]]] = {}
        self.reset()

    def reset(self) -> None:
        """Return to the defaults."""
        self._values = {
            choice: {row.name: defaults(row.accepts, row.defaults) for row in REGISTRIES[choice]}
            for choice in OF_CHOICES
        }

    def of(self, choice: str, chosen: str) -> Mapping[str, Value]:
        """The values of the row called `chosen`, by name."""
        return self._values[choice][chosen]

    def keep(self, name: str, value: Value, choices: Mapping[str, str]) -> None:
        """Keep a checked value for what is chosen; where that does not accept it, for all those that do."""
        choice = TABLE[name].of_choice
        if choice is None:
            return
        rows = self._values[choice]
        chosen = rows[choices[choice]]
        for own in [chosen] if name in chosen else rows.values():
            if name in own:
                own[name] = value

    def state(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return copy.deepcopy(self._values)

    def restore(self, state: object) -> None:
        """Take what `state` returned once. What is unknown or not allowed in it is passed over."""
        for choice, rows in self._values.items():
            stored = dictionary(dictionary(state).get(choice))
            for key, own in rows.items():
                own.update(allowed(dictionary(stored.get(key)), own))


def dictionary(value: object) -> dict[Any, Any]:
    """`value` if it is a dictionary, else an empty one."""
    return value if isinstance(value, dict) else {}


def allowed(stored: Mapping[Any, Any], names: Iterable[str]) -> dict[str, Value]:
    """The values of `names` in `stored` that the table allows."""
    kept: dict[str, Value] = {}
    for name in names:
        try:
            kept[name] = TABLE[name].checked(stored[name])
        except (KeyError, UsageError, OverflowError):
            continue
    return kept
