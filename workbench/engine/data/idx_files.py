"""IDX files, unpacked or packed with gzip: checked, then read.

The reading is our own: torchvision answers a damaged file with a bare AssertionError or with wrong images, its import
takes 1.4 s, and neither that nor its reading (0.14 s) can be cancelled. A test compares what both read.
"""

from __future__ import annotations

import gzip
import math
import stat
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from workbench.engine.data.image_data import READING
from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from workbench.engine.data.image_data import Progress

SIDE: Final = 28
CLASSES: Final = 10
READ: Final = 1 << 20
"""Bytes read between two calls of `Progress`: about 1 ms."""
UNPACK: Final = 1 << 19
"""Bytes unpacked between two calls: about 5 ms."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the four files of a data set.

    Attributes:
        name: of the unpacked file; the packed one has `.gz` at its end.
        downloading: the phase of `Progress` while it is downloaded.
        holds_images: whether it holds images (N, 28, 28) or labels (N,).
    """

    name: str
    downloading: str
    holds_images: bool

    @property
    def magic(self) -> int:
        """The first four bytes: 8 for unsigned bytes, then the number of dimensions (source: the IDX format)."""
        return 0x0803 if self.holds_images else 0x0801

    @property
    def header_length(self) -> int:
        """Bytes before the contents, four each: magic and count; of images also height and width."""
        return 16 if self.holds_images else 8

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one image or label."""
        return (SIDE, SIDE) if self.holds_images else ()


class RawImages(NamedTuple):
    """Images (N, 28, 28) uint8 in 0..255 and labels (N,) int64 in 0..9, of the training and the test set."""

    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def file_exists(path: Path) -> bool:
    """Whether there is a file at `path`.

    Raises:
        UserError: something that is not a file is there, or its folder cannot be read.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(mode):
        raise UserError("{path} is not a file: move it away, so that the file is fetched.", path=path)
    return True


def check_file(path: Path, part: Part) -> int:
    """The number of images or labels in an unpacked file.

    Raises:
        UserError: it is damaged or cannot be read.
    """
    try:
        length = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(part.header_length)
            labels = b"" if part.holds_images else file.read()
    except OSError as error:
        raise _unreadable(path, error) from error
    if header.startswith(b"\x1f\x8b"):
        raise UserError(
            "{path} is still packed (gzip): unpack it, or delete it so that it is fetched again.", path=path
        )
    return _checked_count(path, part, header, labels, length)


def read_file(path: Path, part: Part, count: int, progress: Progress) -> Tensor:
    """The contents of a checked unpacked file, images as uint8 and labels as int64, as torchvision gives them.

    Raises:
        UserError: it has become shorter since it was checked, or cannot be read.
        CancelledError: `progress` raised it.
    """
    contents = bytearray(count * math.prod(part.shape))
    unread = memoryview(contents)
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(part.header_length)
            while unread:
                progress(READING, len(contents) - len(unread), len(contents))
                read = file.readinto(unread[:READ])
                if not read:
                    found = part.header_length + len(contents) - len(unread)
                    raise _wrong_length(path, found, part.header_length + len(contents))
                unread = unread[read:]
            progress(READING, len(contents), len(contents))
    except OSError as error:
        raise _unreadable(path, error) from error
    return _tensor(contents, part, offset=0)


def read_packed_file(path: Path, part: Part, progress: Progress) -> Tensor:
    """The contents of a file packed with gzip, checked; otherwise as `read_file` gives them.

    Raises:
        UserError: it is damaged or cannot be read.
        CancelledError: `progress` raised it.
    """
    contents = bytearray()
    try:
        total = path.stat().st_size
        with path.open("rb") as packed, gzip.GzipFile(fileobj=packed) as file:
            while chunk := file.read(UNPACK):
                contents += chunk
                progress(READING, packed.tell(), total)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(path, error) from error
    header = bytes(contents[: part.header_length])
    labels = b"" if part.holds_images else bytes(contents[part.header_length :])
    _checked_count(path, part, header, labels, len(contents))
    return _tensor(contents, part, offset=part.header_length)


def _tensor(contents: bytearray, part: Part, *, offset: int) -> Tensor:
    import torch

    tensor = torch.frombuffer(contents, dtype=torch.uint8, offset=offset).view(-1, *part.shape)
    return tensor if part.holds_images else tensor.to(torch.int64)


def _checked_count(path: Path, part: Part, header: bytes, labels: bytes, found: int) -> int:
    """The number of images or labels in a file of `found` bytes; `labels` is all of its labels.

    Raises:
        UserError: the file is damaged.
    """
    length = part.header_length
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
    _check_labels(path, labels)
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


def _unreadable(path: Path, error: Exception) -> UserError:
    return UserError(
        "{path} cannot be read ({reason}): give yourself the right to read it, or choose another data root.",
        path=path,
        reason=getattr(error, "strerror", None) or str(error),
    )
