"""Pictures of the decision boundary while one drags along the run: `python -m tests.benchmarks.boundary_drag ROOT`.

Drives the real window: it trains 60 epochs on spirals, then looks back at another step at each report of a mouse, there
and back along the run, so that every step is new at first and known later. Prints one line of JSON with the pictures a
second of each half, and the steps looked at.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from tests.benchmarks.interaction import MOVE_MS
from tests.benchmarks.panels import show_only
from tests.benchmarks.window_driver import Driver, exit_now
from workbench.engine.protocol.events import RunEnded

if TYPE_CHECKING:
    from workbench.engine.protocol.events import Event

EPOCHS = 60
EACH_S = 4.0
SETTLE_MS = 1500


class Drag(QObject):
    """Drags from the last step to the first and back, and counts the paints of the boundary."""

    def __init__(self, driver: Driver) -> None:
        super().__init__(driver)
        self._driver = driver
        self._model = driver.window._parts.inspection_model
        self._halves = iter(("back", "forth"))
        self._half = ""
        self._began = 0.0
        self._looked_at: set[int] = set()
        self._painted = 0
        self._timer = QTimer(self, interval=MOVE_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)
        driver.window._parts.panels.decision_boundary._map.installEventFilter(self)
        driver.event_received.connect(self._on_event)
        self.seen: dict[str, dict[str, float]] = {}

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint:
            self._painted += 1
        return False

    def _on_event(self, event: Event) -> None:
        if isinstance(event, RunEnded):
            show_only(self._driver, "decision_boundary")
            self._driver.after(SETTLE_MS, self._next_half)

    def _next_half(self) -> None:
        self._half = next(self._halves, "")
        if not self._half:
            self._driver.leave()
            return
        self._began, self._painted = time.perf_counter(), 0
        self._looked_at.clear()
        self._timer.start()

    def _move(self) -> None:
        share = (time.perf_counter() - self._began) / EACH_S
        if share >= 1:
            self._timer.stop()
            self.seen[self._half] = {
                "pictures_per_second": self._painted / EACH_S,
                "steps_looked_at": len(self._looked_at),
            }
            self._next_half()
            return
        last = len(self._driver.window.history)
        step = round(last * ((1 - share) if self._half == "back" else share))
        self._looked_at.add(step)
        self._model.show_step(step)


if __name__ == "__main__":
    one = Driver(sys.argv[1], "--dataset", "spirals", "--epochs", str(EPOCHS))
    drag = Drag(one)
    one.press_when_enabled("train")
    one.run()
    sys.stdout.write(json.dumps(drag.seen) + "\n")
    exit_now()
