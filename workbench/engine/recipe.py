"""Recipe: all settings of a run before it starts. Immutable; stored as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.config.hyperparameters import TABLE, defaults, hyperparameter
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_digest import DataDigest
from workbench.engine.data.data_source import DataRequest, DataSource
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.models.network_source import OWN, NetworkSource
from workbench.engine.models.registry import MODELS
from workbench.engine.optim.losses import LOSSES, losses_for
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.optim.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.config.registry import Registry
    from workbench.engine.data.dataset import Dataset


def _to_format_2(content: dict[str, Any]) -> None:
    """Add the digest of the data, which is not known of older runs."""
    content["data"] = None


def _to_format_3(content: dict[str, Any]) -> None:
    """Add what only data and networks of the user's own have."""
    content |= {"spec": None, "source": None}


def _to_format_4(content: dict[str, Any]) -> None:
    """Add the source of a network of the user's own."""
    content["network"] = None


def _to_format_5(content: dict[str, Any]) -> None:
    """Add the file whose weights a run starts from: older runs start from those that their seed draws."""
    content["initial_weights"] = None


MIGRATIONS: Final[list[Callable[[dict[str, Any]], None]]] = [_to_format_2, _to_format_3, _to_format_4, _to_format_5]
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


def only_for_images(name: str) -> UsageError:
    """The sentence for a hyperparameter that changes images, where the samples are none."""
    return UsageError("{name} is only for images, and these data are none: leave it out.", name=name)


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
        data: which samples the data set held when the run began; None where that is not known.
        own_spec: the task and shapes of the data, where the row of the data set does not say them; None before such
            data are loaded.
        source: the files of a data set of the user's own.
        network: the source of a network of the user's own, where `model` is `OWN`.
        initial_weights: the file whose weights the network starts from; None for those that the seed draws.

    Raises:
        UsageError: an unknown name, a value out of range, one that the choices do not accept, a loss for another task,
            or no file for a network of the user's own.
    """

    dataset: str = DATASETS.default
    model: str = MODELS.default
    loss: str = LOSSES.default
    optimizer: str = OPTIMIZERS.default
    schedule: str = SCHEDULES.default
    values: Mapping[str, Value] = field(default_factory=dict)
    device: str = "cpu"
    data: DataDigest | None = None
    own_spec: DataSpec | None = None
    source: DataSource | None = None
    network: NetworkSource | None = None
    initial_weights: InitialWeights | None = None

    def __post_init__(self) -> None:
        for field_name, registry in REGISTRIES.items():
            registry[getattr(self, field_name)]
        if self.model != OWN:
            object.__setattr__(self, "network", None)
        elif self.network is None:
            raise UsageError("There is no network of your own yet: open the Python file that defines it.")
        choices = self.choices()
        complete = defaults_for(choices)
        for name, value in self.values.items():
            if hyperparameter(name).name not in complete:
                raise not_accepted(name, choices)
            complete[name] = value
        checked = {name: TABLE[name].checked(value) for name, value in complete.items()}
        object.__setattr__(self, "values", MappingProxyType(checked))
        if self.known_spec is not None:
            _check_fit(self, self.known_spec)

    def __getitem__(self, name: str) -> Value:
        return self.values[name]

    def __hash__(self) -> int:
        return hash(self.to_json())

    @classmethod
    def of(
        cls,
        choices: Mapping[str, str],
        values: Mapping[str, Value],
        device: str,
        source: DataSource | None = None,
        network: NetworkSource | None = None,
        initial_weights: InitialWeights | None = None,
    ) -> Recipe:
        """The recipe with these `choices`, by the names of `REGISTRIES`; the other arguments are those of the class."""
        fields: dict[str, Any] = dict(choices)
        own = {"source": source, "network": network, "initial_weights": initial_weights}
        return cls(**{**fields, **own}, values=values, device=device)

    @property
    def known_spec(self) -> DataSpec | None:
        """The task and shapes of the data; None for data of the user's own that have not been loaded yet."""
        return self.own_spec or DATASETS[self.dataset].spec

    @property
    def spec(self) -> DataSpec:
        """The task and shapes of the data, of a recipe that has been trained.

        Raises:
            UsageError: they are not known.
        """
        if (spec := self.known_spec) is None:
            raise UsageError("The recipe does not say what its data look like: open another file.")
        return spec

    @property
    def task(self) -> Task:
        """What is predicted; classification where that is not known yet."""
        return self.known_spec.task if self.known_spec is not None else Task.CLASSIFICATION

    @property
    def data_request(self) -> DataRequest:
        """Which data to load."""
        names = DATASETS[self.dataset].accepts
        return DataRequest(self.dataset, {name: self.values[name] for name in names}, self.source)

    def choices(self) -> dict[str, str]:
        """The chosen name in each of `REGISTRIES`."""
        return {name: getattr(self, name) for name in REGISTRIES}

    def with_dataset(self, name: str) -> Recipe:
        """The same recipe on another data set, which needs no files of the user's own."""
        return replace(self, dataset=name, data=None, own_spec=None, source=None)

    def with_data(self, data: Dataset) -> Recipe:
        """The same recipe on the data set `data`, with its digest; none are held out where it brings a validation set.

        Raises:
            UsageError: the network or the loss does not fit the data.
        """
        own_spec = None if data.spec == DATASETS[data.name].spec else data.spec
        values = self.values if data.validation_inputs is None else {**self.values, "validation_share": 0.0}
        return replace(self, values=values, dataset=data.name, data=data.digest, own_spec=own_spec)

    def to_json(self) -> str:
        """The recipe as JSON, in a fixed order."""
        return json.dumps(
            {
                "format": format_version(),
                **self.choices(),
                "values": dict(self.values),
                "device": self.device,
                "data": None if self.data is None else asdict(self.data),
                "spec": None if self.own_spec is None else self.own_spec.to_content(),
                "source": None if self.source is None else asdict(self.source),
                "network": None if self.network is None else self.network.to_content(),
                "initial_weights": None if self.initial_weights is None else self.initial_weights.to_content(),
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
            set(content) != {*texts, "values", "data", "spec", "source", "network", "initial_weights"}
            or not all(isinstance(content[key], str) for key in texts)
            or not isinstance(content["values"], dict)
        ):
            raise UsageError("The recipe does not have the fields of a recipe: open another file.")
        spec = content.pop("spec")
        own = {
            "data": _data_digest(content["data"]),
            "own_spec": _spec(spec),
            "source": _source(content["source"]),
            "network": _network(content["network"]),
            "initial_weights": _initial_weights(content["initial_weights"]),
        }
        return cls(**{**content, **own})


def _check_fit(recipe: Recipe, spec: DataSpec) -> None:
    """Raise `UsageError` where the network or the loss of `recipe` is not for such data."""
    if spec.task not in LOSSES[recipe.loss].tasks:
        raise UsageError(
            "The loss {loss} is not for {task}: choose one of {names}.",
            loss=recipe.loss,
            task=spec.task.value,
            names=", ".join(losses_for(spec.task)),
        )
    if (refusal := MODELS[recipe.model].refusal(spec)) is not None:
        raise refusal


def _spec(content: Any) -> DataSpec | None:
    if content is None:
        return None
    try:
        return DataSpec.from_content(content)
    except ValueError:
        raise UsageError("The recipe does not say what its data look like: open another file.") from None


def _network(content: Any) -> NetworkSource | None:
    if content is None:
        return None
    try:
        return NetworkSource.from_content(content)
    except ValueError:
        raise UsageError("The recipe does not hold the source of its network: open another file.") from None


def _initial_weights(content: Any) -> InitialWeights | None:
    if content is None:
        return None
    try:
        return InitialWeights.from_content(content)
    except ValueError:
        raise UsageError("The recipe does not say which weights it starts from: open another file.") from None


def _source(content: Any) -> DataSource | None:
    if content is None:
        return None
    from workbench.engine.history.validation import structure

    try:
        return structure(DataSource, content)
    except ValueError:
        raise UsageError("The recipe does not say which files its data are: open another file.") from None


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
