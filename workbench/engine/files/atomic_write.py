"""Writes files whole or not at all.

If `torch.save(path)` is killed in the middle, the file is unreadable, and a full disk destroys the old file. With a
temporary file that is then renamed, either the old file or the new one is there at every moment (rename(2): "newpath
will be atomically replaced").

A process that is killed leaves its temporary file behind: the next one that writes into that folder removes it, and a
start of the program does so in the folders of the store and of the data. Some
file systems refuse fsync, other rights for a file, or a rename over a file that is mounted there: the file is then
written without them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEFT_BEHIND: Final = re.compile(r"\..{1,40}\.[0-9a-f]{16}\.part", re.DOTALL)
"""The names of temporary files: a person's own `.part` files have other names."""
YOUNG_S: Final = 60.0
"""Age in seconds up to which a temporary file is left alone."""
OLD_S: Final = 86400.0
"""Age in seconds from which a temporary file is removed where the file system cannot say whether it is in use."""


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
    remove_left_behind(target.parent)
    temporary = _beside(target)
    try:
        with temporary.open("xb") as file:
            _is_locked_by_us(file.fileno())
            write(file)
            file.flush()
            with _where_supported():
                os.fsync(file.fileno())
        if mode is not None:
            with _where_supported(errno.EPERM, errno.EACCES):
                temporary.chmod(stat.S_IMODE(mode))
        try:
            temporary.replace(target)
        except OSError as error:
            if error.errno != errno.EBUSY or mode is None:
                raise
            _write_in_place(temporary, target)
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


def remove_left_behind(folder: Path) -> None:
    """Remove the temporary files in `folder` whose process was killed; nothing happens where that is not possible."""
    with contextlib.suppress(OSError):
        for path in folder.glob(".*.part"):
            if LEFT_BEHIND.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    _remove_if_left_behind(path)


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


def _write_in_place(new: Path, target: Path) -> None:
    """Write the content of `new` into the file `target`, which cannot be replaced: it is a mounted file.

    The old content is copied beside it first, and is copied back where that fails; after a kill the copy stays.
    """
    old = new.with_name(f"{new.name.removesuffix('.part')}.old")
    shutil.copyfile(target, old)
    try:
        _copy_into(new, target)
    except BaseException:
        _copy_into(old, target)
        old.unlink()
        raise
    old.unlink()
    new.unlink()


def _copy_into(source: Path, target: Path) -> None:
    with source.open("rb") as content, target.open("r+b") as file:
        shutil.copyfileobj(content, file)
        file.truncate()
        file.flush()
        with _where_supported():
            os.fsync(file.fileno())


@contextlib.contextmanager
def _where_supported(*also: int) -> Iterator[None]:
    """A block that a file system may refuse because it knows no such thing; `also` are further errors for that."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, *also}:
            raise


def _remove_if_left_behind(path: Path) -> None:
    age = time.time() - path.stat().st_mtime
    if age < YOUNG_S:
        return  # another process may have made it, and not locked it yet
    descriptor = os.open(path, os.O_RDWR)
    try:
        is_left = _is_locked_by_us(descriptor)
    finally:
        os.close(descriptor)
    # Where there are no locks, only the age says that no process writes the file any more.
    if is_left or (is_left is None and age > OLD_S):
        path.unlink()


def _is_locked_by_us(descriptor: int) -> bool | None:
    """Lock a file until it is closed; False where another process has locked it, None where there are no locks."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


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
