"""Draws how costs grow with the length of a run: `python -m tests.benchmarks.growth FILE.png`.

The picture shows the cost of adding a step, of a frame and of a full redraw, and the memory per step, at 10^3 to 10^7
recorded steps: a cost that does not grow is a flat line. `redraw` measures it on the real plots.
"""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from tests.benchmarks.redraw import LENGTHS, append_cost, measure
from workbench.ui.style.theme import Theme

CURVES = {
    "bytes_per_step": ("memory, bytes a step", "#cc79a7"),
    "pan_ms": ("a pan by one pixel, ms", "#009e73"),
    "full_ms": ("full redraw of both plots, ms", "#d55e00"),
    "frame_ms": ("a frame with ten new steps, ms", "#0072b2"),
    "append_us": ("adding a step, µs (amortised)", "#56b4e9"),
}
"""In the order of the curves in the picture, the most expensive first."""


def main(file: str) -> None:
    """Measure, draw, write the picture and print the figures."""
    application = QApplication.instance() or QApplication([])
    theme = Theme("light")
    theme.apply(application)
    figures = {length: {**measure(length, theme), "append_us": append_cost(length)} for length in LENGTHS}
    plot = pg.PlotWidget(background="w")
    plot.resize(900, 560)
    plot.setTitle("Cost of a step, a frame and a redraw over the length of a run", color="k", size="12pt")
    plot.setLogMode(x=True, y=True)
    plot.showGrid(y=True, alpha=0.15)
    plot.setLabel("bottom", "recorded steps", color="k")
    plot.setLabel("left", "milliseconds, microseconds or bytes", color="k")
    plot.addLegend(offset=(-20, 10), labelTextColor="k")
    for axis in ("left", "bottom"):
        plot.getAxis(axis).setTextPen("k")
    for key, (label, colour) in CURVES.items():
        values = [figures[length][key] for length in LENGTHS]
        plot.plot(list(LENGTHS), values, pen=pg.mkPen(colour, width=2), symbol="o", symbolBrush=colour, name=label)
        print(f"{label}: " + ", ".join(f"{value:.2f}" for value in values))
    plot.setXRange(2.9, 7.1)
    plot.setYRange(-1.0, 3.0)
    plot.show()
    application.processEvents()
    plot.grab().save(file)


if __name__ == "__main__":
    main(sys.argv[1])
