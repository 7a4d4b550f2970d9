"""Where the threads of the process take their memory: with it, training beside the main thread is as fast as in it."""

from __future__ import annotations

import ctypes
import sys

M_ARENA_MAX = -8
"""glibc's malloc.h."""


def use_one_malloc_arena() -> None:
    """Have all threads take their memory from the main thread's heap, where glibc does not; before there are any.

    It gives each thread a heap of its own, in pieces of 64 MB that are handed back to the system and fetched again:
    training beside the main thread took 2 to 10 % longer than in it, more in one process than in the next. A thread
    that started before (Qt's for the X server) leaves such a heap behind, which the next one then gets. The price is a
    lock, which two threads that mostly compute hardly ever both want. Source: mallopt(3), M_ARENA_MAX.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:  # other C libraries of Linux have none, and only one heap
        mallopt(M_ARENA_MAX, 1)
