"""Fashion-MNIST: fetching what is missing, telling what is wrong with what is there, reading it.

Addresses, checksums and the folder's layout are torchvision's. The download is our own, since torchvision's
offers neither progress nor Cancel and unpacks in place. So is the reading: torchvision answers a damaged file
with a bare AssertionError or with wrong images, its import takes 1.4 s, and neither that nor its reading (0.14 s)
can be cancelled. A test holds what both read side by side.
"""

from __future__ import annotations

import contextlib
import errno
import gzip
import hashlib
import math
import stat
import struct
import threading
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import numpy as np

from workbench.engine.data.datasets import (
    READING,
    TEST_IMAGES,
    TEST_LABELS,
    TRAINING_IMAGES,
    TRAINING_LABELS,
    UNPACKING,
)
from workbench.engine.data.download import CHUNK, POLL, NotArrivedError, fetch
from workbench.engine.errors import DatasetUnavailableError, UserError
from workbench.engine.files.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from torch import Tensor
    from torchvision.datasets import FashionMNIST

    from workbench.engine.data.datasets import Progress

SIDE: Final = 28
CLASSES: Final = 10
READ: Final = 1 << 20
"""Bytes read between two looks at Cancel: about 1 ms."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four files.

    Attributes:
        name: of the unpacked file; packed, `.gz` is added.
        downloading: what `Progress` is told while it arrives.
        holds_images: whether it holds images (N, 28, 28) or labels (N,).
    """

    name: str
    downloading: str
    holds_images: bool

    @property
    def magic(self) -> int:
        """How the file begins: 8 for unsigned bytes, then how many dimensions (source: the IDX format)."""
        return 0x0803 if self.holds_images else 0x0801

    @property
    def header_length(self) -> int:
        """Bytes before the contents: magic, count and, of images, height and width, four each."""
        return 16 if self.holds_images else 8

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one image or label."""
        return (SIDE, SIDE) if self.holds_images else ()


PARTS: Final = (
    Part("train-images-idx3-ubyte", TRAINING_IMAGES, holds_images=True),
    Part("train-labels-idx1-ubyte", TRAINING_LABELS, holds_images=False),
    Part("t10k-images-idx3-ubyte", TEST_IMAGES, holds_images=True),
    Part("t10k-labels-idx1-ubyte", TEST_LABELS, holds_images=False),
)


class RawImages(NamedTuple):
    """Images (N, 28, 28) uint8 in 0..255 and labels (N,) int64 in 0..9, of the training and the test set."""

    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def folder_of(root: Path) -> Path:
    """Where torchvision, given its `root`, looks for the four unpacked files."""
    return root / "FashionMNIST" / "raw"


def load_fashion_mnist(root: Path, progress: Progress) -> RawImages:
    """Read Fashion-MNIST, or any set in its form, from below `root`, fetching first what is missing.

    Args:
        root: the data root; the files are in its `FashionMNIST/raw`.
        progress: called every 10 ms at least while waiting; what it raises ends the loading.

    Raises:
        DatasetUnavailableError: a file is missing and cannot be fetched or kept.
        UserError: a file is there but damaged or unreadable.
    """
    folder = folder_of(root)
    # First what is there: a damaged file is told of even where there is no network to fetch the others.
    missing = [part for part in PARTS if not _is_there(folder / part.name)]
    counts = {part: _check(folder / part.name, part) for part in PARTS if part not in missing}
    if missing:
        _obtain(missing, folder, progress)
        counts |= {part: _check(folder / part.name, part) for part in missing}
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
    return RawImages(*(_read(folder / part.name, part, counts[part], progress) for part in PARTS))


def _read(path: Path, part: Part, count: int, progress: Progress) -> Tensor:
    """The contents of a checked file, images as uint8 and labels as int64, as torchvision gives them."""
    import torch

    contents = bytearray(count * math.prod(part.shape))
    unread = memoryview(contents)
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(part.header_length)
            while unread:
                progress(READING, len(contents) - len(unread), len(contents))
                read = file.readinto(unread[:READ])
                if not read:  # cut off since it was checked
                    found = part.header_length + len(contents) - len(unread)
                    raise _wrong_length(path, found, part.header_length + len(contents))
                unread = unread[read:]
    except OSError as error:
        raise _unreadable(path, error) from error
    tensor = torch.frombuffer(contents, dtype=torch.uint8).view(count, *part.shape)
    return tensor if part.holds_images else tensor.to(torch.int64)


# Checking


def _is_there(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(mode):
        raise UserError("{path} is not a file: move it away, so that the file is fetched.", path=path)
    return True


def _check(path: Path, part: Part) -> int:
    """How many images or labels the file holds.

    Raises:
        UserError: it is damaged or cannot be read.
    """
    length = part.header_length
    try:
        found = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(length)
            body = b"" if part.holds_images else file.read()
    except OSError as error:
        raise _unreadable(path, error) from error
    if header.startswith(b"\x1f\x8b"):
        raise UserError(
            "{path} is still packed (gzip): unpack it, or delete it so that it is fetched again.", path=path
        )
    if len(header) < length:
        raise _wrong_length(path, found, length)
    magic, count, *sides = struct.unpack(f">{length // 4}I", header)
    if magic != part.magic:
        raise _wrong_kind(path, header, part)
    if part.holds_images and sides != [SIDE, SIDE]:
        raise UserError(
            "{path} holds images of {height} × {width} pixels where 28 × 28 belong: delete it, so that it is "
            "fetched again.",
            path=path,
            height=sides[0],
            width=sides[1],
        )
    expected = length + count * math.prod(part.shape)
    if found != expected:
        raise _wrong_length(path, found, expected)
    if count == 0:
        raise UserError("{path} is an empty set: delete it, so that it is fetched again.", path=path)
    _check_labels(path, body)
    return int(count)


def _check_labels(path: Path, body: bytes) -> None:
    labels = np.frombuffer(body, dtype=np.uint8)
    places = np.flatnonzero(labels >= CLASSES)
    if len(places):
        raise UserError(
            "{path} is damaged (its label number {place:,} is {label}, but labels go from 0 to 9): delete "
            "it, so that it is fetched again.",
            path=path,
            place=int(places[0]) + 1,
            label=int(labels[places[0]]),
        )


def _wrong_kind(path: Path, header: bytes, part: Part) -> UserError:
    return UserError(
        "{path} is not what its name says (it begins with {found}, such a file with {expected}): delete it, "
        "so that it is fetched again.",
        path=path,
        found=header[:4].hex(" "),
        expected=struct.pack(">I", part.magic).hex(" "),
    )


def _wrong_length(path: Path, found: int, expected: int) -> UserError:
    return UserError(
        "{path} is damaged (it holds {found:,} bytes where {expected:,} belong): delete it, so that it is "
        "fetched again.",
        path=path,
        found=found,
        expected=expected,
    )


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(
        "{path} cannot be read ({reason}): give yourself the right to read it, or choose another data root.",
        path=path,
        reason=error.strerror or str(error),
    )


# Fetching


def _obtain(missing: list[Part], folder: Path, progress: Progress) -> None:
    """Unpack the missing files, downloading those of which no whole packed copy is there.

    The packed copies stay, as they do with torchvision: a file deleted later comes back without the network.
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
        raise _not_kept(folder, error) from error


def _published(poll: Callable[[], None]) -> type[FashionMNIST]:
    """The class that knows addresses and checksums; its import takes 1.4 s, and Cancel need not wait."""

    def bring() -> None:
        # If this import fails, so does the one below, and there it can be told.
        with contextlib.suppress(Exception):
            import torchvision.datasets  # noqa: F401

    thread = threading.Thread(target=bring, name="import", daemon=True)
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
        "try again, put its four files into that folder, or choose the data set garments.",
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


def _not_kept(folder: Path, error: OSError) -> DatasetUnavailableError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        template = (
            "Fashion-MNIST is not in {folder}, and the disk is too full to download it: free some space, "
            "choose another data root, or choose the data set garments."
        )
    else:
        template = (
            "Fashion-MNIST is not in {folder}, and nothing can be written there ({reason}): choose a data "
            "root you can write to, or choose the data set garments."
        )
    return DatasetUnavailableError(template, folder=folder, reason=error.strerror or str(error))
