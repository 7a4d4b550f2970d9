"""Which processes write into a run store, and which of them are still alive.

Each process that trains holds a lock on a file of its own in the store's folder. The system lets go of the lock when
the process ends, however it ends: a run whose owner's lock can be taken was interrupted. (A process number would not
do: numbers come again, and mean nothing on a folder shared by two machines.)
"""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import threading
import time
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from pathlib import Path

STALE_AFTER = 3600.0
"""Seconds after which a lock file that nobody holds is cleared away: by then its process had time to take it."""

_held: dict[tuple[int, Path], tuple[str, FileLock]] = {}
"""By process, since a fork inherits the table but not the right, and folder: the token and the lock."""
_holding = threading.Lock()


def acquire_process_lock(folder: Path) -> str:
    """This process's name as an owner in the store in `folder`; its lock is held from the first call on.

    Raises:
        OSError: the lock file cannot be made.
    """
    key = (os.getpid(), folder.resolve())
    with _holding:
        token, _ = _held.get(key) or (secrets.token_hex(8), None)
        path = _lock_file(folder, token)
        # Missing also where somebody has cleared the folder: to others this process would seem gone.
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path, timeout=0, thread_local=False)
            lock.acquire()
            _held[key] = (token, lock)
        return token


def is_alive(folder: Path, token: str) -> bool:
    """Whether the process named `token` still holds its lock."""
    held = _held.get((os.getpid(), folder.resolve()))
    if held is not None and held[0] == token:
        return True
    path = _lock_file(folder, token)
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0, thread_local=False):
            return False
    except Timeout:
        return True


def clear_away(folder: Path, token: str) -> None:
    """Remove the lock file of a process that is gone."""
    with contextlib.suppress(OSError):
        _lock_file(folder, token).unlink()


def clear_stale(folder: Path) -> None:
    """Remove old lock files that nobody holds any more; a token without a file counts as gone, too."""
    with contextlib.suppress(OSError):
        for path in (folder / "owners").glob("*.lock"):
            old = time.time() - path.stat().st_mtime > STALE_AFTER
            if old and not is_alive(folder, path.stem):
                clear_away(folder, path.stem)


def let_go(folder: Path) -> None:
    """Give this process's lock back, as its end does."""
    with _holding:
        held = _held.pop((os.getpid(), folder.resolve()), None)
    if held is not None:
        token, lock = held
        lock.release()
        clear_away(folder, token)


@atexit.register
def _let_go_of_all() -> None:
    for process, folder in list(_held):
        if process == os.getpid():
            with contextlib.suppress(OSError):
                let_go(folder)


def _lock_file(folder: Path, token: str) -> Path:
    return folder / "owners" / f"{token}.lock"
