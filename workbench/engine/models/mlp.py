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
    The layers are created in its order, so that a seed gives both the same weights. Other data have other numbers of
    inputs and outputs.

    Args:
        input_count: numbers in one input.
        output_count: numbers that it gives for one input.
    """

    def __init__(self, input_count: int = 28 * 28, output_count: int = 10) -> None:
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(input_count, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, output_count),
        )

    def forward(self, inputs: Tensor) -> Tensor:
        """Outputs (N, output_count) of inputs (N, ...) with `input_count` numbers each."""
        outputs: Tensor = self.linear_relu_stack(self.flatten(inputs))
        return outputs


class DropoutNetwork(NeuralNetwork):
    """The tutorial's network with dropout after each ReLU (Srivastava and others, "Dropout", 2014).

    Dropout is a function here, not a layer, so the weights have the tutorial's keys and load into either network.

    Attributes:
        dropout: the share of units that are switched off in training, from 0 to below 1; at 0 no random number is
            drawn.
    """

    def __init__(self, input_count: int = 28 * 28, output_count: int = 10) -> None:
        super().__init__(input_count, output_count)
        self.dropout = 0.2

    def forward(self, inputs: Tensor) -> Tensor:
        """As `NeuralNetwork`; in training torch's random state chooses the units to switch off."""
        outputs: Tensor = self.flatten(inputs)
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
