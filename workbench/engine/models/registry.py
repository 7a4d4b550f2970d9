"""The registry of models.

Rows only, so that the window can list them before torch is loaded; the networks' code is in `networks.py`.
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
        label: what people read.
        help: what it is.
        layers: its shape in one short line.
        build: makes one with fresh weights, drawn from torch's global random state.
        accepts: the hyperparameters it takes, in the order of the controls.
        defaults: where its default differs from the table's.
    """

    name: str
    label: str
    help: str
    layers: str
    build: Callable[[], nn.Module]
    accepts: tuple[str, ...] = ()
    defaults: Mapping[str, Value] = field(default_factory=dict)

    def parameter_count(self) -> int:
        """How many numbers training adjusts. Imports torch; allocates nothing (meta device)."""
        import torch

        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self.build().parameters())


def set_dropout(model: nn.Module, share: float) -> None:
    """Have `model` switch off another share of its units from its next batch on.

    Raises:
        TypeError: it is of a row that does not accept dropout.
    """
    from workbench.engine.models import mlp as networks

    networks.set_dropout(model, share)


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
        help="The tutorial's network, in which each training batch has some of the hidden units switched off at random "
        "(Srivastava and others, 2014): it learns by heart later, and so overfits less in long runs.",
        layers="784 → 512 → 512 → 10",
        build=_mlp_dropout,
        accepts=("dropout",),
    ),
)
