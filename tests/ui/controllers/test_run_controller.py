"""RunController: which commands it sends in which state; tests/end_to_end have real threads."""

import pytest

from workbench.engine.errors import UserError
from workbench.engine.history.records import Origin
from workbench.engine.protocol.commands import OpenRun, Resume, RunSteps, SetValue, Stop
from workbench.engine.protocol.events import (
    Outcome,
    RunDiscarded,
    RunEnded,
    RunPaused,
    RunResumed,
)
from workbench.ui.models.session_state import SessionState


def test_that_a_run_is_paused_after_two_requested_steps(paused):
    paused.controller.train_on(RunSteps(1))
    paused.controller.train_on(RunSteps(1))
    assert paused.connection.sent == [RunSteps(1), RunSteps(1)]
    paused.emit(RunResumed(12), RunPaused(13))
    assert paused.state is SessionState.PAUSED
    paused.emit(RunResumed(13))
    assert paused.state is SessionState.TRAINING
    paused.emit(RunPaused(14))
    assert paused.state is SessionState.PAUSED


def test_that_returning_to_a_step_of_another_run_opens_that_run(paused):
    paused.controller.return_to("b" * 16, 7)
    assert paused.connection.sent == [OpenRun("b" * 16, 7)]
    assert paused.state is SessionState.OPENING


def test_that_a_run_that_trains_is_stopped_before_another_is_opened(training):
    training.controller.open_run("b" * 16)
    assert training.connection.sent == [Stop(), OpenRun("b" * 16, None)]
    training.emit(RunEnded(Outcome.STOPPED, 12))
    assert training.state is SessionState.OPENING


def test_that_a_slider_changes_a_paused_run_and_after_its_end_only_the_next_one(paused):
    paused.controller.set_value("learning_rate", 0.1)
    assert paused.connection.sent == [SetValue("learning_rate", 0.1)]
    paused.controller.stop()
    paused.emit(RunEnded(Outcome.STOPPED, 12))
    paused.controller.set_value("learning_rate", 0.2)
    assert paused.connection.sent[1:] == [Stop()]


def test_that_training_on_after_the_end_uses_the_live_values_set_since(paused):
    paused.controller.stop()
    paused.emit(RunEnded(Outcome.STOPPED, 12))
    paused.settings.set_value("learning_rate", 0.2)
    paused.settings.set_value("seed", 7)
    paused.connection.sent.clear()
    paused.controller.train_on(Resume())
    assert paused.connection.sent == [SetValue("epochs", 10), SetValue("learning_rate", 0.2), Resume()]
    assert paused.settings.values()["seed"] == 0


def test_that_resuming_slower_edits_the_learning_rate_and_trains_on(paused, qtbot):
    paused.settings.value_edited.connect(paused.controller.set_value)
    with qtbot.waitSignal(paused.settings.edited) as edited:
        paused.controller.resume_slower()
    assert edited.args == ["learning_rate", 0.001, pytest.approx(0.0001)]
    assert paused.connection.sent == [SetValue("learning_rate", pytest.approx(0.0001), Origin.GUARD), Resume()]


def test_that_after_a_run_was_discarded_there_is_no_current_run(paused):
    paused.controller.discard()
    paused.emit(RunDiscarded(paused.run))
    assert paused.state is SessionState.READY
    assert paused.model.run is None
    assert not paused.weights.has_weights
    paused.connection.sent.clear()
    paused.controller.train_on(Resume())
    paused.controller.go_to(3)
    assert paused.connection.sent == []


def test_that_a_failed_run_can_be_seen_but_not_trained_on(training):
    training.emit(RunEnded(Outcome.FAILED, 12, UserError("It broke: try again."), "Traceback"))
    assert training.model.run is None
    assert training.model.history is training.history
    training.connection.sent.clear()
    training.controller.go_to(3)
    assert training.connection.sent == []
