"""InspectionModel: which step and which predictions are looked at."""

import numpy as np
import pytest

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.errors import UserError
from workbench.engine.history.records import Evaluation, RunIdentity
from workbench.engine.protocol.events import Inspected, RunBranched, RunPaused, RunResumed
from workbench.engine.protocol.live_objects import HISTORIES, PREDICTIONS
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.engine.protocol.queries.predictions import PredictedOutputs, PredictTestSet
from workbench.ui.models.inspection_model import InspectionModel

SPEC = DataSpec(Task.CLASSIFICATION, (2,), ("a", "b"))


@pytest.fixture
def log():
    return PredictionLog(SPEC, np.zeros((4, 2), np.float32), np.array([0, 1, 0, 1]))


@pytest.fixture
def model(training, log):
    # A run that trains, 12 steps recorded, one evaluation at step 10.
    log.add(10, np.array([[2, 1], [0, 3], [1, 0], [1, 0]], np.float32))
    training.history.add_evaluation(Evaluation(10, 1, 0.5, 0.75))
    training.model.predictions = log
    return InspectionModel(training.model)


def test_that_while_a_run_trains_its_last_evaluation_is_looked_at(model, log):
    model.refresh()
    assert model.prediction_step == 10
    assert model.outputs is log.outputs(10)
    assert model.predicted.tolist() == [0, 1, 0, 0]
    assert np.allclose(model.probabilities.sum(axis=1), 1)
    assert model.wanted is None


def test_that_a_paused_run_is_looked_at_where_it_stands(training, model):
    training.emit(RunPaused(12))
    assert model.prediction_step == 12
    assert model.outputs is None
    assert model.wanted == (PredictTestSet(), None)


def test_that_an_answer_is_shown_and_not_asked_again(training, model):
    training.emit(RunPaused(12))
    heard = []
    model.predictions_changed.connect(lambda: heard.append(model.outputs))
    outputs = np.zeros((4, 2), np.float32)
    model.take(Inspected(PredictTestSet(), None, training.run.id, 12, PredictedOutputs(outputs)))
    assert heard[-1] is outputs
    assert model.wanted is None


def test_that_what_cannot_be_computed_is_not_asked_again(training, model):
    training.emit(RunPaused(12))
    model.take(Inspected(PredictTestSet(), None, training.run.id, 12, None, problem=UserError("Sorry.")))
    assert model.wanted is None
    assert str(model.problem) == "Sorry."


def test_that_looking_back_stays_at_its_step_while_the_run_goes_on(training, model, log):
    model.refresh()
    model.show_step(10)
    training.emit(RunPaused(12), RunResumed(12))
    assert model.prediction_step == 10
    model.show_step(None)
    log.add(20, np.zeros((4, 2), np.float32))
    assert model.prediction_step == 10  # the run has not come to step 20 yet


def test_that_the_stops_are_the_evaluations(model):
    model.refresh()
    assert model.stops == (10,)
    assert model.epoch_of(11) == 1
    assert model.epoch_of(9) == 0


def test_that_a_pair_is_looked_at_instead_of_one_sample_also_where_it_is_chosen_again(model):
    model.refresh()
    changes = []
    model.choice_changed.connect(lambda: changes.append((model.pair, model.sample)))
    model.choose_pair((1, 0))
    model.choose_sample(2)
    model.choose_pair((1, 0))
    model.choose_sample(3)
    model.choose_pair(None)
    assert changes == [((1, 0), None), ((1, 0), 2), ((1, 0), None), ((1, 0), 3), (None, 3)]


def test_that_a_branch_is_another_subject_with_the_choices_kept(training, model, log):
    model.refresh()
    model.choose_pair((1, 0))
    subjects = []
    model.subject_changed.connect(lambda: subjects.append(model.log))
    branch = log.copy(5)
    run = RunIdentity("b" * 16, training.run.id, 5)
    training.emit(RunBranched(run, HISTORIES.number_of(training.history), PREDICTIONS.number_of(branch)))
    assert subjects == [branch]
    assert model.pair == (1, 0)


def test_that_other_data_forget_what_was_chosen(training, model):
    model.refresh()
    model.choose_pair((1, 0))
    model.choose_sample(3)
    training.model.predictions = PredictionLog(SPEC, np.zeros((3, 2), np.float32), np.zeros(3, np.int64))
    model.refresh()
    assert (model.pair, model.sample) == (None, None)


def test_that_another_run_on_the_same_samples_keeps_what_was_chosen(training, model, log):
    model.refresh()
    model.choose_pair((1, 0))
    # Each run has arrays of its own over the data set's memory.
    training.model.predictions = PredictionLog(SPEC, log.inputs[:], log.targets[:])
    model.refresh()
    assert model.log is not log
    assert model.pair == (1, 0)


def test_that_an_earlier_evaluation_without_predictions_is_wanted_once_the_run_stands(training, model, log):
    training.history.add_evaluation(Evaluation(5, 1, 0.5, 0.75))
    assert model.earlier is None
    training.emit(RunPaused(12))
    assert model.earlier == 5
    heard = []
    model.earlier_changed.connect(lambda: heard.append(model.earlier))
    log.add(5, np.zeros((4, 2), np.float32))  # as the training side does before it answers
    model.take(Inspected(PredictTestSet(), 5, training.run.id, 5, PredictedOutputs(np.zeros((4, 2), np.float32))))
    assert heard == [None]


def test_that_an_earlier_evaluation_that_cannot_be_computed_is_not_wanted_again(training, model):
    training.history.add_evaluation(Evaluation(5, 1, 0.5, 0.75))
    training.emit(RunPaused(12))
    model.take(Inspected(PredictTestSet(), 5, training.run.id, 5, None, 0.0, UserError("The network failed.")))
    assert model.earlier is None


def test_that_of_many_evaluations_some_at_equal_distances_are_computed_anew(training, model):
    for step in range(11, 311):
        training.history.add_evaluation(Evaluation(step, step, 0.5, 0.75))
    assert model.some_stops[-1] == 310
    assert len(model.some_stops) <= 60
    assert set(np.diff(model.some_stops)) <= {6}
