"""RunModel: events in every order, from a connection that emits none by itself."""

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import ShownRunParts
from workbench.engine.errors import UserError
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, Evaluation, RunIdentity
from workbench.engine.protocol.commands import Pause
from workbench.engine.protocol.events import (
    OpenFailed,
    Outcome,
    RunBranched,
    RunEnded,
    RunPaused,
    RunResumed,
    TravelFailed,
    ValueChanged,
)
from workbench.engine.protocol.live_objects import HISTORIES
from workbench.engine.recipe import Recipe
from workbench.ui.models.session_state import SessionState


def test_that_a_run_that_ends_while_it_is_being_paused_has_ended(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    training = ShownRunParts(window)
    training.train()
    training.controller.pause_or_resume()
    assert training.connection.sent == [Pause()]
    assert training.state is SessionState.PAUSING
    training.emit(RunEnded(Outcome.FINISHED, 30))
    assert training.state is SessionState.READY
    assert "Finished" in training.status.findChild(QObject, "status_state").text()


def test_that_a_pause_reported_after_stop_was_requested_does_not_undo_the_request(training):
    training.controller.pause_or_resume()
    training.controller.stop()
    training.emit(RunPaused(12))
    assert training.state is SessionState.STOPPING
    training.emit(RunEnded(Outcome.STOPPED, 12))
    assert training.state is SessionState.READY


def test_that_a_pause_during_a_travel_does_not_end_the_travel(training):
    training.controller.go_to(5)
    training.emit(RunPaused(12))
    assert training.state is SessionState.TRAVELLING
    training.emit(training.travelled(5))
    assert training.state is SessionState.PAUSED
    assert training.travels == [("a" * 16, 12, 5)]
    assert training.model.last_step == 12


def test_that_a_travel_by_undo_is_not_reported_as_one_to_undo(training):
    training.controller.return_to("a" * 16, 5)
    training.emit(training.travelled(5))
    assert training.travels == []
    training.controller.go_to(3)
    training.emit(training.travelled(3))
    assert len(training.travels) == 1


def test_that_a_travel_that_fails_is_reported_and_the_run_is_paused(training):
    training.controller.go_to(5)
    training.emit(TravelFailed(UserError("Not there: choose another.")))
    assert training.state is SessionState.PAUSED
    assert training.problems == ["Not there: choose another."]


def test_that_a_travel_the_user_cancelled_is_not_reported_as_failed(training):
    training.controller.go_to(5)
    training.controller.stop()
    training.emit(TravelFailed(UserError("It was cancelled.")))
    assert training.problems == []


def test_that_a_run_that_becomes_a_future_travels_until_the_end_of_the_future(paused):
    taken = []
    paused.model.future_taken.connect(lambda *what: taken.append(what))
    paused.model.request_future(20)
    paused.emit(paused.travelled(7))
    assert paused.state is SessionState.TRAVELLING
    paused.emit(RunResumed(7))
    paused.emit(RunPaused(20))
    assert paused.state is SessionState.TRAVELLING
    paused.emit(paused.travelled(20))
    assert paused.state is SessionState.PAUSED
    assert taken == [("a" * 16, 12, "a" * 16, 20)]


def test_that_an_opened_run_shows_its_own_settings(paused):
    paused.controller.open_run("b" * 16)
    paused.run, paused.history = RunIdentity("b" * 16), History()
    paused.record(4)
    paused.emit(paused.started(Recipe(optimizer="adam", values={"epochs": 3, "seed": 5}), learning_rate=0.5))
    paused.emit(RunPaused(4))
    assert paused.state is SessionState.PAUSED
    assert paused.settings.choices()["optimizer"] == "adam"
    assert (paused.settings.values()["seed"], paused.settings.values()["learning_rate"]) == (5, 0.5)
    assert not paused.weights.is_unsaved


def test_that_after_opening_failed_the_current_run_is_still_paused(paused):
    paused.controller.open_run("b" * 16)
    paused.emit(OpenFailed(UserError("It is gone: open another.")))
    assert paused.state is SessionState.PAUSED
    assert paused.model.run == paused.run
    assert paused.problems == ["It is gone: open another."]


def test_that_a_change_moves_the_control_unless_the_user_has_requested_a_newer_value(training):
    training.emit(ValueChanged(Change(12, "learning_rate", 0.001, 0.3)))
    assert training.settings.values()["learning_rate"] == 0.3
    training.settings.set_value("momentum", 0.9)
    training.controller.set_value("momentum", 0.5)
    training.controller.set_value("momentum", 0.9)
    training.emit(ValueChanged(Change(12, "momentum", 0.0, 0.5)))
    assert training.settings.values()["momentum"] == 0.9


def test_that_a_branch_is_another_run_without_a_recording(paused):
    paused.controller.go_to(5)
    paused.emit(paused.travelled(5))
    assert paused.model.recording is not None
    branch = RunIdentity("b" * 16, "a" * 16, 5)
    paused.emit(RunBranched(branch, HISTORIES.number_of(paused.recording)), RunResumed(5))
    assert paused.model.run == branch
    assert paused.model.recording is None


def test_that_a_run_whose_samples_are_gone_is_known_to_have_had_some_for_validation(training):
    training.emit(training.started())
    assert not training.model.has_validation
    training.emit(replace(training.started(), validation_count=3))
    assert training.model.has_validation
    training.history.evaluations.append(Evaluation(12, 1, 1.0, 0.5, validation_loss=2.0, validation_metric=0.25))
    training.emit(training.started())
    assert training.model.has_validation
