"""Turns the figures into the rows of the table: what was measured, the result, the target."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.benchmarks.turns import Figures

Row: TypeAlias = "tuple[str, str, str]"
Races: TypeAlias = "dict[str, list[Figures]]"

PEERS = {"tensorboard": "the tutorial with SummaryWriter", "lightning": "Lightning's Trainer"}
IN_THE_WINDOW = {"visible": "at most 1.10", "hidden": "at most 1.03", "minimised": "at most 1.03"}
PROBED = "probed"
"""A visible window whose event loop is measured; its epochs are not compared."""
HEADLESS = "headless epoch"
UNWATCHED = "headless epoch, unwatched"
MS = "{:.1f} ms"
HEAD = "| what | median (quartiles) | target |\n|---|---|---|\n"


def of(how: str, screen: str) -> str:
    """The name of the window as a contender."""
    return f"window {how}, {screen}"


def spread(numbers: Iterable[float], form: str = "{:.2f}", scale: float = 1.0) -> str:
    """Median and quartiles."""
    scaled = [scale * number for number in numbers]
    if len(scaled) < 2:
        return form.format(*scaled) if scaled else "not measured"
    low, middle, high = statistics.quantiles(scaled, n=4, method="inclusive")
    return f"{form.format(middle)} ({form.format(low)} to {form.format(high)})"


def ratios(found: Races, one: str, other: str) -> str:
    """Seconds of `one` over seconds of `other`, taken round by round."""
    return spread(a["seconds"] / b["seconds"] for a, b in zip(found[one], found[other], strict=True))


def race_rows(found: Races, screens: Sequence[str]) -> list[Row]:
    """Ratios of epochs, frames per second, lateness of the event loop."""
    rows = [
        ("our headless epoch / plain preloaded loop", ratios(found, "ours", "plain"), "at most 1.03"),
        ("our headless epoch / the tutorial", ratios(found, "ours", "tutorial"), "at most 0.38"),
    ]
    for name, title in PEERS.items():
        if name in found:
            rows += [
                (f"our headless epoch / {title}", ratios(found, "ours", name), ""),
                (f"{title} / the tutorial", ratios(found, name, "tutorial"), ""),
            ]
    for screen in screens:
        for how, reach in IN_THE_WINDOW.items():
            name = of(how, screen)
            # Without a window manager a window cannot be minimised.
            if how == "minimised" and not all(figures["minimised"] for figures in found[name]):
                rows.append((f"epoch in the {name} / headless", "cannot be minimised there", reach))
            else:
                rows.append((f"epoch in the {name} / headless", ratios(found, name, "ours"), reach))
    for screen in screens:
        seen = found[of("visible", screen)]
        late = sorted(late for figures in found[of(PROBED, screen)] for late in figures["late"])
        frames = spread((figures["frames"] / figures["seconds"] for figures in seen), "{:.0f}")
        rows += [
            (f"frames a second, {screen}", frames, "at least 20"),
            (f"event loop late, p99, {screen}", spread([late[int(0.99 * len(late))]], MS, 1e3), "at most 12 ms"),
            (f"event loop late, maximum, {screen}", spread([late[-1]], MS, 1e3), "at most 50 ms"),
        ]
    return rows


def busy_rows(found: Races) -> list[Row]:
    """Epochs beside a program that keeps one core busy; and what it costs alone to watch for one."""
    rows = [
        (f"{name} beside one busy program / alone", ratios(found, f"{name}, busy", name), "at most 2.5")
        for name in found
        if f"{name}, busy" in found
    ]
    if UNWATCHED in found:
        rows.append(("… alone, watched / unwatched", ratios(found, HEADLESS, UNWATCHED), "at most 1.02"))
    return rows


def panel_rows(found: Races) -> list[Row]:
    """What a panel that explains the run costs the training, and how late it makes the event loop."""
    rows = []
    for name in found:
        if name == "ours":
            continue
        late = sorted(late for figures in found[name] for late in figures["late"])
        rows += [
            (f"epoch in the window with {name} / headless", ratios(found, name, "ours"), ""),
            (f"event loop late with {name}, p99", spread([late[int(0.99 * len(late))]], MS, 1e3), ""),
        ]
    return rows


def headless_memory_rows(figures: Figures) -> list[Row]:
    """Resident memory of the command line's training."""
    size = f"{figures['loaded_mib']:.0f}, of it {figures['files_mib']:.0f} the code of libraries"
    return [("resident memory with the data loaded, headless, MiB", size, "at most 600")]


