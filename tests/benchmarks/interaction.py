"""Panning, zooming and pointing while a run trains: `python -m tests.benchmarks.interaction ROOT [STEPS]`.

Drives the real window. Its history is filled with 10^6 steps before the first batch; then, while the run trains, the
mouse moves all the time: over the loss plot, dragging it, turning the wheel. Prints one line of JSON with the frames
painted.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.benchmarks.window_driver import Driver, Frames, exit_now
from workbench.engine.protocol.events import RunEnded, RunStarted
from workbench.engine.protocol.live_objects import HISTORIES, PROGRESS

if TYPE_CHECKING:
    from workbench.engine.history.history import History
    from workbench.engine.protocol.events import Event
    from workbench.engine.protocol.run_progress import RunProgress

STEPS = 10**6
MOVE_MS = 8
"""A mouse reports its moves 125 times a second."""
EACH_S = 4.0
NOTCH = 120
FINE = 30
"""Of a wheel, in Qt's eighths of a degree; a touchpad reports quarter notches."""
NOTCHES_IN = 8
SETTLE_MS = 4000
"""Until the filled-in steps are smoothed, and the frame rate is steady."""


class Mouse:
    """Makes one motion after another over the loss plot, and counts the frames of each."""

    def __init__(self, driver: Driver, steps: int) -> None:
        self._driver = driver
        self._steps = steps
        self._frames = Frames(driver)
        self._plot = driver.widget("loss_plot")
        self._target = self._plot.viewport()
        self._motions = iter(("crosshair", "zoom", "pan"))
        self._motion = ""
        self._began = 0.0
        self._history: History | None = None
        self._progress: RunProgress | None = None
        self._trained = 0
        self._timer = QTimer(driver, interval=MOVE_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._continue_motion)
        self.seen: dict[str, dict[str, float]] = {}
        driver.listeners.append(self._on_event_in_thread)
        driver.event_received.connect(self._on_event)

    def _on_event_in_thread(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            fill(HISTORIES.find(event.history), self._steps)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self._history, self._progress = HISTORIES.find(event.history), PROGRESS.find(event.progress)
            self._driver.after(SETTLE_MS, self._next_motion)
        elif isinstance(event, RunEnded):
            self._driver.leave()

    def _next_motion(self) -> None:
        self._motion = next(self._motions, "")
        if not self._motion:
            self._driver.press("stop")
            return
        self._began = time.perf_counter()
        self._trained = self._progress.trained
        if self._motion == "pan":
            # Panning changes the plot only where it does not show everything.
            for _ in range(NOTCHES_IN):
                self._wheel(NOTCH)
            self._send(QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton)
        self._timer.start()

    def _continue_motion(self) -> None:
        if time.perf_counter() - self._began > EACH_S:
            self._timer.stop()
            if self._motion == "pan":
                self._send(QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton)
            self._count()
            self._next_motion()
        elif self._motion == "zoom":
            # In and out, a hundredfold: zooming in alone would soon reach single steps.
            self._wheel(FINE if math.sin(2 * math.pi * self._elapsed) > 0 else -FINE)
        else:
            self._send(QEvent.Type.MouseMove, Qt.MouseButton.NoButton)

    @property
    def _elapsed(self) -> float:
        return time.perf_counter() - self._began

    @property
    def _place(self) -> QPointF:
        swing = 0.5 + 0.3 * math.sin(2 * math.pi * self._elapsed)
        return QPointF(swing * self._target.width(), 0.5 * self._target.height())

    @property
    def _curve(self) -> QPointF:
        """Where the curve crosses the middle of the plot: zooming there keeps it visible."""
        (first, last), (low, high) = self._plot.ranges
        value = self._history.loss[int(first + last) // 2]
        share = min(max((high - value) / (high - low), 0.1), 0.9)
        return QPointF(0.5 * self._target.width(), share * self._target.height())

    def _send(self, kind: QEvent.Type, button: Qt.MouseButton) -> None:
        held = Qt.MouseButton.LeftButton if self._motion == "pan" else Qt.MouseButton.NoButton
        if kind is QEvent.Type.MouseButtonRelease:
            held = Qt.MouseButton.NoButton
        place = self._place
        everywhere = QPointF(self._target.mapToGlobal(place.toPoint()))
        event = QMouseEvent(kind, place, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._target, event)

    def _wheel(self, angle: int) -> None:
        place = self._curve
        everywhere = QPointF(self._target.mapToGlobal(place.toPoint()))
        event = QWheelEvent(
            place,
            everywhere,
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self._target, event)

    def _count(self) -> None:
        now = time.perf_counter()
        frames = self._frames.between(self._began, now)
        gaps = [after - before for before, after in itertools.pairwise([self._began, *frames, now])]
        self.seen[self._motion] = {
            "per_second": len(frames) / (now - self._began),
            "longest": max(gaps),
            "images_per_second": (self._progress.trained - self._trained) / (now - self._began),
        }


def fill(history: History, steps: int) -> None:
    """Record `steps` steps of a long run; they end at the loss that the first batch will have."""
    generator = np.random.default_rng(0)
    fall = np.exp(-np.arange(steps) / (steps / 3))
    history.loss.extend(2.3 + 1.8 * fall + 0.1 * generator.standard_normal(steps))
    history.metric.extend(0.9 - 0.8 * fall)


if __name__ == "__main__":
    length = int(sys.argv[2]) if len(sys.argv) > 2 else STEPS
    one = Driver(sys.argv[1], "--epochs", "1000")
    mouse = Mouse(one, length)
    one.press_when_enabled("train")
    one.run()
    sys.stdout.write(json.dumps({"steps": length, "motions": mouse.seen}) + "\n")
    exit_now()
