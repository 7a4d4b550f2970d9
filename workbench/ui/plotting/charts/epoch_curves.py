"""Curves over the evaluations of a run: few points, all of them painted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.plotting.render.colours import PlotColours, blend
from workbench.ui.plotting.render.number_row import number_row
from workbench.ui.plotting.render.ticks import step_ticks, vertical_ticks
from workbench.ui.plotting.scatter_view import class_colour
from workbench.ui.style.zoom import scaled
from workbench.ui.text.numbers import with_minus_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from workbench.ui.style.palette import Palette

GAP: Final = 6
DOT: Final = 2.5
MOST_DOTS: Final = 60
LEGEND_SHARE: Final = 0.36
PIXELS_PER_TICK: Final = 80
FAINT: Final = 0.35
STYLES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
"""Curves differ by their dashes, too."""


class EpochCurve(NamedTuple):
    """A curve.

    Attributes:
        name: in the legend; "" for a faint curve without an entry.
        values: at each step.
    """

    name: str
    values: np.ndarray


class EpochCurves(QWidget):
    """Draws named curves strongly, others faintly, and a line at the step that is looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colours: PlotColours | None = None
        self._steps: tuple[int, ...] = ()
        self._curves: Sequence[EpochCurve] = ()
        self._shown_step: int | None = None
        self._level: float | None = None
        self._is_share = True

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(160, 84)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def show_curves(
        self,
        steps: tuple[int, ...],
        curves: Sequence[EpochCurve],
        shown_step: int | None,
        *,
        level: float | None = None,
        is_share: bool = True,
    ) -> None:
        """Show curves.

        Args:
            steps: where they have values.
            curves: the named ones are drawn on top.
            shown_step: is marked.
            level: of a horizontal line, such as the number to predict.
            is_share: whether the values are shares from 0 to 1.
        """
        self._steps, self._curves, self._shown_step = steps, curves, shown_step
        self._level, self._is_share = level, is_share
        last = [f"{curve.name} {self._text(float(curve.values[-1]))}" for curve in curves if curve.name and steps]
        self.setAccessibleDescription(", ".join(last))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes, curves and legend."""
        del event
        if self._colours is None or not self._steps:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            metrics = self.fontMetrics()
            left = metrics.horizontalAdvance("100%" if self._is_share else "-0.005") + GAP
            legend = round(LEGEND_SHARE * self.width())
            bottom = metrics.height() + 2
            plot = QRectF(left, GAP, self.width() - left - legend - GAP, self.height() - GAP - bottom)
            if plot.width() < 1 or plot.height() < 1:
                return
            low, high = self._range()
            self._paint_axes(painter, plot, low, high, self._colours)
            self._paint_curves(painter, plot, low, high, self._colours)
            self._paint_legend(painter, QRect(self.width() - legend + GAP, 0, legend - GAP, self.height()))

    def _range(self) -> tuple[float, float]:
        if self._is_share:
            return 0.0, 1.0
        values = np.concatenate([curve.values for curve in self._curves] + [np.array([self._level or 0.0])])
        values = values[np.isfinite(values)]
        low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
        room = 0.06 * (high - low) or 1.0
        return low - room, high + room

    def _across(self, step: float, plot: QRectF) -> float:
        first, last = 0, max(self._steps[-1], self._shown_step or 0, 1)
        return plot.left() + (step - first) / (last - first) * plot.width()

    def _paint_axes(self, painter: QPainter, plot: QRectF, low: float, high: float, colours: PlotColours) -> None:
        line = self.fontMetrics().height()
        painter.fillRect(plot, colours.background)
        shares = [(0.0, "0%"), (0.5, "50%"), (1.0, "100%")]
        ticks = shares if self._is_share else vertical_ticks(low, high, plot.height(), log=False)
        for value, label in ticks:
            y = plot.bottom() - (value - low) / (high - low) * plot.height()
            painter.setPen(colours.grid)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(colours.text_muted)
            place = QRectF(0, min(max(0.0, y - line / 2), plot.bottom() - line / 2), plot.left() - GAP, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
        last = max(self._steps[-1], self._shown_step or 0, 1)
        painter.setPen(colours.text_muted)
        steps = step_ticks(0, last, max(1.0, plot.width() / scaled(PIXELS_PER_TICK)))
        numbers = ((self._across(value, plot), label) for value, label in steps)
        room = (0.0, plot.right() + GAP)  # the legend begins behind it
        for left, width, label in number_row(numbers, self.fontMetrics().horizontalAdvance, room):
            painter.drawText(QRectF(left, plot.bottom() + 2, width, line), Qt.AlignmentFlag.AlignCenter, label)
        if self._shown_step is not None:
            x = self._across(self._shown_step, plot)
            painter.setPen(QPen(colours.accent, 1.5))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        if self._level is not None:
            y = plot.bottom() - (self._level - low) / (high - low) * plot.height()
            painter.setPen(QPen(colours.text_muted, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _paint_curves(self, painter: QPainter, plot: QRectF, low: float, high: float, colours: PlotColours) -> None:
        columns = [self._across(step, plot) for step in self._steps]
        faint = QPen(blend(colours.text_muted, colours.background, FAINT), 1)
        named = [curve for curve in self._curves if curve.name]
        pens = [(curve, faint) for curve in self._curves if not curve.name]
        # The first named one on top.
        pens += [(curve, self._pen(place, colours)) for place, curve in reversed(list(enumerate(named)))]
        for curve, pen in pens:
            rows = plot.bottom() - (curve.values - low) / (high - low) * plot.height()
            points = [QPointF(x, y) for x, y in zip(columns, rows.tolist(), strict=True) if np.isfinite(y)]
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(points))
            if curve.name and len(points) <= MOST_DOTS:
                painter.setBrush(pen.color())
                for point in points:
                    painter.drawEllipse(point, DOT, DOT)
                painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_legend(self, painter: QPainter, area: QRect) -> None:
        assert self._colours is not None
        metrics = self.fontMetrics()
        for place, curve in enumerate(each for each in self._curves if each.name):
            top = area.top() + place * (metrics.height() + 2)
            if top + metrics.height() > area.bottom():
                break
            middle = top + metrics.height() / 2
            painter.setPen(self._pen(place, self._colours))
            painter.drawLine(QPointF(area.left(), middle), QPointF(area.left() + 16, middle))
            box = QRect(area.left() + 22, top, area.width() - 22, metrics.height())
            painter.setPen(self._colours.text)
            text = metrics.elidedText(curve.name, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _pen(place: int, colours: PlotColours) -> QPen:
        return QPen(class_colour(colours, place), 1.8, STYLES[place % len(STYLES)])

    def _text(self, value: float) -> str:
        return f"{value:.0%}" if self._is_share else with_minus_sign(f"{value:.4g}")
