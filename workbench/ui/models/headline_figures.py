"""The result of a run in a few figures: where it stands, what is best, and what changed since the last epoch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Evaluation
    from workbench.engine.history.series import Series


@dataclass(frozen=True, slots=True)
class Headline:
    """Values as recorded, a share from 0 to 1; None where there is none yet.

    Attributes:
        metric: of the run's task.
        loss: the training loss now, smoothed.
        loss_change: by how much it differs from its value at the end of the epoch before.
        training: the metric of the training, running within the epoch.
        training_change: by how much it differs from its value at the end of the epoch before.
        test: the metric of the last test.
        test_change: by how much it differs from that of the test before.
        best: the best metric of all tests.
        best_epoch: the epoch that it closed.
    """

    metric: Metric
    loss: float | None = None
    loss_change: float | None = None
    training: float | None = None
    training_change: float | None = None
    test: float | None = None
    test_change: float | None = None
    best: float | None = None
    best_epoch: int | None = None


def headline_of(history: History, smoothed: Series, metric: Metric) -> Headline:
    """The figures of a run.

    Args:
        history: of the run; the training thread may be appending to it.
        smoothed: its training loss, smoothed; may not reach as far yet.
        metric: of its task.
    """
    evaluations, steps, known = history.evaluations, len(history), len(smoothed)
    loss = smoothed[known - 1] if known else None
    training = history.metric[steps - 1] if steps else None
    # Right after a test, the epoch before it is meant, not the one that it closes.
    ends = [each.step for each in evaluations[-2:] if 0 < each.step < steps]
    end = ends[-1] if ends else 0
    test = evaluations[-1].metric if evaluations else None
    before = evaluations[-2].metric if len(evaluations) > 1 else None
    best = _best(evaluations, metric)
    return Headline(
        metric,
        loss,
        _change(loss, smoothed[end - 1] if 0 < end <= known else None),
        training,
        _change(training, history.metric[end - 1] if end else None),
        test,
        _change(test, before),
        None if best is None else best.metric,
        None if best is None else best.epoch,
    )


def _best(evaluations: list[Evaluation], metric: Metric) -> Evaluation | None:
    """The first of those with the best metric; NaN is never best."""
    known = [each for each in evaluations if not math.isnan(each.metric)]
    if not known:
        return None
    return (min if metric.lower_is_better else max)(known, key=lambda each: each.metric)


def _change(now: float | None, before: float | None) -> float | None:
    if now is None or before is None or not math.isfinite(now - before):
        return None
    return now - before
