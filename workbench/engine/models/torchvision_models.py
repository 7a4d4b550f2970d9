"""Networks of torchvision, fitted to the data: other numbers of channels, of outputs, and small images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from torch import Tensor

SMALLEST: Final = 32
"""The height and width to which smaller images are enlarged: these networks halve them five times."""


class FittedNetwork(nn.Module):
    """A network of torchvision without its weights, whose first and last layer fit the data.

    Args:
        name: of a function of torchvision.models that takes `num_classes`.
        channels: of an image.
        output_count: numbers that it gives for one image.
    """

    def __init__(self, name: str, channels: int, output_count: int) -> None:
        super().__init__()
        from torchvision import models

        self.network: nn.Module = models.get_model(name, weights=None, num_classes=output_count)
        if channels != 3:
            _replace_first_convolution(self.network, channels)

    def forward(self, images: Tensor) -> Tensor:
        """Outputs (N, output_count) of images (N, channels, H, W)."""
        height, width = images.shape[2:]
        if min(height, width) < SMALLEST:
            size = max(height, SMALLEST), max(width, SMALLEST)
            images = functional.interpolate(images, size, mode="bilinear", align_corners=False)
        outputs: Tensor = self.network(images)
        return outputs


def _replace_first_convolution(network: nn.Module, channels: int) -> None:
    """Let the first convolution of `network` take images of `channels` channels."""
    name, first = next((name, each) for name, each in network.named_modules() if isinstance(each, nn.Conv2d))
    assert isinstance(first.padding, tuple)
    fitted = nn.Conv2d(
        channels,
        first.out_channels,
        kernel_size=(first.kernel_size[0], first.kernel_size[1]),
        stride=(first.stride[0], first.stride[1]),
        padding=(first.padding[0], first.padding[1]),
        bias=first.bias is not None,
    )
    # As torchvision draws the weights of its convolutions.
    nn.init.kaiming_normal_(fitted.weight, mode="fan_out", nonlinearity="relu")
    parent, _, last = name.rpartition(".")
    setattr(network.get_submodule(parent), last, fitted)
