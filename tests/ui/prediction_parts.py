"""A finished run whose predictions are known, for the panels that explain it."""

from __future__ import annotations

import numpy as np

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.history.records import Evaluation
from workbench.engine.protocol.events import RunPaused
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.ui.models.inspection_model import InspectionModel


def outputs_for(predicted, classes):
    """Outputs (N, classes) whose largest is at `predicted`."""
    outputs = np.zeros((len(predicted), classes), np.float32)
    outputs[np.arange(len(predicted)), predicted] = 3
    return outputs


def labels_of(counts):
    """The true and predicted labels (N,) of samples with this confusion matrix."""
    pairs = [(true, predicted) for (true, predicted), count in np.ndenumerate(counts) for _ in range(count)]
    true, predicted = np.array(pairs, np.int64).T
    return true, predicted


class ClassifiedRun:
    """A paused run with classes.

    Args:
        training: the fixture.
        names: of the classes.
        labels: true ones (N,).
        predictions: predicted labels (N,) by step; the run stands at the last one, which is no evaluation if it is 12.
    """

    def __init__(self, training, names, labels, predictions):
        spec = DataSpec(Task.CLASSIFICATION, (2,), tuple(names))
        self.training = training
        self.log = PredictionLog(spec, np.zeros((len(labels), 2), np.float32), labels)
        for step, predicted in predictions.items():
            self.log.add(step, outputs_for(predicted, len(names)))
            training.history.add_evaluation(Evaluation(step, 1, 0.5, 0.75))
        training.model.predictions = self.log
        self.model = InspectionModel(training.model)
        training.emit(RunPaused(max(predictions)))
        self.model.refresh()

    @classmethod
    def of_counts(cls, training, names, counts):
        """With this confusion matrix at step 12."""
        true, predicted = labels_of(np.array(counts))
        return cls(training, names, true, {12: predicted})


class RegressionRun:
    """A paused run with numbers to predict."""

    def __init__(self, training, target_names, targets, outputs):
        spec = DataSpec(Task.REGRESSION, (1,), target_names=tuple(target_names))
        self.log = PredictionLog(spec, np.zeros((len(targets), 1), np.float32), targets)
        self.log.add(12, outputs)
        training.history.add_evaluation(Evaluation(12, 1, 0.5, 0.75, r2=0.5))
        training.model.predictions = self.log
        self.model = InspectionModel(training.model)
        training.emit(RunPaused(12))
        self.model.refresh()
