"""Checks and operations for all files: writable, written whole, read up to a size, searched for damage.

Nothing here imports torch.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import zipfile
from typing import IO, TYPE_CHECKING, Final

from workbench.engine.errors import UserError, why_not_written
from workbench.engine.files.atomic_write import write_atomically

if TYPE_CHECKING:
    import pickle
    from pathlib import Path

DOS_FOLDER: Final = 0x10


def check_writable(path: Path) -> None:
    """Raise before the work, not after it, if a file cannot be written to `path`.

    Raises:
        UserError: `path` is a folder, or its folder does not exist or may not be written to.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a directory")
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "No such folder")
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "Permission denied")
    except OSError as error:
        raise why_not_written(path, error) from error


def write_whole(content: bytes, path: Path) -> None:
    """Write `content` to `path`, whole or not at all.

    Raises:
        UserError: the file cannot be written; an older one there is untouched.
    """

    def write(file: IO[bytes]) -> None:
        file.write(content)

    try:
        write_atomically(path, write)
    except OSError as error:
        raise why_not_written(path, error) from error


def read_whole(path: Path, most: int) -> bytes:
    """The content of a file of at most `most` bytes.

    Raises:
        UserError: the path is missing, not a file, too big, or cannot be read.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserError("{path} is a folder: choose a file in it.", path=path)
        if not stat.S_ISREG(status.st_mode):
            raise UserError("{path} is not a file: choose one that is.", path=path)
        if status.st_size > most:
            raise UserError(
                "{path} is too big ({found:,} bytes; such a file has at most {most:,}): choose another file.",
                path=path,
                found=status.st_size,
                most=most,
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError("There is no file {path}: choose an existing file.", path=path) from None
    except OSError as error:
        raise UserError(
            "{path} cannot be read ({reason}): give yourself the right to read it, or choose another file.",
            path=path,
            reason=error.strerror or str(error),
        ) from error


def check_archive(content: bytes) -> None:
    """Find damage in a zip archive of torch's; `torch.load` does not check: it accepted 150 of 150 flipped bits.

    Raises:
        zipfile.BadZipFile: a checksum or the directory is wrong; other damage raises nearly any exception.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        # torch stores without compression: an archive that unpacks to more than its own size is a zip bomb.
        if sum(entry.file_size for entry in entries) > len(content):
            raise zipfile.BadZipFile("the entries are larger than the archive")
        # With one flipped bit, torch reads an entry as a folder and returns a tensor of random memory; zipfile, which
        # decides by the name, still reads a file with the right checksum.
        if any(entry.is_dir() or entry.external_attr & DOS_FOLDER for entry in entries):
            raise zipfile.BadZipFile("it contains a folder")
        if archive.testzip() is not None:
            raise zipfile.BadZipFile("a checksum is wrong")


def code_asked_for(error: pickle.UnpicklingError) -> str | None:
    """The name of the code that a pickle asked to run when `weights_only=True` refused it; None for other errors."""
    asked_for = re.search(r"GLOBAL ([\w.]{1,80})", str(error))
    return None if asked_for is None else asked_for[1]
