"""The line and the points of the task's metric, and the range of its axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.tasks import ACCURACY
from workbench.engine.history.history import History
from workbench.ui.plotting.curves.ranges import OUTLIER, Extent, fitted_highest, linear_bounds, maxima, robust_highest
from workbench.ui.plotting.render.line_layer import LineLayer
from workbench.ui.plotting.render.point_layer import VALIDATION_LOOK, PointLayer
from workbench.ui.text.metric_texts import axis_factor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.records import Evaluation

SHARE_RANGE: Final = (0.0, 103.0)
"""Percent; a little above 100, so that a point there is whole."""

Range = tuple[float, float]


class MetricTraces:
    """What the plot of the metric shows of the current run, and what range fits it and the runs beside it.

    Attributes:
        metric: of the current run's task.
        line: running within the epoch, over the steps.
        points: of the tests.
        validation: of the evaluations on held-out samples.
        extent: the extremes of all values; not used for a share, whose range is fixed.
    """

    def __init__(self) -> None:
        self.metric: Metric = ACCURACY
        factor = axis_factor(self.metric)
        self.line = LineLayer(band=True, mean=True, factor=factor)
        self.points = PointLayer(factor)
        self.validation = PointLayer(factor, VALIDATION_LOOK)
        self.extent = Extent()
        self._history = History()
        self._starts: NDArray[np.int64] = np.zeros(0, np.int64)

    def set_metric(self, metric: Metric) -> None:
        """Show another metric from the next run on."""
        self.metric = metric
        self.line.factor = self.points.factor = self.validation.factor = axis_factor(metric)

    def set_history(self, history: History) -> None:
        """Draw `history` from its beginning."""
        self._history = history
        self._starts = np.zeros(0, np.int64)
        self.line.series = history.metric
        # It is a mean over its epoch so far: joined to the end of the one before, it would seem to leap.
        self.line.starts = self._epoch_starts
        self.points.clear()
        self.validation.clear()

    def _epoch_starts(self) -> NDArray[np.int64]:
        """The first steps of the epochs; collected anew when there is another epoch, not for each frame."""
        starts = self._history.epoch_starts
        if len(starts) != len(self._starts):
            self._starts = np.array([start.step for start in starts], np.int64)
        return self._starts

    def measure_again(self, others: Iterable[History]) -> None:
        """Start a new extent, of the current run and of `others`, which have the same metric."""
        self.extent = Extent()
        self.include_steps(0)
        self.include_tests(self._history.evaluations)
        for history in others:
            self.include_other(history)

    def include_other(self, history: History) -> None:
        """Widen the extent to a run beside the current one."""
        if not self.metric.is_share:
            self.extent.include_series(history.metric, 0)
            self.include_tests(history.evaluations)

    def include_steps(self, start: int) -> None:
        """Widen the extent to the steps from `start` on."""
        if not self.metric.is_share:
            self.extent.include_series(self._history.metric, start)

    def include_tests(self, evaluations: Sequence[Evaluation]) -> None:
        """Widen the extent to these tests."""
        if not self.metric.is_share:
            self.extent.include(_values(evaluations))

    def add_tests(self, added: Sequence[Evaluation]) -> None:
        """Draw further points."""
        steps = [each.step for each in added]
        self.points.extend(steps, [each.metric for each in added])
        self.validation.extend(steps, [each.validation_metric for each in added])
        self.include_tests(added)

    def values_at(self, history: History, step: int) -> list[float]:
        """Where the crosshair meets the line, in the unit of the axis."""
        return [axis_factor(self.metric) * history.metric[step]] if self.line.visible else []

    def fit(self, others: Sequence[History]) -> tuple[Range, Range]:
        """The range of the axis, outliers left out; and the one that can be reached by panning.

        Args:
            others: the histories beside the current one.
        """
        if self.metric.is_share:
            return SHARE_RANGE, SHARE_RANGE
        own = _highest(self._history)
        highest = fitted_highest(own, [each for each in map(_highest, others) if each is not None], OUTLIER)
        whole = self.extent.bounds(log=False)
        if highest is None:
            return whole, whole
        self.extent.fitted = highest
        fitted = linear_bounds(0.0, highest)
        return fitted, (min(whole[0], fitted[0]), max(whole[1], fitted[1]))


def _highest(history: History) -> float | None:
    return robust_highest(maxima(history.metric)[0], OUTLIER, _values(history.evaluations))


def _values(evaluations: Sequence[Evaluation]) -> NDArray[np.floating[Any]]:
    validated = [each.validation_metric for each in evaluations if each.validation_metric is not None]
    return np.array([*(each.metric for each in evaluations), *validated], np.float64)
