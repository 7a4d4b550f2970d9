"""Loss and accuracy, live: the hero of the window."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from workbench.engine.history import History
from workbench.ui.plotting.colours import PlotColours
from workbench.ui.plotting.empty_state import EmptyState
from workbench.ui.plotting.following import RangeFollower
from workbench.ui.plotting.header import AccuracyHeader, LossHeader
from workbench.ui.plotting.inspector import Inspector
from workbench.ui.plotting.plot import RIGHT_MARGIN, Plot
from workbench.ui.plotting.readout import Readout
from workbench.ui.plotting.traces import Traces
from workbench.ui.theme import load_palette

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QShowEvent

    from workbench.ui.plotting.layers import Layer
    from workbench.ui.theme import Palette

SMALL: Final = 0.92
"""Size of the text in the plots, of that around them."""
LOSS_SHARE: Final = 3
ACCURACY_SHARE: Final = 2
MARGIN: Final = 12
SPACING: Final = 6


class PlotsPanel(QFrame):
    """Two plots above one another over the same steps, with their legends, controls and readout.

    Nothing is drawn twice: `refresh` paints the pixel columns that gained steps; only another range, size, theme or
    choice of traces repaints the whole.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plots")
        self.setProperty("role", "card")
        colours = PlotColours.of(load_palette("light"))
        self._loss_header = LossHeader(colours, self)
        self._accuracy_header = AccuracyHeader(colours, self)
        self._traces = Traces(colours, self._small_font(), self._epoch_label, self._loss_header.beta)
        self._loss = self._plot("loss_plot", self.tr("Loss"), self._traces.loss_layers, colours)
        self._accuracy = self._plot("accuracy_plot", self.tr("Accuracy in %"), self._traces.accuracy_layers, colours)
        self._loss.hide_steps()
        self._readout = Readout(self)
        self._readout.setObjectName("readout")
        self._readout.setAccessibleName(self.tr("Values under the pointer"))
        self._empty = EmptyState(self.tr("Press Train to see loss and accuracy grow here."), colours, self)
        self._pages = QStackedWidget(self)
        self._follower = RangeFollower(self._loss, self._accuracy, self._traces, self)
        self._inspector = Inspector(self._loss, self._accuracy, self._traces, self._readout, self)
        # Between two slices of smoothing a long history, everything else gets its turn.
        self._next_slice = QTimer(self)
        self._next_slice.setSingleShot(True)
        self._place()
        self._connect()

    @property
    def follows(self) -> bool:
        """Whether the whole run is shown as it grows; not so from a pan or zoom by hand until Reset view."""
        return self._follower.follows

    @property
    def mark_texts(self) -> list[str]:
        """What the marks of changes say, by step."""
        return self._traces.marks.texts

    @property
    def is_catching_up(self) -> bool:
        """Whether the smoothing of a long history is still on its way, slice by slice."""
        return self._next_slice.isActive()

    @property
    def nbytes(self) -> int:
        """Memory held by the series that are drawn, in bytes; the history's own included."""
        return self._traces.nbytes

    def begin(self, history: History, steps_per_epoch: int, planned_steps: int) -> None:
        """Show `history`, which may hold steps already, and follow it.

        Args:
            history: written by the training thread from now on.
            steps_per_epoch: batches in an epoch, at least 1.
            planned_steps: steps the whole run will have; 0 if unknown.
        """
        self._traces.marks.clear()
        self._traces.follow(history)
        self._pages.setCurrentIndex(1)
        self._follower.begin(steps_per_epoch, planned_steps)
        self.redraw()
        self._draw_news()

    def clear(self) -> None:
        """Forget the run, and say how to begin one."""
        self._traces.marks.clear()
        self._traces.follow(History())
        self._inspector.leave()
        self._pages.setCurrentIndex(0)

    def refresh(self) -> float:
        """Draw what is new; returns the seconds spent, those of painting since the last call included."""
        started = time.perf_counter()
        painting = self.take_paint_seconds()
        if self._traces.was_truncated:
            self.reload()
        else:
            self._draw_news()
        return painting + time.perf_counter() - started

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

    def add_mark(self, step: int, name: str, text: str) -> None:
        """Mark a step with a plain text of its own."""
        self._traces.marks.add(step, name, text)
        self.redraw()

    def add_change_mark(self, step: int, name: str, label: str, old_text: str, new_text: str) -> None:
        """Mark a change of a hyperparameter; changes of one name within a second become one mark.

        Args:
            step: the first step that used the new value.
            name: the hyperparameter's key.
            label: its name as people read it.
            old_text: the value before.
            new_text: the value from `step` on.
        """
        self._traces.marks.add_change(step, name, label, old_text, new_text)
        self.redraw()

    def reset_view(self) -> None:
        """Show the whole run again, and follow it as it grows."""
        self._follower.reset()

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette` from now on."""
        colours = PlotColours.of(palette)
        self._traces.set_colours(colours)
        for part in (self._loss_header, self._accuracy_header, self._loss, self._accuracy, self._empty):
            part.set_colours(colours)

    def state(self) -> dict[str, bool | float]:
        """What is to be remembered from one day to the next."""
        shown = {name: switch.isChecked() for name, switch in self._switches.items()}
        return {"log_y": self._loss_header.is_log, "smoothing": self._loss_header.beta, **shown}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Set what `state()` once returned; what is missing or makes no sense stays as it is."""
        for name, switch in self._switches.items():
            if isinstance(shown := state.get(name), bool):
                switch.setChecked(shown)
        if isinstance(is_log := state.get("log_y"), bool):
            self._loss_header.set_log(is_log)
        if isinstance(beta := state.get("smoothing"), float):
            self._loss_header.set_beta(beta)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what happened unseen."""
        super().showEvent(event)
        self._draw_news()

    # Drawing

    def _draw_news(self) -> None:
        news = self._traces.take_in()
        if news.loss or news.accuracy:
            self._follower.grow()
            view = self._loss.canvas.view
            if not self.isVisible() or (view is not None and self._traces.need_arranging(view)):
                self.redraw()
            for plot, stretches in ((self._loss, news.loss), (self._accuracy, news.accuracy)):
                for first, last in stretches:
                    plot.canvas.paint_steps(first, last)
        if self._traces.is_smoothing_behind and self.isVisible():
            self._next_slice.start(0)

    def _on_trace_toggled(self, name: str, shown: bool) -> None:
        self._traces.show(name, shown)
        self.redraw()

    def _on_beta_changed(self, beta: float) -> None:
        self._traces.set_beta(beta)
        self._loss.canvas.invalidate()
        self._draw_news()

    # Building

    @property
    def _switches(self) -> dict[str, Any]:
        return {**self._loss_header.switches, **self._accuracy_header.switches}

    def _plot(self, name: str, title: str, layers: Sequence[Layer], colours: PlotColours) -> Plot:
        plot = Plot(layers, colours, self._small_font(), (title, self.tr("Step")), self)
        plot.setObjectName(name)
        plot.setAccessibleName(title)
        plot.setAccessibleDescription(
            self.tr("Arrow keys pan, plus and minus zoom, Home shows the whole run. The wheel zooms, dragging pans.")
        )
        return plot

    def _place(self) -> None:
        footer = QHBoxLayout()
        footer.setContentsMargins(self._loss.axis_width, 0, RIGHT_MARGIN, 0)
        step = QLabel(self.tr("Step"), self)
        step.setTextFormat(Qt.TextFormat.PlainText)
        step.setProperty("role", "muted")
        footer.addWidget(self._readout, 1)
        footer.addWidget(step)

        plots = QWidget(self)
        column = QVBoxLayout(plots)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._loss, LOSS_SHARE)
        column.addWidget(self._accuracy_header)
        column.addWidget(self._accuracy, ACCURACY_SHARE)
        column.addLayout(footer)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(plots)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, SPACING, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self._loss_header)
        layout.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._loss_header.trace_toggled.connect(self._on_trace_toggled)
        self._loss_header.beta_changed.connect(self._on_beta_changed)
        self._loss_header.log_toggled.connect(self._follower.set_log)
        self._loss_header.reset_requested.connect(self.reset_view)
        self._follower.follows_changed.connect(self._loss_header.set_follows)
        self._accuracy_header.trace_toggled.connect(self._on_trace_toggled)
        self._next_slice.timeout.connect(self._draw_news)

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * SMALL)
        return font

    def _epoch_label(self, epoch: int) -> str:
        return self.tr("Epoch {number}").format(number=epoch)
