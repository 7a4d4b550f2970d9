"""What each panel costs in processor time: `python -m tests.benchmarks.panel_costs ROOT [EPOCHS [PANEL …]]`.

For a machine that other programs use: the seconds of an epoch say little there, the processor seconds of the process
much more. One window trains with one thread of torch, so that no thread waits for another, and shows one panel after
another for some epochs each. Before each panel, and after the last one, it shows the workspace Train for as many: a
panel is compared with the mean of the two beside it.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from tests.benchmarks.panels import NONE, panels, show_only
from tests.benchmarks.window import MANY
from tests.benchmarks.window_driver import Driver, exit_now
from workbench.engine.analysis.inspector import Inspector
from workbench.engine.protocol.events import EpochTested

if TYPE_CHECKING:
    from typing import Any

    from workbench.engine.protocol.events import Event

EPOCHS = 3
SETTLING = 1
"""Epochs before the first ones that count, and of each panel before its own: it draws its past first."""


class Costs:
    """Shows one panel after another, and keeps the processor seconds an epoch, of the process and of its answers."""

    def __init__(self, driver: Driver, epochs: int, names: list[str]) -> None:
        self._driver = driver
        self._epochs = epochs
        self._plan = [NONE, *(each for name in names for each in (name, NONE))]
        self._done = -SETTLING
        self._began = time.process_time()
        self._answers = 0.0
        self.found: list[tuple[str, float, float]] = []
        driver.event_received.connect(self._on_event)
        self._time_answers()
        show_only(driver, NONE)

    def _time_answers(self) -> None:
        answer = Inspector.__call__

        def timed(inspector: Inspector, *arguments: Any) -> Any:
            began = time.thread_time()
            answered = answer(inspector, *arguments)
            self._answers += time.thread_time() - began
            return answered

        Inspector.__call__ = timed

    def _on_event(self, event: Event) -> None:
        if not isinstance(event, EpochTested):
            return
        self._done += 1
        if self._done == 0:
            self._began, self._answers = time.process_time(), 0.0
        if self._done < self._epochs:
            return
        seconds = (time.process_time() - self._began) / self._epochs
        self.found.append((self._plan[len(self.found)], seconds, self._answers / self._epochs))
        self._done = -SETTLING
        if len(self.found) == len(self._plan):
            self._print()
            exit_now()
        self._show(self._plan[len(self.found)])

    def _show(self, name: str) -> None:
        if name == NONE:
            self._driver.press("workspace_train")
        else:
            show_only(self._driver, name)

    def _print(self) -> None:
        for place in range(1, len(self.found), 2):
            name, seconds, answers = self.found[place]
            without = (self.found[place - 1][1] + self.found[place + 1][1]) / 2
            print(
                f"{name}: {seconds / without:.2f} ({seconds:.3f} of {without:.3f} s an epoch; answers {answers:.3f} s)"
            )


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"
    driver = Driver(sys.argv[1], "--epochs", str(MANY), "--threads", "1", "--learning-rate", "0.02")
    epochs = int(sys.argv[2]) if len(sys.argv) > 2 else EPOCHS
    costs = Costs(driver, epochs, sys.argv[3:] or list(panels()))
    driver.press_when_enabled("train")
    driver.run()
