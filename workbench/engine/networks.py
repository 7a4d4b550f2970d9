"""The networks the models registry names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn

if TYPE_CHECKING:
    from torch import Tensor


class NeuralNetwork(nn.Module):
    """The network of PyTorch's tutorial "Build the Neural Network": 784-512-512-10 with ReLU.

    The class and its attributes are named as there, so that saved weights load into the tutorial's own class; the
    layers are made in its order, so that one seed gives both the same weights.
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
