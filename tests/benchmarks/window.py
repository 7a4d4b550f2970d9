"""The real window as a contender: `python -m tests.benchmarks.window visible|hidden|minimised|probed ROOT [WORD …]`.

Builds the window by `create_window`, presses Train, and has the training thread wait for its turn before every epoch.
An answer holds the seconds (measured in the training thread) and the frames painted during the epoch. Only a visible
window that is probed measures how late its event loop was: the probe wakes it a hundred times a second, which takes
time from the training that a user's window does not take.
"""

from __future__ import annotations

import itertools
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.turns import Turns, turns
from tests.benchmarks.window_driver import Driver, Frames
from workbench.engine.protocol.events import EpochStarted, EpochTested

if TYPE_CHECKING:
    from workbench.engine.protocol.events import Event

PROBE_MS = 10
MANY = 1000


class EpochTimer:
    """Measures one epoch after another, and the event loop if it is probed."""

    def __init__(self, driver: Driver, turns: Turns, *, probed: bool) -> None:
        self._driver = driver
        self._turns = turns
        self._frames = Frames(driver)
        self._ticks: list[float] = []
        self._probe = QTimer(driver, interval=PROBE_MS, timerType=Qt.TimerType.PreciseTimer)
        self._probe.timeout.connect(lambda: self._ticks.append(time.perf_counter()))
        if probed:
            self._probe.start()
        driver.listeners.append(self._on_event_in_thread)

    def _on_event_in_thread(self, event: Event) -> None:
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
    """How late each tick was that was due between `began` and `ended`, in seconds.

    Where the loop was busy, the ticks that were left out count as late, too.
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
    how = "visible" if probed else sys.argv[1]
    one = Driver(sys.argv[2], "--epochs", str(MANY), *sys.argv[3:], how=how)
    timer = EpochTimer(one, turns(), probed=probed)
    one.press_when_enabled("train")
    one.run()
