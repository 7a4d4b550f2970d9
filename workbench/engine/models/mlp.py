"""The tutorial's network, with and without dropout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from torch import Tensor


class NeuralNetwork(nn.Module):
    """The network of PyTorch's tutorial "Build the Neural Network": 784-512-512-10 with ReLU.

    The class and its attributes have the tutorial's names, so that saved weights load into the tutorial's own class.
    The layers are created in its order, so that a seed gives both the same weights.
    """

    def __init__(self) -> None:
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, images: Tensor) -> Tensor:
        """Logits (N, 10) of images (N, 1, 28, 28)."""
        logits: Tensor = self.linear_relu_stack(self.flatten(images))
        return logits


class DropoutNetwork(NeuralNetwork):
    """The tutorial's network with dropout after each ReLU (Srivastava and others, "Dropout", 2014).

    Dropout is a function here, not a layer, so the weights have the tutorial's keys and load into either network.

    Attributes:
        dropout: the share of units that are switched off in training, from 0 to below 1; at 0 no random number is
            drawn.
    """

    def __init__(self) -> None:
        super().__init__()
        self.dropout = 0.2

    def forward(self, images: Tensor) -> Tensor:
        """Logits (N, 10) of images (N, 1, 28, 28); in training torch's random state chooses the units to switch off."""
        outputs: Tensor = self.flatten(images)
        for layer in self.linear_relu_stack:
            outputs = layer(outputs)
            if isinstance(layer, nn.ReLU):
                outputs = functional.dropout(outputs, self.dropout, self.training)
        return outputs


def set_dropout(model: nn.Module, share: float) -> None:
    """Let `model`, which has an attribute `dropout`, switch off another share of its units from its next batch on.

    Raises:
        TypeError: it has no such attribute.
    """
    if not hasattr(model, "dropout"):
        raise TypeError(f"{type(model).__name__} has no dropout")
    setattr(model, "dropout", share)  # noqa: B010  # nn.Module declares every attribute a tensor or a module