def seconds_rows(found: Races) -> list[Row]:
    """Seconds of an epoch of each contender."""
    return [
        (f"seconds an epoch, {name}", spread(figures["seconds"] for figures in seen), "")
        for name, seen in found.items()
    ]


def latency_rows(figures: Figures, screen: str) -> list[Row]:
    """The delays of slider moves and of Stop."""
    missed = f"{figures['moves'] - figures['in_next_batch']} of {figures['moves']} moves"
    return [
        (f"slider to first update using it, {screen}", spread(figures["slider"], MS, 1e3), "below 10 ms"),
        (f"moves the next batch did not use, {screen}", missed, "none"),
        (f"Stop to weights ready, {screen}", spread(figures["stop"], MS, 1e3), "a batch + 20 ms"),
        (f"… during evaluation, {screen}", spread(figures["stop_testing"], MS, 1e3), "a batch + 20 ms"),
    ]


def stops_rows(found: dict[str, list[float]]) -> list[Row]:
    """Stop before the training begins."""
    return [(f"Stop during {what}", spread(times, MS, 1e3), "20 ms") for what, times in found.items()]


def interaction_rows(figures: Figures, screen: str) -> list[Row]:
    """Panning, zooming and pointing while a run trains."""
    return [
        (
            f"{what} with {figures['steps']:,} steps while training, {screen}",
            f"{seen['per_second']:.0f} frames a second, longest gap {1e3 * seen['longest']:.0f} ms",
            "at least 30",
        )
        for what, seen in figures["motions"].items()
    ]


def memory_rows(figures: Figures, snapshot_mib: int) -> list[Row]:
    """Resident memory over the epochs, with `snapshot_mib` MiB for snapshots."""
    sizes = {int(epoch): size for epoch, size in figures["mib"].items()}
    shown = [epoch for epoch in sizes if epoch in (2, 10) or epoch % 50 == 0 or epoch == max(sizes)]
    course = ", ".join(f"{sizes[epoch]:.0f} after {epoch} epochs" for epoch in shown)
    later = {epoch: size for epoch, size in sizes.items() if epoch > max(sizes) / 2}
    return [
        (
            f"resident memory, MiB, {snapshot_mib} MiB of it for snapshots",
            f"{figures['loaded_mib']:.0f} with the data loaded, {course}",
            "at most 700 with the data loaded",
        ),
        ("… growth over the second half", f"{1024 * slope(later):.0f} KiB an epoch", "its own record: 37 KiB"),
    ]


def slope(sizes: dict[int, float]) -> float:
    """MiB an epoch, by least squares."""
    return statistics.linear_regression(list(sizes), list(sizes.values())).slope if len(sizes) > 1 else 0.0


def startup_rows(figures: Figures, screen: str) -> list[Row]:
    """Times since the start of the process."""
    return [
        (f"process start to window on screen, {screen}", spread(figures["shown"], "{:.2f} s"), "at most 0.6 s"),
        (f"process start to Train enabled, {screen}", spread(figures["ready"], "{:.2f} s"), "at most 2.5 s"),
        (f"heavy imports before the window shows, {screen}", ", ".join(figures["heavy"]) or "none", "none"),
    ]


def machine() -> str:
    """The machine and the versions, in one line."""
    model = platform.machine()
    cpu = Path("/proc/cpuinfo")
    if cpu.exists():
        names = [
            line.partition(":")[2].strip() for line in cpu.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    packages = ("torch", "PySide6-Essentials", "pyqtgraph")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {versions}"


def as_text(rows: Iterable[Row]) -> str:
    """Lines of the table, as Markdown; `HEAD` stands above them."""
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)
