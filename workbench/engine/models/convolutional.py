"""A small convolutional network, in the spirit of LeNet-5 (LeCun and others, 1998)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from torch import Tensor


class SmallConvNet(nn.Module):
    """Two convolutions of 5 × 5 with pooling, then a hidden layer of 128 units; ReLU throughout, dropout at its end.

    The convolutions keep height and width, so images of 8 pixels do, too.

    Args:
        channels: of an image.
        height: of an image, in pixels, at least 4.
        width: of an image, in pixels, at least 4.
        output_count: numbers that it gives for one image.

    Attributes:
        dropout: the share of the 128 units that are switched off in training; at 0 no random number is drawn.
    """

    def __init__(self, channels: int, height: int, width: int, output_count: int) -> None:
        super().__init__()
        self.dropout = 0.0
        self.conv1 = nn.Conv2d(channels, 16, 5, padding=2)
        self.conv2 = nn.Conv2d(16, 32, 5, padding=2)
        self.hidden = nn.Linear(32 * (height // 4) * (width // 4), 128)
        self.output = nn.Linear(128, output_count)

    def forward(self, images: Tensor) -> Tensor:
        """Outputs (N, output_count) of images (N, channels, height, width)."""
        features = functional.max_pool2d(self.conv1(images).relu(), 2)
        features = functional.max_pool2d(self.conv2(features).relu(), 2)
        units = self.hidden(features.flatten(1)).relu()
        outputs: Tensor = self.output(functional.dropout(units, self.dropout, self.training))
        return outputs
