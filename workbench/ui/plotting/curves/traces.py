"""The layers of the two plots, and the steps that they have drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF

from workbench.engine.history.history import History
from workbench.ui.plotting.curves.fan_layer import FanLayer
from workbench.ui.plotting.curves.metric_traces import MetricTraces
from workbench.ui.plotting.curves.ranges import (
    LOG_OUTLIER,
    OUTLIER,
    Extent,
    fitted_highest,
    maxima,
    robust_highest,
)
from workbench.ui.plotting.curves.reference_curves import ReferenceCurves, evaluation_losses
from workbench.ui.plotting.curves.smoothing import SmoothedSeries
from workbench.ui.plotting.render.layers import BackgroundLayer
from workbench.ui.plotting.render.line_layer import LineLayer
from workbench.ui.plotting.render.mark_layers import EpochLayer, MarkLayer
from workbench.ui.plotting.render.mark_list import Mark, MarkKind, MarkList
from workbench.ui.plotting.render.point_layer import VALIDATION_LOOK, PointLayer
from workbench.ui.plotting.render.ticks import short_number

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.records import Incident
    from workbench.engine.history.series import Series
    from workbench.ui.plotting.render.layers import Layer
    from workbench.ui.plotting.render.view import View

COLUMNS_LOOKED_AT: Final = 200
SMOOTHED_AT_ONCE: Final = 1 << 18
"""Values smoothed per frame: 2.5 ms."""

translate = QCoreApplication.translate

Stretch = tuple[float, float]
"""From one step to another."""


@dataclass(slots=True)
class TraceUpdate:
    """The changes since the last frame.

    Attributes:
        loss: stretches of steps to paint in the loss plot.
        metric: the same for the plot of the metric.
        events: whether there were evaluations or epochs among it.
        rearranged: whether there is something new anywhere in the plots.
    """

    loss: list[Stretch] = field(default_factory=list)
    metric: list[Stretch] = field(default_factory=list)
    events: bool = False
    rearranged: bool = False

    def add(self, first: float, last: float) -> None:
        """Add a range of steps that both plots must paint."""
        self.loss.append((first, last))
        self.metric.append((first, last))


class Traces:
    """The layers of both plots, fed from one history.

    Attributes:
        history: is drawn; see `set_history`.
        marks: in both plots.
        references: the histories beside it.
        fan: futures of the run.
        metric: its line and points, and the range of its plot.
        extent: the extremes of all losses.
    """

    def __init__(self, font: QFont, beta: float) -> None:
        """Begin with an empty history, the texts in `font`, `beta` the weight of the past in the smoothing."""
        self.marks = MarkList()
        self.references = ReferenceCurves(beta)
        self.fan = FanLayer()
        self._incidents = 0
        self.extent = Extent()
        self.history = History()
        self._smoothed = SmoothedSeries(self.history.loss, beta)
        self._raw_loss = LineLayer(band=True)
        self._smoothed_loss = LineLayer(mean=True, cased=True)
        self._test_loss = PointLayer()
        self._validation_loss = PointLayer(look=VALIDATION_LOOK)
        self.metric = MetricTraces()
        self._epochs = EpochLayer(font, _epoch_text, self._lines_to_the_top)
        self._epoch_lines = EpochLayer(font, None)
        self._mark_texts = MarkLayer(
            font, self.marks, labelled=True, current_step=self._marked_step, curve_end=self._curve_end
        )
        self.loss_layers: list[Layer] = [
            BackgroundLayer(),
            self.references.loss_ghost,
            self._epochs,
            self._raw_loss,
            self.references.loss_overlays,
            self._smoothed_loss,
            self.fan,
            self._validation_loss,
            self._test_loss,
            self._mark_texts,
        ]
        self.metric_layers: list[Layer] = [
            BackgroundLayer(),
            self.references.metric_ghost,
            self._epoch_lines,
            self.references.metric_overlays,
            self.metric.line,
            self.metric.validation,
            self.metric.points,
            MarkLayer(font, self.marks, labelled=False),
        ]
        self._switches: dict[str, Layer] = {
            "show_training_loss": self._raw_loss,
            "show_smoothed_loss": self._smoothed_loss,
            "show_test_loss": self._test_loss,
            "show_validation_loss": self._validation_loss,
            "show_training_accuracy": self.metric.line,
            "show_test_accuracy": self.metric.points,
            "show_validation_accuracy": self.metric.validation,
        }
        self._drawn_steps = 0
        self._truncations = 0
        self.set_history(self.history)

    @property
    def smoothed(self) -> Series:
        """The smoothed training loss, as far as it has come."""
        return self._smoothed.series

    @property
    def nbytes(self) -> int:
        """Memory held by the series of all histories and the smoothed ones, in bytes."""
        references = sum(reference.nbytes for reference in self.references.all)
        return self.history.nbytes + self.smoothed.nbytes + references

    @property
    def recorded(self) -> int:
        """Steps recorded, those beyond the current step included."""
        future = self.references.future
        return max(len(self.history), len(future.history) if future is not None else 0)

    @property
    def reach(self) -> int:
        """Steps that the plots must show: those of the longest history, of incidents and of futures."""
        farthest = max((incident.step + 1 for incident in self.history.spikes), default=0)
        return max(len(self.history), self.references.reach, farthest, self.fan.reach)

    @property
    def is_smoothing_behind(self) -> bool:
        """Whether smoothing needs more slices to reach the last step drawn."""
        return len(self.smoothed) < self._drawn_steps or self.references.is_behind

    @property
    def was_truncated(self) -> bool:
        """Whether the history no longer holds steps that are drawn."""
        return self.history.loss.truncations != self._truncations

    def set_history(self, history: History) -> None:
        """Draw `history` from its beginning; marks stay, as far as they lie within it."""
        self.history = history
        self._smoothed = SmoothedSeries(history.loss, self._smoothed.beta)
        self._raw_loss.series = history.loss
        self.metric.set_history(history)
        self._smoothed_loss.series = self._smoothed.series
        self._truncations = history.loss.truncations
        self._drawn_steps = 0
        self._incidents = 0
        self.marks.replace(MarkKind.INCIDENT, [])
        for layer in (self._test_loss, self._validation_loss, self._epochs, self._epoch_lines):
            layer.clear()
        self.measure_again()

    def set_metric(self, metric: Metric) -> None:
        """Show another metric; `set_history` follows."""
        self.metric.set_metric(metric)
        self.references.set_metric(metric)

    def measure_again(self) -> None:
        """Start a new extent: losses that were cut from the history no longer count."""
        self.extent = Extent()
        self.extent.include_series(self.history.loss, 0)
        self.extent.include(evaluation_losses(self.history))
        for reference in self.references.all:
            reference.include_in(self.extent)
        self.metric.measure_again(self.references.metric_histories)

    def fit_losses(self, *, log: bool) -> tuple[tuple[float, float], bool]:
        """Fit the loss axis to all runs, outliers left out, and mark the peaks that leave it.

        Returns:
            Lower and upper edge (base-10 logarithms if `log`); whether other peaks are marked than before.
        """
        outlier = LOG_OUTLIER if log else OUTLIER
        drawn = maxima(self.history.loss)
        losses = [(*drawn, None), *((*reference.losses, reference.colour) for reference in self.references.all)]
        own = robust_highest(drawn[0], outlier, evaluation_losses(self.history))
        others = [reference.robust_highest(outlier) for reference in self.references.all]
        highest = fitted_highest(own, [each for each in others if each is not None], outlier)
        self.extent.fitted = math.inf if highest is None else highest
        bounds = self.extent.bounds(log=log, highest=self.extent.fitted)
        top = 10.0 ** bounds[1] if log else bounds[1]
        peaks = []
        for values, width, colour in losses:
            finite = np.where(np.isfinite(values), values, -np.inf)
            if len(finite) and finite.max() > top:
                place = int(finite.argmax())
                text = _peak_text(float(finite[place]))
                peaks.append(Mark(round(width * place), MarkKind.PEAK, text, pick=colour))
        return bounds, self.marks.replace(MarkKind.PEAK, peaks)

    def set_beta(self, beta: float) -> None:
        """Smooth with the weight `beta` from the first step on."""
        self._smoothed.restart(beta)
        self.references.set_beta(beta)
        self._smoothed_loss.series = self._smoothed.series

    def show(self, name: str, shown: bool) -> None:
        """Show or hide the trace with the switch `name`."""
        self._switches[name].visible = shown

    def is_shown(self, name: str) -> bool:
        """Whether the trace with the switch `name` is shown."""
        return self._switches[name].visible

    @property
    def beta(self) -> float:
        """The weight of the past in the smoothing."""
        return self._smoothed.beta

    def labelled_marks(self) -> list[tuple[Mark, QRectF]]:
        """The marks of the loss plot whose text has room, and the boxes of the texts in device pixels."""
        return self._mark_texts.labelled()

    def columns_within(self, view: View, box: QRectF) -> int:
        """The pixel columns in which the smoothed training loss runs through `box`, in device pixels."""
        first, last = max(0, math.floor(view.step(box.left()))), math.ceil(view.step(box.right()))
        stop = min(len(self.smoothed), last + 1)
        if stop <= first:
            return 0
        steps = np.unique(np.linspace(first, stop - 1, min(stop - first, COLUMNS_LOOKED_AT)).astype(np.int64))
        rows = view.rows(np.array([self.smoothed[step] for step in steps.tolist()]))
        within = np.count_nonzero((rows >= box.top()) & (rows <= box.bottom()))
        return round(within / len(steps) * (view.column(stop - 1) - view.column(first)))

    def at(self, step: int) -> tuple[History, Series] | None:
        """The history that holds `step`, and its smoothed loss: the current one, or the one recorded beyond it."""
        if 0 <= step < len(self.history):
            return self.history, self.smoothed
        future = self.references.future
        if future is not None and 0 <= step < len(future.history):
            return future.history, future.smoothed
        return None

    def losses_at(self, step: int) -> list[float]:
        """Where the crosshair meets the training loss: on the smoothed line if shown, else on the raw one."""
        future = self.references.future
        if step >= len(self.history):
            return [future.smoothed[step]] if future is not None and step < len(future.smoothed) else []
        if self._smoothed_loss.visible and step < len(self.smoothed):
            return [self.smoothed[step]]
        return [self.history.loss[step]] if self._raw_loss.visible else []

    def metric_at(self, step: int) -> list[float]:
        """Where the crosshair meets the training metric, in the unit of its axis."""
        found = self.at(step)
        return self.metric.values_at(found[0], step) if found is not None else []

    def update(self) -> TraceUpdate:
        """Read the new steps and events of the history, and smooth a slice of it."""
        update = TraceUpdate()
        self._update_steps(update)
        self._update_evaluations(update)
        self._update_epochs(update)
        self._update_incidents(update)
        if self.references.update():
            for reference in self.references.all:
                reference.include_in(self.extent)
            for history in self.references.metric_histories:
                self.metric.include_other(history)
            update.rearranged = True
        return update

    def need_arranging(self, view: View) -> bool:
        """Whether there are now too many points or epochs for the last thinning out."""
        layers = (self._test_loss, self._epochs, self._epoch_lines)
        return any(layer.needs_arranging(view) for layer in layers)

    def has_crossed_text(self, view: View) -> bool:
        """Whether the line at the current step runs over other texts now."""
        return self._mark_texts.is_crossed(view) or self._epochs.is_crossed(view)

    def labels(self, view: View) -> list[tuple[str, QRectF]]:
        """All texts in the loss plot and their boxes in device pixels: numbers of epochs, then texts of marks."""
        return [*self._epochs.labels(view), *self._mark_texts.labels()]

    def logical_labels(self, view: View) -> list[tuple[str, QRectF]]:
        """The same, with their boxes in logical pixels."""
        return [(text, QRectF(box.topLeft() / view.ratio, box.size() / view.ratio)) for text, box in self.labels(view)]

    def end_row(self, view: View) -> float | None:
        """Where the smoothed loss ends, in logical pixels from the upper edge of the plot."""
        if (end := self._curve_end()) is None or not math.isfinite(end[1]):
            return None
        return float(view.rows(np.array([end[1]]))[0]) / view.ratio

    def _curve_end(self) -> tuple[int, float] | None:
        """The last step of the smoothed loss, and its value."""
        known = len(self.smoothed)
        return (known - 1, self.smoothed[known - 1]) if known else None

    def _marked_step(self) -> int | None:
        """Where the line at the current step stands; None without one."""
        return len(self.history) if self.references.future is not None else None

    def _lines_to_the_top(self) -> list[int]:
        """The steps of the lines that cross the row of the epochs' numbers."""
        here = self._marked_step()
        return [*self.marks.steps_of(MarkKind.INCIDENT), *([] if here is None else [here])]

    def _update_steps(self, update: TraceUpdate) -> None:
        drawn, steps, smoothed = self._drawn_steps, len(self.history), len(self.smoothed)
        self._smoothed.advance(SMOOTHED_AT_ONCE)
        if smoothed < drawn and len(self.smoothed) > smoothed:
            update.loss.append((smoothed - 1, len(self.smoothed)))
        if steps > drawn:
            self.extent.include_series(self.history.loss, drawn)
            self.metric.include_steps(drawn)
            update.add(drawn - 1, steps)
            self._drawn_steps = steps
            self.references.set_current_step(steps)

    def _update_evaluations(self, update: TraceUpdate) -> None:
        known, evaluations = len(self._test_loss), self.history.evaluations
        if len(evaluations) <= known:  # fewer: the run went back, and `reload` is on its way
            return
        added = evaluations[known:]
        self.extent.include(evaluation_losses(self.history, known))
        self._test_loss.extend([each.step for each in added], [each.average_loss for each in added])
        self._validation_loss.extend([each.step for each in added], [each.validation_loss for each in added])
        self.metric.add_tests(added)
        update.add(evaluations[max(known - 1, 0)].step, added[-1].step)
        update.events = True

    def _update_epochs(self, update: TraceUpdate) -> None:
        known, starts = len(self._epochs), self.history.epoch_starts
        if len(starts) <= known:
            return
        added = starts[known:]
        for layer in (self._epochs, self._epoch_lines):
            layer.extend([each.epoch for each in added], [each.step for each in added])
        update.add(added[0].step, added[-1].step + self._epochs.reach)
        update.events = True

    def _update_incidents(self, update: TraceUpdate) -> None:
        incidents = self.history.spikes
        if len(incidents) != self._incidents:
            self._incidents = len(incidents)
            kind = MarkKind.INCIDENT
            self.marks.replace(kind, [Mark(each.step, kind, _incident_text(each)) for each in incidents])
            update.rearranged = True


def _epoch_text(epoch: int) -> str:
    return translate("Plots", "Epoch {number}").format(number=epoch)


def _peak_text(value: float) -> str:
    return translate("Plots", "up to {value}").format(value=short_number(value))


def _incident_text(incident: Incident) -> str:
    if math.isnan(incident.loss):
        return translate("Plots", "Loss became NaN")
    if math.isinf(incident.loss):
        return translate("Plots", "Loss became infinite")
    return translate("Plots", "Loss leapt to {loss}").format(loss=f"{incident.loss:.4g}")
