"""How soon the training obeys: `python -m tests.benchmarks.steering ROOT`.

Drives the real window: moves the learning rate's slider while it trains, then presses Stop in one run after another,
during the batches of some and the evaluation of others. Prints one line of JSON with the seconds of each way.
"""

from __future__ import annotations

import json
import random
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.driving import Driver, exit_now
from workbench.engine.protocol.events import RunEnded, RunStarted

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch.optim import Optimizer

    from workbench.engine.protocol.events import Event

RATES = (0.001, 0.002)
MOVES = 30
STOPS = 10
STOPS_TESTING = 3
BETWEEN_MS = (150, 350)
"""Between two moves, and before a Stop: irregular, so that they fall anywhere in a batch or frame."""


class RunController:
    """Presses, moves and waits, one run after another."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._random = random.Random(0)
        self._slider = driver.widget("learning_rate")
        self._moved: float | None = None
        self._rate = RATES[0]
        self._updates = 0
        self._since = 0
        self._pressed = 0.0
        self._run: RunStarted | None = None
        self._testing = QTimer(driver, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._testing.timeout.connect(self._stop_if_testing)
        self.ways: list[float] = []
        self.updates_before: list[int] = []
        self.stops: list[float] = []
        self.stops_testing: list[float] = []
        driver.listeners.append(self._listen)
        driver.heard.connect(self._hear)

    def watch_updates(self) -> None:
        """Overhear every optimizer update, in the training thread, with the rate it used."""
        from workbench.engine.training import loops

        fast_update = loops.fast_update

        def overheard(optimizer: Optimizer) -> Callable[[], None]:
            update = fast_update(optimizer)

            def noted() -> None:
                update()
                self._note_update(optimizer)

            return noted

        loops.fast_update = overheard

    def _note_update(self, optimizer: Optimizer) -> None:
        self._updates += 1
        if self._moved is not None and float(optimizer.param_groups[0]["lr"]) == self._rate:
            self.ways.append(time.perf_counter() - self._moved)
            self.updates_before.append(self._updates - 1 - self._since)
            self._moved = None

    def _listen(self, event: Event) -> None:
        if isinstance(event, RunEnded):
            seen = self.stops if len(self.stops) < STOPS else self.stops_testing
            seen.append(time.perf_counter() - self._pressed)

    def _hear(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._run = event
            self._soon(self._move if not self.ways else self._stop_somehow)
        elif isinstance(event, RunEnded):
            if len(self.stops_testing) < STOPS_TESTING:
                self._driver.press_when_enabled("train")
            else:
                self._driver.leave()

    def _move(self) -> None:
        if len(self.ways) == MOVES:
            self._stop()
            return
        self._rate = RATES[self._rate == RATES[0]]
        self._moved = time.perf_counter()
        self._slider.setValue(self._rate)
        # Taken after the command is on its way: the batch in progress may finish without it, no other.
        self._since = self._updates
        self._soon(self._move)

    def _stop_somehow(self) -> None:
        if len(self.stops) < STOPS:
            self._stop()
        else:
            self._testing.start()

    def _stop_if_testing(self) -> None:
        if self._run is not None and self._run.gauge.testing:
            self._testing.stop()
            self._stop()

    def _stop(self) -> None:
        self._pressed = time.perf_counter()
        self._driver.press("stop")

    def _soon(self, do: object) -> None:
        self._driver.after(self._random.randint(*BETWEEN_MS), do)


if __name__ == "__main__":
    one = Driver(sys.argv[1], "--epochs", "1000", "--learning-rate", str(RATES[0]))
    steering = RunController(one)
    # Not before: torch is imported by the training thread.
    one.thread.torch_loaded.connect(lambda _: steering.watch_updates())
    one.press_when_enabled("train")
    one.run()
    figures = {
        "slider": steering.ways,
        "moves": len(steering.ways),
        "in_next_batch": sum(before <= 1 for before in steering.updates_before),
        "stop": steering.stops,
        "stop_testing": steering.stops_testing,
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    exit_now()
