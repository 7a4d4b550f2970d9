"""The plots above one another, with their ranges, readout and reference curves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workbench.engine.history.history import History
from workbench.ui.plotting.curves.difference_plot import Difference, DifferencePlot
from workbench.ui.plotting.curves.learning_rate_plot import RatePlot
from workbench.ui.plotting.curves.traces import Traces
from workbench.ui.plotting.interaction.auto_range import AutoRange
from workbench.ui.plotting.interaction.found import Found
from workbench.ui.plotting.interaction.inspector import Inspector
from workbench.ui.plotting.interaction.plot_menu import PlotMenu
from workbench.ui.plotting.interaction.readout import Readout
from workbench.ui.plotting.interaction.spoken_plots import SpokenPlots
from workbench.ui.plotting.interaction.step_cursor import StepCursor
from workbench.ui.plotting.legend.plot_headers import DifferenceHeader, RateHeader
from workbench.ui.plotting.plot_rows import LEAST_LOSS_HEIGHT, PlotRow, least_loss_height, rows_with_room, strip_height
from workbench.ui.plotting.render import cpu_clock
from workbench.ui.plotting.render.plot import RIGHT_MARGIN, Plot
from workbench.ui.plotting.render.vertical_lines import CurrentStepLine, StepMark
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import axis_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from workbench.engine.config.tasks import Metric
    from workbench.ui.plotting.curves.learning_rate_plot import RateCurve
    from workbench.ui.plotting.curves.overlay_slots import PlacedOverlay
    from workbench.ui.plotting.futures import DrawnFutures
    from workbench.ui.plotting.legend.plot_headers import MetricHeader, PlotHeader
    from workbench.ui.plotting.render.colours import PlotColours

SMALL: Final = 0.92
"""Size of the text in the plots, of that around them."""
LOSS_SHARE: Final = 6
DIFFERENCE_SHARE: Final = 3
METRIC_SHARE: Final = 4
RATE_SHARE: Final = 2
LEAST_DIFFERENCE, LEAST_METRIC, LEAST_RATE = 40, 40, 40
"""Pixels that each plot needs to be read, with the numbers of the steps below it."""
SPACING: Final = 2
"""Between a header and its plot: the plots have margins of their own."""


class CurveStack(QWidget):
    """Loss above the metric over the same steps, the learning rate and differences where asked for, the readout below.

    Importing this module imports pyqtgraph, which takes 0.25 s: it must not happen before the window is shown.

    Attributes:
        rate_varies_changed: whether the learning rate is another one at some steps than at others.
        rate_room_changed: there is room for the learning rate now, or no more; see `rate_has_room`.
        rate_has_room: whether the learning rate, where it is asked for, is shown.
        rate_could_have_room: whether it would be if the user chose it, in the place of the metric.
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
        self._shows_difference = self._has_difference = False
        self._shows_rate = self._rate_was_chosen = False
        self._is_strip = False
        self._looked_at: int | None = None
        self._batch_step: int | None = None
        self.rate_has_room = self.rate_could_have_room = True
        self.traces = Traces(font, beta)
        self.marks = self.traces.marks
        self._references = self.traces.references
        self._build_plots(font)
        self._rate_header, self._difference_header = RateHeader(colours, self), DifferenceHeader(colours, self)
        self._metric_header = metric_header
        self._readout = Readout(self)
        self._readout.setObjectName("readout")
        self._readout.setAccessibleDescription(self.tr("Values under the pointer"))
        further = (self._difference, self.rate)
        self.auto_range = AutoRange(self._loss, self._metric, further, self.traces, self)
        rings = {
            self._loss: self.traces.losses_at,
            self._difference: self._difference.differences_at,
            self._metric: self.traces.metric_at,
            self.rate: self._rates_at,
        }
        self.inspector = Inspector(rings, self.traces, self._readout, self._notes, self)
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

    def begin(self, history: History, steps_per_epoch: int, planned_steps: int, metric: Metric) -> None:
        """Show `history`, of a run with this metric, as it grows."""
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
        self.marks.truncate(len(self.traces.history))
        self.traces.set_history(self.traces.history)
        self._references.set_current_step(len(self.traces.history))
        self._show_last_test()
        self.redraw()
        self._draw_updates()
        self.auto_range.grow()

    def set_future(self, history: History | None, *, is_parent: bool = False) -> None:
        """Draw the steps of `history` beyond the current one as a ghost; None removes it."""
        self._readout.future_is_parent = is_parent
        self._references.set_future(history, len(self.traces.history))
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
        self._shows_difference = shown
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
        self._shows_rate, self._rate_was_chosen = shown, was_chosen
        self.auto_range.join(self.rate, shown)
        self._arrange()

    def set_strip(self, is_strip: bool) -> None:
        """Show the loss alone, low and without the readout, or all plots that have room."""
        self._is_strip = is_strip
        self._place_batch_mark()
        self.inspector.set_shows_batches(is_strip)
        tip = self.tr("Click a point to see the batch behind it.") if is_strip else ""
        self._loss.setToolTip(plain_tool_tip(tip))
        self._footer.setVisible(not is_strip)
        self._arrange()
        self.updateGeometry()

    def set_looked_at(self, step: int | None, text: str) -> None:
        """Mark the step that other panels look back at with a line in the loss plot; None removes it."""
        self._looked_at = step
        self._looked_at_line.set_text(text)
        self._place_current_lines()

    def set_batch_step(self, step: int | None) -> None:
        """Mark the step whose batch is looked at, in the loss plot where it is a strip; None removes the mark."""
        self._batch_step = step
        self._place_batch_mark()

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
        for plot in self._plots:
            plot.set_colours(colours)
        for line in (*self._current_lines.values(), self._looked_at_line, self._batch_mark):
            line.set_colours(colours)

    def label_boxes(self) -> list[tuple[str, QRectF]]:
        """All texts in the loss plot and where they stand, in logical pixels of its inside."""
        view, line = self._loss.canvas.view, self._current_lines[self._loss]
        if view is None:
            return []
        found = [
            (text, QRectF(box.topLeft() / view.ratio, box.size() / view.ratio))
            for text, box in self.traces.labels(view)
        ]
        if line.isVisible():
            found.append(("flag", line.flag.translated(line.pos())))
        return found

    @property
    def loss_area(self) -> QRect:
        """The inside of the loss plot, in logical pixels of this widget."""
        inside = self._loss.mapFromScene(self._loss.getViewBox().sceneBoundingRect()).boundingRect()
        return QRect(self._loss.viewport().mapTo(self, inside.topLeft()), inside.size())

    def covered(self, place: QRect) -> float:
        """How much something at `place` would cover of the loss plot: of its curve, and of the texts of marks.

        Args:
            place: in logical pixels of this widget.

        Returns:
            The covered columns of the curve, in logical pixels; a covered text counts as much as its area's root.
        """
        view = self._loss.canvas.view
        if view is None:
            return 0.0
        box = QRectF(place.translated(-self.loss_area.topLeft()))
        scaled = QRectF(box.topLeft() * view.ratio, box.size() * view.ratio)
        covered = self.traces.columns_within(view, scaled) / view.ratio
        for _, text in self.traces.labelled_marks():
            inside = text.intersected(scaled)
            covered += math.sqrt(max(0.0, inside.width() * inside.height())) / view.ratio
        return covered

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the loss in the lowest window: the other plots are hidden where they have none."""
        width = super().minimumSizeHint().width()
        if self._is_strip:
            return QSize(width, strip_height(self.window().height()))
        return QSize(width, LEAST_LOSS_HEIGHT + SPACING + self._readout.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the plots that have room."""
        super().resizeEvent(event)
        self._arrange()
        if self._is_strip:
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
        if self._has_difference:
            self._difference.update_from(self.traces.smoothed)
        self._update_rate()
        self._place_current_lines()
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
        self._has_difference = shown = self._shows_difference and bool(self._difference.differences)
        self.auto_range.join(self._difference, shown)
        if shown:
            self._difference.update_from(self.traces.smoothed)
        self._arrange()

    def _arrange(self) -> None:
        """Give the loss its share of the window, and show those of the other plots that have room in the rest."""
        least = (strip_height if self._is_strip else least_loss_height)(self.window().height())
        footer = 0 if self._is_strip else SPACING + self._readout.sizeHint().height()
        self._loss.setMinimumHeight(max(0, min(least, self.height() - footer)))
        # The lowest plot has the axis of steps, beside what each plot needs.
        steps = self._loss.steps_height
        room = 0 if self._is_strip else self.height() - least - footer - steps
        shown = rows_with_room(room, self._rows_by_priority(self._shows_rate, self._rate_was_chosen))
        chosen = rows_with_room(room, self._rows_by_priority(True, True))
        for plot, header in self._headers.items():
            header.setVisible(plot in shown.headers)
            plot.setVisible(plot in shown.plots)
        self._metric_header.set_has_room(self._metric in shown.plots)
        lowest = [plot for plot in self._plots if plot is self._loss or plot in shown.plots][-1]
        for plot in self._plots:
            plot.show_steps(plot is lowest)
            if plot is not self._loss:
                plot.setMinimumHeight(self._least[plot] + (steps if plot is lowest else 0))
        self._place_current_lines()
        rooms = (not self._shows_rate or self.rate in shown.plots, self.rate in chosen.plots)
        if rooms != (self.rate_has_room, self.rate_could_have_room):
            self.rate_has_room, self.rate_could_have_room = rooms
            self.rate_room_changed.emit()

    def _rows_by_priority(self, shows_rate: bool, rate_was_chosen: bool) -> list[PlotRow]:
        """The plots below the loss that are asked for: what the user chose comes first."""
        rate = [self.rate] if shows_rate else []
        before, after = (rate, []) if rate_was_chosen else ([], rate)
        plots = [*([self._difference] if self._has_difference else []), *before, self._metric, *after]
        return [
            PlotRow(
                plot,
                SPACING + self._least[plot],
                SPACING + self._headers[plot].sizeHint().height(),
                plot is self._metric,
            )
            for plot in plots
        ]

    def _place_current_lines(self) -> None:
        """Place the line at the current step while steps are recorded beyond it."""
        present = len(self.traces.history)
        view = self._loss.canvas.view
        end = None if view is None else self.traces.end_row(view)
        for plot, line in self._current_lines.items():
            place = plot.column_of(present) if present < self.traces.recorded else None
            line.show_at(place, end if plot is self._loss else None)
        looked_at = self._looked_at
        self._looked_at_line.show_at(None if looked_at is None else self._loss.column_of(looked_at))
        self._place_batch_mark()
        if view is not None and self.traces.has_crossed_text(view):
            self._loss.canvas.invalidate()

    def _place_batch_mark(self) -> None:
        step = self._batch_step if self._is_strip else None
        found = None if step is None else self.traces.at(step)
        column, view = None if step is None else self._loss.column_of(step), self._loss.canvas.view
        width = self._loss.getViewBox().rect().width()
        if step is None or found is None or view is None or column is None or not 0.0 <= column <= width:
            self._batch_mark.hide()
            return
        loss = np.array([found[0].loss[step]])
        self._batch_mark.show_at(column, (view.rows(loss) / view.ratio).tolist())

    def _rates_at(self, step: int) -> list[float]:
        rates = self.rate.rates_at(step)
        return [rates[1]] if rates is not None else []

    def _notes(self, step: int) -> list[str]:
        """The texts of the readout about a step besides its metrics."""
        notes = []
        if self._shows_rate and (rates := self.rate.rates_at(step)) is not None:
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
        self._least = {self._difference: LEAST_DIFFERENCE, self._metric: LEAST_METRIC, self.rate: LEAST_RATE}
        self._current_lines = {
            plot: CurrentStepLine(
                plot.getViewBox(), colours, font, self.tr("You are here") if plot is self._loss else ""
            )
            for plot in self._plots
        }
        self._looked_at_line = CurrentStepLine(self._loss.getViewBox(), colours, font, "")
        self._batch_mark = StepMark(self._loss.getViewBox(), colours)
        self._loss.covers += [self._looked_at_line, self._batch_mark]
        for plot in self._plots:
            plot.covers.append(self._current_lines[plot])
            plot.range_changed.connect(self._place_current_lines)

    def _place(self) -> None:
        self._headers: dict[Plot, PlotHeader] = {
            self._difference: self._difference_header,
            self._metric: self._metric_header,
            self.rate: self._rate_header,
        }
        step = QLabel(self.tr("Step"), self)
        step.setTextFormat(Qt.TextFormat.PlainText)
        step.setProperty("role", "muted")
        self._footer = QWidget(self)
        footer = QHBoxLayout(self._footer)
        footer.setContentsMargins(self._loss.axis_width, 0, RIGHT_MARGIN, 0)
        footer.addWidget(self._readout, 1)
        footer.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._loss, LOSS_SHARE)
        column.addWidget(self._difference_header)
        column.addWidget(self._difference, DIFFERENCE_SHARE)
        column.addWidget(self._metric_header)
        column.addWidget(self._metric, METRIC_SHARE)
        column.addWidget(self._rate_header)
        column.addWidget(self.rate, RATE_SHARE)
        column.addWidget(self._footer)

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        if font.pointSizeF() > 0.0:  # not so for a font that was set in pixels
            font.setPointSizeF(font.pointSizeF() * SMALL)
        return font
