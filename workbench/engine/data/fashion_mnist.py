"""Fashion-MNIST, whole from the network or in its built-in part.

Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms", 2017.
Addresses, checksums and the layout of the folder are torchvision's. The download is our own, since torchvision's offers
neither progress nor Cancel and unpacks in place.
"""

from __future__ import annotations

import contextlib
import errno
import gzip
import hashlib
import threading
from functools import partial
from typing import IO, TYPE_CHECKING, Final

from workbench.engine.data.dataset import (
    READING,
    TEST_IMAGES,
    TEST_LABELS,
    TRAINING_IMAGES,
    TRAINING_LABELS,
    UNPACKING,
)
from workbench.engine.data.download import CHUNK, POLL, NotArrivedError, fetch
from workbench.engine.data.idx_files import MOST_BYTES, Part, RawTensors, check_file, find_file, read_file
from workbench.engine.errors import DatasetUnavailableError, UserError
from workbench.engine.files.atomic_write import remove_left_behind, write_atomically
from workbench.engine.files.safe_files import opened
from workbench.engine.paths import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from torchvision.datasets import FashionMNIST

    from workbench.engine.data.dataset import Progress

PARTS: Final = (
    Part("train-images-idx3-ubyte", TRAINING_IMAGES, holds_images=True),
    Part("train-labels-idx1-ubyte", TRAINING_LABELS, holds_images=False),
    Part("t10k-images-idx3-ubyte", TEST_IMAGES, holds_images=True),
    Part("t10k-labels-idx1-ubyte", TEST_LABELS, holds_images=False),
)

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
MOST_DOWNLOADED: Final = 1 << 26
"""Bytes of a file that torchvision publishes with another MD5."""
HTTPS_MIRRORS: Final = (
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
)
"""Tried before torchvision's, which is reached by http: its bytes can be changed on the way."""


def folder_of(root: Path) -> Path:
    """The folder below `root` in which torchvision looks for the four unpacked files."""
    return root / "FashionMNIST" / "raw"


def load_fashion_mnist(root: Path, progress: Progress) -> RawTensors:
    """Read Fashion-MNIST, or any set in its form, from below `root`; missing files are fetched first.

    `progress` is called at least every 10 ms while waiting; what it raises ends the loading.

    Raises:
        DatasetUnavailableError: a file is missing and cannot be fetched or written.
        UserError: a file is there but damaged or unreadable, or some files are a user's own and others missing.
    """
    folder = folder_of(root)
    remove_left_behind(folder)
    found = {part: find_file(folder, part) for part in PARTS}
    paths = {part: path for part, path in found.items() if path is not None}
    # The files that are there come first: a damaged one is reported also where no network could fetch the others.
    counts = {part: check_file(path, part, progress) for part, path in paths.items()}
    if missing := [part for part in PARTS if part not in paths]:
        published = _published(partial(progress, missing[0].downloading, 0, 0))
        _refuse_mixture(paths, missing, published, progress)
        _fetch_missing(missing, folder, published, progress)
        paths |= {part: folder / part.name for part in missing}
        counts |= {part: check_file(paths[part], part, progress) for part in missing}
    for images, labels in (PARTS[:2], PARTS[2:]):
        if counts[images] != counts[labels]:
            raise UserError(
                "{images} holds {image_count:,} images but {labels} holds {label_count:,} labels: replace "
                "them by files that belong together, or delete both.",
                images=paths[images],
                image_count=counts[images],
                labels=paths[labels],
                label_count=counts[labels],
            )
    return RawTensors(*(read_file(paths[part], part, counts[part], progress) for part in PARTS))


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


def _refuse_mixture(
    paths: Mapping[Part, Path], missing: list[Part], published: type[FashionMNIST], progress: Progress
) -> None:
    """Raise where some files are a user's own: those of Fashion-MNIST would be no set with them."""
    checksums = dict(published.resources)
    for part, path in paths.items():
        is_packed = path.suffix == ".gz"
        expected = checksums[path.name] if is_packed else UNPACKED_SHA256[part.name]
        if _digest_of(path, "md5" if is_packed else "sha256", progress) != expected:
            raise UserError(
                "{path} is your own and not of Fashion-MNIST, but {missing} is missing beside it: put your own file "
                "there, too, or choose another data root (--data-root), where Fashion-MNIST can be downloaded.",
                path=path,
                missing=missing[0].name,
            )


def _fetch_missing(missing: list[Part], folder: Path, published: type[FashionMNIST], progress: Progress) -> None:
    """Download and unpack the missing files; the packed copies stay, as with torchvision."""
    checksums = dict(published.resources)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part in missing:
            packed = folder / f"{part.name}.gz"
            _download(part, packed, [*HTTPS_MIRRORS, *published.mirrors], checksums[packed.name], progress)
            _unpack(packed, folder / part.name, progress)
    except OSError as error:
        raise _not_written(folder, error) from error


def _published(poll: Callable[[], None]) -> type[FashionMNIST]:
    """The class that knows addresses and checksums. Its import takes 1.4 s; Cancel works meanwhile."""

    def import_torchvision() -> None:
        # If this import fails, the one below fails too, and raises.
        with contextlib.suppress(Exception):
            import torchvision.datasets  # noqa: F401

    thread = threading.Thread(target=import_torchvision, name="import", daemon=True)
    thread.start()
    while thread.is_alive():
        poll()
        thread.join(POLL)
    from torchvision.datasets import FashionMNIST

    published: type[FashionMNIST] = FashionMNIST
    return published


def _download(part: Part, packed: Path, mirrors: list[str], md5: str, progress: Progress) -> None:
    reasons = []
    most = SIZES.get(md5, MOST_DOWNLOADED)
    for mirror in mirrors:
        try:
            fetch(
                f"{mirror}{packed.name}",
                packed,
                md5,
                most,
                partial(progress, part.downloading),
            )
        except NotArrivedError as reason:
            reasons.append(str(reason))
        else:
            return
    raise DatasetUnavailableError(
        "Fashion-MNIST is not in {folder} and could not be downloaded ({reason}): connect to the network and "
        "try again, put its four files into that folder, or choose Fashion-MNIST mini (fashion-mnist-mini).",
        folder=packed.parent,
        reason="; ".join(dict.fromkeys(reasons)),
    )


def _unpack(packed: Path, target: Path, progress: Progress) -> None:
    def write(file: IO[bytes]) -> None:
        total = packed.stat().st_size
        with packed.open("rb") as raw, gzip.GzipFile(fileobj=raw) as unpacked:
            while chunk := unpacked.read(CHUNK):
                file.write(chunk)
                progress(UNPACKING, raw.tell(), total)

    write_atomically(target, write)


def _digest_of(path: Path, algorithm: str, progress: Progress) -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with opened(path, MOST_BYTES) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            progress(READING, 0, 0)
    return digest.hexdigest()


def _not_written(folder: Path, error: OSError) -> DatasetUnavailableError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        template = (
            "Fashion-MNIST is not in {folder}, and the disk is too full to download it: free some space, "
            "choose another data root, or choose Fashion-MNIST mini (fashion-mnist-mini)."
        )
    else:
        template = (
            "Fashion-MNIST is not in {folder}, and nothing can be written there ({reason}): choose a data "
            "root you can write to, or choose Fashion-MNIST mini (fashion-mnist-mini)."
        )
    return DatasetUnavailableError(template, folder=folder, reason=error.strerror or str(error))
