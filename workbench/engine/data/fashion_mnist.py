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

from workbench.engine.data.download import CHUNK, POLL, NotArrivedError, fetch
from workbench.engine.data.idx_files import Part, RawImages, check_file, file_exists, read_file, read_packed_file
from workbench.engine.data.image_data import TEST_IMAGES, TEST_LABELS, TRAINING_IMAGES, TRAINING_LABELS, UNPACKING
from workbench.engine.errors import DatasetUnavailableError, UserError
from workbench.engine.files.atomic_write import write_atomically
from workbench.engine.paths import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torchvision.datasets import FashionMNIST

    from workbench.engine.data.image_data import Progress

PARTS: Final = (
    Part("train-images-idx3-ubyte", TRAINING_IMAGES, holds_images=True),
    Part("train-labels-idx1-ubyte", TRAINING_LABELS, holds_images=False),
    Part("t10k-images-idx3-ubyte", TEST_IMAGES, holds_images=True),
    Part("t10k-labels-idx1-ubyte", TEST_LABELS, holds_images=False),
)


def folder_of(root: Path) -> Path:
    """The folder below `root` in which torchvision looks for the four unpacked files."""
    return root / "FashionMNIST" / "raw"


def load_fashion_mnist(root: Path, progress: Progress) -> RawImages:
    """Read Fashion-MNIST, or any set in its form, from below `root`; missing files are fetched first.

    `progress` is called at least every 10 ms while waiting; what it raises ends the loading.

    Raises:
        DatasetUnavailableError: a file is missing and cannot be fetched or written.
        UserError: a file is there but damaged or unreadable.
    """
    folder = folder_of(root)
    # The files that are there come first: a damaged one is reported also where no network could fetch the others.
    missing = [part for part in PARTS if not file_exists(folder / part.name)]
    counts = {part: check_file(folder / part.name, part) for part in PARTS if part not in missing}
    if missing:
        _fetch_missing(missing, folder, progress)
        counts |= {part: check_file(folder / part.name, part) for part in missing}
    for images, labels in (PARTS[:2], PARTS[2:]):
        if counts[images] != counts[labels]:
            raise UserError(
                "{images} holds {image_count:,} images but {labels} holds {label_count:,} labels: delete "
                "both, so that they are fetched again.",
                images=folder / images.name,
                image_count=counts[images],
                labels=folder / labels.name,
                label_count=counts[labels],
            )
    return RawImages(*(read_file(folder / part.name, part, counts[part], progress) for part in PARTS))


def load_fashion_mnist_mini(progress: Progress) -> RawImages:
    """Read the built-in part: the first 12,000 training and 2,000 test images, packed in the program's resources.

    `progress` is called every 10 ms; what it raises ends the loading.

    Raises:
        UserError: a file is missing or damaged.
    """
    folder = resource_path("data", "fashion-mnist-mini")
    try:
        return RawImages(*(read_packed_file(folder / f"{part.name}.gz", part, progress) for part in PARTS))
    except UserError as problem:
        raise UserError(
            "The built-in images in {folder} are incomplete or damaged: install the program again.", folder=folder
        ) from problem


def _fetch_missing(missing: list[Part], folder: Path, progress: Progress) -> None:
    """Unpack the missing files; download those that have no whole packed copy.

    The packed copies stay, as with torchvision: a file that is deleted later comes back without the network.
    """
    published = _published(partial(progress, missing[0].downloading, 0, 0))
    checksums = dict(published.resources)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part in missing:
            packed = folder / f"{part.name}.gz"
            if not _has_md5(packed, checksums[packed.name], progress):
                _download(part, packed, published.mirrors, checksums[packed.name], progress)
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
    for mirror in mirrors:
        try:
            fetch(f"{mirror}{packed.name}", packed, md5, partial(progress, part.downloading))
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


def _has_md5(packed: Path, md5: str, progress: Progress) -> bool:
    digest = hashlib.md5(usedforsecurity=False)
    try:
        with packed.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                progress(UNPACKING, 0, 0)
    except OSError:
        return False
    return digest.hexdigest() == md5


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
