"""The registry of models.

Rows only, so that the window can list them before torch is loaded; the networks' code is in `networks.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import nn


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A network to train.

    Attributes:
        name: the key.
        label: what people read.
        help: what it is.
        layers: its shape in one short line.
        build: makes one with fresh weights, drawn from torch's global random state.
    """

    name: str
    label: str
    help: str
    layers: str
    build: Callable[[], nn.Module]

    def parameter_count(self) -> int:
        """How many numbers training adjusts. Imports torch; allocates nothing (meta device)."""
        import torch

        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self.build().parameters())


def _mlp() -> nn.Module:
    from workbench.engine.networks import NeuralNetwork

    return NeuralNetwork()


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
)
