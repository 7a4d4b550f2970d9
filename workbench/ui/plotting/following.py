"""Which part of the run the plots show: all of it, until somebody pans or zooms; then that, until they ask for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from workbench.ui.plotting.ranges import next_horizon, usual_highest

if TYPE_CHECKING:
    from workbench.ui.plotting.plot import Plot
    from workbench.ui.plotting.traces import Traces

ACCURACY_RANGE: Final = (0.0, 103.0)
"""Percent; a little above 100, so that a point there is whole."""
RIGHT_ROOM: Final = 0.015
"""Empty share of the run beyond the last step, for the same reason."""
LEAST_STEPS: Final = 8.0
"""Steps across the plot at the strongest zoom."""
TOLERANCE: Final = 1e-6
"""Of a range's width: smaller differences come from computing."""

Range = tuple[float, float]


class RangeFollower(QObject):
    """Keeps both plots on the same steps and their ranges in step with the run. Nothing else sets a range.

    Attributes:
        follows_changed: whether the whole run is shown from now on.
    """

    follows_changed = Signal(bool)

    def __init__(self, loss: Plot, accuracy: Plot, traces: Traces, parent: QObject) -> None:
        super().__init__(parent)
        self._loss = loss
        self._accuracy = accuracy
        self._traces = traces
        self._steps_per_epoch = 1
        self._planned_steps = 0
        self._is_log = False
        self._follows = True
        self._horizon = 0
        self._seen_extent = (traces.extent, traces.extent.version)
        self._steps: Range = (0.0, 1.0)
        self._losses: Range = (0.0, 1.0)
        self._farthest: Range = (0.0, 1.0)
        self._whole: Range = (0.0, 1.0)
        # pyqtgraph's own link aligns by screen positions, which rounds; here both plots have the same width.
        loss.x_range_changed.connect(accuracy.set_x_range)
        accuracy.x_range_changed.connect(loss.set_x_range)
        for plot in (loss, accuracy):
            plot.moved_by_hand.connect(self._on_moved_by_hand)
            plot.reset_requested.connect(self.reset)

    @property
    def follows(self) -> bool:
        """Whether the whole run is shown, however it grows."""
        return self._follows

    def begin(self, steps_per_epoch: int, planned_steps: int) -> None:
        """Follow a new run."""
        self._steps_per_epoch = max(1, steps_per_epoch)
        self._planned_steps = planned_steps
        self.reset()

    def set_planned_steps(self, planned_steps: int) -> None:
        """The run will have so many steps in all."""
        self._planned_steps = planned_steps
        self._grow()

    def set_log(self, is_log: bool) -> None:
        """Show the loss on a logarithmic axis, or not; which steps are shown stays."""
        self._is_log = is_log
        self._loss.set_log(is_log)
        self._measure()
        self._loss.set_y_range(*self._losses)

    def reset(self) -> None:
        """Show the whole run again, as tightly as it fits."""
        self._set_follows(True)
        self._traces.measure_again()
        self._measure()
        self._show()

    def grow(self) -> None:
        """Let the ranges reach as far as the run does by now; shown if following, else they only limit panning."""
        extent = self._traces.extent
        if (extent, extent.version) != self._seen_extent or len(self._traces.history) > self._horizon:
            self._grow()

    def _grow(self) -> None:
        if self._measure() and self._follows:
            self._show()

    def _measure(self) -> bool:
        """Work out the ranges, and let nobody pan beyond them; True if they have changed."""
        before = (self._steps, self._losses, self._farthest, self._whole)
        extent = self._traces.extent
        self._seen_extent = (extent, extent.version)
        self._horizon = next_horizon(len(self._traces.history), self._steps_per_epoch, self._planned_steps)
        self._steps = (0.0, self._horizon * (1.0 + RIGHT_ROOM))
        whole = extent.bounds(log=self._is_log)
        self._losses = extent.bounds(log=self._is_log, usual=usual_highest(self._traces.history.loss))
        self._farthest = (0.0, max(self._horizon, self._planned_steps) * (1.0 + RIGHT_ROOM))
        if (self._steps, self._losses, self._farthest, whole) == before:
            return False
        self._whole = whole
        least = min(LEAST_STEPS, self._steps[1])
        self._loss.set_limits(self._farthest, whole, least)
        self._accuracy.set_limits(self._farthest, ACCURACY_RANGE, least)
        return True

    def _show(self) -> None:
        self._loss.set_x_range(*self._steps)
        self._accuracy.set_x_range(*self._steps)
        self._loss.set_y_range(*self._losses)
        self._accuracy.set_y_range(*ACCURACY_RANGE)

    def _on_moved_by_hand(self) -> None:
        # A drag against the limits moves nothing, and is no wish to stay there.
        (x, loss_y), (_, accuracy_y) = self._loss.ranges, self._accuracy.ranges
        self._set_follows(
            _is_close(x, self._steps) and _is_close(loss_y, self._losses) and _is_close(accuracy_y, ACCURACY_RANGE)
        )

    def _set_follows(self, follows: bool) -> None:
        if follows != self._follows:
            self._follows = follows
            self.follows_changed.emit(follows)


def _is_close(one: Range, other: Range) -> bool:
    tolerance = TOLERANCE * (other[1] - other[0])
    return abs(one[0] - other[0]) <= tolerance and abs(one[1] - other[1]) <= tolerance
