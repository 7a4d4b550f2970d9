"""The registry of models.

Only rows at import: the window lists them before torch is loaded. `build` imports the module of the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workbench.engine.config.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import nn

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.errors import UserError


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A network to train.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        help: what it is.
        layers: the sizes of its layers for some data, in one short line.
        build: creates one for some data, from its hyperparameters; its weights are drawn from torch's global random
            state.
        refusal: why it cannot be built for some data, as a sentence; None where it can.
        accepts: its own hyperparameters, in the order of the controls; `dropout` needs an attribute of that name.
        defaults: of its hyperparameters, where they differ from the table's.
    """

    name: str
    label: str
    help: str
    layers: Callable[[DataSpec, Mapping[str, Value]], str]
    build: Callable[[DataSpec, Mapping[str, Value]], nn.Module]
    accepts: tuple[str, ...] = ()
    defaults: Mapping[str, Value] = field(default_factory=dict)
    refusal: Callable[[DataSpec], UserError | None] = lambda _: None

    def parameter_count(self, spec: DataSpec, values: Mapping[str, Value]) -> int:
        """The number of trainable parameters. Imports torch; allocates nothing (meta device)."""
        import torch

        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self.build(spec, values).parameters())


def _mlp(spec: DataSpec, _values: Mapping[str, Value]) -> nn.Module:
    from workbench.engine.models.mlp import NeuralNetwork

    return NeuralNetwork(spec.input_count, spec.output_count)


def _mlp_dropout(spec: DataSpec, _values: Mapping[str, Value]) -> nn.Module:
    from workbench.engine.models.mlp import DropoutNetwork

    return DropoutNetwork(spec.input_count, spec.output_count)


def _mlp_layers(spec: DataSpec, _values: Mapping[str, Value]) -> str:
    return f"{spec.input_count} → 512 → 512 → {spec.output_count}"


MODELS: Final[Registry[ModelRow]] = Registry(
    "model",
    ModelRow(
        name="mlp",
        label="Multilayer perceptron",
        help="The tutorial's network: each image becomes a row of numbers (784 for Fashion-MNIST) and passes through "
        "two hidden layers of 512 units with ReLU to the outputs, one per class.",
        layers=_mlp_layers,
        build=_mlp,
    ),
    ModelRow(
        name="mlp-dropout",
        label="Perceptron with dropout",
        help="The tutorial's network with dropout: in each training batch some hidden units, chosen at random, are "
        "switched off (Srivastava and others, 2014). It overfits less in long runs.",
        layers=_mlp_layers,
        build=_mlp_dropout,
        accepts=("dropout",),
    ),
)
