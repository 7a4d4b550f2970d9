"""Recipe: all settings of a run before it starts. Immutable; stored as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.config.hyperparameters import TABLE, defaults, hyperparameter
from workbench.engine.data.data_digest import DataDigest
from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.engine.models.registry import MODELS
from workbench.engine.optim.losses import LOSSES
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.optim.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.config.registry import Registry
    from workbench.engine.data.image_data import ImageData


def _to_format_2(content: dict[str, Any]) -> None:
    """Add the digest of the data, which is not known of older runs."""
    content["data"] = None


MIGRATIONS: Final[list[Callable[[dict[str, Any]], None]]] = [_to_format_2]
"""In order: the first turns the content of a recipe of format 1 into format 2, the second format 2 into 3, and so on.

A published migration is never changed."""


def format_version() -> int:
    """The format that `Recipe.to_json` writes."""
    return len(MIGRATIONS) + 1


REGISTRIES: Final[Mapping[str, Registry[Any]]] = {
    "dataset": DATASETS,
    "model": MODELS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}
"""The registries that a recipe chooses from, by the names of its fields."""

OF_CHOICES: Final = tuple(name for name in REGISTRIES if any(row.of_choice == name for row in TABLE.values()))
"""The choices whose rows accept hyperparameters of their own."""


def accepted_by(choices: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each of `OF_CHOICES`, the hyperparameters its chosen row accepts, in the order of the controls.

    Args:
        choices: names of rows by the names of `REGISTRIES`; a missing choice is the registry's default.
    """
    return {choice: _chosen(choice, choices).accepts for choice in OF_CHOICES}


def names_for(choices: Mapping[str, str]) -> tuple[str, ...]:
    """The hyperparameters of a run with these choices (as for `accepted_by`), in the table's order."""
    accepted = accepted_by(choices)
    return tuple(row.name for row in TABLE.values() if row.of_choice is None or row.name in accepted[row.of_choice])


def defaults_for(choices: Mapping[str, str]) -> dict[str, Value]:
    """The default of each hyperparameter of a run with these choices, in the table's order."""
    return dict(_defaults_for(tuple(_chosen(choice, choices).name for choice in OF_CHOICES)))


@lru_cache(maxsize=256)
def _defaults_for(chosen: tuple[str, ...]) -> dict[str, Value]:
    """Cached: a list of ten thousand runs makes ten thousand recipes, and this is half of the work."""
    choices = dict(zip(OF_CHOICES, chosen, strict=True))
    own: dict[str, Value] = {}
    for choice in OF_CHOICES:
        own |= _chosen(choice, choices).defaults
    return defaults(names_for(choices), own)


def not_accepted(name: str, choices: Mapping[str, str]) -> UsageError:
    """The sentence for a hyperparameter of the table that these choices do not accept."""
    choice = TABLE[name].of_choice
    assert choice is not None
    return UsageError(
        "The {choice} {chosen} has no {name}: leave it out, or choose another {choice}.",
        choice=choice,
        chosen=_chosen(choice, choices).name,
        name=name,
    )


def _chosen(choice: str, choices: Mapping[str, str]) -> Any:
    registry = REGISTRIES[choice]
    return registry[choices.get(choice, registry.default)]


def _migrated(text: str) -> dict[str, Any]:
    """The fields of a recipe in JSON, brought to the present format."""
    try:
        content: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError("The recipe is not JSON ({reason}): open another file.", reason=error) from None
    version = content.pop("format", None) if isinstance(content, dict) else None
    if type(version) is not int or version < 1:
        raise UsageError("The recipe does not have the fields of a recipe: open another file.")
    if version > format_version():
        raise UsageError(
            "A newer version of this program wrote the recipe (format {format}; this version reads up to {known}): "
            "open it with that version.",
            format=version,
            known=format_version(),
        )
    for migrate in MIGRATIONS[version - 1 :]:
        migrate(content)
    fields: dict[str, Any] = content
    return fields


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of a run before it starts.

    Attributes:
        dataset: a name in `DATASETS`.
        model: a name in `MODELS`.
        loss: a name in `LOSSES`.
        optimizer: a name in `OPTIMIZERS`.
        schedule: a name in `SCHEDULES`.
        values: a value for each hyperparameter of these choices; missing ones get their default.
        device: `cpu`, `cuda`, `cuda:1`, `mps` …
        data: which images the data set held when the run began; None where that is not known.

    Raises:
        UsageError: an unknown name, a value out of range, or one that the choices do not accept.
    """

    dataset: str = DATASETS.default
    model: str = MODELS.default
    loss: str = LOSSES.default
    optimizer: str = OPTIMIZERS.default
    schedule: str = SCHEDULES.default
    values: Mapping[str, Value] = field(default_factory=dict)
    device: str = "cpu"
    data: DataDigest | None = None

    def __post_init__(self) -> None:
        for field_name, registry in REGISTRIES.items():
            registry[getattr(self, field_name)]
        choices = self.choices()
        complete = defaults_for(choices)
        for name, value in self.values.items():
            if hyperparameter(name).name not in complete:
                raise not_accepted(name, choices)
            complete[name] = value
        checked = {name: TABLE[name].checked(value) for name, value in complete.items()}
        object.__setattr__(self, "values", MappingProxyType(checked))

    def __getitem__(self, name: str) -> Value:
        return self.values[name]

    def __hash__(self) -> int:
        return hash(self.to_json())

    @classmethod
    def of(cls, choices: Mapping[str, str], values: Mapping[str, Value], device: str) -> Recipe:
        """The recipe with these `choices`, by the names of `REGISTRIES`; the other arguments are those of the class."""
        fields: dict[str, Any] = dict(choices)
        return cls(**fields, values=values, device=device)

    def choices(self) -> dict[str, str]:
        """The chosen name in each of `REGISTRIES`."""
        return {name: getattr(self, name) for name in REGISTRIES}

    def with_dataset(self, name: str) -> Recipe:
        """The same recipe on another data set."""
        return replace(self, dataset=name, data=None)

    def with_data(self, data: ImageData) -> Recipe:
        """The same recipe on the data set `data`, with its digest."""
        return replace(self, dataset=data.name, data=data.digest)

    def to_json(self) -> str:
        """The recipe as JSON, in a fixed order."""
        return json.dumps(
            {
                "format": format_version(),
                **self.choices(),
                "values": dict(self.values),
                "device": self.device,
                "data": None if self.data is None else asdict(self.data),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """The recipe that `to_json` of this version or an older one wrote.

        Raises:
            UsageError: not JSON, of a newer version, or with choices that this version does not know.
        """
        content = _migrated(text)
        texts = (*REGISTRIES, "device")
        if (
            set(content) != {*texts, "values", "data"}
            or not all(isinstance(content[key], str) for key in texts)
            or not isinstance(content["values"], dict)
        ):
            raise UsageError("The recipe does not have the fields of a recipe: open another file.")
        return cls(**{**content, "data": _data_digest(content["data"])})


def _data_digest(content: Any) -> DataDigest | None:
    if content is None:
        return None
    # NumPy, which `validation` imports, is not needed for the list of options.
    from workbench.engine.history.validation import structure

    try:
        digest = structure(DataDigest, content)
    except ValueError:
        digest = None
    if digest is None or not re.fullmatch("[0-9a-f]{64}", digest.sha256):
        raise UsageError("The recipe does not say which data it is for: open another file.")
    return digest
