"""Recipe: every choice that decides a run before it starts. Immutable, and JSON on disk."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.datasets import DATASETS
from workbench.engine.hyperparameters import TABLE, defaults, hyperparameter
from workbench.engine.losses import LOSSES
from workbench.engine.models import MODELS
from workbench.engine.optimizers import OPTIMIZERS
from workbench.engine.problems import BadUsage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.hyperparameters import Value
    from workbench.engine.registry import Registry

FORMAT_VERSION = 1

REGISTRIES: Final[Mapping[str, Registry[Any]]] = {
    "dataset": DATASETS,
    "model": MODELS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
}
"""What a recipe chooses from, by the name of its field."""


def names_for(optimizer: str) -> tuple[str, ...]:
    """The hyperparameters of a run with this optimizer, in the table's order."""
    accepted = OPTIMIZERS[optimizer].accepts
    return tuple(row.name for row in TABLE.values() if not row.of_optimizer or row.name in accepted)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A run before it starts.

    Attributes:
        dataset: a name in `DATASETS`.
        model: a name in `MODELS`.
        loss: a name in `LOSSES`.
        optimizer: a name in `OPTIMIZERS`.
        values: a value for each hyperparameter the optimizer accepts; what is left out takes its default.
        device: `cpu`, `cuda`, `cuda:1`, `mps` …

    Raises:
        BadUsage: an unknown name, a value out of range, or one the optimizer does not accept.
    """

    dataset: str = DATASETS.default
    model: str = MODELS.default
    loss: str = LOSSES.default
    optimizer: str = OPTIMIZERS.default
    values: Mapping[str, Value] = field(default_factory=dict)
    device: str = "cpu"

    def __post_init__(self) -> None:
        for field_name, registry in REGISTRIES.items():
            registry[getattr(self, field_name)]
        names = names_for(self.optimizer)
        for name in self.values:
            if hyperparameter(name).name not in names:
                raise BadUsage(
                    "The optimizer {optimizer} has no {name}: leave it out, or choose another optimizer.",
                    optimizer=self.optimizer,
                    name=name,
                )
        complete = defaults(names, OPTIMIZERS[self.optimizer].defaults) | dict(self.values)
        checked = {name: TABLE[name].checked(complete[name]) for name in names}
        object.__setattr__(self, "values", MappingProxyType(checked))

    def __getitem__(self, name: str) -> Value:
        return self.values[name]

    def __hash__(self) -> int:
        return hash(self.to_json())

    def with_dataset(self, name: str) -> Recipe:
        """The same recipe on another data set."""
        return replace(self, dataset=name)

    def to_json(self) -> str:
        """The recipe as JSON, in a fixed order."""
        return json.dumps(
            {
                "format": FORMAT_VERSION,
                "dataset": self.dataset,
                "model": self.model,
                "loss": self.loss,
                "optimizer": self.optimizer,
                "values": dict(self.values),
                "device": self.device,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """The recipe that `to_json` wrote.

        Raises:
            BadUsage: not JSON, another format, or choices this program does not know.
        """
        try:
            content: Any = json.loads(text)
        except ValueError as error:
            raise BadUsage("The recipe is not JSON ({reason}): open another file.", reason=error) from None
        if not isinstance(content, dict) or content.pop("format", None) != FORMAT_VERSION:
            raise BadUsage(
                "The recipe has another format than version {version}: open it with the program that wrote it.",
                version=FORMAT_VERSION,
            )
        texts = (*REGISTRIES, "device")
        if (
            set(content) != {*texts, "values"}
            or not all(isinstance(content[key], str) for key in texts)
            or not isinstance(content["values"], dict)
        ):
            raise BadUsage("The recipe does not have the fields of a recipe: open another file.")
        return cls(**content)
