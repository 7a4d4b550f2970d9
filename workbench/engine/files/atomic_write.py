"""Writes files whole or not at all.

If `torch.save(path)` is killed in the middle, the file is unreadable, and a full disk destroys the old file. With a
temporary file that is then renamed, either the old file or the new one is there at every moment (rename(2): "newpath
will be atomically replaced").
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def write_atomically(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in place of `path` in one step.

    Args:
        path: the file to write; a symbolic link is followed, so that the link stays a link. A device such as
            /dev/null or a named pipe cannot be replaced and is written to directly.
        write: called once with the open binary file.

    Raises:
        OSError: the disk is full, the folder is missing or not writable; `path` is then as it was.
    """
    target = Path(os.path.realpath(path))
    mode = _mode_of(target)
    if mode is not None and not stat.S_ISREG(mode):
        with _open_in_place(target) as file:
            write(file)
        return
    temporary = _beside(target)
    try:
        with temporary.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def try_to_write(path: Path) -> None:
    """Make and remove a temporary file beside `path`: whether one can be made is not known before it is.

    Raises:
        OSError: `write_atomically` would fail for this path.
    """
    target = Path(os.path.realpath(path))
    mode = _mode_of(target)
    if mode is not None and not stat.S_ISREG(mode):
        return  # a device or a pipe, whose reader would see that it is opened
    temporary = _beside(target)
    temporary.open("xb").close()
    temporary.unlink()


def _open_in_place(target: Path) -> IO[bytes]:
    """Open a device or a pipe; a pipe that no program reads is an error, where `open` would wait for a reader."""
    descriptor = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "wb")


def _beside(target: Path) -> Path:
    """The path of a new temporary file."""
    # Cut: with the added letters, the longest name that a folder allows would be too long. Made by `open` and not by
    # mkstemp, whose files only their owner may read: the umask cannot be read without a change of it for all threads.
    return target.with_name(f".{target.name[:40]}.{secrets.token_hex(8)}.part")


def _mode_of(target: Path) -> int | None:
    """Type and permissions of the file at `target`; None where there is none.

    Raises:
        OSError: it is a folder, or write-protected. This is checked before the writing, and because a rename over a
            protected file would succeed.
    """
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return mode


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut; skipped on systems that cannot open a folder."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
