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


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A network to train.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        help: what it is.
        layers: the sizes of its layers in one short line.
        build: creates one; its weights are drawn from torch's global random state.
        accepts: its own hyperparameters, in the order of the controls; `dropout` needs an attribute of that name.
        defaults: of its hyperparameters, where they differ from the table's.
    """

    name: str
    label: str
    help: str
    layers: str
    build: Callable[[], nn.Module]
    accepts: tuple[str, ...] = ()
    defaults: Mapping[str, Value] = field(default_factory=dict)

    def parameter_count(self) -> int:
        """The number of trainable parameters. Imports torch; allocates nothing (meta device)."""
        import torch

        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self.build().parameters())


def _mlp() -> nn.Module:
    from workbench.engine.models.mlp import NeuralNetwork

    return NeuralNetwork()


def _mlp_dropout() -> nn.Module:
    from workbench.engine.models.mlp import DropoutNetwork

    return DropoutNetwork()


MODELS: Final[Registry[ModelRow]] = Registry(
    "model",
    ModelRow(
        name="mlp",
        label="Multilayer perceptron",
        help="The tutorial's network: each image becomes a row of 784 numbers and passes through two hidden layers of "
        "512 units with ReLU to ten outputs, one per class.",
        layers="784 → 512 → 512 → 10",
        build=_mlp,
    ),
    ModelRow(
        name="mlp-dropout",
        label="Perceptron with dropout",
        help="The tutorial's network with dropout: in each training batch some hidden units, chosen at random, are "
        "switched off (Srivastava and others, 2014). It overfits less in long runs.",
        layers="784 → 512 → 512 → 10",
        build=_mlp_dropout,
        accepts=("dropout",),
    ),
)
