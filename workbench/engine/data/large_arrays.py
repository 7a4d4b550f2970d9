"""Arrays that may be larger than the memory: these lie in a file of the user's cache folder and are memory-mapped."""

from __future__ import annotations

import math
import os
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.errors import UsageError, UserError, advice_on
from workbench.engine.files.machine_memory import machine_memory
from workbench.engine.paths import user_folder

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

SHARE_VARIABLE: Final = "WORKBENCH_MEMORY_SHARE"
DEFAULT_SHARE: Final = 0.25
PREFIX: Final = "data-"


def most_in_memory() -> int:
    """Bytes of a data set above which it is memory-mapped: a share of the memory, $WORKBENCH_MEMORY_SHARE.

    Raises:
        UsageError: the variable is no share.
    """
    text = os.environ.get(SHARE_VARIABLE, str(DEFAULT_SHARE))
    try:
        share = float(text)
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise UsageError("{name} is {text!r}: give a share from 0 to 1.", name=SHARE_VARIABLE, text=text)
    return int(share * machine_memory())


def allocated(shape: tuple[int, ...], dtype: DTypeLike, *, held: int = 0) -> np.ndarray:
    """A new array to be filled, in memory, or in a file where it and `held` other bytes are more than the share.

    The file is deleted with the array, at the latest when the process ends.

    Raises:
        UserError: there is neither the memory nor the space on the disk.
    """
    nbytes = math.prod(shape) * np.dtype(dtype).itemsize
    if nbytes + held <= most_in_memory() or nbytes == 0:
        try:
            return np.empty(shape, dtype)
        except MemoryError:
            pass
    return _in_file(shape, dtype, nbytes)


def mapped(path: Path, dtype: DTypeLike, offset: int, shape: tuple[int, ...]) -> np.ndarray:
    """The array in the file at `path` from byte `offset` on; what is written to it never reaches the file."""
    array: np.ndarray = np.memmap(path, dtype, "c", offset, shape)
    return array


def _in_file(shape: tuple[int, ...], dtype: DTypeLike, nbytes: int) -> np.ndarray:
    folder = user_folder("cache")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=folder)
        try:
            with os.fdopen(handle, "r+b") as file:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(file.fileno(), 0, nbytes)  # a full disk is found now, not by a signal later
                else:
                    file.truncate(nbytes)
                array: np.ndarray = np.memmap(file, dtype, "r+", shape=shape)
        finally:
            if os.name == "posix":
                Path(name).unlink()  # the pages stay as long as they are mapped
        if os.name != "posix":
            weakref.finalize(array, _delete, name)
    except OSError as error:
        raise UserError(
            "The data need {size:,} MB in {folder}, which cannot be written ({reason}): {advice}, or let more of the "
            "memory be used ({name}).",
            size=nbytes >> 20,
            folder=folder,
            reason=error.strerror or str(error),
            advice=advice_on(error),
            name=SHARE_VARIABLE,
        ) from error
    return array


def _delete(name: str) -> None:
    with suppress(OSError):
        Path(name).unlink()
