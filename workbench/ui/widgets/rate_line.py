"""The learning rate as a small line: what a schedule plans, and what a run has used so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from workbench.ui.style.tokens import tokens
from workbench.ui.system.accessible import SpokenNumber
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.numbers import rounded_number
from workbench.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent

    from workbench.engine.analysis.lr_curve import SchedulePlan
    from workbench.ui.style.palette import Palette

    Rates = NDArray[np.float64]

LINE: Final = 1.5
DOT: Final = 2.5
SMALLEST_RATIO: Final = 1e-3
"""Of the highest rate: a rate that is still smaller is drawn at the lower edge."""
DIGITS: Final = 3
SAME: Final = 1e-3
"""Rates that differ by a smaller share are one number in the text."""


class RateLine(QWidget):
    """Draws rates at even distances from the left edge to the right; nothing without rates, or before `set_palette`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: Palette | None = None

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self.update()

    def heights(self) -> Rates:
        """How high the line is, from 0 to 1: shape (n,). Asked for only where the line is painted."""
        raise NotImplementedError

    def points(self) -> list[QPointF]:
        """Where the line goes, in logical pixels."""
        heights, box = self.heights(), QRectF(self.rect()).adjusted(DOT, DOT, -DOT, -DOT)
        columns = np.linspace(box.left(), box.right(), len(heights)) if len(heights) > 1 else np.array([box.right()])
        rows = box.bottom() - heights * box.height()
        return [QPointF(x, y) for x, y in zip(columns.tolist(), rows.tolist(), strict=False)]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the line, with a point at its end."""
        del event
        if self._palette is None or not (points := self.points()):
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = self._palette.trace_training
            painter.setPen(QPen(colour, LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(points[-1], DOT, DOT)


class RateTrace(RateLine):
    """The learning rate of a run so far, on a logarithmic scale.

    It asks for the rates when it is painted: it costs nothing where it cannot be seen.

    Args:
        name: the object name.
        parent: Qt's parent.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Learning rate so far"))
        text = self.tr("The learning rate that the run has used from its first step to now, on a logarithmic scale.")
        self.setToolTip(plain_tool_tip(text))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._source: Callable[[], Rates | None] = lambda: None

    def follow(self, source: Callable[[], Rates | None]) -> None:
        """Ask `source` for the rates, from the first step to the present one; None where there is no run."""
        self._source = source
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as a line of text."""
        return QSize(0, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """It gives way to the name beside it."""
        return self.sizeHint()

    def heights(self) -> Rates:
        """On a logarithmic scale from the lowest to the highest; in the middle where all are equal."""
        rates = self._rates()
        if not len(rates):
            return rates
        logarithms = np.log10(np.maximum(rates, rates.max() * SMALLEST_RATIO))
        low, high = logarithms.min(), logarithms.max()
        return np.full(len(rates), 0.5) if high <= low else (logarithms - low) / (high - low)

    def spoken_summary(self) -> str:
        """Between which rates the run has been."""
        rates = self._rates()
        if not len(rates):
            return self.tr("No run yet.")
        text = self.tr("From {low} to {high} since the first step.")
        return text.format(low=_number(float(rates.min())), high=_number(float(rates.max())))

    def spoken_value(self) -> SpokenNumber | None:
        """The present rate."""
        rates = self._rates()
        if not len(rates):
            return None
        now = float(rates[-1])
        return SpokenNumber(now, float(rates.min()), float(rates.max()), _number(now))

    def _rates(self) -> Rates:
        rates = self._source()
        return np.zeros(0) if rates is None else rates[np.isfinite(rates) & (rates > 0.0)]


class PlanLine(RateLine):
    """The learning rate over the planned epochs, from 0 at the lower edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Planned learning rate"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rates: Rates = np.zeros(0)
        self._text = ""

    def show_plan(self, rates: Rates, text: str) -> None:
        """Show these rates, which `text` sums up."""
        self._rates, self._text = rates, text
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Two lines of text high."""
        return QSize(0, 2 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The same: as wide as there is room."""
        return self.sizeHint()

    def heights(self) -> Rates:
        """As shares of the highest."""
        return self._rates / self._rates.max() if len(self._rates) else self._rates

    def spoken_summary(self) -> str:
        """The course of the rate, in numbers."""
        return self._text

    def spoken_value(self) -> SpokenNumber | None:
        """The rate at the end of the plan."""
        if not len(self._rates):
            return None
        last = float(self._rates[-1])
        return SpokenNumber(last, float(self._rates.min()), float(self._rates.max()), _number(last))


class SchedulePreview(QWidget):
    """What a schedule makes of the learning rate over the planned epochs: a line, and its numbers below.

    Args:
        name: the object name.
        parent: Qt's parent.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._has_course = False
        self._line = PlanLine(self)
        self._line.setObjectName(f"{name}_line")
        self._caption = ElidedLabel("", self)
        self._caption.setObjectName(f"{name}_text")
        self._caption.setProperty("role", "muted")
        text = self.tr("The learning rate over the planned epochs, with the present settings and without changes.")
        self.setToolTip(plain_tool_tip(text))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens().tight, 0, 0)
        column.setSpacing(tokens().hair)
        column.addWidget(self._line)
        column.addWidget(self._caption)
        self._shrink()

    @property
    def text(self) -> str:
        """The numbers below the line."""
        return self._caption.text()

    @property
    def has_course(self) -> bool:
        """Whether the rate changes in the plan, or may change during the run; else there is nothing to see."""
        return self._has_course

    def show_plan(self, plan: SchedulePlan) -> None:
        """Show this plan."""
        text = self._summary(plan)
        self._caption.setText(text)
        self._line.show_plan(plan.rates, text)
        self._line.setVisible(plan.varies)
        self._has_course = plan.varies or plan.watches_loss

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._line.set_palette(palette)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the font of the window."""
        super().changeEvent(event)
        if event.type() is event.Type.ApplicationFontChange:
            self._shrink()

    def _summary(self, plan: SchedulePlan) -> str:
        rates = plan.rates
        first, highest, last = float(rates[0]), float(rates.max()), float(rates[-1])
        if plan.watches_loss:
            return self.tr("{rate}, lowered when the loss stops falling").format(rate=_number(first))
        course = [first]
        for rate in (highest, last):
            if abs(rate - course[-1]) > SAME * highest:
                course.append(rate)
        template = self.tr("{rates} in 1 epoch") if plan.epochs == 1 else self.tr("{rates} in {count} epochs")
        return template.format(rates=" → ".join(map(_number, course)), count=f"{plan.epochs:,}")

    def _shrink(self) -> None:
        font = QFont(self.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * tokens().text_small / 100)
            self._caption.setFont(font)


def _number(rate: float) -> str:
    return rounded_number(rate, DIGITS)
