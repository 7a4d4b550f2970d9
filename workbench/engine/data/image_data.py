"""ImageData: a data set in memory; and the phases of loading one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import torch
    from torch import Tensor

    from workbench.engine.errors import UserError

Progress = Callable[[str, int, int], None]
"""Called with (phase, done, total), total 0 while unknown; it raises CancelledError when the user cancels."""

READING: Final = "Reading the images"
UNPACKING: Final = "Unpacking"
TRAINING_IMAGES: Final = "Downloading the training images"
TRAINING_LABELS: Final = "Downloading the training labels"
TEST_IMAGES: Final = "Downloading the test images"
TEST_LABELS: Final = "Downloading the test labels"

CLASS_NAMES: Final = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
"""The classes of Fashion-MNIST, by label."""

CHUNK: Final = 1024
"""Images converted between two calls of `Progress`: 1 to 5 ms of work."""


@dataclass(frozen=True, slots=True, eq=False)
class ImageData:
    """A data set in memory.

    Attributes:
        name: of its row in `DATASETS`.
        class_names: what the labels mean, by label.
        train_images: (N, 1, 28, 28) float32 in 0..1, as torchvision's ToTensor gives them, bit for bit.
        train_labels: (N,) int64.
        test_images: as `train_images`.
        test_labels: as `train_labels`.
        missing: why a data set that has left the program has no images: the tensors then have its shapes only.
    """

    name: str
    class_names: tuple[str, ...]
    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor
    missing: UserError | None = None

    def check_images(self) -> None:
        """Raise `missing` if the data set has no images."""
        if self.missing is not None:
            raise self.missing

    def to(self, device: torch.device) -> ImageData:
        """The same data on another device; the same tensors if they are on it already."""
        return replace(
            self,
            train_images=self.train_images.to(device),
            train_labels=self.train_labels.to(device),
            test_images=self.test_images.to(device),
            test_labels=self.test_labels.to(device),
        )

    def samples(self, count: int) -> np.ndarray:
        """The first `count` training images of each class: (classes, count, 28, 28) uint8, padded with black."""
        import numpy as np

        labels = self.train_labels.numpy()
        samples = np.zeros((len(self.class_names), count, *self.train_images.shape[2:]), dtype=np.uint8)
        for label, images in enumerate(samples):
            places = np.flatnonzero(labels == label)[:count]
            # Rounded, since 0..255 through a division by 255 and back is not always whole.
            images[: len(places)] = self.train_images[places, 0].mul(255).round().numpy()
        return samples


def unit_floats(images: Tensor, progress: Progress) -> Tensor:
    """(N, 28, 28) uint8 in 0..255 as (N, 1, 28, 28) float32 in 0..1, with the same bits as ToTensor gives."""
    import torch

    count = len(images)
    floats = torch.empty((count, 1, *images.shape[1:]), dtype=torch.float32)
    for start in range(0, count, CHUNK):
        progress(READING, start, count)
        # ToTensor's `.to(float32).div(255)` in one pass; with a temporary per chunk it took 10 times as long.
        torch.div(images[start : start + CHUNK], 255, out=floats[start : start + CHUNK, 0])
    progress(READING, count, count)
    return floats
