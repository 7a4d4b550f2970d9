"""Which processes write into a run store, and which of them are still alive.

Each process that trains holds a lock on a file of its own in the store's folder. The system releases the lock when the
process ends, however it ends: a run whose owner's lock can be acquired was interrupted. (A process number would not do:
the system gives numbers again, and they mean nothing on a folder shared by two machines.)
"""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import threading
import time
from typing import TYPE_CHECKING

from workbench.engine.files.file_locks import acquire_lock, is_held

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import BaseFileLock

STALE_AFTER = 3600.0
"""Age in seconds from which a lock file that no process holds is removed: a younger one may not be locked yet."""

_locks: dict[tuple[int, Path], tuple[str, BaseFileLock]] = {}
"""The token and the lock, by process and folder; by process, since a fork inherits this table but not the locks."""
_guard = threading.Lock()


def acquire_process_lock(folder: Path) -> str:
    """This process's name as an owner in the store in `folder`; its lock is held from the first call on.

    Raises:
        OSError: the lock file cannot be made.
    """
    key = (os.getpid(), folder.resolve())
    with _guard:
        token, _ = _locks.get(key) or (secrets.token_hex(8), None)
        path = _lock_file(folder, token)
        # Missing also where the user has emptied the folder: to other processes this one would seem to have ended.
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _locks[key] = (token, acquire_lock(path, timeout=0))
        return token


def is_alive(folder: Path, token: str) -> bool:
    """Whether the process named `token` still holds its lock."""
    held = _locks.get((os.getpid(), folder.resolve()))
    if held is not None and held[0] == token:
        return True
    path = _lock_file(folder, token)
    return path.exists() and is_held(path)


def remove_lock_file(folder: Path, token: str) -> None:
    """Remove the lock file of a process that has ended."""
    with contextlib.suppress(OSError):
        _lock_file(folder, token).unlink()


def remove_stale_lock_files(folder: Path) -> None:
    """Remove old lock files that no process holds any more; the owner of a missing lock file counts as ended, too."""
    with contextlib.suppress(OSError):
        for path in (folder / "owners").glob("*.lock"):
            old = time.time() - path.stat().st_mtime > STALE_AFTER
            if old and not is_alive(folder, path.stem):
                remove_lock_file(folder, path.stem)


def release_process_lock(folder: Path) -> None:
    """Release this process's lock, as its end does."""
    with _guard:
        held = _locks.pop((os.getpid(), folder.resolve()), None)
    if held is not None:
        token, lock = held
        lock.release()
        remove_lock_file(folder, token)


@atexit.register
def _release_all() -> None:
    for process, folder in list(_locks):
        if process == os.getpid():
            with contextlib.suppress(OSError):
                release_process_lock(folder)


def _lock_file(folder: Path, token: str) -> Path:
    return folder / "owners" / f"{token}.lock"
