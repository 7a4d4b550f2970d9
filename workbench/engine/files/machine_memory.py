"""The memory of this machine, and how large a file with the state of a run may be.

Nothing here imports torch.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

UNKNOWN_MEMORY: Final = 8 << 30
"""Bytes that a machine is believed to have where the system does not say."""
LEAST_STATE: Final = 1 << 27
"""Bytes of a file with the state of a run that every machine reads."""
STATE_SHARE: Final = 8
"""One such part of the memory: reading takes three times as much as the file."""


def machine_memory() -> int:
    """Bytes of memory that this process may use: those of the machine, or fewer in a container."""
    try:
        found = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        found = _windows_memory() if sys.platform == "win32" else UNKNOWN_MEMORY
    with suppress(OSError, ValueError):
        found = min(found, int(Path("/sys/fs/cgroup/memory.max").read_text()))  # "max" where there is no limit
    return found


def most_in_state_file() -> int:
    """Bytes that a file with weights and optimizer state of a run may have: a stranger's may claim any size."""
    return max(LEAST_STATE, machine_memory() // STATE_SHARE)


def _windows_memory() -> int:
    import ctypes

    class Status(ctypes.Structure):
        """MEMORYSTATUSEX of the Windows API."""

        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("others", ctypes.c_ulonglong * 6),
        )

    status = Status(ctypes.sizeof(Status))
    library: Any = ctypes
    library.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status.total) or UNKNOWN_MEMORY
