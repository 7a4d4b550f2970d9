"""All measurements as one table: `WORKBENCH_DATA=… python -m tests.benchmarks [--rounds N] [--peers] [--only PART]`.

The contenders are interleaved epoch by epoch: in each round every contender trains one epoch in its own process while
the others are stopped, and each ratio is taken within one round. The table shows the median of the rounds with its
quartiles. This needs the real Fashion-MNIST; `--peers` needs the extra `benchmark`.
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
from tests.benchmarks.turns import BUSY, SHORT_EPOCHS, measured, race, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.table import Row

REPEATED = 5
"""Repetitions of Stop during loading, and of the start, each in a process of its own."""

SNAPSHOT_MIB = (64, 1024)
"""Memory for snapshots: little, so that all other memory can be seen, and the default."""


class Measurements:
    """The parts of the table, measured one by one.

    Args:
        root: the data root.
        options: the command line's.
        on: for each screen, by its name, the environment variables that select it.
    """

    def __init__(self, root: str, options: argparse.Namespace, on: dict[str, dict[str, str]]) -> None:
        self._root = root
        self._options = options
        self._on = on
        self.raw: dict[str, object] = {}
        self.parts: dict[str, Callable[[], list[Row]]] = {
            "race": self._race,
            "busy": self._busy,
            "panels": self._panels,
            "latency": self._latency,
            "stops": self._stops,
            "interaction": self._interaction,
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

    def _busy(self) -> list[Row]:
        # The built-in images: their epochs are short, so the contenders of a round are close in time.
        mini = "fashion-mnist-mini"
        ours = ("-m", "tests.benchmarks.contenders", "ours", self._root, mini)
        window = ("-m", "tests.benchmarks.window", "visible", self._root, "--dataset", mini)
        short = {**OFFSCREEN, SHORT_EPOCHS: "1"}
        starts = {table.UNWATCHED: ((*ours[:2], "unwatched", *ours[3:]), short)}
        for name, arguments in ((table.HEADLESS, ours), ("epoch in the window", window)):
            starts[name] = (arguments, short)
            starts[f"{name}, busy"] = (arguments, {**short, BUSY: "1"})
        found = race(starts, self._options.rounds)
        self.raw["busy"] = found
        return table.busy_rows(found)

    def _panels(self) -> list[Row]:
        """Each panel of Understand in sight, against the window without one and against no window."""
        from tests.benchmarks.panels import NONE, panels

        screen, environment = list(self._on.items())[-1]
        starts = {"ours": (("-m", "tests.benchmarks.contenders", "ours", self._root), OFFSCREEN)}
        for panel in (NONE, *panels()):
            starts[panel] = (("-m", "tests.benchmarks.panels", panel, self._root), environment)
        found = race(starts, self._options.rounds)
        self.raw[f"panels, {screen}"] = found
        return table.panel_rows(found)

    def _latency(self) -> list[Row]:
        return self._on_each_screen("latency", table.latency_rows)

    def _stops(self) -> list[Row]:
        found: dict[str, list[float]] = {}
        for what in ("loading", "download"):
            arguments = ("-m", "tests.benchmarks.stops", self._root, what)
            found[what] = [measured(arguments, OFFSCREEN)["stop"] for _ in range(REPEATED)]
        self.raw["stops"] = found
        return table.stops_rows(found)

    def _interaction(self) -> list[Row]:
        return self._on_each_screen("interaction", table.interaction_rows)

    def _memory(self) -> list[Row]:
        epochs = str(self._options.memory_epochs)
        headless = measured(("-m", "tests.benchmarks.headless_memory", self._root), OFFSCREEN)
        self.raw["memory, headless"] = headless
        rows = table.headless_memory_rows(headless)
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
    parser.add_argument("--memory-epochs", type=int, default=20, help="epochs over which memory is measured")
    parser.add_argument("--only", action="append", metavar="PART", help="one part of the table; repeatable")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to this file as well")
    options = parser.parse_args()
    root = os.environ.get("WORKBENCH_DATA", "")
    if not (Path(root) / "FashionMNIST" / "raw").is_dir():
        raise SystemExit("Set WORKBENCH_DATA to the folder that holds FashionMNIST/raw, then run again.")
    # When this process is terminated, its child processes end, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with screens() as on:
        measurements = Measurements(str(Path(root).resolve()), options, on)
        if unknown := set(options.only or ()) - set(measurements.parts):
            raise SystemExit(f"{', '.join(unknown)}: the parts are {', '.join(measurements.parts)}.")
        sys.stdout.write(f"{table.machine()}\n\n{table.HEAD}")
        for name, measure in measurements.parts.items():
            if not options.only or name in options.only:
                say(f"measuring: {name}")
                # At once: a later failure must not lose what took long to measure.
                sys.stdout.write(table.as_text(measure()))
                sys.stdout.flush()
    if options.json is not None:
        options.json.write_text(json.dumps(measurements.raw), encoding="utf-8")


if __name__ == "__main__":
    main()
