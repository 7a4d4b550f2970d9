"""The learning rate below the other plots: the slider's value, and the rate that the schedule derives from it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from workbench.ui.plotting.curves.ranges import decade_bounds
from workbench.ui.plotting.render.dashed_line import draw_lines
from workbench.ui.plotting.render.layers import BackgroundLayer, Layer
from workbench.ui.plotting.render.line_layer import polylines
from workbench.ui.plotting.render.plot import Plot

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QColor, QFont, QPainter, QPolygonF
    from PySide6.QtWidgets import QWidget

    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.view import View

SAMPLES: Final = 512
"""Steps looked at to find out how far the rate ranges and whether it varies."""
SMALLEST_RATIO: Final = 1e-3
"""A rate that a schedule takes to nothing is followed three decades down: the plot is low."""
STRONG_WIDTH: Final = 2.0
DASH: Final = (5.0, 4.0)


class RateCurve(Protocol):
    """The learning rate over a run, known for steps to come as well."""

    @property
    def version(self) -> int:
        """Another number whenever the curve is another one."""
        ...

    def at(self, steps: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The slider's value and the rate used at `steps`, shape (n,) -> (n,) each."""
        ...


class RateLayer(Layer):
    """Both rates as lines: strong and solid as far as the run has come, paler and dashed beyond.

    Attributes:
        curve: is drawn; None draws nothing.
        present: steps done.
        end: no rate is drawn beyond this step.
    """

    def __init__(self) -> None:
        self.curve: RateCurve | None = None
        self.present = 0
        self.end = 0
        self._slider: list[QPolygonF] = []
        self._used: list[QPolygonF] = []
        self._laid: tuple[View, int, int] | None = None

    def set_curve(self, curve: RateCurve | None) -> None:
        """Draw this curve, of any version."""
        self.curve = curve
        self._laid = None

    def arrange(self, view: View) -> None:
        """Lay the lines, at a step per pixel column."""
        laid = (view, self.end, self.curve.version) if self.curve is not None else None
        if laid == self._laid and laid is not None:
            return
        self._laid, self._slider, self._used = laid, [], []
        first, last = max(0, math.floor(view.left)), min(self.end, math.ceil(view.right))
        stride = max(1.0, view.steps_per_column)
        steps = np.floor(np.arange(first, last + stride, stride)).astype(np.int64)
        steps = steps[: np.searchsorted(steps, last, side="right")]
        if self.curve is None or not len(steps):
            return
        slider, used = self.curve.at(steps)
        self._slider = polylines(view.columns(steps), view.rows(slider))
        self._used = polylines(view.columns(steps), view.rows(used), STRONG_WIDTH * view.ratio)

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint the columns."""
        colours, dash = view.colours, [length * view.ratio for length in DASH]
        border = min(max(math.ceil(view.column(self.present)), first), last)
        done: tuple[QColor, QColor, list[float]] = (colours.mark, colours.training, [])
        ahead = (colours.mark_line, colours.planned, dash)
        for left, right, (slider, used, dashes) in ((first, border, done), (border, last, ahead)):
            if left < right:  # an empty clip would be no clip
                painter.setClipRect(left, 0, right - left, view.height)
                draw_lines(painter, self._slider, slider)
                draw_lines(painter, self._used, used, dashes)
        painter.setClipRect(first, 0, last - first, view.height)


class RatePlot(Plot):
    """A low plot over the same steps as the others, always on a logarithmic axis."""

    def __init__(
        self, colours: PlotColours, font: QFont, titles: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        """Build the plot; for the arguments see `Plot`."""
        self._layer = RateLayer()
        self._version: tuple[int, int] | None = None
        super().__init__((BackgroundLayer(), self._layer), colours, font, titles, parent)
        self.set_log(True)
        self.varies = False

    def set_curve(self, curve: RateCurve | None) -> None:
        """Draw this curve from now on."""
        self._layer.set_curve(curve)
        self._version = None
        self.varies = False
        self.canvas.invalidate()

    def show_progress(self, present: int, end: int) -> bool:
        """Draw the rates up to the step `end`, those up to `present` as done; True if whether they vary has changed."""
        curve, before = self._layer.curve, self.varies
        drawn, self._layer.present = self._layer.present, present
        if curve is None:
            return False
        version = (curve.version, end)
        if version != self._version or present < drawn:
            self._version = version
            self._layer.end = end
            self._measure(curve, end)
            self.canvas.invalidate()
        elif present > drawn:
            self.paint_steps(drawn, present)
        return self.varies != before

    def rates_at(self, step: int) -> tuple[float, float] | None:
        """The slider's value and the rate used at `step`; None without a curve."""
        if self._layer.curve is None:
            return None
        slider, used = self._layer.curve.at(np.array([step], np.int64))
        return float(slider[0]), float(used[0])

    def _measure(self, curve: RateCurve, end: int) -> None:
        """Find out whether the rates vary, and show all of them."""
        steps = np.unique(np.linspace(0, max(end, 1), SAMPLES).astype(np.int64))
        rates = np.concatenate(curve.at(steps))
        self.varies = bool((rates != rates[0]).any())
        positive = rates[np.isfinite(rates) & (rates > 0.0)]
        if positive.size:
            highest = float(positive.max())
            low, high = decade_bounds(max(float(positive.min()), highest * SMALLEST_RATIO), highest)
            self.limit_y(low, high, high - low)
            self.set_y_range(low, high)
