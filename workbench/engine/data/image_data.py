"""ImageData: a data set in memory; and the phases of loading one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import torch
    from torch import Tensor

    from workbench.engine.data.data_digest import DataDigest
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


@dataclass(frozen=True, slots=True, eq=False)
class ImageData:
    """A data set in memory.

    Attributes:
        name: of its row in `DATASETS`.
        class_names: what the labels mean, by label.
        train_images: (N, 1, 28, 28) uint8 in 0..255, or float32 in 0..1. `UnitFloats` reads both as float32.
        train_labels: (N,) int64.
        test_images: as `train_images`.
        test_labels: as `train_labels`.
        missing: why there are no images to train on, where that is so: the tensors then have their shapes only.
        digest: of what was read; None where it is not known.
    """

    name: str
    class_names: tuple[str, ...]
    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor
    missing: UserError | None = None
    digest: DataDigest | None = None

    def check_images(self) -> None:
        """Raise `missing` if the data set has no images."""
        if self.missing is not None:
            raise self.missing

    def to(self, device: torch.device) -> ImageData:
        """The same data on another device, there as float32: a GPU divides with other bits than the CPU.

        They are the same tensors if `device` is the CPU.
        """
        if device.type == "cpu":
            return self
        data = self.as_floats()
        return replace(
            data,
            train_images=data.train_images.to(device),
            train_labels=data.train_labels.to(device),
            test_images=data.test_images.to(device),
            test_labels=data.test_labels.to(device),
        )

    def as_floats(self) -> ImageData:
        """The same data with images as float32 in 0..1, which takes four times the memory."""
        from workbench.engine.data.unit_floats import UnitFloats

        def floats(images: Tensor) -> Tensor:
            return UnitFloats(images).batch(0, len(images))

        return replace(self, train_images=floats(self.train_images), test_images=floats(self.test_images))

    def samples(self, count: int) -> np.ndarray:
        """The first `count` training images of each class: (classes, count, 28, 28) uint8, padded with black."""
        import numpy as np

        labels = self.train_labels.numpy()
        samples = np.zeros((len(self.class_names), count, *self.train_images.shape[2:]), dtype=np.uint8)
        for label, images in enumerate(samples):
            places = np.flatnonzero(labels == label)[:count]
            found = self.train_images[places, 0]
            # Rounded, since 0..255 through a division by 255 and back is not always whole.
            images[: len(places)] = (found.mul(255).round() if found.is_floating_point() else found).numpy()
        return samples
