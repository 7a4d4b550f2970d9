"""The loss of the current run minus that of runs with the same beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.history.series import Series
from workbench.ui.plotting.curves.overlay_slots import DASHES, LINE_WIDTH
from workbench.ui.plotting.curves.ranges import OUTLIER, Extent, magnitudes, robust_highest
from workbench.ui.plotting.render.dashed_line import DashedLine
from workbench.ui.plotting.render.layers import BackgroundLayer, Layer, LayerGroup
from workbench.ui.plotting.render.plot import Plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QPainter
    from PySide6.QtWidgets import QWidget

    from workbench.ui.plotting.curves.reference_curves import ReferenceCurve
    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.view import View

NAN: Final = np.float32(np.nan)
LEAST_SIDE: Final = 0.2
"""Of the side where the differences lie."""


class ZeroLine(Layer):
    """The line of no difference."""

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Rule the columns."""
        painter.fillRect(first, round(view.row(0.0)), last - first, view.hairline, view.colours.text_muted)


class Difference:
    """The smoothed loss of the current run minus another's, step by step from the branch.

    Both are trained on the same batches in the same order, so most of the noise of the batches cancels.

    Attributes:
        line: shows it.
        branch_step: the first step at which the runs may differ.
        other: the other run.
        series: the difference at every step that both runs have; NaN before they part.
    """

    def __init__(self, other: ReferenceCurve, slot: int, branch_step: int) -> None:
        """Compare with `other` from `branch_step` on, in the colour and dash of its `slot`."""
        self.line = DashedLine(lambda each: each.overlays[slot], DASHES[slot], LINE_WIDTH)
        self.branch_step = branch_step
        self.other = other
        self.series = Series()
        self._sources: tuple[Series, Series] | None = None

    def update_from(self, present: Series) -> tuple[int, int] | None:
        """Compute the differences at new steps; returns those steps, or None.

        Args:
            present: the current run's smoothed loss. If it or the other's is a new series, all steps are new.
        """
        other = self.other.smoothed
        sources = self._sources
        if sources is None or sources[0] is not present or sources[1] is not other:
            self._sources = (present, other)
            self.series = Series()
            self.line.series = self.series
        start, stop = len(self.series), min(len(present), len(other))
        if start >= stop:
            return None
        values = present.values(start, stop) - other.values(start, stop)
        values[: max(0, self.branch_step - start)] = NAN
        self.series.extend(values)
        self.line.grow()
        return start, stop


class DifferencePlot(Plot):
    """A low plot with one line for each run that shares its beginning with the current one.

    Attributes:
        differences: are drawn.
    """

    def __init__(
        self, colours: PlotColours, font: QFont, titles: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        """Build the plot; for the arguments see `Plot`."""
        self._lines = LayerGroup()
        self.differences: list[Difference] = []
        self._extent = Extent()
        self._bounds: tuple[float, float] | None = None
        self._fitted_version = -1
        super().__init__((BackgroundLayer(), ZeroLine(), self._lines), colours, font, titles, parent)

    def set_differences(self, differences: Sequence[Difference]) -> None:
        """Draw these from now on."""
        self.differences = list(differences)
        self._lines.layers = [difference.line for difference in differences]
        self.measure_again()

    def measure_again(self) -> None:
        """Fit the range to the differences, and draw all of them."""
        self._extent = Extent()
        self._bounds = None
        self._fitted_version = -1
        for difference in self.differences:
            self._include(difference, 0)
        self._fit()
        self.canvas.invalidate()

    def update_from(self, present: Series) -> None:
        """Draw the new steps of the current run's smoothed loss."""
        for difference in self.differences:
            update = difference.update_from(present)
            if update is None:
                continue
            first, last = update
            if first == 0:
                self.canvas.invalidate()
            self._include(difference, first)
            self._fit()
            self.paint_steps(first - 1, last)

    def differences_at(self, step: int) -> list[float]:
        """The differences at `step`, as far as there are any."""
        return [each.series[step] for each in self.differences if each.branch_step <= step < len(each.series)]

    def _include(self, difference: Difference, first: int) -> None:
        begin = max(first, difference.branch_step)
        if begin < len(difference.series):
            self._extent.include_series(difference.series, begin)

    def _fit(self) -> None:
        if self._extent.version == self._fitted_version:
            return
        self._fitted_version = self._extent.version
        none = np.empty(0)
        highest = [robust_highest(magnitudes(each.series), OUTLIER, none) for each in self.differences]
        limit = max((each for each in highest if each is not None), default=0.0)
        low, high = self._extent.bounds(log=False, lowest=-limit, highest=limit)
        # Both sides of zero are shown, the empty one a little.
        bounds = min(low, -LEAST_SIDE * high), max(high, -LEAST_SIDE * low)
        if bounds != self._bounds:
            self._bounds = bounds
            self.limit_y(*bounds, bounds[1] - bounds[0])
            self.set_y_range(*bounds)
