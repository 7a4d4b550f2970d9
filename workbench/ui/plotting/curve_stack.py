"""The plots above one another, with their ranges, readout and reference curves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.engine.history.history import History
from workbench.ui.plotting.curves.difference_plot import Difference, DifferencePlot
from workbench.ui.plotting.curves.learning_rate_plot import RatePlot
from workbench.ui.plotting.curves.traces import Traces
from workbench.ui.plotting.footer import Footer
from workbench.ui.plotting.interaction.auto_range import AutoRange
from workbench.ui.plotting.interaction.found import Found
from workbench.ui.plotting.interaction.inspector import Inspector
from workbench.ui.plotting.interaction.plot_menu import PlotMenu
from workbench.ui.plotting.interaction.spoken_plots import SpokenPlots
from workbench.ui.plotting.interaction.step_cursor import StepCursor
from workbench.ui.plotting.legend.plot_headers import DifferenceHeader, RateHeader
from workbench.ui.plotting.loss_places import LossPlaces
from workbench.ui.plotting.plot_arrangement import PlotArrangement
from workbench.ui.plotting.plot_rows import SPACING, is_low, least_stack_height, strip_height
from workbench.ui.plotting.render import cpu_clock
from workbench.ui.plotting.render.plot import Plot
from workbench.ui.plotting.step_lines import StepLines
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import axis_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from workbench.engine.config.tasks import Metric
    from workbench.ui.plotting.curves.learning_rate_plot import RateCurve
    from workbench.ui.plotting.curves.overlay_slots import PlacedOverlay
    from workbench.ui.plotting.futures import DrawnFutures
    from workbench.ui.plotting.legend.plot_headers import MetricHeader
    from workbench.ui.plotting.render.colours import PlotColours

SMALL: Final = 0.92
"""Size of the text in the plots, of that around them."""
LOSS_SHARE: Final = 6
DIFFERENCE_SHARE: Final = 3
METRIC_SHARE: Final = 4
RATE_SHARE: Final = 2


class CurveStack(QWidget):
    """Loss above the metric over the same steps, the learning rate and differences where asked for, the readout below.

    Importing this module imports pyqtgraph, which takes 0.25 s: it must not happen before the window is shown.

    Attributes:
        rate_varies_changed: whether the learning rate is another one at some steps than at others.
        rate_room_changed: there is room for the learning rate now, or no more; see `rate_has_room`.
        loss_places: where things stand in the loss plot.
        traces: the curves of the loss and the metric.
        marks: those in both plots; `redraw` after changing them.
        rate: the plot of the learning rate.
        auto_range: the part of the run that is shown.
        inspector: the values under the pointer, and clicks.
        found: what lies at a place.
        step_cursor: the keys in the plots.
        plot_menu: the context menu of the plots.
        spoken: what a screen reader is told of the plots.
    """

    rate_varies_changed = Signal(bool)
    rate_room_changed = Signal()

    def __init__(self, metric_header: MetricHeader, colours: PlotColours, beta: float, parent: QWidget) -> None:
        """Build both plots, with nothing to show yet.

        Args:
            metric_header: stands between them.
            colours: see `set_colours`.
            beta: weight of the past in the smoothing.
            parent: Qt's parent.
        """
        super().__init__(parent)
        font = self._small_font()
        self._colours = colours
        self._difference_was_chosen = False
        self.traces = Traces(font, beta)
        self.marks = self.traces.marks
        self._references = self.traces.references
        self._build_plots(font)
        self.loss_places = LossPlaces(self._loss, self.traces, self._lines, self)
        self._rate_header, self._difference_header = RateHeader(colours, self), DifferenceHeader(colours, self)
        self._metric_header = metric_header
        headers = {
            self._difference: self._difference_header,
            self._metric: metric_header,
            self.rate: self._rate_header,
        }
        self._arrangement = PlotArrangement(
            self._loss, self._difference, self._metric, self.rate, headers, metric_header
        )
        self._footer = Footer(self._loss.axis_width, self._loss.steps_height, colours, self)
        self._readout = self._footer.readout
        further = (self._difference, self.rate)
        self.auto_range = AutoRange(self._loss, self._metric, further, self.traces, self)
        rings = {
            self._loss: self.traces.losses_at,
            self._difference: self._difference.differences_at,
            self._metric: self.traces.metric_at,
            self.rate: self._rates_at,
        }
        self.inspector = Inspector(rings, self.traces, self._readout, self._notes, self)
        self._readout.hint_clicked.connect(self.inspector.go_to_shown)
        self.step_cursor = StepCursor(self._plots, self.traces, self.inspector, self)
        self.plot_menu = PlotMenu(self._plots, self.traces, self.inspector, self.auto_range, self)
        self.spoken = SpokenPlots(self.traces, self._readout, self.auto_range)
        for plot, values_at in rings.items():
            self.spoken.speak_for(plot, values_at)
        self.found = Found(self._loss, self._metric, self._difference, self.rate, self.traces)
        # Between two slices of smoothing a long history, everything else gets its turn.
        self._next_slice = QTimer(self)
        self._next_slice.setSingleShot(True)
        self._next_slice.timeout.connect(self._draw_updates)
        self._place()
        self._arrange()

    @property
    def plots(self) -> tuple[Plot, ...]:
        """All plots, from top to bottom, also those that have no room."""
        return self._plots

    @property
    def is_catching_up(self) -> bool:
        """Whether the smoothing of a long history is not finished; it advances slice by slice."""
        return self._next_slice.isActive()

    @property
    def loss_plot(self) -> Plot:
        """The uppermost plot."""
        return self._loss

    @property
    def rate_has_room(self) -> bool:
        """Whether the learning rate, where it is asked for, is shown."""
        return self._arrangement.rate_has_room

    @property
    def rate_could_have_room(self) -> bool:
        """Whether it would be shown if the user chose it, in the place of the metric."""
        return self._arrangement.rate_could_have_room

    def begin(self, history: History, steps_per_epoch: int, planned_steps: int, metric: Metric) -> None:
        """Show `history`, of a run with this metric, as it grows."""
        self.inspector.leave()
        self.marks.clear()
        self._references.set_future(None, 0)
        self._set_metric(metric)
        self.traces.set_history(history)
        self.auto_range.begin(steps_per_epoch, planned_steps)
        self.redraw()
        self._draw_updates()

    def clear(self) -> None:
        """Release the histories."""
        self.marks.clear()
        self._references.set_future(None, 0)
        self.set_overlays(())
        self.set_rate_curve(None)
        self.traces.set_history(History())
        self.inspector.leave()

    def refresh(self) -> float:
        """Draw new steps; returns the seconds spent, those of painting since the last call included."""
        started = cpu_clock.now()
        painting = self.drain_paint_seconds()
        if self.traces.was_truncated:
            self.reload()
        else:
            self._draw_updates()
        return painting + cpu_clock.now() - started

    def drain_paint_seconds(self) -> float:
        """Time spent painting since this, or `refresh`, was last called."""
        return sum(plot.drain_paint_seconds() for plot in self._plots)

    def redraw(self) -> None:
        """Paint everything anew, with the next paint event."""
        for plot in self._plots:
            plot.canvas.invalidate()

    def reload(self) -> None:
        """Draw everything anew, after the history was cut."""
        if self.inspector.is_held:  # at a step of before
            self.inspector.leave()
        self.marks.truncate(len(self.traces.history))
        self.traces.set_history(self.traces.history)
        self._references.set_current_step(len(self.traces.history))
        self._show_last_test()
        self.redraw()
        self._draw_updates()
        self.auto_range.grow()

    def set_future(self, history: History | None, *, branch_step: int | None = None) -> None:
        """Draw the steps of `history` beyond the current one as a ghost; None removes it.

        One that the current run has left at `branch_step` is drawn from there on.
        """
        self._readout.future_is_parent = branch_step is not None
        self._references.set_future(history, len(self.traces.history), branch_step)
        self._show_references()

    def set_overlays(self, overlays: Sequence[PlacedOverlay]) -> None:
        """Draw these runs over the current one."""
        self._references.set_overlays(overlays)
        self._difference.set_differences(
            [
                Difference(reference, placed.slot, placed.overlay.branch_step)
                for placed, reference in self._references.overlays
                if placed.overlay.branch_step is not None
            ]
        )
        self._show_difference()
        self._show_references()

    def set_shows_difference(self, shown: bool) -> None:
        """Show the difference between the current run and those with the same beginning, if there are any."""
        self._difference_was_chosen = shown
        self._show_difference()

    def set_rate_curve(self, curve: RateCurve | None) -> None:
        """Draw this learning rate, while it is shown."""
        varied = self.rate.varies
        self.rate.set_curve(curve)
        self._update_rate()
        if self.rate.varies != varied:
            self.rate_varies_changed.emit(self.rate.varies)

    def set_rate_shown(self, shown: bool, *, was_chosen: bool = False) -> None:
        """Show the learning rate below the other plots, or not.

        Args:
            shown: whether it is shown.
            was_chosen: whether the user asked for it: where there is no room for all plots, it then comes first.
        """
        self._arrangement.shows_rate, self._arrangement.rate_was_chosen = shown, was_chosen
        self.auto_range.join(self.rate, shown)
        self._arrange()

    def set_strip(self, is_strip: bool) -> None:
        """Show the loss alone, low and without the readout, or all plots that have room."""
        self._arrangement.is_strip = is_strip
        self._lines.set_shows_batch(is_strip)
        self.inspector.set_shows_batches(is_strip)
        tip = self.tr("Click a point to see the batch behind it.") if is_strip else ""
        self._loss.setToolTip(plain_tool_tip(tip))
        self._footer.setVisible(not is_strip)
        self._arrange()
        self.updateGeometry()

    def set_looked_at(self, step: int | None, text: str) -> None:
        """Mark the step that other panels look back at with a line in the loss plot; None removes it."""
        self._lines.set_looked_at(step, text)

    def set_batch_step(self, step: int | None) -> None:
        """Mark the step whose batch is looked at, in the loss plot where it is a strip; None removes the mark."""
        self._lines.set_batch_step(step)

    def set_fan(self, futures: DrawnFutures | None) -> None:
        """Draw futures of the run over its loss; None removes them."""
        self.traces.fan.set_futures(futures)
        self.auto_range.update()
        self._loss.canvas.invalidate()

    def set_planned_steps(self, planned_steps: int) -> None:
        """Set the number of steps that the run will have."""
        self.auto_range.set_planned_steps(planned_steps)
        self._update_rate()

    def set_beta(self, beta: float) -> None:
        """Smooth with another weight of the past, from the first step on."""
        self.traces.set_beta(beta)
        self._loss.canvas.invalidate()
        self._draw_updates()
        self._difference.measure_again()

    def show_trace(self, name: str, shown: bool) -> None:
        """Show or hide a trace, by the object name of its switch."""
        self.traces.show(name, shown)
        self.redraw()

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self._rate_header.set_colours(colours)
        self._footer.set_colours(colours)
        for plot in self._plots:
            plot.set_colours(colours)
        self._lines.set_colours(colours)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the loss in the lowest window: the other plots are hidden where they have none."""
        width = super().minimumSizeHint().width()
        if self._arrangement.is_strip:
            return QSize(width, strip_height(self.window().height()))
        line = self._readout.sizeHint().height()
        return QSize(width, least_stack_height(line, is_low=is_low(self.window().height())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the plots that have room."""
        super().resizeEvent(event)
        self._arrange()
        if self._arrangement.is_strip:
            self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Draw the steps recorded while hidden."""
        super().showEvent(event)
        self._draw_updates()

    def _set_metric(self, metric: Metric) -> None:
        self.traces.set_metric(metric)
        self._metric_header.set_metric(metric)
        self._metric.set_title(axis_title(metric))
        self._metric_header.show_test(None)

    def _draw_updates(self) -> None:
        update = self.traces.update()
        if update.events:
            self._show_last_test()
        if update.rearranged:
            self.auto_range.update()
            self.redraw()
        if update.loss or update.metric:
            self.auto_range.grow()
            view = self._loss.canvas.view
            if not self.isVisible() or (update.events and view is not None and self.traces.need_arranging(view)):
                self.redraw()
            for plot, stretches in ((self._loss, update.loss), (self._metric, update.metric)):
                for first, last in stretches:
                    plot.paint_steps(first, last)
        if self._arrangement.shows_difference:
            self._difference.update_from(self.traces.smoothed)
        self._update_rate()
        self._lines.place()
        if self.traces.is_smoothing_behind and self.isVisible():
            self._next_slice.start(0)

    def _show_last_test(self) -> None:
        evaluations = self.traces.history.evaluations
        self._metric_header.show_test(evaluations[-1] if evaluations else None)

    def _update_rate(self) -> None:
        present = len(self.traces.history)
        planned = self.auto_range.planned_steps
        end = planned if self.traces.recorded <= planned else self.auto_range.horizon
        if self.rate.show_progress(present, end):
            self.rate_varies_changed.emit(self.rate.varies)

    def _show_references(self) -> None:
        """Draw again after reference curves were added or removed."""
        self.traces.measure_again()
        self.auto_range.update()
        self.redraw()
        self._draw_updates()

    def _show_difference(self) -> None:
        self._arrangement.shows_difference = shown = self._difference_was_chosen and bool(self._difference.differences)
        self.auto_range.join(self._difference, shown)
        if shown:
            self._difference.update_from(self.traces.smoothed)
        self._arrange()

    def _arrange(self) -> None:
        """Show the plots that have room."""
        is_strip, window_height = self._arrangement.is_strip, self.window().height()
        self._footer.set_over_axis(is_low(window_height))
        footer = 0 if is_strip else self._footer.room
        self._column.setContentsMargins(0, 0, 0, footer)
        room_changed = self._arrangement.arrange(self.height(), window_height, footer)
        self._footer.follow(self._arrangement.lowest)
        self._lines.place()
        if room_changed:
            self.rate_room_changed.emit()

    def _rates_at(self, step: int) -> list[float]:
        rates = self.rate.rates_at(step)
        return [rates[1]] if rates is not None else []

    def _notes(self, step: int) -> list[str]:
        """The texts of the readout about a step besides its metrics."""
        notes = []
        if self._arrangement.shows_rate and (rates := self.rate.rates_at(step)) is not None:
            notes.append(self.tr("learning rate {value}").format(value=f"{rates[1]:.4g}"))
        for placed, reference in self._references.overlays:
            if step < len(reference.smoothed):
                notes.append(f"{placed.overlay.label} {reference.smoothed[step]:.6f}")
        return notes

    def _build_plots(self, font: QFont) -> None:
        colours, step = self._colours, self.tr("Step")
        titles = {
            "loss_plot": self.tr("Loss"),
            "difference_plot": self.tr("Difference in training loss"),
            "accuracy_plot": axis_title(self.traces.metric.metric),
            "learning_rate_plot": self.tr("Learning rate"),
        }
        named = {name: (title, step) for name, title in titles.items()}
        self._loss = Plot(self.traces.loss_layers, colours, font, named["loss_plot"], self)
        self._difference = DifferencePlot(colours, font, named["difference_plot"], self)
        self._metric = Plot(self.traces.metric_layers, colours, font, named["accuracy_plot"], self)
        self.rate = RatePlot(colours, font, named["learning_rate_plot"], self)
        self._plots = (self._loss, self._difference, self._metric, self.rate)
        for plot, (name, title) in zip(self._plots, titles.items(), strict=True):
            plot.setObjectName(name)
            plot.setAccessibleName(title)
        self._lines = StepLines(self._plots, self.traces, colours, font, self.tr("You are here"))

    def _place(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setSpacing(SPACING)
        column.addWidget(self._loss, LOSS_SHARE)
        column.addWidget(self._difference_header)
        column.addWidget(self._difference, DIFFERENCE_SHARE)
        column.addWidget(self._metric_header)
        column.addWidget(self._metric, METRIC_SHARE)
        column.addWidget(self._rate_header)
        column.addWidget(self.rate, RATE_SHARE)
        self._footer.raise_()

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        if font.pointSizeF() > 0.0:  # not so for a font that was set in pixels
            font.setPointSizeF(font.pointSizeF() * SMALL)
        return font
