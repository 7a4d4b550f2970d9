"""IDX files, unpacked or packed with gzip: checked, then read.

The reading is our own: torchvision answers a damaged file with a bare AssertionError or with wrong images, its import
takes 1.4 s, and neither that nor its reading (0.14 s) can be cancelled. A test compares what both read.
"""

from __future__ import annotations

import math
import os
import stat
import struct
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np

from workbench.engine.data.dataset import READING
from workbench.engine.data.gzip_content import GzipContent
from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import opened

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from torch import Tensor

    from workbench.engine.data.dataset import Progress

SIDE: Final = 28
CLASSES: Final = 10
READ: Final = 1 << 20
"""Bytes read between two calls of `Progress`: about 1 ms."""
MOST_BYTES: Final = 1 << 30
"""Of a file on disk."""
MOST_IMAGES: Final = 1_000_000
"""Of a data set; they take 784 MB."""
MOST_RATIO: Final = 1100
"""Deflate makes at most 1,032 bytes of one (https://zlib.net/zlib_tech.html)."""
GZIP_MAGIC: Final = b"\x1f\x8b"


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


class RawTensors(NamedTuple):
    """Images (N, 28, 28) uint8 in 0..255 and labels (N,) int64 in 0..9, of the training and the test set."""

    train_inputs: Tensor
    train_targets: Tensor
    test_inputs: Tensor
    test_targets: Tensor


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


def find_file(folder: Path, part: Part) -> Path | None:
    """The unpacked file of `part` in `folder`, else the one packed with gzip, else None.

    Raises:
        UserError: as `file_exists`.
    """
    paths = (folder / part.name, folder / f"{part.name}.gz")
    return next((path for path in paths if file_exists(path)), None)


def check_file(path: Path, part: Part, progress: Progress) -> int:
    """The number of images or labels in a file, packed or not; of images only the header is read.

    Raises:
        UserError: it is damaged, too big, or cannot be read.
        CancelledError: `progress` raised it.
    """
    with _content(path, progress) as (stream, length):
        header = bytearray(part.header_length)
        count = _count_in(path, part, bytes(header[: _fill(header, stream)]), length)
        if not part.holds_images:
            labels = bytearray(count)
            _check_labels(path, bytes(labels[: _fill(labels, stream)]))
    return count


def read_file(path: Path, part: Part, count: int, progress: Progress) -> Tensor:
    """The contents of a checked file, images as uint8 and labels as int64, as torchvision gives them.

    Raises:
        UserError: it is damaged, has changed since it was checked, or cannot be read.
        CancelledError: `progress` raised it.
    """
    import torch

    try:
        contents = bytearray(count * math.prod(part.shape))
    except MemoryError:
        raise UserError("{path} does not fit into the memory: close other programs.", path=path) from None
    with _content(path, progress) as (stream, _):
        _fill(bytearray(part.header_length), stream)

        def on_piece(done: int) -> None:
            if not _is_packed(path):
                progress(READING, done, len(contents))

        found = _fill(contents, stream, on_piece)
        # At its end a packed file is checked against its CRC-32.
        more = _fill(bytearray(1), stream)
    if found + more != len(contents):
        raise _wrong_length(path, part.header_length + found + more, part.header_length + len(contents))
    tensor = torch.frombuffer(contents, dtype=torch.uint8).view(-1, *part.shape)
    return tensor if part.holds_images else tensor.to(torch.int64)


def _is_packed(path: Path) -> bool:
    return path.suffix == ".gz"


@contextmanager
def _content(path: Path, progress: Progress) -> Iterator[tuple[io.BufferedReader | GzipContent, int]]:
    """The unpacked content of a file, and the length of the file on disk."""
    with opened(path, MOST_BYTES) as file:
        length = os.fstat(file.fileno()).st_size
        try:
            yield (GzipContent(file, progress) if _is_packed(path) else cast("io.BufferedReader", file)), length
        except (EOFError, zlib.error) as error:
            raise UserError(
                "{path} is damaged ({reason}): replace it by a whole one, or delete it.", path=path, reason=error
            ) from error


def _fill(
    buffer: bytearray, stream: io.BufferedReader | GzipContent, on_piece: Callable[[int], None] = lambda _: None
) -> int:
    """Fill `buffer` from `stream` in pieces, each announced with the bytes done; returns the number of bytes read."""
    view, done = memoryview(buffer), 0
    while done < len(view):
        on_piece(done)
        read = stream.readinto(view[done : done + READ])
        if not read:
            return done
        done += read
    on_piece(done)
    return done


def _count_in(path: Path, part: Part, header: bytes, length: int) -> int:
    """The number of images or labels that the header of a file of `length` bytes on disk announces.

    Raises:
        UserError: it is another file, or a damaged one, or has more images than fit.
    """
    if header.startswith(GZIP_MAGIC):
        raise UserError("{path} is still packed (gzip): unpack it, or give it the ending .gz.", path=path)
    if len(header) < part.header_length:
        raise _wrong_length(path, len(header), part.header_length)
    magic, count, *sides = struct.unpack(f">{part.header_length // 4}I", header)
    if magic != part.magic:
        raise _wrong_kind(path, header, part)
    if part.holds_images and sides != [SIDE, SIDE]:
        raise UserError(
            "{path} holds images of {height} × {width} pixels where 28 × 28 belong: replace it by a whole one, or "
            "delete it.",
            path=path,
            height=sides[0],
            width=sides[1],
        )
    expected = part.header_length + count * math.prod(part.shape)
    # What is packed cannot be longer than this; otherwise a few bytes could claim gigabytes.
    if length * MOST_RATIO < expected if _is_packed(path) else length != expected:
        raise _wrong_length(path, length, expected)
    if count == 0:
        raise UserError("{path} is an empty set: replace it by a whole one, or delete it.", path=path)
    if count > MOST_IMAGES:
        raise UserError(
            "{path} holds {count:,} entries, but a data set here has at most {most:,}: choose a smaller one.",
            path=path,
            count=count,
            most=MOST_IMAGES,
        )
    return int(count)


def _check_labels(path: Path, body: bytes) -> None:
    labels = np.frombuffer(body, dtype=np.uint8)
    places = np.flatnonzero(labels >= CLASSES)
    if len(places):
        raise UserError(
            "{path} is damaged (its label number {place:,} is {label}, but labels go from 0 to 9): replace "
            "it by a whole one, or delete it.",
            path=path,
            place=int(places[0]) + 1,
            label=int(labels[places[0]]),
        )


def _wrong_kind(path: Path, header: bytes, part: Part) -> UserError:
    return UserError(
        "{path} is not what its name says (it begins with {found}, such a file with {expected}): replace it by a "
        "whole one, or delete it.",
        path=path,
        found=header[:4].hex(" "),
        expected=struct.pack(">I", part.magic).hex(" "),
    )


def _wrong_length(path: Path, found: int, expected: int) -> UserError:
    return UserError(
        "{path} is damaged (it holds {found:,} bytes where {expected:,} belong): replace it by a whole one, "
        "or delete it.",
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
