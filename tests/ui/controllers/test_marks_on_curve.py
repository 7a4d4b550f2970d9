"""MarksOnCurve: the curves show which batch and which futures are looked at."""

import numpy as np
import pytest

from workbench.engine.protocol.events import ExperimentEnded
from workbench.engine.protocol.experiments.what_if import Fan, FutureEnd, FuturePath, Variant, WhatIf
from workbench.ui.controllers.marks_on_curve import MarksOnCurve
from workbench.ui.models.experiment_model import ExperimentModel
from workbench.ui.models.inspection_model import InspectionModel

FAN = Fan(12, np.ones(3, np.float32), (FuturePath(np.linspace(2, 1, 5, dtype=np.float32), FutureEnd.REACHED),))


class Plots:
    def __init__(self):
        self.batches, self.fans = [], []
        self.set_batch_step, self.set_fan = self.batches.append, self.fans.append


@pytest.fixture
def parts(paused):
    inspection = InspectionModel(paused.model)
    experiments = ExperimentModel(paused.connection, paused.model, paused.settings)
    plots = Plots()
    return paused, inspection, experiments, plots, MarksOnCurve(inspection, experiments, plots)


def test_that_the_step_of_the_batch_is_marked(parts):
    _, inspection, _, plots, _ = parts
    inspection.choose_batch(7)
    inspection.choose_batch(None)
    assert plots.batches == [7, None]


def test_that_futures_are_drawn_once_for_each_change(parts):
    training, _, experiments, plots, _ = parts
    experiment = WhatIf((Variant((("learning_rate", 0.01),)),), 5)
    training.emit(ExperimentEnded(experiment, training.run.id, 12, FAN))
    assert plots.fans == []
    experiments.set_on_curve(True)
    experiments.changed.emit(None)
    (drawn,) = plots.fans
    assert (drawn.start, drawn.reach, drawn.chosen) == (12, 17, None)
    experiments.look_at_future(0)
    assert plots.fans[-1].chosen == 0
    experiments.set_on_curve(False)
    assert plots.fans[-1] is None
