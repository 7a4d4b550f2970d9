"""All measurements as one table of ratios: `WORKBENCH_DATA=… python -m tests.benchmarks [--rounds N] [--peers]`.

Every figure is taken side by side: each round runs every contender once, in a process of its own, and a ratio is taken
within its round; the table shows the median of the rounds with their range. Absolute times are there for orientation
only. Needs the real Fashion-MNIST; `--peers` needs the extra `benchmark`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

from tests.benchmarks import startup

EPOCHS = 3
"""Of which the first, which warms up, is not counted."""
PEERS = ("tensorboard", "lightning")
WINDOWS = ("visible", "hidden", "minimised")
ROOT = Path(__file__).parents[2]

Figures = dict[str, list[dict[str, object]]]


def measure(kind: str, name: str, root: str) -> dict[str, object]:
    """One process's figures."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{kind}", root, str(EPOCHS), name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{kind} {name} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def seconds(figures: dict[str, object]) -> float:
    """Seconds per epoch, the first left out."""
    return statistics.median(figures["epochs"][1:])


def spread(numbers: list[float], form: str = "{:.2f}") -> str:
    """Median and range."""
    low, middle, high = min(numbers), statistics.median(numbers), max(numbers)
    return f"{form.format(middle)} ({form.format(low)} to {form.format(high)})"


def ratios(found: Figures, one: str, other: str) -> list[float]:
    """Seconds of `one` over seconds of `other`, round by round."""
    return [seconds(a) / seconds(b) for a, b in zip(found[one], found[other], strict=True)]


def rows(found: Figures, peers: bool) -> list[tuple[str, str, str]]:
    """The table: what, how much, what to reach."""
    table = [
        ("our headless epoch / plain preloaded loop", spread(ratios(found, "ours", "plain")), "at most 1.03"),
        ("our headless epoch / the tutorial", spread(ratios(found, "ours", "tutorial")), "at most 0.38"),
    ]
    if peers:
        table += [(f"{name} / the tutorial", spread(ratios(found, name, "tutorial")), "") for name in PEERS]
        table += [(f"our headless epoch / {name}", spread(ratios(found, "ours", name)), "") for name in PEERS]
    reach = {"visible": "at most 1.10", "hidden": "at most 1.03", "minimised": "at most 1.03"}
    table += [
        (f"epoch in the window, {how} / headless", spread(ratios(found, how, "ours")), reach[how]) for how in WINDOWS
    ]
    visible = found["visible"]

    def figure(name: str, scale: float, form: str) -> str:
        return spread([scale * run[name] for run in visible if run[name] is not None], form)

    table += [
        ("frames a second, window visible", figure("frames_per_second", 1, "{:.0f}"), "at least 20"),
        ("event loop late, p99", figure("late_p99", 1e3, "{:.1f} ms"), "at most 12 ms"),
        ("event loop late, maximum", figure("late_max", 1e3, "{:.1f} ms"), "at most 50 ms"),
        ("slider to first update using it, median", figure("slider_median", 1e3, "{:.1f} ms"), "below 10 ms"),
        ("Stop to weights ready", figure("stop", 1e3, "{:.1f} ms"), "a batch + 20 ms"),
        ("peak memory, window, data loaded", figure("peak_mib", 1, "{:.0f} MiB"), "reported"),
    ]
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", action="store_true", help="TensorBoard's SummaryWriter and Lightning, too")
    options = parser.parse_args()
    root = os.environ.get("WORKBENCH_DATA", "")
    if not (Path(root) / "FashionMNIST" / "raw").is_dir():
        raise SystemExit("Set WORKBENCH_DATA to the folder that holds FashionMNIST/raw, then run again.")
    headless = ["plain", "ours", "tutorial", *(PEERS if options.peers else ())]
    found: Figures = {name: [] for name in (*headless, *WINDOWS)}
    for number in range(options.rounds):
        for name in headless:
            found[name].append(measure("headless", name, root))
        for how in WINDOWS:
            found[how].append(measure("window", how, root))
        sys.stderr.write(f"round {number + 1} of {options.rounds}\n")
    table = rows(found, options.peers)
    start = startup.measure(root)
    table += [
        ("process start to window on screen", f"{start['shown']:.2f} s", "at most 0.6 s"),
        ("process start to Train enabled", f"{start['ready']:.2f} s", "at most 2.5 s"),
        ("heavy modules imported before the window shows", ", ".join(start["heavy"]) or "none", "none"),
    ]
    sys.stdout.write(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n\n")
    sys.stdout.write("| what | median (range) | reach |\n|---|---|---|\n")
    for row in table:
        sys.stdout.write("| " + " | ".join(row) + " |\n")
    one = spread([seconds(run) for run in found["ours"]])
    sys.stdout.write(f"\nour headless epoch: {one} s\n")


if __name__ == "__main__":
    main()
