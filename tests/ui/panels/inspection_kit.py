"""What the tests of the panels that explain a run share: a paused run with predictions of a small test set."""

import numpy as np

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.history.records import Evaluation
from workbench.engine.protocol.events import RunPaused
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.ui.models.inspection_model import InspectionModel

NAMES = ("T-shirt/top", "<b>Bag</b> & co", "Shirt")
IMAGES = DataSpec(Task.CLASSIFICATION, (1, 8, 8), NAMES)


def images(count):
    return np.random.default_rng(1).integers(0, 256, (count, 1, 8, 8)).astype(np.uint8)


def model_of(training, spec, inputs, targets, outputs_by_step):
    """The model of a run that is paused at the last of these steps."""
    log = PredictionLog(spec, inputs, targets)
    last = max(outputs_by_step)
    training.record(last - len(training.history))
    for number, (step, outputs) in enumerate(sorted(outputs_by_step.items()), 1):
        log.add(step, np.asarray(outputs, np.float32))
        training.history.add_evaluation(Evaluation(step, number, 0.5, 0.75))
    training.model.predictions = log
    model = InspectionModel(training.model)
    training.emit(RunPaused(last))
    return model
