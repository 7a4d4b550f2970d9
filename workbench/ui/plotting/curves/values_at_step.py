"""What each run in the plots has recorded at one step."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from workbench.ui.models.run_values import RunKind, RunValues

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History
    from workbench.engine.history.series import Series
    from workbench.ui.plotting.curves.learning_rate_plot import RateCurve
    from workbench.ui.plotting.curves.traces import Traces


def values_at(
    traces: Traces,
    rates_at: Callable[[int], tuple[float, float] | None],
    future_rate: RateCurve | None,
    names: tuple[str, str],
    step: int | None,
) -> list[RunValues]:
    """The values of the current run and of those beside it.

    Args:
        traces: the curves.
        rates_at: the slider's value and the rate used by a step of the current run.
        future_rate: the rate of the recorded run that is drawn beside it.
        names: of the current run, and of the recorded one.
        step: counted from 0; None for the newest of the current run. A shorter run has its last values.
    """
    present = len(traces.history)
    step = max(0, present - 1) if step is None else step
    found = []
    metric = traces.metric.metric
    if present:
        last = min(step, present - 1)
        rates = rates_at(last)
        rate = None if rates is None else rates[1]
        found.append(_values(names[0], RunKind.CURRENT, 0, (traces.history, traces.smoothed), metric, step, rate))
    future = traces.references.future
    begin = traces.references.ghost_begin(present)
    if future is not None and begin <= step and len(future.history) > begin:
        recorded = future.history, future.smoothed
        rate = _rate_at(future_rate, min(step, len(future.history) - 1))
        found.append(_values(names[1], RunKind.RECORDED, 0, recorded, metric, step, rate))
    for placed, reference in traces.references.overlays:
        overlay, history = placed.overlay, reference.history
        if len(history):
            rate = _rate_at(overlay.rate, min(step, len(history) - 1))
            recorded = history, reference.smoothed
            found.append(_values(overlay.label, RunKind.OTHER, placed.slot, recorded, overlay.metric, step, rate))
    return found


def _values(
    name: str,
    kind: RunKind,
    slot: int,
    recorded: tuple[History, Series],
    metric: Metric,
    step: int,
    rate: float | None,
) -> RunValues:
    history, smoothed = recorded
    at = min(step, len(history) - 1)
    starts, evaluations = history.epoch_starts, history.evaluations
    epoch = bisect_right(starts, at, key=lambda start: start.step) - 1
    # An evaluation after `at` + 1 updates lies right after the step `at`.
    test = bisect_right(evaluations, at + 1, key=lambda evaluation: evaluation.step) - 1
    return RunValues(
        name=name,
        kind=kind,
        slot=slot,
        step=at,
        has_ended=at < step,
        epoch=starts[epoch].epoch if epoch >= 0 else None,
        loss=history.loss[at],
        smoothed=smoothed[at] if at < len(smoothed) else None,
        metric=metric,
        training=history.metric[at],
        test=evaluations[test] if test >= 0 else None,
        rate=rate,
    )


def _rate_at(curve: RateCurve | None, step: int) -> float | None:
    return None if curve is None else float(curve.at(np.array([step], np.int64))[1][0])
