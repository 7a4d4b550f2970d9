"""The two plots with everything that moves in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workbench.engine.history import History
from workbench.ui.plotting.cost import now
from workbench.ui.plotting.following import RangeFollower
from workbench.ui.plotting.inspector import Inspector
from workbench.ui.plotting.plot import RIGHT_MARGIN, Plot
from workbench.ui.plotting.readout import Readout
from workbench.ui.plotting.traces import Traces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from workbench.ui.plotting.colours import PlotColours
    from workbench.ui.plotting.header import AccuracyHeader
    from workbench.ui.plotting.layers import Layer
    from workbench.ui.plotting.marks import MarkList

SMALL: Final = 0.92
"""Size of the text in the plots, of that around them."""
LOSS_SHARE: Final = 3
ACCURACY_SHARE: Final = 2
SPACING: Final = 6


class Stage(QWidget):
    """Loss above accuracy over the same steps, with the readout below.

    Importing this module imports pyqtgraph, which takes a quarter of a second: nobody should before a window is shown.

    Attributes:
        follows_changed: whether the whole run is shown as it grows, from now on.
    """

    follows_changed = Signal(bool)

    def __init__(self, accuracy_header: AccuracyHeader, colours: PlotColours, beta: float, parent: QWidget) -> None:
        """Build both plots, with nothing to show yet.

        Args:
            accuracy_header: stands between them.
            colours: see `set_colours`.
            beta: weight of the past in the smoothing.
            parent: Qt's parent.
        """
        super().__init__(parent)
        font = self._small_font()
        self._traces = Traces(colours, font, self._epoch_label, beta)
        self._loss = self._plot("loss_plot", self.tr("Loss"), self._traces.loss_layers, colours, font)
        self._accuracy = self._plot(
            "accuracy_plot", self.tr("Accuracy in %"), self._traces.accuracy_layers, colours, font
        )
        self._loss.hide_steps()
        self._readout = Readout(self)
        self._readout.setObjectName("readout")
        self._readout.setAccessibleName(self.tr("Values under the pointer"))
        self._follower = RangeFollower(self._loss, self._accuracy, self._traces, self)
        self._follower.follows_changed.connect(self.follows_changed)
        self._inspector = Inspector(self._loss, self._accuracy, self._traces, self._readout, self)
        # Between two slices of smoothing a long history, everything else gets its turn.
        self._next_slice = QTimer(self)
        self._next_slice.setSingleShot(True)
        self._next_slice.timeout.connect(self._draw_news)
        self._place(accuracy_header)

    @property
    def follows(self) -> bool:
        """Whether the whole run is shown as it grows."""
        return self._follower.follows

    @property
    def marks(self) -> MarkList:
        """The marks in both plots; `redraw` after changing them."""
        return self._traces.marks

    @property
    def is_catching_up(self) -> bool:
        """Whether the smoothing of a long history is still on its way, slice by slice."""
        return self._next_slice.isActive()

    @property
    def nbytes(self) -> int:
        """Memory held by the series that are drawn, in bytes; the history's own included."""
        return self._traces.nbytes

    def begin(self, history: History, steps_per_epoch: int, planned_steps: int) -> None:
        """Show `history` and follow it."""
        self._traces.marks.clear()
        self._traces.follow(history)
        self._follower.begin(steps_per_epoch, planned_steps)
        self.redraw()
        self._draw_news()

    def clear(self) -> None:
        """Let go of the history."""
        self._traces.marks.clear()
        self._traces.follow(History())
        self._inspector.leave()

    def refresh(self) -> float:
        """Draw what is new; returns the seconds spent, those of painting since the last call included."""
        started = now()
        painting = self.take_paint_seconds()
        if self._traces.was_truncated:
            self.reload()
        else:
            self._draw_news()
        return painting + now() - started

    def take_paint_seconds(self) -> float:
        """Time spent painting since this, or `refresh`, was last called."""
        return self._loss.take_paint_seconds() + self._accuracy.take_paint_seconds()

    def redraw(self) -> None:
        """Paint everything anew, with the next paint event."""
        self._loss.canvas.invalidate()
        self._accuracy.canvas.invalidate()

    def reload(self) -> None:
        """Draw everything anew, after the history was cut."""
        self._traces.marks.truncate(len(self._traces.history))
        self._traces.follow(self._traces.history)
        self.redraw()
        self._draw_news()
        self._follower.grow()

    def set_planned_steps(self, planned_steps: int) -> None:
        """The run will have so many steps in all."""
        self._follower.set_planned_steps(planned_steps)

    def reset_view(self) -> None:
        """Show the whole run again, and follow it as it grows."""
        self._follower.reset()

    def set_log(self, is_log: bool) -> None:
        """Show the loss on a logarithmic axis, or not."""
        self._follower.set_log(is_log)

    def set_beta(self, beta: float) -> None:
        """Smooth with another weight of the past, from the first step on."""
        self._traces.set_beta(beta)
        self._loss.canvas.invalidate()
        self._draw_news()

    def show_trace(self, name: str, shown: bool) -> None:
        """Show or hide a trace, by the object name of its switch."""
        self._traces.show(name, shown)
        self.redraw()

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._traces.set_colours(colours)
        self._loss.set_colours(colours)
        self._accuracy.set_colours(colours)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what happened unseen."""
        super().showEvent(event)
        self._draw_news()

    def _draw_news(self) -> None:
        news = self._traces.take_in()
        if news.loss or news.accuracy:
            self._follower.grow()
            view = self._loss.canvas.view
            if not self.isVisible() or (news.events and view is not None and self._traces.need_arranging(view)):
                self.redraw()
            for plot, stretches in ((self._loss, news.loss), (self._accuracy, news.accuracy)):
                for first, last in stretches:
                    plot.canvas.paint_steps(first, last)
        if self._traces.is_smoothing_behind and self.isVisible():
            self._next_slice.start(0)

    def _plot(self, name: str, title: str, layers: Sequence[Layer], colours: PlotColours, font: QFont) -> Plot:
        plot = Plot(layers, colours, font, (title, self.tr("Step")), self)
        plot.setObjectName(name)
        plot.setAccessibleName(title)
        plot.setAccessibleDescription(
            self.tr("Arrow keys pan, plus and minus zoom, Home shows the whole run. The wheel zooms, dragging pans.")
        )
        return plot

    def _place(self, accuracy_header: AccuracyHeader) -> None:
        step = QLabel(self.tr("Step"), self)
        step.setTextFormat(Qt.TextFormat.PlainText)
        step.setProperty("role", "muted")
        footer = QHBoxLayout()
        footer.setContentsMargins(self._loss.axis_width, 0, RIGHT_MARGIN, 0)
        footer.addWidget(self._readout, 1)
        footer.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._loss, LOSS_SHARE)
        column.addWidget(accuracy_header)
        column.addWidget(self._accuracy, ACCURACY_SHARE)
        column.addLayout(footer)

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        if font.pointSizeF() > 0.0:  # not so for a font that was set in pixels
            font.setPointSizeF(font.pointSizeF() * SMALL)
        return font

    def _epoch_label(self, epoch: int) -> str:
        return self.tr("Epoch {number}").format(number=epoch)
