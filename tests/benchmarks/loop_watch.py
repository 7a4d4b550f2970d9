"""Watches how late the event loop is over a long run, and says of each long lateness where its time went."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from tests.benchmarks.window import PROBE_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

LATE_MS = 50
"""The loop is never to be later than this."""
LOOK_S = 0.02
"""Between two looks of the watching thread."""
FRAMES_SHOWN = 6
BINS = 1000
"""Of the histogram, each of a millisecond; what is later counts in the last one."""

STEAL = 8
"""The column of `steal` in the first line of /proc/stat, proc(5)."""
TICKS = 100
"""Of that file, a second."""


@dataclass(frozen=True, slots=True)
class Late:
    """One lateness.

    Attributes:
        at: seconds since the watch began.
        ms: how late.
        computed_ms: processor time of the window's thread meanwhile.
        no_core_ms: how long that thread was ready without a core; the rest it waited for a lock, the disk or the timer.
        others_no_core_ms: the same of the process's other threads together, one of which may have held the lock.
        collected_ms: how long Python's garbage collector ran, in any thread: all threads wait for it.
        stolen_ms: how long the host of a virtual machine gave its cores, taken together, to others.
        load: the machine's load average of the last minute.
        inside: what the window's thread was in, innermost last; empty where it was not seen in time.
    """

    at: float
    ms: float
    computed_ms: float
    no_core_ms: float
    others_no_core_ms: float
    collected_ms: float
    stolen_ms: float
    load: float
    inside: str

    def __str__(self) -> str:
        return (
            f"{self.at / 60:.2f} minutes: {self.ms:.0f} ms late, load {self.load:.1f}; computed {self.computed_ms:.0f} "
            f"ms, had no core {self.no_core_ms:.0f} ms, other threads had none {self.others_no_core_ms:.0f} ms, "
            f"garbage was collected for {self.collected_ms:.0f} ms, stolen by the host {self.stolen_ms:.0f} ms; "
            f"in {self.inside or 'the loop itself'}"
        )


class LoopWatch(QObject):
    """A timer in the window's thread, and a thread that looks at what that one is in when the timer is late.

    Args:
        parent: lives in the window's thread, in which this is made.
        on_late: called with each lateness beyond `least_ms`.
        least_ms: milliseconds.
    """

    def __init__(self, parent: QObject, on_late: Callable[[Late], None], least_ms: float = LATE_MS) -> None:
        super().__init__(parent)
        self._on_late = on_late
        self._least_ms = least_ms
        self._timer = QTimer(self, interval=PROBE_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._began = self._last = 0.0
        self._spent = (0.0, 0.0, 0.0, 0.0, 0.0)
        self._collected = self._collecting_since = 0.0
        self._inside = ""
        self._watching = False
        self._longest = 0.0
        self._bins = [0] * BINS
        # Open all the time: they are read a hundred times a second. The window's thread is the first.
        self._schedules: list[int] = []
        self._read = [(0.0, 0.0)]
        self._machine = -1

    def start(self) -> None:
        """Begin to watch."""
        self._began = self._last = time.perf_counter()
        own = threading.get_native_id()
        tasks = sorted(Path("/proc/self/task").glob("*/schedstat"), key=lambda task: task.parent.name != str(own))
        self._schedules = [os.open(task, os.O_RDONLY) for task in tasks]
        self._machine = os.open("/proc/stat", os.O_RDONLY) if tasks else -1
        self._read = [(0.0, 0.0)] * max(len(self._schedules), 1)
        gc.callbacks.append(self._on_collection)
        self._spent = self._times()
        self._watching = True
        self._timer.start()
        threading.Thread(target=self._look, args=(threading.get_ident(),), name="loop watch", daemon=True).start()

    def stop(self) -> None:
        """End the watch."""
        self._watching = False
        self._timer.stop()
        if self._on_collection in gc.callbacks:
            gc.callbacks.remove(self._on_collection)

    def take_longest(self) -> float:
        """The longest lateness since the last call, in ms."""
        longest, self._longest = self._longest, 0.0
        return longest

    def quantile(self, share: float) -> int:
        """The lateness that this share of the ticks did not exceed, in whole ms, rounded up."""
        wanted, seen = share * sum(self._bins), 0
        for milliseconds, count in enumerate(self._bins):
            seen += count
            if seen >= wanted:
                return milliseconds + 1
        return BINS

    def _tick(self) -> None:
        now, spent = time.perf_counter(), self._times()
        late = max(0.0, 1e3 * (now - self._last) - PROBE_MS)
        self._bins[min(int(late), BINS - 1)] += 1
        self._longest = max(self._longest, late)
        if late > self._least_ms:
            spans = (1e3 * (after - before) for before, after in zip(self._spent, spent, strict=True))
            self._on_late(Late(now - self._began, late, *spans, os.getloadavg()[0], self._inside))
        self._inside = ""
        self._last, self._spent = now, spent

    def _times(self) -> tuple[float, float, float, float, float]:
        """Seconds: this thread computed, was ready without a core, the others were, garbage, the host took cores."""
        for place, schedule in enumerate(self._schedules):
            with contextlib.suppress(ProcessLookupError):  # the thread has ended: what it waited still counts
                computed, no_core, _ = map(int, os.pread(schedule, 100, 0).split())
                self._read[place] = computed / 1e9, no_core / 1e9
        stolen = int(os.pread(self._machine, 200, 0).split()[STEAL]) / TICKS if self._schedules else 0.0
        return (*self._read[0], sum(no_core for _, no_core in self._read[1:]), self._collected, stolen)

    def _on_collection(self, phase: str, _info: dict[str, int]) -> None:
        now = time.perf_counter()
        if phase == "start":
            self._collecting_since = now
        else:
            self._collected += now - self._collecting_since

    def _look(self, thread: int) -> None:
        while self._watching:
            time.sleep(LOOK_S)
            if time.perf_counter() - self._last > (PROBE_MS + self._least_ms / 2) / 1000 and not self._inside:
                self._inside = _where(sys._current_frames().get(thread))


def _where(frame: FrameType | None) -> str:
    """The innermost frames, outermost first."""
    frames: list[str] = []
    while frame is not None and len(frames) < FRAMES_SHOWN:
        code = frame.f_code
        frames.append(f"{Path(code.co_filename).name}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " > ".join(reversed(frames))
