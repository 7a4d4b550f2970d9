"""A perceptron whose hidden layers the user chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

ACTIVATIONS: Final[dict[str, type[nn.Module]]] = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
}
"""The layers of the names that the table offers."""


class CustomPerceptron(nn.Module):
    """Hidden layers of any widths: each is linear, then normalised if wanted, then the activation, then dropout.

    With the widths 512 and 512, ReLU and neither normalisation nor dropout, a seed gives the weights of the tutorial's
    network, and every output is the tutorial's bit for bit.

    Args:
        input_count: numbers in one input.
        output_count: numbers that it gives for one input.
        widths: units of each hidden layer.
        activation: a name in `ACTIVATIONS`.
        batch_norm: whether each hidden layer is normalised over the batch.

    Attributes:
        dropout: the share of hidden units that are switched off in training; at 0 no random number is drawn.
    """

    def __init__(
        self,
        input_count: int,
        output_count: int,
        widths: Sequence[int],
        activation: str = "relu",
        *,
        batch_norm: bool = False,
    ) -> None:
        super().__init__()
        self.dropout = 0.0
        layers: list[nn.Module] = []
        count = input_count
        for width in widths:
            layers.append(nn.Linear(count, width))
            if batch_norm:
                layers.append(nn.BatchNorm1d(width))
            layers.append(ACTIVATIONS[activation]())
            count = width
        layers.append(nn.Linear(count, output_count))
        self.layers = nn.Sequential(*layers)
        self._activation = ACTIVATIONS[activation]

    def forward(self, inputs: Tensor) -> Tensor:
        """Outputs (N, output_count) of inputs (N, ...) with `input_count` numbers each."""
        outputs = inputs.flatten(1)
        for layer in self.layers:
            outputs = layer(outputs)
            if isinstance(layer, self._activation):
                outputs = functional.dropout(outputs, self.dropout, self.training)
        return outputs
