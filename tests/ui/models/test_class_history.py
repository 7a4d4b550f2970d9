"""ClassHistory: each evaluation is counted once."""

import numpy as np
import pytest

from tests.ui.prediction_parts import outputs_for
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.ui.models import class_history
from workbench.ui.models.class_history import ClassHistory

LABELS = np.array([0, 0, 1, 1])


@pytest.fixture
def log():
    spec = DataSpec(Task.CLASSIFICATION, (2,), ("a", "b"))
    log = PredictionLog(spec, np.zeros((4, 2), np.float32), LABELS)
    log.add(10, outputs_for([0, 1, 1, 1], 2))
    log.add(20, outputs_for([0, 0, 1, 0], 2))
    return log


@pytest.fixture
def counted(monkeypatch):
    calls = []

    def counting(*arguments):
        calls.append(arguments)
        return original(*arguments)

    original = class_history.confusion_counts
    monkeypatch.setattr(class_history, "confusion_counts", counting)
    return calls


def test_that_it_has_the_figures_of_each_evaluation(log):
    figures = ClassHistory().figures(log)
    assert {step: each.recall.tolist() for step, each in figures.items()} == {10: [0.5, 1.0], 20: [1.0, 0.5]}
    assert ClassHistory().counts(log, 20).tolist() == [[2, 0], [1, 1]]
    assert ClassHistory().counts(log, 15) is None


def test_that_an_evaluation_is_counted_once(log, counted):
    history = ClassHistory()
    history.figures(log)
    history.counts(log, 10)
    log.add(30, outputs_for([0, 0, 1, 1], 2))
    history.figures(log)
    assert len(counted) == 3


def test_that_an_evaluation_of_a_branch_at_the_same_step_is_counted_anew(log):
    history = ClassHistory()
    history.figures(log)
    branch = log.copy(10)
    branch.add(20, outputs_for([1, 1, 1, 1], 2))
    assert history.figures(branch)[20].recall.tolist() == [0.0, 1.0]
    assert history.figures(log)[20].recall.tolist() == [1.0, 0.5]


def test_that_it_stops_counting_when_its_time_is_over_and_goes_on_later(log):
    history = ClassHistory()
    assert history.figures(log, seconds=0.0) == {}
    assert not history.is_complete(log)
    assert list(history.figures(log)) == [10, 20]
    assert history.is_complete(log)
    assert list(history.figures(log, seconds=0.0)) == [10, 20]
