"""The cost of the plots at 10^3 to 10^7 recorded steps. `python -m tests.benchmarks.redraw [--json FILE]`

Ratios matter, not seconds. The real panel is shown (QT_QPA_PLATFORM decides where; offscreen unless set) at the size it
has in a window of 1280 x 800, and every figure covers both plots:

frame       a frame that brings ten steps: refresh, and the painting it causes
full        a redraw of everything at an unchanged range (as after a new theme or another choice of traces)
pan         a redraw after the range moved by a pixel, axes included
catch up    opening a run of that length, its smoothing included, slice by slice
bytes/step  the series with their summaries and the smoothed one, spare room included

Processor time of the window's thread; in brackets what Qt spends outside painting (events, copying to the screen), by
the wall clock.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from workbench.engine.history.history import History
from workbench.engine.history.records import EpochStart, Evaluation
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.plotting.curves.smoothing import Smoother
from workbench.ui.style.theme import Theme

LENGTHS = (10**3, 10**5, 10**6, 10**7)
STEPS_PER_EPOCH = 938
SIZE = (950, 520)
FRAMES = 60
STEPS_PER_FRAME = 10
APPENDED = 10**6


def main() -> None:
    parser = argparse.ArgumentParser(description="Cost of redrawing the plots.")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    application = QApplication.instance() or QApplication([])
    theme = Theme("light")
    theme.apply(application)
    figures: dict[str, object] = {"append_us": append_cost()}
    print(f"platform {application.platformName()}, {SIZE[0]} x {SIZE[1]} logical pixels, medians of {FRAMES}")
    print(f"adding a step: {figures['append_us']:.2f} µs amortised over {APPENDED:,}")
    print(f"{'steps':>12} {'frame ms':>16} {'full ms':>9} {'pan ms':>16} {'catch up ms':>12} {'bytes/step':>11}")
    for length in LENGTHS:
        row = measure(length, theme)
        figures[str(length)] = row
        print(
            f"{length:>12,} {row['frame_ms']:>8.2f} ({row['frame_outside_ms']:.2f}) {row['full_ms']:>9.2f} "
            f"{row['pan_ms']:>8.2f} ({row['pan_outside_ms']:.2f}) {row['catch_up_ms']:>12.1f} "
            f"{row['bytes_per_step']:>11.1f}"
        )
    for length in LENGTHS:
        print(f"smoothing {length:>12,} values anew: {smoothing_cost(length):.4f} s")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def append_cost(count: int = APPENDED) -> float:
    history = History()
    add_step = history.add_step
    started = time.perf_counter()
    for _ in range(count):
        add_step(2.3, 0.1)
    return (time.perf_counter() - started) / count * 1e6


def measure(length: int, theme: Theme) -> dict[str, float]:
    history = make_history(length)
    panel = CurvesPanel()
    panel.set_palette(theme.palette)
    panel.resize(*SIZE)
    panel.show()
    settle(panel)
    started = time.perf_counter()
    panel.begin(history, STEPS_PER_EPOCH, 2 * length)
    settle(panel)
    catch_up = time.perf_counter() - started
    # Room to the right, so that the measured frames do not change the range.
    panel.set_planned_steps(2 * length)
    figures = {"catch_up_ms": catch_up * 1e3, **frame_cost(panel, history), **full_cost(panel), **pan_cost(panel)}
    figures["bytes_per_step"] = panel.stack.traces.nbytes / len(history)
    panel.close()
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return figures


def make_history(length: int) -> History:
    history = History()
    generator = np.random.default_rng(0)
    steps = np.arange(length)
    trend = 0.5 + 1.8 * np.exp(-steps / (length / 3))
    history.loss.extend(trend + 0.1 * generator.standard_normal(length))
    history.metric.extend(np.clip(0.9 - 0.8 * np.exp(-steps / (length / 3)), 0.0, 1.0))
    for epoch, step in enumerate(range(0, length, STEPS_PER_EPOCH), start=1):
        history.add_epoch_start(EpochStart(epoch, step))
        if step:
            history.add_evaluation(Evaluation(step, epoch - 1, float(trend[step - 1]), 0.5))
    return history


def settle(panel: CurvesPanel) -> None:
    for _ in range(2000):
        QApplication.processEvents()
        if not panel.stack.is_catching_up:
            return


def frame_cost(panel: CurvesPanel, history: History) -> dict[str, float]:
    counted, whole = [], []
    panel.refresh()
    settle(panel)
    for _ in range(FRAMES):
        for _ in range(STEPS_PER_FRAME):
            history.add_step(0.6, 0.8)
        panel.stack.drain_paint_seconds()
        started = time.perf_counter()
        refreshing = panel.refresh()
        QApplication.processEvents()
        whole.append(time.perf_counter() - started)
        counted.append(refreshing + panel.stack.drain_paint_seconds())
    return {
        "frame_ms": float(np.median(counted)) * 1e3,
        "frame_outside_ms": float(np.median(np.subtract(whole, counted))) * 1e3,
    }


def full_cost(panel: CurvesPanel) -> dict[str, float]:
    counted = []
    for _ in range(FRAMES):
        panel.stack.drain_paint_seconds()
        panel.stack.redraw()
        QApplication.processEvents()
        counted.append(panel.stack.drain_paint_seconds())
    return {"full_ms": float(np.median(counted)) * 1e3}


def pan_cost(panel: CurvesPanel) -> dict[str, float]:
    plot = panel.findChild(QWidget, "loss_plot")
    (low, high), _ = plot.ranges
    pixel = (high - low) / plot.width()
    counted, whole = [], []
    for index in range(FRAMES):
        panel.stack.drain_paint_seconds()
        started = time.perf_counter()
        plot.set_x_range(low + 20 * pixel + index * pixel, high - 200 * pixel + index * pixel)
        ranging = time.perf_counter() - started
        QApplication.processEvents()
        whole.append(time.perf_counter() - started)
        counted.append(ranging + panel.stack.drain_paint_seconds())
    return {
        "pan_ms": float(np.median(counted)) * 1e3,
        "pan_outside_ms": float(np.median(np.subtract(whole, counted))) * 1e3,
    }


def smoothing_cost(length: int) -> float:
    values = np.random.default_rng(0).random(length, np.float32)
    started = time.perf_counter()
    Smoother(0.99).extend(values)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
