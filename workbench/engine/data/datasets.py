"""The registry of data sets, where they are kept, and the form they have in memory.

Rows only at import: the window lists them before torch is loaded; what reads and draws them is in
`fashion_mnist.py` and `garments.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from workbench.engine.config.registry import Registry
from workbench.engine.errors import DatasetUnavailableError, UserError
from workbench.engine.paths import user_folder

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import torch
    from torch import Tensor

Progress = Callable[[str, int, int], None]
"""Told (what is being done, done, total), total 0 while unknown; raises Interrupted when somebody cancels."""

READING: Final = "Reading the images"
DRAWING: Final = "Drawing the garments"
UNPACKING: Final = "Unpacking"
TRAINING_IMAGES: Final = "Downloading the training images"
TRAINING_LABELS: Final = "Downloading the training labels"
TEST_IMAGES: Final = "Downloading the test images"
TEST_LABELS: Final = "Downloading the test labels"
PHASES: Final = (
    READING,
    DRAWING,
    UNPACKING,
    TRAINING_IMAGES,
    TRAINING_LABELS,
    TEST_IMAGES,
    TEST_LABELS,
)
"""All that `Progress` is told of, so that the window can translate it."""

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
"""Fashion-MNIST's classes, by label; those of `garments` too."""

CHUNK: Final = 1024
"""Images converted between two looks at Stop: 1 to 5 ms of work."""


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
    """

    name: str
    class_names: tuple[str, ...]
    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor

    def to(self, device: torch.device) -> ImageData:
        """The same data on another device; where it is there already, the very same tensors."""
        return replace(
            self,
            train_images=self.train_images.to(device),
            train_labels=self.train_labels.to(device),
            test_images=self.test_images.to(device),
            test_labels=self.test_labels.to(device),
        )

    def samples(self, count: int) -> np.ndarray:
        """The first `count` training images of each class: (classes, count, 28, 28) uint8, black padded."""
        import numpy as np

        labels = self.train_labels.numpy()
        samples = np.zeros((len(self.class_names), count, *self.train_images.shape[2:]), dtype=np.uint8)
        for label, images in enumerate(samples):
            places = np.flatnonzero(labels == label)[:count]
            # Rounded, since 0..255 through a division by 255 and back is not always whole.
            images[: len(places)] = self.train_images[places, 0].mul(255).round().numpy()
        return samples


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """A data set to train on.

    Attributes:
        name: the key.
        label: what people read.
        help: what it is and when to choose it.
        class_names: what the labels mean, by label.
        load: brings it into memory, from the data root given.
    """

    name: str
    label: str
    help: str
    class_names: tuple[str, ...]
    load: Callable[[Path, Progress], ImageData]


def load_dataset(name: str, root: Path, progress: Progress) -> ImageData:
    """Bring a data set into memory, fetching it into `root` first where it is missing.

    Raises:
        UsageError: there is no data set of that name.
        DatasetUnavailableError: it is missing and cannot be fetched.
        UserError: it is there but damaged or unreadable.
        CancelledError: `progress` raised it; only whole files are left behind.
    """
    return DATASETS[name].load(root, progress)


def load_default(root: Path, progress: Progress) -> tuple[ImageData, UserError | None]:
    """The default data set or, where it cannot be had, the built-in one and the problem that says why.

    A file that is there but damaged is not made up for but told of: only its owner knows what it was to be.

    Raises:
        UserError: the default is there but damaged or unreadable.
        CancelledError: `progress` raised it.
    """
    try:
        return load_dataset(DATASETS.default, root, progress), None
    except DatasetUnavailableError as problem:
        return load_dataset(BUILT_IN, root, progress), problem


def _load_fashion_mnist(root: Path, progress: Progress) -> ImageData:
    from workbench.engine.data.fashion_mnist import load_fashion_mnist

    raw = load_fashion_mnist(root, progress)
    return ImageData(
        "fashion-mnist",
        CLASS_NAMES,
        _unit_floats(raw.train_images, progress),
        raw.train_labels,
        _unit_floats(raw.test_images, progress),
        raw.test_labels,
    )


def _load_garments(_root: Path, progress: Progress) -> ImageData:
    import torch

    from workbench.engine.data.garments.dataset import load_garments

    cache = user_folder("cache")
    raw = load_garments(cache, lambda done, total: progress(DRAWING, done, total))
    return ImageData(
        BUILT_IN,
        CLASS_NAMES,
        _unit_floats(torch.from_numpy(raw.train_images), progress),
        torch.from_numpy(raw.train_labels).to(torch.int64),
        _unit_floats(torch.from_numpy(raw.test_images), progress),
        torch.from_numpy(raw.test_labels).to(torch.int64),
    )


def _unit_floats(images: Tensor, progress: Progress) -> Tensor:
    """(N, 28, 28) uint8 in 0..255 as (N, 1, 28, 28) float32 in 0..1, the bits ToTensor gives."""
    import torch

    count = len(images)
    floats = torch.empty((count, 1, *images.shape[1:]), dtype=torch.float32)
    for start in range(0, count, CHUNK):
        progress(READING, start, count)
        # ToTensor's `.to(float32).div(255)` in one pass; with a temporary per chunk it took 10 times as long.
        torch.div(images[start : start + CHUNK], 255, out=floats[start : start + CHUNK, 0])
    progress(READING, count, count)
    return floats


BUILT_IN: Final = "garments"

DATASETS: Final[Registry[DatasetRow]] = Registry(
    "data set",
    DatasetRow(
        name="fashion-mnist",
        label="Fashion-MNIST",
        help="Zalando's 60,000 training and 10,000 test photographs of clothes, 28 × 28 grey, in ten "
        "classes: the data of the tutorial. Downloaded once (30 MB) where it is missing.",
        class_names=CLASS_NAMES,
        load=_load_fashion_mnist,
    ),
    DatasetRow(
        name=BUILT_IN,
        label="Garments (built in)",
        help="12,000 training and 2,000 test drawings of clothes, made by this program: the same size and "
        "the same ten classes as Fashion-MNIST, and no network is needed. Small and quick: for trying out.",
        class_names=CLASS_NAMES,
        load=_load_garments,
    ),
)
