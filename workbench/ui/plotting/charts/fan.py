"""The chart of the futures: a fan of losses from the present step, each in a colour of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPen

from workbench.ui.plotting.charts.loss_chart import LossChart
from workbench.ui.plotting.futures import smooth

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QMouseEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.experiments.what_if import Fan
    from workbench.ui.plotting.render.colours import PlotColours

STRONG: Final = 3.2
USUAL: Final = 1.7
MOST_ABOVE: Final = 1.6
"""Times the loss at the start: the chart reaches no higher, so that a future that diverges flattens no other."""


class FanChart(LossChart):
    """Draws the last losses of the run, and from there the futures; the chosen one is drawn strongly."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("what_if_chart", parent)
        self._fan: Fan | None = None
        self._chosen: int | None = None

    def show_fan(self, fan: Fan | None, steps: int, chosen: int | None) -> None:
        """Draw the futures by now.

        Args:
            fan: the futures.
            steps: that each will have.
            chosen: the index of the one that is looked at.
        """
        self._fan, self._chosen = fan, chosen
        if fan is not None:
            self.x_range = (float(fan.start - len(fan.past)), float(fan.start + max(1, steps)))
            curves = [smooth(fan.past), *(smooth(path.losses) for path in fan.paths)]
            every = np.concatenate(curves)
            past = [float(curves[0].max())] if len(fan.past) > 0 else []
            first = [MOST_ABOVE * float(path.losses[0]) for path in fan.paths if len(path.losses) > 0]
            if past or first:
                # All futures begin with the same batch, whose loss is known before they differ.
                self.fit_y(every, max([*past, *first]))
        self.update()

    def colour(self, index: int) -> QColor:
        """The colour of a future."""
        assert self._colours is not None
        return self._colours.overlays[index % len(self._colours.overlays)]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on the futures."""
        is_click = event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint())
        if is_click and self.has_contents:
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    @property
    def is_coloured(self) -> bool:
        """Whether a theme is known."""
        return self._colours is not None

    @property
    def has_contents(self) -> bool:
        """Whether there are any futures."""
        return self._fan is not None

    @property
    def x_label(self) -> str:
        """What the horizontal axis shows."""
        return self.tr("Step")

    def paint_contents(self, painter: QPainter, plot: QRectF, colours: PlotColours) -> None:
        """Draw the past, the start and the futures, the chosen one last."""
        fan = self._fan
        assert fan is not None
        start = float(fan.start)
        x = self.x_of(start, plot)
        painter.setPen(QPen(colours.accent, 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        if len(fan.past) > 0:
            past = start - len(fan.past) + np.arange(len(fan.past))
            self.paint_curve(painter, self.polygon(past, fan.past, plot), colours.training_faint, 1.0)
            self.paint_curve(painter, self.polygon(past, smooth(fan.past), plot), colours.training)
        order = [index for index in range(len(fan.paths)) if index != self._chosen]
        if self._chosen is not None and self._chosen < len(fan.paths):
            order.append(self._chosen)
        for index in order:
            losses = fan.paths[index].losses
            if len(losses) > 0:
                steps = start + np.arange(len(losses))
                width = STRONG if index == self._chosen else USUAL
                self.paint_curve(painter, self.polygon(steps, smooth(losses), plot), self.colour(index), width)
