"""Checks and operations for all files: writable, written whole, read up to a size.

Nothing here imports torch.
"""

from __future__ import annotations

import errno
import io
import stat
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from workbench.engine.errors import UserError, why_not_written
from workbench.engine.files.atomic_write import try_to_write, write_atomically

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


def with_suffix(path: Path, suffix: str, known: Collection[str]) -> Path:
    """`path` with `suffix` added where its name has none of the known ones: `lr0.01` becomes `lr0.01.pt`."""
    return path if path.suffix.lower() in known else path.with_name(path.name.rstrip(".") + suffix)


def check_writable(path: Path) -> None:
    """Raise before the work, not after it, if a file cannot be written to `path`.

    Raises:
        UserError: `path` is a folder, its name is too long, or its folder does not exist or may not be written to.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a directory")
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "No such folder")
        try:
            try_to_write(path)
        except FileNotFoundError as error:  # in a folder of the system, such as /proc
            raise PermissionError(errno.EACCES, "Permission denied") from error
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


@contextmanager
def opened(path: Path, most: int) -> Iterator[IO[bytes]]:
    """The file at `path`, of at most `most` bytes, open for reading.

    Raises:
        UserError: the path is missing, not a file, too big, or cannot be read, now or inside.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserError("{path} is a folder: choose a file in it.", path=path)
        if not stat.S_ISREG(status.st_mode):
            raise UserError("{path} is not a file: choose one that is.", path=path)
        with path.open("rb") as file:
            found = file.seek(0, io.SEEK_END)
            if found > most:
                raise UserError(
                    "{path} is too big ({found:,} bytes; such a file has at most {most:,}): choose another file.",
                    path=path,
                    found=found,
                    most=most,
                )
            file.seek(0)
            yield file
    except FileNotFoundError:
        raise UserError("There is no file {path}: choose an existing file.", path=path) from None
    except OSError as error:
        raise UserError(
            "{path} cannot be read ({reason}): give yourself the right to read it, or choose another file.",
            path=path,
            reason=error.strerror or str(error),
        ) from error


def read_whole(path: Path, most: int) -> bytes:
    """The content of a file of at most `most` bytes.

    Raises:
        UserError: the path is missing, not a file, too big, or cannot be read.
    """
    with opened(path, most) as file:
        return file.read()
