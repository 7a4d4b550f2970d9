"""Experiments: the commands that are sent, the states between, and what is done with what was found."""

import numpy as np
import pytest

from workbench.engine.errors import UserError
from workbench.engine.history.records import Origin
from workbench.engine.protocol.commands import ChooseFuture, RunExperiment, SetValue, Stop
from workbench.engine.protocol.events import (
    ExperimentEnded,
    ExperimentProgressed,
    Outcome,
    RunEnded,
    RunPaused,
    RunResumed,
    Travelled,
)
from workbench.engine.protocol.experiments.checks import CheckFirstLoss
from workbench.engine.protocol.experiments.range_test import RangeTest
from workbench.engine.protocol.experiments.what_if import Fan, FutureEnd, FuturePath, Variant, WhatIf
from workbench.ui.controllers.experiments import Experiments
from workbench.ui.controllers.undo import UndoHistory
from workbench.ui.models.experiment_model import ExperimentModel
from workbench.ui.models.session_state import CAN_TRAIN, SessionState

TEST = RangeTest()
FAN = WhatIf((Variant((("learning_rate", 0.01),)), Variant((("learning_rate", 0.002),), "adam")), 5)
FOUND = Fan(12, np.ones(3, np.float32), (FuturePath(np.ones(5, np.float32), FutureEnd.REACHED),) * 2)


class Networks:
    def when_trusted(self, network, then):
        del network
        then()


class Said(list):
    def show_problem(self, problem, *_, **__):
        self.append(str(problem))


class Parts:
    def __init__(self, training):
        self.training, self.said = training, Said()
        self.undo = UndoHistory(training.settings, training.model, training.controller)
        training.settings.edited.connect(self.undo.on_edited)
        training.settings.value_edited.connect(training.controller.set_value)
        self.model = ExperimentModel(training.connection, training.model, training.settings)
        self.experiments = Experiments(
            training.connection,
            self.model,
            training.model,
            training.settings,
            training.controller,
            Networks(),
            self.said,
            self.undo,
        )

    @property
    def sent(self):
        return self.training.connection.sent

    @property
    def state(self):
        return self.training.state

    def end(self, experiment=TEST, finding=None, **more):
        self.training.emit(ExperimentEnded(experiment, self.training.run.id, 12, finding, **more))


@pytest.fixture
def on_training(training):
    return Parts(training)


@pytest.fixture
def on_paused(paused):
    return Parts(paused)


def test_that_a_paused_run_is_paused_again_after_an_experiment(on_paused):
    on_paused.experiments.begin_on_run(TEST)
    assert on_paused.sent == [RunExperiment(TEST)]
    assert on_paused.state is SessionState.EXPERIMENTING
    assert on_paused.state not in CAN_TRAIN
    on_paused.training.emit(ExperimentProgressed(TEST, 1, 300, None))
    on_paused.end()
    assert on_paused.state is SessionState.PAUSED
    assert on_paused.model.running is None


def test_that_a_run_that_trains_goes_on_after_an_experiment(on_training):
    on_training.experiments.begin_on_run(TEST)
    on_training.training.emit(RunPaused(12))
    assert on_training.state is SessionState.EXPERIMENTING
    on_training.end()
    on_training.training.emit(RunResumed(12))
    assert on_training.state is SessionState.TRAINING


def test_that_a_run_that_ends_meanwhile_has_ended_afterwards(on_training):
    on_training.experiments.begin_on_run(TEST)
    on_training.training.emit(RunEnded(Outcome.FINISHED, 12))
    assert on_training.state is SessionState.EXPERIMENTING
    on_training.end()
    assert on_training.state is SessionState.READY


@pytest.mark.parametrize("outcome", [Outcome.STOPPED, Outcome.FINISHED])
def test_that_after_a_run_an_experiment_leads_back_to_ready(on_paused, outcome):
    on_paused.training.controller.stop()
    on_paused.training.emit(RunEnded(outcome, 12))
    on_paused.experiments.begin_on_run(TEST)
    on_paused.end()
    assert on_paused.state is SessionState.READY


