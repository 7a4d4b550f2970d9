"""The real window as a contender: `python -m tests.benchmarks.window visible|hidden|minimised|probed ROOT`.

Builds the window by `create_window`, presses Train, and has the training thread wait for its turn before every epoch.
An answer holds, besides the seconds (taken in the training thread), the frames painted while the epoch lasted. Only a
visible window that is probed tells how late its event loop was: a probe wakes it a hundred times a second, which takes
time from the training that no user's window takes.
"""

from __future__ import annotations

import itertools
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.driving import Driver, Frames
from tests.benchmarks.turns import Turns
from workbench.engine.protocol.events import EpochStarted, EpochTested

if TYPE_CHECKING:
    from workbench.engine.protocol.events import Event

PROBE_MS = 10
MANY = 1000


class Watch:
    """Takes the times of one epoch after another, and those of the event loop if it is to be probed."""

    def __init__(self, driver: Driver, turns: Turns, *, probed: bool) -> None:
        self._driver = driver
        self._turns = turns
        self._frames = Frames(driver)
        self._ticks: list[float] = []
        self._probe = QTimer(driver, interval=PROBE_MS, timerType=Qt.TimerType.PreciseTimer)
        self._probe.timeout.connect(lambda: self._ticks.append(time.perf_counter()))
        if probed:
            self._probe.start()
        driver.listeners.append(self._listen)

    def _listen(self, event: Event) -> None:
        match event:
            case EpochStarted():
                self._turns.begin()
            case EpochTested():
                began, ended = self._turns.began, time.perf_counter()
                self._turns.end(
                    frames=len(self._frames.between(began, ended)),
                    late=[round(late, 6) for late in lateness(self._ticks, began, ended)],
                    minimised=self._driver.window.isMinimized(),
                )


def lateness(ticks: list[float], began: float, ended: float) -> list[float]:
    """How late each tick was that was due in this time, in seconds.

    Counted without omission: where the loop was busy for a while, the ticks that fell out are late, too.
    """
    late = []
    for before, after in itertools.pairwise(list(ticks)):
        if not began < after <= ended:
            continue
        gap = after - before - PROBE_MS / 1000
        late.append(max(gap, 0.0))
        while (gap := gap - PROBE_MS / 1000) > 0:
            late.append(gap)
    return late


if __name__ == "__main__":
    probed = sys.argv[1] == "probed"
    one = Driver(sys.argv[2], "--epochs", str(MANY), how="visible" if probed else sys.argv[1])
    watch = Watch(one, Turns(), probed=probed)
    one.press_when_enabled("train")
    one.run()
