"""A long run in the real window: `WORKBENCH_DATA=… python -m tests.benchmarks.endurance [--minutes N]`.

It trains for the given time, and prints every minute the resident memory, the longest lateness of the event loop since
the last line, and the size of the store; `--tiny` trains the built-in images, 1,000 epochs of them at most.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.headless_memory import resident_mib
from tests.benchmarks.window import PROBE_MS
from tests.benchmarks.window_driver import Driver, exit_now
from workbench.engine.protocol.events import EpochTested, RunEnded, RunStarted

LINE_S = 60
HEAD = "| minutes | epochs | resident memory, MiB | event loop late at most, ms | store, MiB |\n|---|---|---|---|---|\n"


class EnduranceProbe:
    """Samples memory, event loop and store while a run trains; leaves after `seconds` or at the end of the run."""

    def __init__(self, driver: Driver, store: Path, seconds: float) -> None:
        self._driver, self._store, self._seconds = driver, store, seconds
        self._epochs, self._began = 0, 0.0
        self._ticks: list[float] = []
        self._probe = QTimer(driver, interval=PROBE_MS, timerType=Qt.TimerType.PreciseTimer)
        self._probe.timeout.connect(lambda: self._ticks.append(time.perf_counter()))
        self._lines = QTimer(driver, interval=int(1000 * min(LINE_S, seconds / 10)))
        self._lines.timeout.connect(self._write_line)
        driver.event_received.connect(self._on_event)

    def _on_event(self, event: object) -> None:
        match event:
            case RunStarted():
                self._began = time.perf_counter()
                self._probe.start()
                self._lines.start()
                sys.stdout.write(HEAD)
            case EpochTested():
                self._epochs += 1
            case RunEnded():
                self._write_line()
                self._driver.leave()

    def _write_line(self) -> None:
        ticks, self._ticks = self._ticks, self._ticks[-1:]
        late = max((after - before for before, after in itertools.pairwise(ticks)), default=0.0) - PROBE_MS / 1000
        size = sum(path.stat().st_size for path in self._store.rglob("*") if path.is_file()) / 2**20
        minutes = (time.perf_counter() - self._began) / 60
        figures = f"{minutes:.1f} | {self._epochs} | {resident_mib():.0f} | {1e3 * late:.0f} | {size:.1f}"
        sys.stdout.write(f"| {figures} |\n")
        sys.stdout.flush()
        if 60 * minutes > self._seconds:
            self._lines.stop()
            self._driver.press("stop")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--tiny", action="store_true", help="the built-in images instead of the real ones")
    options = parser.parse_args()
    root = os.environ.get("WORKBENCH_DATA", "")
    with tempfile.TemporaryDirectory() as folder:
        words = ["--store", folder, "--epochs", "1000"] + (["--dataset", "fashion-mnist-mini"] if options.tiny else [])
        driver = Driver(root, *words)
        probe = EnduranceProbe(driver, Path(folder), 60 * options.minutes)
        driver.press_when_enabled("train")
        driver.run()
        del probe
    exit_now()


if __name__ == "__main__":
    main()
