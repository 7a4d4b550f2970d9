"""The reliability diagram: accuracy over confidence, with the number of samples below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.render.colours import PlotColours, blend
from workbench.ui.plotting.render.number_row import number_row

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from workbench.engine.analysis.classification import Calibration
    from workbench.ui.style.palette import Palette

TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
COUNT_SHARE: Final = 0.2
"""Of the height, for the bars of the counts."""
GAP: Final = 6
FILL_SHARE: Final = 0.75


class ReliabilityDiagram(QWidget):
    """Draws a bar for each range of confidences; a network that is as right as it is sure has them on the diagonal."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colours: PlotColours | None = None
        self._shown: Calibration | None = None

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(200, 160)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def show_calibration(self, calibration: Calibration) -> None:
        """Draw this calibration."""
        self._shown = calibration
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes, bars, the diagonal and the counts."""
        del event
        if self._colours is None or self._shown is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = self.fontMetrics().height()
            left = self.fontMetrics().horizontalAdvance("100 %") + GAP
            width, height = self.width() - left - GAP, self.height() - 2 * line - 2 * GAP
            counts = QRectF(left, GAP + height * (1 - COUNT_SHARE), width, height * COUNT_SHARE)
            plot = QRectF(left, GAP, width, height * (1 - COUNT_SHARE) - GAP)
            self._paint_axes(painter, plot, counts, self._colours)
            self._paint_bars(painter, plot, counts, self._colours, self._shown)

    def _paint_axes(self, painter: QPainter, plot: QRectF, counts: QRectF, colours: PlotColours) -> None:
        line = self.fontMetrics().height()
        painter.fillRect(plot, colours.background)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share in TICKS:
            y = plot.bottom() - share * plot.height()
            painter.setPen(colours.grid)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(colours.text_muted)
            painter.drawText(QRectF(0, y - line / 2, plot.left() - GAP, line), right, f"{share:.0%}")
        numbers = ((plot.left() + share * plot.width(), f"{share:.0%}") for share in TICKS)
        for left, width, text in number_row(numbers, self.fontMetrics().horizontalAdvance, (0.0, self.width())):
            painter.drawText(QRectF(left, counts.bottom(), width, line), Qt.AlignmentFlag.AlignCenter, text)
        below = QRectF(plot.left(), counts.bottom() + line, plot.width(), line)
        title = self.tr("Confidence of the prediction")
        title = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, round(below.width()))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, title)

    def _paint_bars(
        self, painter: QPainter, plot: QRectF, counts: QRectF, colours: PlotColours, shown: Calibration
    ) -> None:
        most = max(1, int(shown.count.max()))
        step = plot.width() / len(shown.count)
        is_bar = np.isfinite(shown.accuracy)
        painter.setPen(Qt.PenStyle.NoPen)
        for index in np.flatnonzero(is_bar).tolist():
            x = plot.left() + index * step
            top = plot.bottom() - float(shown.accuracy[index]) * plot.height()
            bar = QRectF(x + 1, top, step - 2, plot.bottom() - top)
            painter.fillRect(bar, blend(colours.training, colours.background, FILL_SHARE))
            high = counts.height() * float(shown.count[index]) / most
            painter.fillRect(QRectF(x + 1, counts.bottom() - high, step - 2, high), colours.text_muted)
        painter.setPen(QPen(colours.test, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(plot.bottomLeft(), plot.topRight())
        painter.setPen(colours.border)
        painter.drawRect(plot)
