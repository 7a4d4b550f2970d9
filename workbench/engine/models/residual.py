"""The residual network for small images of He, Zhang, Ren and Sun, "Deep Residual Learning", 2016, section 4.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from torch import Tensor


class ResidualBlock(nn.Module):
    """Two convolutions of 3 × 3 with batch normalisation, and the input added to their result.

    Where a block has more channels than its input, it takes every second pixel, and the missing channels of the input
    are zeros: the paper's option A, which has no weights.
    """

    def __init__(self, input_channels: int, channels: int) -> None:
        super().__init__()
        self.stride = 1 if input_channels == channels else 2
        self.added = channels - input_channels
        self.conv1 = nn.Conv2d(input_channels, channels, 3, self.stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(channels)

    def forward(self, inputs: Tensor) -> Tensor:
        """Features (N, channels, …) of features (N, input_channels, H, W)."""
        features = self.norm1(self.conv1(inputs)).relu_()
        features = self.norm2(self.conv2(features))
        if self.added:
            inputs = functional.pad(inputs[:, :, ::2, ::2], (0, 0, 0, 0, self.added // 2, self.added - self.added // 2))
        outputs: Tensor = (features + inputs).relu_()
        return outputs


class SmallResNet(nn.Module):
    """6n + 2 layers: a convolution, three stages of n blocks with 16, 32 and 64 channels, the mean, a linear layer.

    Args:
        channels: of an image.
        output_count: numbers that it gives for one image.
        blocks: n, of each stage; 1 gives the paper's ResNet-8, 3 its ResNet-20.
    """

    def __init__(self, channels: int, output_count: int, blocks: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, 16, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(16)
        stages: list[nn.Module] = []
        before = 16
        for width in (16, 32, 64):
            for _ in range(blocks):
                stages.append(ResidualBlock(before, width))
                before = width
        self.blocks = nn.Sequential(*stages)
        self.output = nn.Linear(64, output_count)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):  # as in the paper: He and others, "Delving Deep into Rectifiers", 2015
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")

    def forward(self, images: Tensor) -> Tensor:
        """Outputs (N, output_count) of images (N, channels, H, W)."""
        features = self.blocks(self.norm(self.conv(images)).relu_())
        outputs: Tensor = self.output(features.mean((2, 3)))
        return outputs
