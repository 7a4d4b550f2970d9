"""Events in every order, from a connection that emits none by itself; tests/end_to_end have real threads."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.engine.errors import UserError
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, RunIdentity
from workbench.engine.protocol.commands import OpenRun, Pause, Resume, RunSteps, SetValue, Stop
from workbench.engine.protocol.events import (
    OpenFailed,
    Outcome,
    RunBranched,
    RunDiscarded,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    TorchLoaded,
    TravelFailed,
    Travelled,
    ValueChanged,
)
from workbench.engine.protocol.live_objects import HISTORIES, PROGRESS
from workbench.engine.protocol.run_progress import RunProgress
from workbench.engine.recipe import Recipe
from workbench.ui.connection.connection import Connection, signal_name
from workbench.ui.controllers.live_view import LiveView
from workbench.ui.controllers.run_controller import RunController
from workbench.ui.controllers.weights_files import WeightsFiles
from workbench.ui.models.run_model import RunModel
from workbench.ui.models.session_state import SessionState
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.panels.settings import SettingsPanel
from workbench.ui.panels.status import StatusPanel

RECIPE = Recipe(values={"epochs": 3})


class SilentConnection(QObject, Connection):
    """Emits nothing by itself, and keeps what it is sent."""

    def __init__(self, parent):
        super().__init__(parent)
        self.sent = []

    def send(self, command):
        self.sent.append(command)

    def history(self, number):
        return HISTORIES.find(number)

    def progress(self, number):
        return PROGRESS.find(number)


class Cockpit:
    """A run model with its controller and its views, and what it has emitted."""

    def __init__(self, window):
        self.connection = SilentConnection(window)
        self.settings = SettingsModel(window)
        self.model = RunModel(self.connection, self.settings, window)
        self.controls = SettingsPanel(self.settings, window)
        self.plots = CurvesPanel(window)
        self.status = StatusPanel(window)
        self.weights = WeightsFiles(self.connection, window)
        self.view = LiveView(self.model, self.plots, self.status, window)
        self.controller = RunController(self.connection, self.model, self.settings, window)
        self.problems, self.journeys = [], []
        self.model.failed.connect(lambda problem, _: self.problems.append(str(problem)))
        self.model.journey_made.connect(lambda *journey: self.journeys.append(journey))
        self.connect_as_the_window_does()
        self.history, self.recording = History(), History()
        self.progress = RunProgress(planned_epochs=3, planned_steps=30)
        self.run = RunIdentity("a" * 16)

    def connect_as_the_window_does(self):
        run, weights, view = self.model, self.weights, self.view
        run.started.connect(weights.on_run_started)
        run.resumed.connect(weights.on_run_started)
        run.ended.connect(weights.on_run_ended)
        run.discarded.connect(weights.on_run_discarded)
        for name in ("started", "resumed", "paused", "branched", "future_reached", "travelled", "ended", "discarded"):
            getattr(run, name).connect(getattr(view, f"on_{name}"))
        run.value_changed.connect(view.on_value_changed)
        run.busy.connect(self.status.show_busy)
        run.changed.connect(lambda: self.controls.set_running(run.state.is_running))

    @property
    def state(self):
        return self.model.state

    def emit(self, *events):
        for event in events:
            getattr(self.connection, signal_name(type(event))).emit(event)

    def started(self, recipe=RECIPE, **values):
        numbers = HISTORIES.number_of(self.history), PROGRESS.number_of(self.progress)
        return RunStarted(recipe, *numbers, 640, 1, self.run, {**recipe.values, **values})

    def train(self):
        self.emit(TorchLoaded("2.9", 1, {}))
        self.controller.train(RECIPE, dataset_chosen=True)
        self.emit(self.started())
        self.record(12)
        self.connection.sent.clear()

    def record(self, count):
        for _ in range(count):
            self.history.add_step(1.0, 0.5)

    def travelled(self, step, **values):
        self.recording, origin = self.history.copy(), len(self.history)
        self.history.truncate(step)
        return Travelled(step, origin, {**RECIPE.values, **values}, HISTORIES.number_of(self.recording))


@pytest.fixture
def cockpit(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    cockpit = Cockpit(window)
    cockpit.train()
    return cockpit


@pytest.fixture
def resting(cockpit):
    cockpit.controller.pause_or_resume()
    cockpit.emit(RunPaused(12))
    cockpit.connection.sent.clear()
    return cockpit


def test_that_a_pause_that_comes_too_late_ends_as_the_run_did(cockpit):
    cockpit.controller.pause_or_resume()
    assert cockpit.connection.sent == [Pause()]
    assert cockpit.state is SessionState.PAUSING
    cockpit.emit(RunEnded(Outcome.FINISHED, 30))
    assert cockpit.state is SessionState.READY
    assert "Finished" in cockpit.status.findChild(QObject, "status_state").text()


def test_that_a_stop_outlives_news_of_a_pause(cockpit):
    cockpit.controller.pause_or_resume()
    cockpit.controller.stop()
    cockpit.emit(RunPaused(12))
    assert cockpit.state is SessionState.STOPPING
    cockpit.emit(RunEnded(Outcome.STOPPED, 12))
    assert cockpit.state is SessionState.READY


def test_that_a_step_asked_for_twice_rests_once_both_are_done(resting):
    resting.controller.step_once()
    resting.controller.step_once()
    assert resting.connection.sent == [RunSteps(1), RunSteps(1)]
    resting.emit(RunResumed(12), RunPaused(13))
    assert resting.state is SessionState.PAUSED
    resting.emit(RunResumed(13))
    assert resting.state is SessionState.TRAINING
    resting.emit(RunPaused(14))
    assert resting.state is SessionState.PAUSED


def test_that_a_run_that_rests_on_the_way_to_another_step_is_still_on_the_way(cockpit):
    cockpit.controller.go_to(5)
    cockpit.emit(RunPaused(12))
    assert cockpit.state is SessionState.TRAVELLING
    cockpit.emit(cockpit.travelled(5))
    assert cockpit.state is SessionState.PAUSED
    assert cockpit.journeys == [("a" * 16, 12, 5)]
    assert cockpit.model.last_step == 12


def test_that_an_undone_journey_is_no_journey(cockpit):
    cockpit.controller.return_to("a" * 16, 5)
    cockpit.emit(cockpit.travelled(5))
    assert cockpit.journeys == []
    cockpit.controller.go_to(3)
    cockpit.emit(cockpit.travelled(3))
    assert len(cockpit.journeys) == 1


def test_that_a_journey_that_fails_is_told_and_the_run_rests(cockpit):
    cockpit.controller.go_to(5)
    cockpit.emit(TravelFailed(UserError("No way: stay.")))
    assert cockpit.state is SessionState.PAUSED
    assert cockpit.problems == ["No way: stay."]


def test_that_nobody_is_told_of_a_journey_they_gave_up(cockpit):
    cockpit.controller.go_to(5)
    cockpit.controller.stop()
    cockpit.emit(TravelFailed(UserError("It was given up.")))
    assert cockpit.problems == []


def test_that_to_be_in_another_run_is_to_open_it(resting):
    resting.controller.return_to("b" * 16, 7)
    assert resting.connection.sent == [OpenRun("b" * 16, 7)]
    assert resting.state is SessionState.OPENING


def test_that_an_opened_run_shows_its_own_settings(resting):
    resting.controller.open_run("b" * 16)
    resting.run, resting.history = RunIdentity("b" * 16), History()
    resting.record(4)
    resting.emit(resting.started(Recipe(optimizer="adam", values={"epochs": 3, "seed": 5}), learning_rate=0.5))
    resting.emit(RunPaused(4))
    assert resting.state is SessionState.PAUSED
    assert resting.settings.choices()["optimizer"] == "adam"
    assert (resting.settings.values()["seed"], resting.settings.values()["learning_rate"]) == (5, 0.5)
    assert not resting.weights.is_unsaved


def test_that_where_opening_fails_the_run_in_hand_still_rests(resting):
    resting.controller.open_run("b" * 16)
    resting.emit(OpenFailed(UserError("It is gone: open another.")))
    assert resting.state is SessionState.PAUSED
    assert resting.model.run == resting.run
    assert resting.problems == ["It is gone: open another."]


def test_that_a_run_that_trains_is_stopped_before_another_is_opened(cockpit):
    cockpit.controller.open_run("b" * 16)
    assert cockpit.connection.sent == [Stop(), OpenRun("b" * 16, None)]
    cockpit.emit(RunEnded(Outcome.STOPPED, 12))
    assert cockpit.state is SessionState.OPENING


def test_that_a_slider_at_rest_means_the_run_and_after_its_end_the_next(resting):
    resting.controller.set_value("learning_rate", 0.1)
    assert resting.connection.sent == [SetValue("learning_rate", 0.1)]
    resting.controller.stop()
    resting.emit(RunEnded(Outcome.STOPPED, 12))
    resting.controller.set_value("learning_rate", 0.2)
    assert resting.connection.sent[1:] == [Stop()]


def test_that_going_on_after_the_end_takes_along_what_was_set_and_can_still_change(resting):
    resting.controller.stop()
    resting.emit(RunEnded(Outcome.STOPPED, 12))
    resting.settings.set_value("learning_rate", 0.2)
    resting.settings.set_value("seed", 7)
    resting.connection.sent.clear()
    resting.controller.resume()
    assert resting.connection.sent == [SetValue("epochs", 10), SetValue("learning_rate", 0.2), Resume()]
    assert resting.settings.values()["seed"] == 0


def test_that_a_change_nobody_wished_moves_the_control_and_one_overtaken_does_not(cockpit):
    cockpit.emit(ValueChanged(Change(12, "learning_rate", 0.001, 0.3)))
    assert cockpit.settings.values()["learning_rate"] == 0.3
    cockpit.settings.set_value("momentum", 0.9)
    cockpit.controller.set_value("momentum", 0.5)
    cockpit.controller.set_value("momentum", 0.9)
    cockpit.emit(ValueChanged(Change(12, "momentum", 0.0, 0.5)))
    assert cockpit.settings.values()["momentum"] == 0.9


def test_that_a_tenth_of_the_rate_is_an_edit_and_then_the_run_goes_on(resting, qtbot):
    resting.settings.value_edited.connect(resting.controller.set_value)
    with qtbot.waitSignal(resting.settings.edited) as edited:
        resting.controller.resume_slower()
    assert edited.args == ["learning_rate", 0.001, pytest.approx(0.0001)]
    assert resting.connection.sent == [SetValue("learning_rate", pytest.approx(0.0001)), Resume()]


def test_that_a_branch_is_another_run_with_nothing_recorded_ahead(resting):
    resting.controller.go_to(5)
    resting.emit(resting.travelled(5))
    assert resting.model.future is not None
    branch = RunIdentity("b" * 16, "a" * 16, 5)
    resting.emit(RunBranched(branch, HISTORIES.number_of(resting.recording)), RunResumed(5))
    assert resting.model.run == branch
    assert resting.model.future is None


def test_that_a_discarded_run_leaves_nothing_in_hand(resting):
    resting.controller.discard()
    resting.emit(RunDiscarded(resting.run))
    assert resting.state is SessionState.READY
    assert resting.model.run is None
    assert not resting.weights.has_weights
    resting.connection.sent.clear()
    resting.controller.resume()
    resting.controller.go_to(3)
    assert resting.connection.sent == []


def test_that_a_run_that_failed_is_to_be_seen_but_not_to_be_gone_on_with(cockpit):
    cockpit.emit(RunEnded(Outcome.FAILED, 12, UserError("It broke: try again."), "Traceback"))
    assert cockpit.model.run is None
    assert cockpit.model.history is cockpit.history
    cockpit.connection.sent.clear()
    cockpit.controller.go_to(3)
    assert cockpit.connection.sent == []
