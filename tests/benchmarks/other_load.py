"""How many cores the other programs of the machine use while something is measured; Linux only."""

from __future__ import annotations

import os
import time
from pathlib import Path

IDLE = (4, 5)
"""The columns idle and iowait of the first line of /proc/stat, proc(5)."""
GUEST = 9
"""The first column of that line that is counted in an earlier one, too."""


class OtherLoad:
    """Counts from the moment it is made."""

    def __init__(self) -> None:
        self._began, self._busy, self._own = _times()

    def cores(self) -> float | None:
        """How many cores they have used on average; None where the system does not say it."""
        now, busy, own = _times()
        if busy is None or self._busy is None or now <= self._began:
            return None
        return max(0.0, (busy - self._busy - (own - self._own)) / (now - self._began))


def _times() -> tuple[float, float | None, float]:
    """The time, and the processor time of all programs and of this process so far; all in seconds."""
    now, own = time.perf_counter(), time.process_time()
    try:
        with Path("/proc/stat").open(encoding="ascii") as file:
            columns = file.readline().split()
    except OSError:
        return now, None, own
    ticks = sum(int(ticks) for place, ticks in enumerate(columns[1:GUEST], 1) if place not in IDLE)
    return now, ticks / os.sysconf("SC_CLK_TCK"), own
