"""The chart of a range test: the loss over the learning rate, on which a rate is chosen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from workbench.ui.plotting.charts.loss_chart import GAP, LossChart
from workbench.ui.plotting.render.colours import PlotColours, blend
from workbench.ui.text.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.analysis.lr_finder import RateReading
    from workbench.engine.protocol.experiments.range_test import RangeFound

STEPS_PER_DECADE: Final = 20
"""Of the arrow keys."""
DIGITS: Final = 2
ROOM_ABOVE: Final = 0.35
"""How far above the start of the curve the chart reaches, as a share of its fall, so that the break is seen."""
BAND_SHARE: Final = 0.25
POINT: Final = 2.5
LEAST_QUANTILE: Final = 0.03
"""Of the raw points, the share that may lie below the chart: a single easy batch must not flatten the curve."""


class Mark(NamedTuple):
    """A vertical line at a rate.

    Attributes:
        rate: where.
        label: a word, translated.
        is_main: whether it is the one to look at.
    """

    rate: float
    label: str
    is_main: bool = False


class RateRangeChart(LossChart):
    """Raw points, the smooth curve and its band, the marks, and the rate in force; a click or a drag chooses a rate."""

    rate_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("lr_finder_chart", parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._found: RangeFound | None = None
        self._reading: RateReading | None = None
        self._marks: tuple[Mark, ...] = ()
        self._rate: float | None = None
        self._pointer: float | None = None
        self.x_range = (-6.0, 1.0)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that are drawn."""
        return self._marks

    def show_range(self, found: RangeFound | None, reading: RateReading | None, marks: tuple[Mark, ...]) -> None:
        """Draw what is known by now."""
        self._found, self._reading, self._marks = found, reading, marks
        if found is not None:
            self.x_range = (math.log10(found.rates[0]), math.log10(found.rates[-1]))
            raw = [sweep.losses for sweep in found.sweeps if len(sweep.losses) > 0]
            if raw:
                every = np.concatenate(raw)
                start = float(np.median([losses[:10].mean() for losses in raw]))
                low = float(np.quantile(every, LEAST_QUANTILE))
                usual = float(np.quantile(np.concatenate([losses[: len(losses) // 2 + 1] for losses in raw]), 0.98))
                self.fit_y(np.maximum(every, low), max(start + ROOM_ABOVE * (start - low), usual))
        self.update()

    def show_rate(self, rate: float) -> None:
        """Mark the rate in force."""
        if rate != self._rate:
            self._rate = rate
            self.update()

    # The chart

    @property
    def has_contents(self) -> bool:
        """Whether there are any points."""
        return self._found is not None

    @property
    def x_label(self) -> str:
        """What the horizontal axis shows."""
        return self.tr("Learning rate")

    @property
    def space_above(self) -> int:
        """Room for the rate under the pointer."""
        return self.fontMetrics().height() + GAP

    def x_ticks(self) -> Iterator[tuple[float, str]]:
        """Decades; every second one where there is little room."""
        low, high = self.x_range
        width = self.fontMetrics().horizontalAdvance("1e-6") + 3 * GAP
        every = max(1, math.ceil((high - low) * width / self.plot_rect().width()))
        for power in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1):
            if (power - math.floor(high + 1e-9)) % every == 0:
                yield float(power), format_number(float(f"1e{power}"))

    def paint_contents(self, painter: QPainter, plot: QRectF, colours: PlotColours) -> None:
        """Draw points, band, curve and marks."""
        assert self._found is not None
        logs = np.log10(self._found.rates)
        painter.setPen(QPen(colours.training_faint, POINT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for sweep in self._found.sweeps:
            painter.drawPoints(self.polygon(logs[: len(sweep.losses)], sweep.losses, plot))
        if (reading := self._reading) is not None:
            along = np.log10(reading.rates)
            there_and_back = np.concatenate([along, along[::-1]])
            band = self.polygon(there_and_back, np.concatenate([reading.high, reading.low[::-1]]), plot)
            fill = QColor(colours.training)
            fill.setAlphaF(BAND_SHARE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(band)
            self.paint_curve(painter, self.polygon(along, reading.curve, plot), colours.training)
        for mark in self._marks:
            colour = colours.accent if mark.is_main else blend(colours.text_muted, colours.background, 0.7)
            self._paint_line(painter, plot, mark.rate, QPen(colour, 1.8 if mark.is_main else 1.2, Qt.PenStyle.DashLine))
        self._paint_mark_labels(painter, plot, colours)
        if self._rate is not None:
            self._paint_line(painter, plot, self._rate, QPen(colours.mark, 1.8))

    def paint_labels(self, painter: QPainter, plot: QRectF, colours: PlotColours) -> None:
        """The rate under the pointer, or the one in force, above the plot."""
        rate, colour = self._rate, colours.mark
        if self._pointer is not None:
            rate, colour = self._pointer, colours.text
        if rate is None:
            return
        text = self.tr("rate {rate}").format(rate=format_number(rate))
        width = self.fontMetrics().horizontalAdvance(text) + 2
        box = QRectF(self.x_of(math.log10(rate), plot) - width / 2, 0, width, self.space_above)
        box.moveLeft(max(box.left(), 0.0))
        box.moveRight(min(box.right(), float(self.width())))
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_line(self, painter: QPainter, plot: QRectF, rate: float, pen: QPen) -> None:
        x = self.x_of(math.log10(rate), plot)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_mark_labels(self, painter: QPainter, plot: QRectF, colours: PlotColours) -> None:
        """The words of the marks, each in a line of its own, left of its line: the curve leaves room there."""
        line = self.fontMetrics().height()
        for index, mark in enumerate(sorted(self._marks, key=lambda mark: mark.rate)):
            x, y = self.x_of(math.log10(mark.rate), plot), plot.bottom() - (len(self._marks) - index) * line - GAP
            width = self.fontMetrics().horizontalAdvance(mark.label) + GAP
            box = QRectF(x - width - 2, y, width, line)
            box.moveLeft(max(box.left(), plot.left() + 2))
            painter.fillRect(box, colours.label)
            painter.setPen(colours.accent if mark.is_main else colours.text_muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.label)

    # The pointer and the keys

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the rate under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton and self._found is not None:
            self._choose(self._rate_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show the rate under the pointer, and choose it while the button is down."""
        if self._found is None:
            return
        self._pointer = self._rate_at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(self._pointer)
        self.update()

    def leaveEvent(self, event: object) -> None:  # noqa: N802
        """Show the rate in force again."""
        del event
        self._pointer = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move the rate with the arrow keys."""
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right) or self._rate is None or self._found is None:
            super().keyPressEvent(event)
            return
        steps = 1 if event.key() == Qt.Key.Key_Right else -1
        low, high = self.x_range
        place = min(high, max(low, math.log10(self._rate) + steps / STEPS_PER_DECADE))
        self._choose(_rounded(10**place))

    def _rate_at(self, pixel: float) -> float:
        return _rounded(10 ** self.x_at(pixel))

    def _choose(self, rate: float) -> None:
        if rate != self._rate:
            self.rate_chosen.emit(rate)


def _rounded(rate: float) -> float:
    """A rate in a few digits, as one would type it."""
    return float(f"{rate:.{DIGITS}g}")
