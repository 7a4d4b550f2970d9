"""malloc of glibc: one arena for all threads, and what it keeps of freed memory goes back to the system."""

from __future__ import annotations

import ctypes
import sys

M_ARENA_MAX = -8
"""glibc's malloc.h."""


def use_one_malloc_arena() -> None:
    """Let all threads use the main thread's malloc arena. Call it before the first thread starts; glibc only.

    glibc gives each thread an arena of its own, in pieces of 64 MB that it returns to the system and fetches again:
    training in a second thread took 2 to 10 % longer than in the main thread, more in some processes than in others. A
    thread that started earlier (Qt's for the X server) leaves such an arena behind, and the next thread gets it. The
    cost is a lock, which threads that mostly compute rarely need at the same time. Source: mallopt(3), M_ARENA_MAX.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:  # other C libraries of Linux have only one arena
        mallopt(M_ARENA_MAX, 1)


def return_freed_memory() -> None:
    """Give pages that are free inside malloc's arenas back to the system; glibc only. It takes milliseconds.

    Blocks of many sizes and ages leave gaps that no later block fits. In the window, once snapshots were evicted, the
    process kept 120 to 390 MiB that nothing used. Source: malloc_trim(3).
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(ctypes.c_size_t(0))
