"""HistogramChart: how many numbers lie where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.charts.axes import Axes
from workbench.ui.plotting.render.colours import PlotColours, blend

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from workbench.engine.analysis.regression import Histogram
    from workbench.ui.style.palette import Palette

FILL_SHARE = 0.75
ROOM = 0.06


class HistogramChart(QWidget):
    """Draws the bins as bars over a horizontal axis, with a line at 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colours: PlotColours | None = None
        self._shown: Histogram | None = None
        self._titles = ("", "")

    def show_histogram(self, histogram: Histogram, titles: tuple[str, str]) -> None:
        """Draw it; the titles are those of the two axes."""
        self._shown, self._titles = histogram, titles
        self.update()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(110, 90)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes, bars and the line at 0."""
        del event
        colours, shown = self._colours, self._shown
        if colours is None or shown is None:
            return
        low, high = min(0.0, float(shown.edges[0])), max(0.0, float(shown.edges[-1]))
        room = ROOM * (high - low)
        most = max(1, int(shown.count.max()))
        up = (0.0, most * (1 + ROOM))
        axes = Axes.within(self.size(), (low - room, high + room), up, QFontMetricsF(self.font()), self._titles[1])
        with QPainter(self) as painter:
            axes.paint(painter, colours, self._titles)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill = blend(colours.training, colours.background, FILL_SHARE)
            edges = axes.columns(shown.edges).tolist()
            tops = axes.rows(shown.count.astype(float)).tolist()
            for left, right, top in zip(edges, edges[1:], tops, strict=False):
                bar = QRectF(QPointF(left, top), QPointF(max(left + 1, right - 1), axes.plot.bottom()))
                painter.fillRect(bar, fill)
            painter.setPen(QPen(colours.test, 1.5, Qt.PenStyle.DashLine))
            zero = axes.point(0.0, 0.0)
            painter.drawLine(QPointF(zero.x(), axes.plot.top()), zero)
