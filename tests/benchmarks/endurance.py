"""A long run in the real window: `WORKBENCH_DATA=… python -m tests.benchmarks.endurance [--minutes N]`.

It trains for the given time, at most 1,000 epochs, and prints every minute the resident memory, the longest lateness of
the event loop since the last line, and the size of the store; then a verdict on each. Each lateness beyond 50 ms goes
to standard error, with what the window's thread was in. `--tiny` trains the built-in images. Further options are the
window's: with `--batch-size 32` 1,000 epochs of the real data take more than an hour also on a fast machine,
`--threads 1` leaves a core to others.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from tests.benchmarks.endurance_verdicts import (
    Counts,
    lateness_verdict,
    memory_verdict,
    reckoned_bytes,
    store_bytes,
    store_verdict,
)
from tests.benchmarks.headless_memory import resident_mib
from tests.benchmarks.loop_watch import LATE_MS, Late, LoopWatch
from tests.benchmarks.other_load import OtherLoad
from tests.benchmarks.turns import at_home, home, say
from tests.benchmarks.window_driver import Driver, exit_now
from workbench.engine.protocol.events import EpochTested, RunEnded, RunStarted

if TYPE_CHECKING:
    from pathlib import Path

LINE_S = 60
HEAD = (
    "| minutes | epochs | resident memory, MiB | event loop late at most, ms | store, MiB | reckoned, MiB |\n"
    "|---|---|---|---|---|---|\n"
)


class EnduranceProbe:
    """Samples memory, event loop and store while a run trains; leaves after `seconds` or at the end of the run."""

    def __init__(self, driver: Driver, store: Path, seconds: float) -> None:
        self._driver, self._store, self._seconds = driver, store, seconds
        self._epochs, self._steps, self._began = 0, 0, 0.0
        self._longest, self._beyond, self._for_want = 0.0, 0, 0
        self._load, self._others = OtherLoad(), None
        self._samples: list[tuple[float, int, int, float]] = []
        self._watch = LoopWatch(driver, self._on_late)
        self._lines = QTimer(driver, interval=int(1000 * min(LINE_S, seconds / 10)))
        self._lines.timeout.connect(self._on_line_due)
        driver.event_received.connect(self._on_event)

    def verdicts(self) -> list[str]:
        """One line each, after the window was closed."""
        return [
            memory_verdict(self._samples),
            lateness_verdict(
                self._longest,
                self._watch.quantile(0.99),
                self._beyond,
                LATE_MS,
                for_want=self._for_want,
                others=self._others,
            ),
            store_verdict(Counts.of(self._store), store_bytes(self._store)),
        ]

    def _on_event(self, event: object) -> None:
        match event:
            case RunStarted():
                self._began = time.perf_counter()
                self._load = OtherLoad()
                self._watch.start()
                self._lines.start()
                sys.stdout.write(HEAD)
            case EpochTested(evaluation=evaluation):
                self._epochs, self._steps = evaluation.epoch, evaluation.step
            case RunEnded():
                self._watch.stop()
                self._lines.stop()
                self._others = self._load.cores()
                self._write_line()
                self._driver.leave()

    def _on_late(self, late: Late) -> None:
        self._beyond += 1
        self._for_want += late.ms - late.no_core_ms - late.stolen_ms <= LATE_MS
        say(str(late))

    def _on_line_due(self) -> None:
        self._write_line()
        if time.perf_counter() - self._began > self._seconds:
            self._lines.stop()
            self._driver.press("stop")

    def _write_line(self) -> None:
        late = self._watch.take_longest()
        self._longest = max(self._longest, late)
        minutes = (time.perf_counter() - self._began) / 60
        memory = resident_mib()
        self._samples.append((minutes, self._epochs, self._steps, memory))
        snapshots = sum(1 for _ in self._store.rglob("*.pt"))
        reckoned = reckoned_bytes(Counts(1, self._steps, self._epochs, snapshots))
        sizes = f"{store_bytes(self._store) / 2**20:.1f} | {reckoned / 2**20:.1f}"
        sys.stdout.write(f"| {minutes:.1f} | {self._epochs} | {memory:.0f} | {late:.0f} | {sizes} |\n")
        sys.stdout.flush()


def main() -> None:
    """Train, watch and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--tiny", action="store_true", help="the built-in images instead of the real ones")
    options, words = parser.parse_known_args()
    root = os.environ.get("WORKBENCH_DATA", "")
    with home() as folder:
        os.environ.update(at_home(folder))
        store = folder / "store"
        words += ["--store", str(store), "--epochs", "1000"]
        words += ["--dataset", "fashion-mnist-mini"] if options.tiny else []
        driver = Driver(root, *words)
        probe = EnduranceProbe(driver, store, 60 * options.minutes)
        driver.press_when_enabled("train")
        driver.run()
        sys.stdout.write("\n" + "\n".join(probe.verdicts()) + "\n")
    exit_now()


if __name__ == "__main__":
    main()
