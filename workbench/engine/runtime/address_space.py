"""Whether torch fits into the address space of this process, where the system limits it (`ulimit -v`).

Where it does not, the libraries of torch may end the process without a word of Python's: an abort, a segmentation
fault. How much they need depends on the build, 1 to 4 GB, so a process of its own tries it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from workbench.engine.errors import UserError

HEADLESS_RESERVE: Final = 512 << 20
"""Bytes that must be left once torch is loaded: for data, threads and their stacks."""
WINDOW_RESERVE: Final = 1024 << 20
"""The same before Qt is loaded."""
PLENTY: Final = 16 << 30
"""Bytes from which on a limit is not tried."""
PATIENCE: Final = 60.0
"""Seconds that the trial may take; it takes about two."""

_TRIAL: Final = """
import resource, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
import torch
torch.ones(256, 256) @ torch.ones(256, 256)
"""
_WORDS_OF_LACK: Final = ("memory", "alloc", "failed to map", "thread creation", "can't start new thread")


def check_address_space(reserve: int) -> None:
    """Do nothing where torch fits, or where this process has no limit.

    Args:
        reserve: bytes that must be left besides.

    Raises:
        UserError: torch does not fit.
    """
    limit = _limit()
    if limit is None or limit >= PLENTY or not sys.executable:
        return
    if not _fits(limit - _size() - reserve):
        raise UserError(
            "PyTorch does not fit into the {limit:,} MiB to which the memory of this process is limited (ulimit -v): "
            "raise the limit.",
            limit=limit >> 20,
        )


def _limit() -> int | None:
    """The limit in bytes; None where there is none."""
    if os.name != "posix":
        return None
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if limit == resource.RLIM_INFINITY else limit


def _size() -> int:
    """The address space that this process has taken so far, in bytes; 0 where the system does not say it."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _fits(size: int) -> bool:
    """Whether torch works in a process of this size; False only where memory is what it lacks."""
    if size <= 0:
        return False
    # -P: a file torch.py in the working folder is not meant.
    command = [sys.executable, "-P", "-c", _TRIAL, str(size)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return True  # the import itself will show
    said = done.stderr.decode("utf-8", "replace").lower()
    return done.returncode == 0 or not (done.returncode < 0 or any(word in said for word in _WORDS_OF_LACK))
