"""Arrays in `.npy` and `.npz` files: their headers are checked before memory is taken; nothing in them is run."""

from __future__ import annotations

import math
import os
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

import numpy as np

from workbench.engine.data.dataset import READING
from workbench.engine.data.large_arrays import allocated, mapped, most_in_memory
from workbench.engine.errors import UserError
from workbench.engine.files.pickle_values import RefusedError
from workbench.engine.files.safe_files import opened
from workbench.engine.files.zip_directory import ZipDirectory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workbench.engine.data.dataset import Progress

    Arrays = dict[str, Callable[[], np.ndarray]]

MOST_BYTES: Final = 1 << 44
MOST_RATIO: Final = 1100
"""Deflate makes at most 1,032 bytes of one (https://zlib.net/zlib_tech.html)."""
MOST_ARRAYS: Final = 1000
PIECE: Final = 1 << 20
"""Bytes read between two calls of `Progress`."""
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, RefusedError, EOFError, NotImplementedError, RuntimeError, ValueError)


@contextmanager
def arrays_in_archive(path: Path, progress: Progress) -> Iterator[Arrays]:
    """The arrays of the `.npz` file at `path`, by name, each read when it is called.

    Raises:
        UserError: it is damaged, no file of numpy.savez, or holds Python objects; now or inside.
    """
    with opened(path, MOST_BYTES) as file:
        try:
            directory = ZipDirectory(file)
            with zipfile.ZipFile(directory) as archive:
                directory.most = None
                entries = [entry for entry in archive.infolist() if entry.filename.endswith(".npy")]
                if not entries or len(entries) > MOST_ARRAYS:
                    raise UserError(
                        "{path} is a zip archive, but not one of numpy.savez: unpack it, and choose what is in it (an "
                        "Excel workbook: save its sheet as CSV).",
                        path=path,
                    )
                yield {
                    entry.filename.removesuffix(".npy"): lambda entry=entry: _entry(archive, entry, path, progress)  # type: ignore[misc]
                    for entry in entries
                }
        except DAMAGED as error:
            raise UserError(
                "{path} is damaged ({reason}): replace it by a whole one.",
                path=path,
                reason=str(error)[:80] or "it ends too early",
            ) from error


def array_in_file(path: Path, progress: Progress) -> np.ndarray:
    """The array of the `.npy` file at `path`; memory-mapped where it is large.

    Raises:
        UserError: it is damaged, or holds Python objects.
    """
    with opened(path, MOST_BYTES) as file:
        try:
            shape, is_fortran, dtype = _header(file, path)
            start, size = file.tell(), os.fstat(file.fileno()).st_size
            nbytes = math.prod(shape) * dtype.itemsize
            if nbytes != size - start:
                raise ValueError(f"it holds {size - start:,} bytes where {nbytes:,} belong")
            if nbytes > most_in_memory() and not is_fortran:
                return mapped(path, dtype, start, shape)
            return _filled(file, shape, dtype, progress, is_fortran=is_fortran)
        except DAMAGED as error:
            raise UserError(
                "{path} is damaged ({reason}): replace it by a whole one.", path=path, reason=str(error)[:80]
            ) from error


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, progress: Progress) -> np.ndarray:
    with archive.open(entry) as stream:
        shape, is_fortran, dtype = _header(stream, path)
        nbytes = math.prod(shape) * dtype.itemsize
        # What is packed cannot be longer; otherwise a few bytes could claim gigabytes.
        if nbytes > entry.file_size or nbytes > (entry.compress_size + 1) * MOST_RATIO:
            raise ValueError(f"{entry.filename} claims {nbytes:,} bytes")
        array = _filled(stream, shape, dtype, progress, is_fortran=is_fortran)
        if stream.read(1):
            raise ValueError(f"{entry.filename} is longer than its shape")
        return array


def _header(stream: IO[bytes], path: Path) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
    """The shape, whether the first index is the fastest, and the type of the array that begins here."""
    version = np.lib.format.read_magic(stream)
    try:
        if version == (1, 0):
            shape, is_fortran, dtype = np.lib.format.read_array_header_1_0(stream)
        elif version == (2, 0):
            shape, is_fortran, dtype = np.lib.format.read_array_header_2_0(stream)
        else:
            raise ValueError(f"its version {version} is not known")
    except MemoryError:
        # Python's parser says so of a text that is nested too deep.
        raise ValueError("its header is nested too deep") from None
    except ValueError as error:
        raise ValueError(str(error).partition(".")[0]) from None
    if dtype.hasobject:
        raise UserError(
            "{path} holds Python objects, which could run code: save arrays of numbers or texts with numpy.savez.",
            path=path,
        )
    if dtype.kind not in "biufUS" or any(size < 0 for size in shape):
        raise UserError(
            "{path} holds an array of the type {dtype}: save numbers or texts instead.",
            path=path,
            dtype=str(dtype)[:40],
        )
    return shape, is_fortran, dtype


def _filled(
    stream: IO[bytes], shape: tuple[int, ...], dtype: np.dtype[np.generic], progress: Progress, *, is_fortran: bool
) -> np.ndarray:
    flat = allocated((math.prod(shape),), dtype)
    content = flat.view(np.uint8).data.cast("B") if flat.size and dtype.itemsize else memoryview(b"")
    done = 0
    while done < len(content):
        progress(READING, done, len(content))
        piece = stream.read(min(PIECE, len(content) - done))
        if not piece:
            raise EOFError("it ends too early")
        content[done : done + len(piece)] = piece
        done += len(piece)
    progress(READING, done, len(content))
    return flat.reshape(shape, order="F" if is_fortran else "C")
