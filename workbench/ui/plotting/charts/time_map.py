"""A map of histograms over the steps: each is a column, strong where many numbers lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.ui.plotting.charts.axes import Axes
from workbench.ui.plotting.render.colours import PlotColours, blend
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.numbers import with_minus_sign

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

    from workbench.engine.protocol.queries.layers import Distribution
    from workbench.ui.style.palette import Palette

ROWS: Final = 160
OUTER: Final = 0.001
"""The share of the numbers on each side that may lie outside of the axis."""
WIDEST: Final = 8.0
"""Times the usual width of a histogram: one that diverged flattens no other."""
ROOM: Final = 0.04
GAMMA: Final = 0.6
"""Of the strength of the colours: below 1, so that few numbers are seen beside many."""
LEVELS: Final = 64


class TimeMap(QWidget):
    """Draws itself. The step that is looked at is a vertical line.

    A column reaches half way to the steps before and after it. Its largest bin has the full colour, whatever its width.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colours: PlotColours | None = None
        self._pick: Callable[[PlotColours], QColor] = lambda colours: colours.training
        self._steps = np.zeros(0)
        self._shown: list[Distribution] = []
        self._here: int | None = None
        self._up = (0.0, 1.0)
        self._shares = np.zeros((ROWS, 0))

    @property
    def shares(self) -> NDArray[np.float64]:
        """(ROWS, n) the share of the numbers of each step in each row, from the highest row to the lowest."""
        return self._shares

    @property
    def range(self) -> tuple[float, float]:
        """Of the vertical axis."""
        return self._up

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(160, 110)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def show_histograms(
        self, series: Sequence[tuple[int, Distribution]], pick: Callable[[PlotColours], QColor], here: int | None
    ) -> None:
        """Show histograms.

        Args:
            series: with their steps, ascending.
            pick: chooses the full colour.
            here: the step that is looked at.
        """
        shown = [distribution for _, distribution in series]
        if len(shown) != len(self._shown) or any(a is not b for a, b in zip(shown, self._shown, strict=True)):
            self._shown = shown
            self._steps = np.array([step for step, _ in series], np.float64)
            self._up = _range_of(shown)
            self._shares = _shares_of(shown, self._up)
        self._pick, self._here = pick, here
        self.setAccessibleDescription(self.text_of(len(shown) - 1) if shown else "")
        self.update()

    def text_of(self, place: int) -> str:
        """One histogram in words."""
        shown = self._shown[place]
        low, lower, upper, high = _quantiles(shown, (OUTER, 0.25, 0.75, 1 - OUTER))
        text = self.tr("Step {step}: from {low} to {high}, half of them between {lower} and {upper}; {zero} are 0.")
        return text.format(
            step=f"{int(self._steps[place]):,}",
            low=with_minus_sign(f"{low:.3g}"),
            high=with_minus_sign(f"{high:.3g}"),
            lower=with_minus_sign(f"{lower:.3g}"),
            upper=with_minus_sign(f"{upper:.3g}"),
            zero=f"{shown.zero_share:.0%}",
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes, columns and the line."""
        del event
        if self._colours is None or not self._shown:
            return
        with QPainter(self) as painter:
            axes = self._axes()
            axes.paint(painter, self._colours, (self.tr("Step"), ""))
            width = max(1, round(axes.plot.width()))
            painter.drawImage(axes.plot, self._image(width, self._colours))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._here is not None:
                x = axes.point(float(self._here), axes.up[0]).x()
                painter.setPen(QPen(self._colours.accent, 1.5))
                painter.drawLine(QPointF(x, axes.plot.top()), QPointF(x, axes.plot.bottom()))
            painter.setPen(self._colours.border)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(axes.plot)

    def event(self, event: QEvent) -> bool:
        """Say the histogram under the pointer in words."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = ""
            if self._shown and (plot := self._axes().plot).contains(event.pos()):
                step = (event.pos().x() - plot.left()) / plot.width() * self._last
                text = self.text_of(int(self._columns(np.array([step]))[0]))
            QToolTip.showText(event.globalPos(), plain_tool_tip(text), self)
            return True
        return super().event(event)

    @property
    def _last(self) -> float:
        return max(float(self._steps[-1]), float(self._here or 0), 1.0)

    def _axes(self) -> Axes:
        return Axes.within(self.size(), (0.0, self._last), self._up, QFontMetricsF(self.font()), "")

    def _columns(self, steps: NDArray[np.float64]) -> NDArray[np.int64]:
        """Which histogram stands at each of these steps: the nearest."""
        borders = (self._steps[1:] + self._steps[:-1]) / 2
        return np.searchsorted(borders, steps)

    def _image(self, width: int, colours: PlotColours) -> QImage:
        full = self._pick(colours)
        shades = [blend(full, colours.background, (level / (LEVELS - 1)) ** GAMMA).rgb() for level in range(LEVELS)]
        largest = np.maximum(self._shares.max(axis=0), 1e-12)
        levels = np.round(self._shares / largest * (LEVELS - 1)).astype(np.intp)
        steps = (np.arange(width) + 0.5) / width * self._last
        pixels = np.ascontiguousarray(np.array(shades, np.uint32)[levels[:, self._columns(steps)]])
        return QImage(pixels.data, width, ROWS, 4 * width, QImage.Format.Format_RGB32).copy()


def _edges(shown: Distribution) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The edges of the bins, and the share of the numbers below each."""
    low, high = shown.low, shown.high
    if not high > low:
        reach = max(abs(low) * 1e-6, 1e-12)
        low, high = low - reach, low + reach
    counts = shown.counts.astype(np.float64)
    total = counts.sum()
    below = np.concatenate([[0.0], np.cumsum(counts) / total]) if total else np.linspace(0, 1, len(counts) + 1)
    return np.linspace(low, high, len(counts) + 1), below


def _quantiles(shown: Distribution, shares: Sequence[float]) -> list[float]:
    edges, below = _edges(shown)
    found: list[float] = np.interp(shares, below, edges).tolist()
    return found


def _range_of(shown: Sequence[Distribution]) -> tuple[float, float]:
    """Of the vertical axis: nearly all numbers of nearly all histograms."""
    if not shown:
        return 0.0, 1.0
    ends = np.array([_quantiles(each, (OUTER, 1 - OUTER)) for each in shown])
    low, high = np.median(ends, axis=0)
    middles = ends.mean(axis=1)
    moves = float(np.median(np.abs(middles - np.median(middles))))
    span = max(float(np.median(ends[:, 1] - ends[:, 0])), moves, 1e-12)
    low, high = max(float(ends[:, 0].min()), low - WIDEST * span), min(float(ends[:, 1].max()), high + WIDEST * span)
    room = ROOM * max(high - low, 1e-12)
    return low - room, high + room


def _shares_of(shown: Sequence[Distribution], up: tuple[float, float]) -> NDArray[np.float64]:
    """(ROWS, n) the shares of the numbers between equally distant values, from the highest to the lowest."""
    rows = np.linspace(*up, ROWS + 1)
    columns = []
    for each in shown:
        edges, below = _edges(each)
        shares = np.diff(np.interp(rows, edges, below))
        columns.append(shares[::-1] * (each.counts.sum() > 0))
    return np.array(columns).T if columns else np.zeros((ROWS, 0))
