"""Measures what drawing costs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FINE_ENOUGH = 1e-5

now: Callable[[], float] = (
    time.thread_time if time.get_clock_info("thread_time").resolution <= FINE_ENOUGH else time.perf_counter
)
"""Seconds of processor time of this thread; of the wall clock where the former is coarse (15 ms on Windows).

Much of a frame is spent waiting for the interpreter lock while a batch is trained: the wall clock shows two to three
times the cost, and the frame rate would fall accordingly without need.
"""
