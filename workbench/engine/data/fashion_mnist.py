"""Fashion-MNIST, whole from the network or in its built-in part.

Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms", 2017.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.data.idx_files import RawTensors, check_file, read_file
from workbench.engine.data.published_idx import PARTS, PublishedSet, load_published
from workbench.engine.errors import UserError
from workbench.engine.paths import resource_path

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.data.dataset import Progress

UNPACKED_SHA256: Final = {
    "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
}
"""Of the published files, unpacked."""
SIZES: Final = {
    "8d4fb7e6c68d591d4c3dfef9ec88bf0d": 26_421_880,
    "25c81989df183df01b3e8a0aad5dffbe": 29_515,
    "bef4ecab320f06d8554ea6380940ec79": 4_422_102,
    "bb300cfdad3c16e7a12a480ee83cd310": 5_148,
}
"""Bytes of the published files, by the MD5 that torchvision knows."""
HTTPS_MIRRORS: Final = (
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
)
"""Tried before torchvision's, which is reached by http: its bytes can be changed on the way."""


def fashion_mnist() -> PublishedSet:
    """Fashion-MNIST."""
    return PublishedSet(
        label="Fashion-MNIST",
        folder="FashionMNIST",
        mirrors=HTTPS_MIRRORS,
        sizes=SIZES,
        unpacked_sha256=UNPACKED_SHA256,
        instead=UserError("choose Fashion-MNIST mini (fashion-mnist-mini)"),
    )


def folder_of(root: Path) -> Path:
    """The folder below `root` in which torchvision looks for the four unpacked files."""
    return fashion_mnist().folder_in(root)


def load_fashion_mnist(root: Path, progress: Progress) -> RawTensors:
    """Read Fashion-MNIST, or any set in its form, from below `root`, as `load_published` does."""
    return load_published(fashion_mnist(), root, progress)


def load_fashion_mnist_mini(progress: Progress) -> RawTensors:
    """Read the built-in part: the first 12,000 training and 2,000 test images, packed in the program's resources.

    `progress` is called every 10 ms; what it raises ends the loading.

    Raises:
        UserError: a file is missing or damaged.
    """
    folder = resource_path("data", "fashion-mnist-mini")
    try:
        files = [(folder / f"{part.name}.gz", part) for part in PARTS]
        return RawTensors(*(read_file(path, part, check_file(path, part, progress), progress) for path, part in files))
    except UserError as problem:
        raise UserError(
            "The built-in images in {folder} are incomplete or damaged: install the program again.", folder=folder
        ) from problem