def test_that_cancel_sends_a_stop_and_the_run_is_as_before(on_paused):
    on_paused.experiments.cancel()
    assert on_paused.sent == []
    on_paused.experiments.begin_on_run(TEST)
    on_paused.experiments.cancel()
    on_paused.experiments.cancel()
    assert on_paused.sent == [RunExperiment(TEST), Stop()]
    assert on_paused.model.is_stopping
    on_paused.end(was_cancelled=True)
    assert on_paused.state is SessionState.PAUSED
    assert on_paused.model.trial(RangeTest).was_cancelled


def test_that_a_second_experiment_waits_for_the_first(on_paused):
    on_paused.experiments.begin_on_run(TEST)
    on_paused.experiments.begin_on_run(FAN)
    assert on_paused.sent == [RunExperiment(TEST)]
    assert on_paused.model.trial(WhatIf) is None


def test_that_sliders_do_not_reach_the_run_during_an_experiment(on_paused):
    on_paused.experiments.begin_on_run(TEST)
    on_paused.training.controller.set_value("learning_rate", 0.5)
    assert on_paused.sent == [RunExperiment(TEST)]


def test_that_a_new_network_is_tried_with_the_present_settings(on_paused):
    on_paused.training.settings.set_value("learning_rate", 0.7)
    on_paused.experiments.begin_on_new_network(CheckFirstLoss())
    (command,) = on_paused.sent
    assert command.recipe["learning_rate"] == 0.7
    assert on_paused.model.trial(CheckFirstLoss).run == ""


def test_that_a_rate_is_applied_as_an_edit_that_can_be_undone(on_paused):
    on_paused.experiments.apply_rate(0.13)
    assert on_paused.sent == [SetValue("learning_rate", 0.13, Origin.FINDER)]
    on_paused.undo.undo()
    assert on_paused.training.settings.value("learning_rate") == 0.001


@pytest.mark.parametrize(("rate", "applied"), [(1e-9, 1e-6), (50.0, 10.0)])
def test_that_a_rate_beyond_the_slider_is_the_sliders_end(on_paused, rate, applied):
    on_paused.experiments.apply_rate(rate)
    assert on_paused.training.settings.value("learning_rate") == applied


def test_that_choosing_a_future_sends_it_and_waits_for_the_travel(on_paused):
    on_paused.experiments.begin_on_run(FAN)
    on_paused.end(FAN, FOUND)
    on_paused.experiments.choose_future(0)
    assert on_paused.sent[-1] == ChooseFuture(0)
    assert on_paused.state is SessionState.TRAVELLING
    on_paused.training.emit(RunResumed(12), RunPaused(17), Travelled(17, 12, {}, None))
    assert on_paused.state is SessionState.PAUSED


def test_that_a_future_in_another_optimizer_is_set_for_the_next_run_as_one_undo(on_paused):
    on_paused.experiments.begin_on_run(FAN)
    on_paused.end(FAN, FOUND)
    on_paused.experiments.choose_future(1)
    assert on_paused.sent[-1] == Stop()
    settings = on_paused.training.settings
    assert (settings.choices()["optimizer"], settings.value("learning_rate")) == ("adam", 0.002)
    on_paused.training.emit(RunEnded(Outcome.STOPPED, 12))
    on_paused.undo.undo()
    assert settings.choices()["optimizer"] == "sgd"


def test_that_while_a_run_trains_the_next_ones_optimizer_is_not_set(on_training):
    on_training.experiments.begin_on_run(FAN)
    on_training.training.emit(RunPaused(12))
    on_training.end(FAN, FOUND)
    on_training.training.emit(RunResumed(12))
    on_training.experiments.choose_future(1)
    assert on_training.said
    assert on_training.training.settings.choices()["optimizer"] == "sgd"


def test_that_a_failure_is_kept_for_the_panel(on_paused):
    on_paused.experiments.begin_on_run(TEST)
    on_paused.end(problem=UserError("It failed."))
    assert str(on_paused.model.trial(RangeTest).problem) == "It failed."
