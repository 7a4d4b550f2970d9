"""A few curves over the steps, on a linear or a logarithmic axis, with a band of usual values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.ui.plotting.render.colours import PlotColours, blend
from workbench.ui.plotting.render.number_row import number_row
from workbench.ui.plotting.render.ticks import step_ticks, vertical_ticks
from workbench.ui.plotting.scatter_view import class_colour
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.numbers import with_minus_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from workbench.ui.models.layer_record import Series
    from workbench.ui.style.palette import Palette

GAP: Final = 6
SWATCH: Final = 14
MOST_COLOURS: Final = 8
"""More curves are coloured by their depth in the network."""
BAND_SHARE: Final = 0.16
PIXELS_PER_TICK: Final = 80
DOT: Final = 2.2
FEW: Final = 40
"""Points of a curve that are drawn as dots."""
LEGEND_ROWS: Final = 3


class Band(NamedTuple):
    """A range of usual values.

    Attributes:
        low: its lower end.
        high: its upper end.
        text: what it is, and who says so.
    """

    low: float
    high: float
    text: str


class StepCurves(QWidget):
    """Draws itself. The step that is looked at is a vertical line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colours: PlotColours | None = None
        self._series: list[Series] = []
        self._names: list[str] = []
        self._is_log = False
        self._band: Band | None = None
        self._here: int | None = None
        self._is_share = False

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(160, 90)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    def show_series(
        self,
        series: Sequence[Series],
        names: Sequence[str],
        *,
        here: int | None,
        is_log: bool = False,
        is_share: bool = False,
        band: Band | None = None,
    ) -> None:
        """Show curves.

        Args:
            series: the curves.
            names: of the curves, for the legend.
            here: the step that is looked at.
            is_log: whether the vertical axis is logarithmic; numbers that are not above 0 are left out.
            is_share: whether the numbers are shares, 0 to 1.
            band: of usual values.
        """
        self._series, self._names, self._here = list(series), list(names), here
        self._is_log, self._is_share, self._band = is_log, is_share, band
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes, band, curves and legend."""
        del event
        if self._colours is None or not self._series:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            legend = self._legend()
            plot = self._plot(len(legend))
            steps, values = self._ranges()
            self._paint_axes(painter, plot, steps, values, self._colours)
            painter.save()
            painter.setClipRect(plot)
            self._paint_curves(painter, plot, steps, values, self._colours)
            painter.restore()
            painter.setPen(self._colours.border)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(plot)
            self._paint_legend(painter, plot, legend, self._colours)

    def event(self, event: QEvent) -> bool:
        """Name the curve under the pointer, with its value."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tool_tip(self._text_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def colour_of(self, index: int) -> QColor:
        """The colour of a curve: one of its own, or where there are many one for its depth in the network."""
        assert self._colours is not None
        if len(self._series) <= MOST_COLOURS:
            return class_colour(self._colours, index)
        return blend(self._colours.test, self._colours.training, index / (len(self._series) - 1))

    def _text_at(self, place: QPointF) -> str:
        if not self._series:
            return ""
        plot = self._plot(len(self._legend()))
        steps, values = self._ranges()
        best, text = 20.0**2, ""
        for name, series in zip(self._names, self._series, strict=True):
            x, y = self._places(series, plot, steps, values)
            distances = (x - place.x()) ** 2 + (y - place.y()) ** 2
            if np.isfinite(distances).any() and (least := float(np.nanmin(distances))) < best:
                index = int(np.nanargmin(distances))
                value = float(series.values[index])
                number = f"{value:.1%}" if self._is_share else with_minus_sign(f"{value:.3g}")
                line = self.tr("{name} at step {step}: {value}")
                best, text = least, line.format(name=name, step=f"{int(series.steps[index]):,}", value=number)
        return text

    def _plot(self, legend_rows: int) -> QRect:
        line = self.fontMetrics().height()
        left = self.fontMetrics().horizontalAdvance("0.0005") + 2 * GAP
        return self.rect().adjusted(left, GAP, -2 * GAP, -(line + GAP + legend_rows * (line + 1)))

    def _ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The range of the steps, and of the values on their axis: logarithms, if it is logarithmic."""
        places = [each.steps[[0, -1]] for each in self._series]
        first, last = min(float(each[0]) for each in places), max(float(each[1]) for each in places)
        if self._here is not None:
            first, last = min(first, self._here), max(last, self._here)
        if first == last:
            first, last = first - 1.0, last + 1.0
        numbers = np.concatenate([self._on_axis(each.values) for each in self._series])
        numbers = numbers[np.isfinite(numbers)]
        if self._is_share:
            top = max(0.05, min(1.0, 1.1 * float(numbers.max(initial=0.0))))
            # Below 0, so that a line at 0 is seen.
            return (first, last), (-0.04 * top, top)
        if self._band is not None:
            numbers = np.append(numbers, self._on_axis(np.array([self._band.low, self._band.high])))
        low, high = (float(numbers.min()), float(numbers.max())) if numbers.size else (0.0, 1.0)
        room = 0.06 * (high - low) or (0.5 if self._is_log else max(abs(high), 1.0) * 0.1)
        return (first, last), (low - room, high + room)

    def _on_axis(self, values: np.ndarray) -> np.ndarray:
        if not self._is_log:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            logarithms = np.log10(values)
        return np.where(np.isfinite(logarithms), logarithms, np.nan)

    def _places(
        self, series: Series, plot: QRect, steps: tuple[float, float], values: tuple[float, float]
    ) -> tuple[np.ndarray, np.ndarray]:
        x = plot.left() + (series.steps - steps[0]) / (steps[1] - steps[0]) * plot.width()
        y = plot.bottom() - (self._on_axis(series.values) - values[0]) / (values[1] - values[0]) * plot.height()
        return x, y

    def _paint_axes(
        self,
        painter: QPainter,
        plot: QRect,
        steps: tuple[float, float],
        values: tuple[float, float],
        colours: PlotColours,
    ) -> None:
        line = self.fontMetrics().height()
        painter.fillRect(plot, colours.background)
        if self._band is not None:
            low, high = self._on_axis(np.array([self._band.low, self._band.high])).tolist()
            scale = plot.height() / (values[1] - values[0])
            band = QRectF(plot.left(), plot.bottom() - (high - values[0]) * scale, plot.width(), (high - low) * scale)
            painter.fillRect(band, blend(colours.test, colours.background, BAND_SHARE))
            painter.setPen(colours.text_muted)
            text = self.fontMetrics().elidedText(self._band.text, Qt.TextElideMode.ElideRight, plot.width() - 2 * GAP)
            place = QRectF(plot.left() + GAP, band.bottom() - line - 1, plot.width() - 2 * GAP, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, text)
        for position, label in vertical_ticks(*values, plot.height(), log=self._is_log):
            if self._is_share and not 0.0 <= position <= 1.0:
                continue
            y = plot.bottom() - (position - values[0]) / (values[1] - values[0]) * plot.height()
            painter.setPen(colours.grid)
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(colours.text_muted)
            box = QRectF(0, y - line / 2, plot.left() - GAP, line)
            text = f"{position:.0%}" if self._is_share else label
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(colours.text_muted)
        scale = plot.width() / (steps[1] - steps[0])
        ticks = step_ticks(*steps, max(2.0, plot.width() / scaled(PIXELS_PER_TICK)))
        numbers = ((plot.left() + (position - steps[0]) * scale, label) for position, label in ticks if position >= 0)
        for left, width, label in number_row(numbers, self.fontMetrics().horizontalAdvance, (0.0, self.width())):
            painter.drawText(QRectF(left, plot.bottom() + 2, width, line), Qt.AlignmentFlag.AlignCenter, label)

    def _paint_curves(
        self,
        painter: QPainter,
        plot: QRect,
        steps: tuple[float, float],
        values: tuple[float, float],
        colours: PlotColours,
    ) -> None:
        if self._here is not None:
            x = plot.left() + (self._here - steps[0]) / (steps[1] - steps[0]) * plot.width()
            painter.setPen(QPen(colours.accent, 1.0))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        for index, series in enumerate(self._series):
            columns, rows = self._places(series, plot, steps, values)
            is_known = np.isfinite(rows)
            places = zip(columns[is_known].tolist(), rows[is_known].tolist(), strict=True)
            points = [QPointF(*each) for each in places]
            colour = self.colour_of(index)
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))
            if len(points) <= FEW:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                for point in points:
                    painter.drawEllipse(point, DOT, DOT)

    def _legend(self) -> list[list[tuple[int, int, str]]]:
        """Rows of (curve, left, text)."""
        advance = self.fontMetrics().horizontalAdvance
        width = self.width() - 2 * GAP
        indices = list(range(len(self._names)))
        if len(indices) > MOST_COLOURS:
            indices = [0, len(indices) // 2, len(indices) - 1]
        rows: list[list[tuple[int, int, str]]] = [[]]
        left = 0
        for index in indices:
            text = self.fontMetrics().elidedText(self._names[index], Qt.TextElideMode.ElideLeft, width - SWATCH - GAP)
            needed = SWATCH + GAP + advance(text)
            if left and left + needed > width:
                if len(rows) == LEGEND_ROWS:
                    break
                rows.append([])
                left = 0
            rows[-1].append((index, left, text))
            left += needed + 2 * GAP
        return rows

    def _paint_legend(
        self, painter: QPainter, plot: QRect, legend: list[list[tuple[int, int, str]]], colours: PlotColours
    ) -> None:
        line = self.fontMetrics().height()
        top = plot.bottom() + line + GAP
        for place, row in enumerate(legend):
            y = top + place * (line + 1)
            for index, left, text in row:
                painter.setPen(QPen(self.colour_of(index), 2.5))
                painter.drawLine(QPointF(GAP + left, y + line / 2), QPointF(GAP + left + SWATCH, y + line / 2))
                painter.setPen(colours.text_muted)
                box = QRect(
                    GAP + left + SWATCH + GAP, y, math.ceil(self.fontMetrics().horizontalAdvance(text)) + 4, line
                )
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
