"""What lies at a place of the plots: the nearest curve, point or mark, with its value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF

from workbench.ui.text.metric_texts import axis_factor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QPoint

    from workbench.engine.history.history import History
    from workbench.engine.history.series import Series
    from workbench.ui.plotting.curves.difference_plot import DifferencePlot
    from workbench.ui.plotting.curves.learning_rate_plot import RatePlot
    from workbench.ui.plotting.curves.traces import Traces
    from workbench.ui.plotting.render.mark_list import Mark
    from workbench.ui.plotting.render.plot import Plot
    from workbench.ui.plotting.render.view import View

LINE_REACH: Final = 7.0
POINT_REACH: Final = 9.0
MARK_REACH: Final = 5.0
"""Logical pixels from a place to a line, a point and the line of a mark that still lies there."""
MOST_STEPS: Final = 20_000
"""Steps beside a place whose losses are looked at."""


class CurveKind(Enum):
    """What a curve shows; the value is the object name of its switch, where it has one."""

    TRAINING_LOSS = "show_training_loss"
    SMOOTHED_LOSS = "show_smoothed_loss"
    TEST_LOSS = "show_test_loss"
    VALIDATION_LOSS = "show_validation_loss"
    TRAINING_METRIC = "show_training_accuracy"
    TEST_METRIC = "show_test_accuracy"
    VALIDATION_METRIC = "show_validation_accuracy"
    DIFFERENCE = "difference"
    RATE = "rate"


@dataclass(frozen=True, slots=True, eq=False)
class FoundValue:
    """A value of a curve.

    Attributes:
        kind: what the curve shows.
        step: of the value; that of an evaluation is the number of updates before it.
        value: as recorded; a share is not a percentage.
        history: holds it.
        run: the name of the run, where it is not the current one; "" for that.
        is_future: whether the step lies beyond the current one, in what was recorded before.
        other: of a schedule, the value of the slider; None for other curves.
    """

    kind: CurveKind
    step: int
    value: float
    history: History
    run: str = ""
    is_future: bool = False
    other: float | None = None


class Found:
    """Looks for what lies at a place.

    Args:
        loss: shows losses.
        metric: shows the metric of the task.
        difference: shows the loss minus those of other runs.
        rate: shows the learning rate.
        traces: the curves of the first two.
    """

    def __init__(self, loss: Plot, metric: Plot, difference: DifferencePlot, rate: RatePlot, traces: Traces) -> None:
        self._loss = loss
        self._metric = metric
        self._difference = difference
        self._rate = rate
        self._traces = traces

    def at(self, plot: Plot, position: QPoint) -> FoundValue | Mark | None:
        """The value or mark at a position of the viewport of `plot`; None where there is none.

        A point comes before a line, and a line of a curve before that of a mark, which is as high as the plot.
        """
        view = plot.canvas.view
        if view is None:
            return None
        inside = plot.getViewBox().mapFromScene(plot.mapToScene(position))
        place = QPointF(inside.x(), inside.y())
        if (mark := self._labelled_mark(plot, view, place)) is not None:
            return mark
        if (value := self._value_at(plot, view, place)) is not None:
            return value
        near = MARK_REACH * view.ratio * view.steps_per_column
        step = view.step(place.x() * view.ratio)
        marks = self._traces.marks.between(step - near, step + near) if plot in (self._loss, self._metric) else []
        return min(marks, key=lambda mark: abs(mark.step - step), default=None)

    def newest(self, kind: CurveKind) -> FoundValue | None:
        """The newest value of a curve of the current run; None where it has none."""
        history, last = self._traces.history, len(self._traces.history) - 1
        match kind:
            case CurveKind.TRAINING_LOSS if last >= 0:
                return FoundValue(kind, last, history.loss[last], history)
            case CurveKind.SMOOTHED_LOSS if len(self._traces.smoothed):
                step = len(self._traces.smoothed) - 1
                return FoundValue(kind, step, self._traces.smoothed[step], history)
            case CurveKind.TRAINING_METRIC if last >= 0:
                return FoundValue(kind, last, history.metric[last], history)
            case CurveKind.RATE if last >= 0 and (rates := self._rate.rates_at(last)) is not None:
                return FoundValue(kind, last, rates[1], history, other=rates[0])
        found = [value for value in _evaluated(history, "", is_future=False) if value.kind is kind]
        return found[-1] if found else None

    def _labelled_mark(self, plot: Plot, view: View, place: QPointF) -> Mark | None:
        if plot is not self._loss:
            return None
        scaled = place * view.ratio
        return next((mark for mark, box in self._traces.labelled_marks() if box.contains(scaled)), None)

    def _value_at(self, plot: Plot, view: View, place: QPointF) -> FoundValue | None:
        points = [(distance, value) for distance, value in self._points(plot, view, place) if distance <= POINT_REACH]
        if points:
            return min(points, key=lambda each: each[0])[1]
        lines = [(distance, value) for distance, value in self._lines(plot, view, place) if distance <= LINE_REACH]
        return min(lines, key=lambda each: each[0])[1] if lines else None

    def _points(self, plot: Plot, view: View, place: QPointF) -> Iterator[tuple[float, FoundValue]]:
        kinds = {
            self._loss: (CurveKind.TEST_LOSS, CurveKind.VALIDATION_LOSS),
            self._metric: (CurveKind.TEST_METRIC, CurveKind.VALIDATION_METRIC),
        }.get(plot)
        if kinds is None:
            return
        factor = self._factor if plot is self._metric else 1.0
        for history, run, is_future, begin in self._histories(plot):
            for value in _evaluated(history, run, is_future=is_future):
                if value.kind in kinds and value.step > begin and self._traces.is_shown(value.kind.value):
                    x = view.column(value.step) / view.ratio
                    y = float(view.rows(np.array([value.value]), factor)[0]) / view.ratio
                    yield math.hypot(x - place.x(), y - place.y()), value

    def _lines(self, plot: Plot, view: View, place: QPointF) -> Iterator[tuple[float, FoundValue]]:
        """The distances from the lines at this place, upwards or downwards."""
        step = round(view.step(place.x() * view.ratio))
        if plot is self._rate:
            if (rates := self._rate.rates_at(step)) is not None and step >= 0:
                value = FoundValue(CurveKind.RATE, step, rates[1], self._traces.history, other=rates[0])
                yield _distance(view, rates[1], place), value
        elif plot is self._difference:
            yield from self._differences(view, place, step)
        elif plot is self._metric:
            if self._traces.is_shown(CurveKind.TRAINING_METRIC.value):
                for history, run, is_future, begin in self._histories(plot):
                    if begin <= step < len(history):
                        value = FoundValue(
                            CurveKind.TRAINING_METRIC, step, history.metric[step], history, run, is_future
                        )
                        yield _distance(view, value.value, place, self._factor), value
        else:
            yield from self._losses(view, place, step)

    def _losses(self, view: View, place: QPointF, step: int) -> Iterator[tuple[float, FoundValue]]:
        for smoothed, history, run, is_future, begin in self._smoothed():
            is_own = history is self._traces.history
            if begin <= step < len(smoothed) and (not is_own or self._traces.is_shown(CurveKind.SMOOTHED_LOSS.value)):
                value = FoundValue(CurveKind.SMOOTHED_LOSS, step, smoothed[step], history, run, is_future)
                yield _distance(view, value.value, place), value
        if self._traces.is_shown(CurveKind.TRAINING_LOSS.value) and (raw := self._raw_loss(view, place)) is not None:
            # A little farther off than it is: the strong line lies over it.
            yield LINE_REACH / 2 + raw[0] / 2, raw[1]

    def _raw_loss(self, view: View, place: QPointF) -> tuple[float, FoundValue] | None:
        """The loss nearest to a place among the steps of the columns beside it: a column may hold hundreds of them."""
        history, near = self._traces.history, 2 * view.ratio * view.steps_per_column
        middle = view.step(place.x() * view.ratio)
        near = min(near, MOST_STEPS / 2)
        first, last = max(0, math.floor(middle - near)), min(len(history), math.ceil(middle + near) + 1)
        if last <= first:
            return None
        rows = view.rows(history.loss.values(first, last)) / view.ratio
        distances = np.abs(rows - place.y())
        distances[~np.isfinite(distances)] = np.inf
        index = int(distances.argmin())
        value = FoundValue(CurveKind.TRAINING_LOSS, first + index, history.loss[first + index], history)
        return float(distances[index]), value

    def _differences(self, view: View, place: QPointF, step: int) -> Iterator[tuple[float, FoundValue]]:
        names = {id(reference): placed.overlay.label for placed, reference in self._traces.references.overlays}
        for each in self._difference.differences:
            if each.branch_step <= step < len(each.series):
                run = names.get(id(each.other), "")
                value = FoundValue(CurveKind.DIFFERENCE, step, each.series[step], self._traces.history, run)
                yield _distance(view, value.value, place), value

    @property
    def _factor(self) -> float:
        return axis_factor(self._traces.metric.metric)

    def _smoothed(self) -> list[tuple[Series, History, str, bool, int]]:
        """The smoothed losses that are drawn: series, history, name of the run, whether a ghost, first step."""
        traces, references = self._traces, self._traces.references
        found = [(traces.smoothed, traces.history, "", False, 0)]
        if (ghost := references.future) is not None:
            found.append((ghost.smoothed, ghost.history, "", True, len(traces.history)))
        found += [(each.smoothed, each.history, placed.overlay.label, False, 0) for placed, each in references.overlays]
        return found

    def _histories(self, plot: Plot) -> Sequence[tuple[History, str, bool, int]]:
        """The histories that are drawn in a plot: the name of the run, whether a ghost, the step they begin after."""
        traces, references = self._traces, self._traces.references
        found = [(traces.history, "", False, -1)]
        if (ghost := references.future) is not None:
            found.append((ghost.history, "", True, len(traces.history)))
        for placed, each in references.overlays:
            if plot is self._loss or each.metric == traces.metric.metric:
                found.append((each.history, placed.overlay.label, False, -1))
        return found


def _distance(view: View, value: float, place: QPointF, factor: float = 1.0) -> float:
    row = float(view.rows(np.array([value]), factor)[0]) / view.ratio
    return abs(row - place.y()) if math.isfinite(row) else math.inf


def _evaluated(history: History, run: str, *, is_future: bool) -> Iterator[FoundValue]:
    """The values of all evaluations of a history."""
    for each in history.evaluations:
        for kind, value in (
            (CurveKind.TEST_LOSS, each.average_loss),
            (CurveKind.VALIDATION_LOSS, each.validation_loss),
            (CurveKind.TEST_METRIC, each.metric),
            (CurveKind.VALIDATION_METRIC, each.validation_metric),
        ):
            if value is not None:
                yield FoundValue(kind, each.step, value, history, run, is_future)
