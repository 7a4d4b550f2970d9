"""The part of the run that the plots show: the whole run, until the user pans or zooms, and again after Reset view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from workbench.ui.plotting.curves.ranges import HEADROOM, next_horizon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.ui.plotting.curves.ranges import Extent
    from workbench.ui.plotting.curves.traces import Traces
    from workbench.ui.plotting.render.plot import Plot

RIGHT_ROOM: Final = 0.015
"""Empty share of the run beyond the last step, for the same reason."""
LEAST_STEPS: Final = 8.0
"""Steps across the plot at the strongest zoom."""
TOLERANCE: Final = 1e-6
"""Of a range's width: smaller differences come from computing."""

Range = tuple[float, float]


class AutoRange(QObject):
    """Keeps all plots on the same steps, and loss and metric in step with the run. Nothing else sets those ranges.

    Attributes:
        automatic_changed: whether the whole run is shown from now on.
        is_automatic: whether the whole run is shown, however it grows.
        planned_steps: steps the run will have; 0 if unknown.
        horizon: the last step of the whole run as it is shown; grows in steps.
    """

    automatic_changed = Signal(bool)

    def __init__(self, loss: Plot, metric: Plot, further: Sequence[Plot], traces: Traces, parent: QObject) -> None:
        """Set the ranges of these plots.

        Args:
            loss: shows losses.
            metric: shows the metric of the task.
            further: plots with value ranges of their own over the same steps.
            traces: say how far things reach.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._loss = loss
        self._metric = metric
        self._further = further
        self._joined: list[Plot] = [loss, metric]
        self._traces = traces
        self._steps_per_epoch = 1
        self.planned_steps = 0
        self._is_log = False
        self.is_automatic = True
        self.horizon = 0
        self._seen_extents = self._extents()
        self._steps: Range = (0.0, 1.0)
        self._losses: Range = (0.0, 1.0)
        self._metrics: Range = (0.0, 1.0)
        self._farthest: Range = (0.0, 1.0)
        self._whole: Range = (0.0, 1.0)
        self._whole_metrics: Range = (0.0, 1.0)
        self._height = 0.0
        loss.getViewBox().sigResized.connect(self._on_resized)
        for plot in (loss, metric, *further):
            plot.x_range_changed.connect(self._on_x_range_changed)
            plot.moved_by_hand.connect(self._on_moved_by_hand)
            plot.reset_requested.connect(self.reset)

    def join(self, plot: Plot, joined: bool) -> None:
        """Keep one of the further plots on the steps of the others while it is visible."""
        self._joined = [each for each in self._joined if each is not plot]
        if joined:
            # Before it joins, so that the others do not move to its range.
            self._limit_steps(plot)
            plot.set_x_range(*self._loss.ranges[0])
            self._joined.append(plot)

    def begin(self, steps_per_epoch: int, planned_steps: int) -> None:
        """Follow a new run."""
        self._steps_per_epoch = max(1, steps_per_epoch)
        self.planned_steps = planned_steps
        self.reset()

    def set_planned_steps(self, planned_steps: int) -> None:
        """Set the number of steps that the run will have."""
        self.planned_steps = planned_steps
        self.update()

    def update(self) -> None:
        """Compute the ranges again after curves were added or removed."""
        if self._measure() and self.is_automatic:
            self._show()

    def set_log(self, is_log: bool) -> None:
        """Show the loss on a logarithmic axis, or not; which steps are shown stays."""
        self._is_log = is_log
        self._loss.set_log(is_log)
        self._measure()
        self._loss.set_y_range(*self._losses)

    def reset(self) -> None:
        """Show the whole run again, as tightly as it fits."""
        self._set_automatic(True)
        self._traces.measure_again()
        self._measure()
        self._show()

    def grow(self) -> None:
        """Extend the ranges to the run; a part chosen by the user stays, and only the limits of panning change."""
        if self._extents() != self._seen_extents or len(self._traces.history) > self.horizon:
            self.update()

    def _extents(self) -> tuple[tuple[Extent, int], ...]:
        """The extents of losses and metric, and their versions: they change with what the ranges follow."""
        return tuple((extent, extent.version) for extent in (self._traces.extent, self._traces.metric.extent))

    def _measure(self) -> bool:
        """Compute the ranges and limit panning to them; True if they have changed."""
        before = (self._steps, self._losses, self._metrics, self._farthest, self._whole, self._whole_metrics)
        extent = self._traces.extent
        self._seen_extents = self._extents()
        self.horizon = next_horizon(self._traces.reach, self._steps_per_epoch, self.planned_steps)
        self._steps = (0.0, self.horizon * (1.0 + RIGHT_ROOM))
        whole = extent.bounds(log=self._is_log)
        losses, has_other_peaks = self._traces.fit_losses(log=self._is_log)
        self._losses = self._with_text_room(losses)
        # A logarithmic axis that reaches the peak of a divergence may end above the rest of the run.
        whole = min(whole[0], self._losses[0]), max(whole[1], self._losses[1])
        if has_other_peaks:
            self._loss.canvas.invalidate()
        self._farthest = (0.0, max(self.horizon, self.planned_steps) * (1.0 + RIGHT_ROOM))
        self._metrics, whole_metrics = self._traces.metric.fit(self._traces.references.metric_histories)
        if (self._steps, self._losses, self._metrics, self._farthest, whole, whole_metrics) == before:
            return False
        self._whole, self._whole_metrics = whole, whole_metrics
        for plot in self._joined:
            self._limit_steps(plot)
        self._loss.limit_y(*whole, self._losses[1] - self._losses[0])
        self._metric.limit_y(*whole_metrics, self._metrics[1] - self._metrics[0])
        return True

    def _with_text_room(self, losses: Range) -> Range:
        """Room above the curve for the row of the epochs' numbers: in a low plot the usual share is too little."""
        self._height = height = self._loss.getViewBox().height()
        row = self._loss.text_height
        bottom, top = losses
        if height <= 2 * row or height * (1.0 - 1.0 / HEADROOM) >= row:
            return losses
        highest = bottom + (top - bottom) / HEADROOM
        return bottom, max(top, bottom + (highest - bottom) * height / (height - row))

    def _on_resized(self) -> None:
        """Fit again where a low plot has become lower or higher."""
        row = self._loss.text_height
        height = self._loss.getViewBox().height()
        is_low = min(height, self._height) * (1.0 - 1.0 / HEADROOM) < row
        if is_low and height != self._height:
            self.update()

    def _limit_steps(self, plot: Plot) -> None:
        plot.limit_x(*self._farthest, min(LEAST_STEPS, self._steps[1]))

    def _show(self) -> None:
        for plot in self._joined:
            plot.set_x_range(*self._steps)
        self._loss.set_y_range(*self._losses)
        self._metric.set_y_range(*self._metrics)

    def _on_x_range_changed(self, low: float, high: float) -> None:
        # pyqtgraph's own link aligns by screen positions, which rounds; here all plots have the same width.
        sender = self.sender()
        if sender in self._joined:
            for plot in self._joined:
                if plot is not sender:
                    plot.set_x_range(low, high)

    def _on_moved_by_hand(self) -> None:
        # A drag against the limits moves nothing, and does not choose a part.
        (x, loss_y), (_, metric_y) = self._loss.ranges, self._metric.ranges
        self._set_automatic(
            _is_close(x, self._steps) and _is_close(loss_y, self._losses) and _is_close(metric_y, self._metrics)
        )

    def _set_automatic(self, is_automatic: bool) -> None:
        if is_automatic != self.is_automatic:
            self.is_automatic = is_automatic
            self.automatic_changed.emit(is_automatic)


def _is_close(one: Range, other: Range) -> bool:
    tolerance = TOLERANCE * (other[1] - other[0])
    return abs(one[0] - other[0]) <= tolerance and abs(one[1] - other[1]) <= tolerance
