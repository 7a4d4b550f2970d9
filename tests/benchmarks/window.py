"""One measurement of the real window: `python -m tests.benchmarks.window ROOT EPOCHS [visible|hidden|minimised]`.

Builds the window by `create_window`, presses Train, and measures in a process of its own: seconds per epoch (taken in
the training thread), frames drawn per second, lateness of the event loop, the way of slider moves and of Stop. Prints
one line of JSON.
"""

from __future__ import annotations

import itertools
import json
import resource
import sys
import tempfile
import time

PROBE_MS = 10
SETTLE_S = 1.0
"""Seconds at the start of a run that are not measured: buffers grow, ranges are found."""


def main(root: str, epochs: int, how: str) -> None:
    """Measure once and print the figures."""
    import os

    began = time.perf_counter()
    for name in ("CONFIG", "DATA", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication

    from workbench.app import create_window

    application = QApplication(["workbench"])
    window = create_window(["--data-root", root, "--dataset", "fashion-mnist", "--epochs", str(epochs)])
    watch = Watch(window, epochs, began)
    window.closed.connect(application.quit)
    if how != "hidden":
        window.show()
    if how == "minimised":
        window.showMinimized()
    application.exec()
    sys.stdout.write(json.dumps(watch.figures()) + "\n")


class Watch:
    """Presses Train when it can, takes times, moves the slider, presses Stop in one more run, and closes."""

    def __init__(self, window: object, epochs: int, began: float) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.window = window
        self.epochs = epochs
        self.began = began
        self.thread = window.findChild(object, "training_thread")
        self.ready_s = self.shown_s = 0.0
        self.seconds: list[float] = []
        self.ticks: list[float] = []
        self.frames: list[float] = []
        self.moves: list[tuple[float, int]] = []
        self.changed: list[tuple[float, int]] = []
        self.stop_pressed = self.stopped = 0.0
        self.stopping = False
        self._listen()
        self.probe = QTimer(window, interval=PROBE_MS, timerType=Qt.TimerType.PreciseTimer)
        self.probe.timeout.connect(lambda: self.ticks.append(time.perf_counter()))
        self.mover = QTimer(window, interval=377)
        self.mover.timeout.connect(self._move)
        self.stopper = QTimer(window, interval=1500, singleShot=True)
        self.stopper.timeout.connect(self._stop)
        window._run.clock.frame_due.connect(lambda: self.frames.append(time.perf_counter()))

    def _listen(self) -> None:
        from workbench.engine.events import EpochStarted, EpochTested, RunEnded, ValueChanged

        tell, epoch_began = self.thread._tell, [0.0]

        def listen(event: object) -> None:
            now = time.perf_counter()
            match event:
                case EpochStarted():
                    epoch_began[0] = now
                case EpochTested() if not self.stopping:
                    self.seconds.append(now - epoch_began[0])
                case ValueChanged(change=change):
                    self.changed.append((now, change.step))
                case RunEnded():
                    self.stopped = now
            tell(event)

        self.thread._tell = listen
        self.thread.data_loaded.connect(lambda _: self._train())
        self.thread.run_started.connect(self._on_run_started)
        self.thread.run_ended.connect(self._on_run_ended)

    def _train(self) -> None:
        if not self.ready_s:
            self.ready_s = time.perf_counter() - self.began
            self.window._actions["train"].trigger()

    def _on_run_started(self, event: object) -> None:
        self.history = event.history
        if self.stopping:
            self.mover.start()
            self.stopper.start()
        else:
            self.probe.start()

    def _on_run_ended(self, _event: object) -> None:
        self.probe.stop()
        if not self.stopping:
            # The run that is timed is left alone; the slider and Stop are tried in a second one.
            self.stopping = True
            self.window._actions["train"].trigger()
            return
        self.window.leave()

    def _move(self) -> None:
        control = self.window.findChild(object, "learning_rate")
        self.moves.append((time.perf_counter(), len(self.history)))
        control.setValue(0.002 if control.value() == 0.001 else 0.001)

    def _stop(self) -> None:
        self.mover.stop()
        self.stop_pressed = time.perf_counter()
        self.window._actions["stop"].trigger()

    def figures(self) -> dict[str, object]:
        """Everything measured, in seconds."""
        late = lateness(self.ticks)
        first, last = self.ticks[0] + SETTLE_S, self.ticks[-1]
        frames = [frame for frame in self.frames if first < frame < last]
        ways = [changed - moved for (moved, _), (changed, _) in zip(self.moves, self.changed, strict=False)]
        batches = [after - before for (_, before), (_, after) in zip(self.moves, self.changed, strict=False)]
        return {
            "epochs": self.seconds,
            "ready": self.ready_s,
            "frames_per_second": len(frames) / (last - first),
            "late_p99": late[int(0.99 * len(late))],
            "late_max": late[-1],
            "slider_median": sorted(ways)[len(ways) // 2] if ways else None,
            "slider_batches_max": max(batches, default=None),
            "stop": self.stopped - self.stop_pressed,
            "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def lateness(ticks: list[float]) -> list[float]:
    """How late each 10 ms tick was, sorted; those that fell out while the loop was busy are counted, too."""
    late = []
    for before, after in itertools.pairwise(ticks):
        if after < ticks[0] + SETTLE_S:
            continue
        gap = after - before - PROBE_MS / 1000
        late.append(max(gap, 0.0))
        while (gap := gap - PROBE_MS / 1000) > 0:
            late.append(gap)
    return sorted(late)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "visible")
