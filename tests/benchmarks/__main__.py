"""All measurements as one table: `WORKBENCH_DATA=… python -m tests.benchmarks [--rounds N] [--peers] [--only PART]`.

Every comparison is interleaved epoch by epoch: in each round every contender trains one epoch in a process of its own
while the others stand still, and a ratio is taken within its round. The table shows the median of the rounds with its
quartiles. Needs the real Fashion-MNIST; `--peers` needs the extra `benchmark`.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import startup, table
from tests.benchmarks.screens import OFFSCREEN, screens
from tests.benchmarks.turns import measured, race, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.table import Row

REPEATED = 5
"""How often Stop during loading and start-up are tried, each in a process of its own."""

SNAPSHOT_MIB = (64, 1024)
"""Allowed for snapshots: little, so that all else can be seen, and as much as at first."""


class Measurements:
    """The parts of the table, measured one by one.

    Args:
        root: the data root.
        options: the command line's.
        on: the screens, by name.
    """

    def __init__(self, root: str, options: argparse.Namespace, on: dict[str, dict[str, str]]) -> None:
        self._root = root
        self._options = options
        self._on = on
        self.raw: dict[str, object] = {}
        self.parts: dict[str, Callable[[], list[Row]]] = {
            "race": self._race,
            "steering": self._steering,
            "stops": self._stops,
            "looking": self._looking,
            "memory": self._memory,
            "startup": self._startup,
        }

    def _race(self) -> list[Row]:
        headless = ["plain", "ours", "tutorial", *(table.PEERS if self._options.peers else ())]
        starts = {name: (("-m", "tests.benchmarks.contenders", name, self._root), OFFSCREEN) for name in headless}
        for screen, environment in self._on.items():
            for how in (*table.IN_THE_WINDOW, table.PROBED):
                starts[table.of(how, screen)] = (("-m", "tests.benchmarks.window", how, self._root), environment)
        found = race(starts, self._options.rounds)
        self.raw["race"] = found
        return [*table.race_rows(found, list(self._on)), *table.seconds_rows(found)]

    def _steering(self) -> list[Row]:
        return self._on_each_screen("steering", table.steering_rows)

    def _stops(self) -> list[Row]:
        found: dict[str, list[float]] = {}
        for what in ("loading", "download"):
            arguments = ("-m", "tests.benchmarks.stops", self._root, what)
            found[what] = [measured(arguments, OFFSCREEN)["stop"] for _ in range(REPEATED)]
        self.raw["stops"] = found
        return table.stops_rows(found)

    def _looking(self) -> list[Row]:
        return self._on_each_screen("looking", table.looking_rows)

    def _memory(self) -> list[Row]:
        epochs = str(self._options.memory_epochs)
        rows = []
        for mib in SNAPSHOT_MIB:
            figures = measured(("-m", "tests.benchmarks.memory", self._root, epochs, str(mib)), OFFSCREEN)
            self.raw[f"memory, {mib} MiB"] = figures
            rows += table.memory_rows(figures, mib)
        return rows

    def _startup(self) -> list[Row]:
        rows = []
        for screen, environment in self._on.items():
            figures = startup.measure(self._root, environment, REPEATED)
            self.raw[f"startup, {screen}"] = figures
            rows += table.startup_rows(figures, screen)
        return rows

    def _on_each_screen(self, module: str, rows_of: Callable[[dict[str, object], str], list[Row]]) -> list[Row]:
        rows = []
        for screen, environment in self._on.items():
            figures = measured(("-m", f"tests.benchmarks.{module}", self._root), environment)
            self.raw[f"{module}, {screen}"] = figures
            rows += rows_of(figures, screen)
        return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="epochs of each contender (default: 9)")
    parser.add_argument("--peers", action="store_true", help="TensorBoard's SummaryWriter and Lightning, too")
    parser.add_argument("--memory-epochs", type=int, default=20, help="epochs over which memory is watched")
    parser.add_argument("--only", action="append", metavar="PART", help="one part of the table; repeatable")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to this file as well")
    options = parser.parse_args()
    root = os.environ.get("WORKBENCH_DATA", "")
    if not (Path(root) / "FashionMNIST" / "raw").is_dir():
        raise SystemExit("Set WORKBENCH_DATA to the folder that holds FashionMNIST/raw, then run again.")
    # Ended from outside, it takes its processes with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with screens() as on:
        measurements = Measurements(str(Path(root).resolve()), options, on)
        if unknown := set(options.only or ()) - set(measurements.parts):
            raise SystemExit(f"{', '.join(unknown)}: the parts are {', '.join(measurements.parts)}.")
        sys.stdout.write(f"{table.machine()}\n\n{table.HEAD}")
        for name, measure in measurements.parts.items():
            if not options.only or name in options.only:
                say(f"measuring: {name}")
                # At once: what takes long should not be lost to what fails later.
                sys.stdout.write(table.as_text(measure()))
                sys.stdout.flush()
    if options.json is not None:
        options.json.write_text(json.dumps(measurements.raw), encoding="utf-8")


if __name__ == "__main__":
    main()
