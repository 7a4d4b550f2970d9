"""ClassHistory: how a run's confusion matrix grew, evaluation by evaluation."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from workbench.engine.analysis.classification import ClassFigures, confusion_counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from workbench.engine.protocol.prediction_log import PredictionLog


class ClassHistory:
    """Counts the predictions of each evaluation that a PredictionLog keeps, once."""

    def __init__(self) -> None:
        # With the outputs that were counted: a branch evaluates the same steps anew.
        self._counted: dict[int, tuple[NDArray[np.float32], NDArray[np.int64], ClassFigures]] = {}

    def counts(self, log: PredictionLog, step: int) -> NDArray[np.int64] | None:
        """The confusion matrix (classes, classes), rows true, of the evaluation at `step`, or None."""
        self._forget_others(log)
        outputs = log.outputs(step)
        return None if outputs is None else self._entry(log, step, outputs)[1]

    def figures(self, log: PredictionLog, seconds: float = float("inf")) -> Mapping[int, ClassFigures]:
        """The figures of the classes at the evaluations that `log` keeps, by step, ascending.

        Args:
            log: of a classification.
            seconds: after which no further evaluation is counted: `is_complete` tells whether some are left.
        """
        end = time.monotonic() + seconds
        self._forget_others(log)
        found: dict[int, ClassFigures] = {}
        for step in log.steps:
            outputs = log.outputs(step)
            if outputs is not None and (self._is_counted(step, outputs) or time.monotonic() < end):
                found[step] = self._entry(log, step, outputs)[2]
        return found

    def is_complete(self, log: PredictionLog) -> bool:
        """Whether every evaluation that `log` keeps is counted."""
        return all(outputs is None or self._is_counted(s, outputs) for s in log.steps for outputs in [log.outputs(s)])

    def _forget_others(self, log: PredictionLog) -> None:
        """Let go of outputs that `log` does not keep any more."""
        self._counted = {step: entry for step, entry in self._counted.items() if log.outputs(step) is entry[0]}

    def _is_counted(self, step: int, outputs: NDArray[np.float32]) -> bool:
        return step in self._counted and self._counted[step][0] is outputs

    def _entry(
        self, log: PredictionLog, step: int, outputs: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64], ClassFigures]:
        if not self._is_counted(step, outputs):
            counts = confusion_counts(outputs.argmax(axis=1), log.targets, log.spec.output_count)
            self._counted[step] = (outputs, counts, ClassFigures.of(counts))
        return self._counted[step]
