"""How soon the training reacts: `python -m tests.benchmarks.latency ROOT`.

Drives the real window: moves the slider of the learning rate while a run trains, then presses Stop in one run after
another, during the batches of some and the evaluation of others. Prints one line of JSON with the seconds of each.
"""

from __future__ import annotations

import json
import random
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.window_driver import Driver, exit_now
from workbench.engine.protocol.events import RunEnded, RunStarted
from workbench.engine.protocol.live_objects import PROGRESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch.optim import Optimizer

    from workbench.engine.protocol.events import Event
    from workbench.engine.protocol.run_progress import RunProgress

RATES = (0.001, 0.002)
MOVES = 30
STOPS = 10
STOPS_TESTING = 3
BETWEEN_MS = (150, 350)
"""Between two moves, and before a Stop: random, so that they fall anywhere in a batch or frame."""


class LatencyProbe:
    """Presses, moves and waits, in one run after another."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._random = random.Random(0)
        self._slider = driver.widget("learning_rate")
        self._moved_at: float | None = None
        self._rate = RATES[0]
        self._updates = 0
        self._updates_at_move = 0
        self._pressed_at = 0.0
        self._progress: RunProgress | None = None
        self._testing = QTimer(driver, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._testing.timeout.connect(self._stop_if_testing)
        self.delays: list[float] = []
        self.updates_before: list[int] = []
        self.stops: list[float] = []
        self.stops_testing: list[float] = []
        driver.listeners.append(self._on_event_in_thread)
        driver.event_received.connect(self._on_event)

    def watch_updates(self) -> None:
        """Have `_on_update` called after every optimizer update, in the training thread."""
        from workbench.engine.training import loops

        fast_update = loops.fast_update

        def watched(optimizer: Optimizer) -> Callable[[], None]:
            update = fast_update(optimizer)

            def timed_update() -> None:
                update()
                self._on_update(optimizer)

            return timed_update

        loops.fast_update = watched

    def _on_update(self, optimizer: Optimizer) -> None:
        self._updates += 1
        if self._moved_at is not None and float(optimizer.param_groups[0]["lr"]) == self._rate:
            self.delays.append(time.perf_counter() - self._moved_at)
            self.updates_before.append(self._updates - 1 - self._updates_at_move)
            self._moved_at = None

    def _on_event_in_thread(self, event: Event) -> None:
        if isinstance(event, RunEnded):
            seen = self.stops if len(self.stops) < STOPS else self.stops_testing
            seen.append(time.perf_counter() - self._pressed_at)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._progress = PROGRESS.find(event.progress)
            self._soon(self._move if not self.delays else self._stop_somehow)
        elif isinstance(event, RunEnded):
            if len(self.stops_testing) < STOPS_TESTING:
                self._driver.press_when_enabled("train")
            else:
                self._driver.leave()

    def _move(self) -> None:
        if len(self.delays) == MOVES:
            self._stop()
            return
        self._rate = RATES[self._rate == RATES[0]]
        self._moved_at = time.perf_counter()
        self._slider.setValue(self._rate)
        # Read after the command was sent: only the batch in progress may finish without it.
        self._updates_at_move = self._updates
        self._soon(self._move)

    def _stop_somehow(self) -> None:
        if len(self.stops) < STOPS:
            self._stop()
        else:
            self._testing.start()

    def _stop_if_testing(self) -> None:
        if self._progress is not None and self._progress.testing:
            self._testing.stop()
            self._stop()

    def _stop(self) -> None:
        self._pressed_at = time.perf_counter()
        self._driver.press("stop")

    def _soon(self, do: object) -> None:
        self._driver.after(self._random.randint(*BETWEEN_MS), do)


if __name__ == "__main__":
    one = Driver(sys.argv[1], "--epochs", "1000", "--learning-rate", str(RATES[0]))
    probe = LatencyProbe(one)
    # Not earlier: the training thread imports torch.
    one.thread.torch_loaded.connect(lambda _: probe.watch_updates())
    one.press_when_enabled("train")
    one.run()
    figures = {
        "slider": probe.delays,
        "moves": len(probe.delays),
        "in_next_batch": sum(before <= 1 for before in probe.updates_before),
        "stop": probe.stops,
        "stop_testing": probe.stops_testing,
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    exit_now()
