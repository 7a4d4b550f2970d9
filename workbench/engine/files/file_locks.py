"""Locks between processes, also on file systems that know none."""

from __future__ import annotations

import errno
import os
import warnings
from typing import TYPE_CHECKING, Final

from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

if TYPE_CHECKING:
    from pathlib import Path

# Not news for the user: the store says once what its file system lacks.
warnings.filterwarnings("ignore", message="flock not supported")

UNSUPPORTED: Final = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}
"""What a file system without locks answers."""
NOT_WRITABLE: Final = {errno.EROFS, errno.EACCES, errno.EPERM}
"""What a file answers that may only be read."""


def acquire_lock(path: Path, timeout: float) -> BaseFileLock:
    """The acquired lock on the file `path`; the system releases it when the process ends.

    A file system may have no locks. The lock is then the existence of a second file, `path` with `.held` behind its
    name; after a kill it stays until the library finds that the process which it names has ended.

    Args:
        path: the file; made where it is missing.
        timeout: seconds to wait for another process.

    Raises:
        Timeout: another process holds the lock.
        OSError: the file cannot be made.
    """
    lock: BaseFileLock = FileLock(path, timeout=timeout, thread_local=False)
    try:
        lock.acquire()
    except OSError as error:
        if isinstance(error, TimeoutError) or error.errno not in UNSUPPORTED:
            raise
        lock = SoftFileLock(path.with_name(f"{path.name}.held"), timeout=timeout, thread_local=False)
        lock.acquire()
    return lock


def is_held(path: Path) -> bool:
    """Whether a process holds the lock on the file `path`, which exists; also where it may only be read.

    Raises:
        OSError: this cannot be found out.
    """
    try:
        acquire_lock(path, timeout=0).release()
    except Timeout:
        return True
    except OSError as error:
        if error.errno not in NOT_WRITABLE:
            raise
        return path.with_name(f"{path.name}.held").exists() or _is_held_for_readers(path)
    return False


def _is_held_for_readers(path: Path) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return True
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
    finally:
        os.close(descriptor)
    return False
