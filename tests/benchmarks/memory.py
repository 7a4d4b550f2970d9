"""Resident memory of the real window over the epochs: `python -m tests.benchmarks.memory ROOT EPOCHS SNAPSHOT_MIB`.

Snapshots fill the memory they may use before the first is evicted; SNAPSHOT_MIB sets it, so that the rest can be seen.
Prints one line of JSON: MiB with the data loaded, and after each epoch.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from tests.benchmarks.headless_memory import resident_mib
from tests.benchmarks.window_driver import Driver, exit_now
from workbench.engine.protocol.events import EpochTested, RunEnded, RunStarted

if TYPE_CHECKING:
    from workbench.engine.protocol.events import Event


class MemoryProbe:
    """Measures the process when the run starts and after every epoch."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self.loaded = 0.0
        self.sizes: dict[int, float] = {}
        driver.listeners.append(self._on_event_in_thread)
        driver.event_received.connect(self._on_event)

    def _on_event_in_thread(self, event: Event) -> None:
        match event:
            case RunStarted():
                self.loaded = resident_mib()
            case EpochTested(evaluation=evaluation):
                self.sizes[evaluation.epoch] = resident_mib()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, RunEnded):
            self._driver.leave()


if __name__ == "__main__":
    one = Driver(sys.argv[1], "--epochs", sys.argv[2], "--snapshot-memory", sys.argv[3])
    probe = MemoryProbe(one)
    one.press_when_enabled("train")
    one.run()
    sys.stdout.write(json.dumps({"loaded_mib": probe.loaded, "mib": probe.sizes}) + "\n")
    exit_now()
