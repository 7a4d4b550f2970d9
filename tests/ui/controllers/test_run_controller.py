"""News in every order, told by a thread that does nothing by itself; real threads are in tests/end_to_end."""

import pytest
from PySide6.QtCore import QObject, Signal
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
    RunProgress,
    RunResumed,
    RunStarted,
    TravelFailed,
    Travelled,
    ValueChanged,
)
from workbench.engine.recipe import Recipe
from workbench.ui.connection.training_thread import TrainingThread
from workbench.ui.controllers.live_view import LiveView
from workbench.ui.controllers.run_controller import RunController
from workbench.ui.controllers.weights_files import WeightsFiles
from workbench.ui.models.session_state import SessionState
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.panels.settings import SettingsPanel
from workbench.ui.panels.status import StatusPanel

RECIPE = Recipe(values={"epochs": 3})


class Thread(QObject):
    """Has the signals of the training thread, and notes what it is sent."""

    locals().update({name: Signal(object) for name, found in vars(TrainingThread).items() if isinstance(found, Signal)})

    def __init__(self, parent):
        super().__init__(parent)
        self.sent = []

    def send(self, command):
        self.sent.append(command)


class Cockpit:
    """A steering with everything it needs, and what it told."""

    def __init__(self, window):
        self.thread = Thread(window)
        self.settings = SettingsModel(window)
        self.controls = SettingsPanel(self.settings, window)
        self.plots = CurvesPanel(window)
        self.status = StatusPanel(window)
        self.weights = WeightsFiles(self.thread, window)
        display = LiveView(self.plots, self.status, window)
        self.steering = RunController(
            self.thread, self.settings, self.controls, display, self.status, self.weights, window
        )
        self.problems, self.journeys = [], []
        self.steering.failed.connect(lambda problem, _: self.problems.append(str(problem)))
        self.steering.travelled.connect(lambda *journey: self.journeys.append(journey))
        # As the window does.
        self.steering.changed.connect(lambda: self.controls.set_running(self.steering.state.is_running))
        self.history = History()
        self.run = RunIdentity("a" * 16)

    @property
    def state(self):
        return self.steering.state

    def hear(self, *events):
        for event in events:
            name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in type(event).__name__)
            getattr(self.thread, name[1:]).emit(event)

    def started(self, recipe=RECIPE, **values):
        gauge = RunProgress(planned_epochs=3, planned_steps=30)
        return RunStarted(recipe, self.history, gauge, 640, 1, self.run, {**recipe.values, **values})

    def train(self):
        self.steering.be_ready()
        self.steering.train(RECIPE, dataset_chosen=True)
        self.hear(self.started())
        self.record(12)
        self.thread.sent.clear()

    def record(self, count):
        for _ in range(count):
            self.history.add_step(1.0, 0.5)

    def travelled(self, step, **values):
        recorded = self.history.copy()
        origin = len(self.history)
        self.history.truncate(step)
        return Travelled(step, origin, {**RECIPE.values, **values}, recorded)


@pytest.fixture
def cockpit(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    cockpit = Cockpit(window)
    cockpit.window = window
    cockpit.train()
    return cockpit


@pytest.fixture
def resting(cockpit):
    cockpit.steering.pause_or_resume()
    cockpit.hear(RunPaused(12))
    cockpit.thread.sent.clear()
    return cockpit


def test_that_a_pause_that_comes_too_late_ends_as_the_run_did(cockpit):
    cockpit.steering.pause_or_resume()
    assert cockpit.thread.sent == [Pause()]
    assert cockpit.state is SessionState.PAUSING
    cockpit.hear(RunEnded(Outcome.FINISHED, 30))
    assert cockpit.state is SessionState.READY
    assert "Finished" in cockpit.status.findChild(QObject, "status_state").text()


def test_that_a_stop_outlives_news_of_a_pause(cockpit):
    cockpit.steering.pause_or_resume()
    cockpit.steering.stop()
    cockpit.hear(RunPaused(12))
    assert cockpit.state is SessionState.STOPPING
    cockpit.hear(RunEnded(Outcome.STOPPED, 12))
    assert cockpit.state is SessionState.READY


def test_that_a_step_asked_for_twice_rests_once_both_are_done(resting):
    resting.steering.step_once()
    resting.steering.step_once()
    assert resting.thread.sent == [RunSteps(1), RunSteps(1)]
    resting.hear(RunResumed(12), RunPaused(13))
    assert resting.state is SessionState.PAUSED
    resting.hear(RunResumed(13))
    assert resting.state is SessionState.TRAINING
    resting.hear(RunPaused(14))
    assert resting.state is SessionState.PAUSED


def test_that_a_run_that_rests_on_the_way_to_another_step_is_still_on_the_way(cockpit):
    cockpit.steering.go_to(5)
    cockpit.hear(RunPaused(12))
    assert cockpit.state is SessionState.TRAVELLING
    cockpit.hear(cockpit.travelled(5))
    assert cockpit.state is SessionState.PAUSED
    assert cockpit.journeys == [("a" * 16, 12, 5)]
    assert cockpit.steering.last_step == 12


def test_that_an_undone_journey_is_no_journey(cockpit):
    cockpit.steering.return_to("a" * 16, 5)
    cockpit.hear(cockpit.travelled(5))
    assert cockpit.journeys == []
    cockpit.steering.go_to(3)
    cockpit.hear(cockpit.travelled(3))
    assert len(cockpit.journeys) == 1


def test_that_a_journey_that_fails_is_told_and_the_run_rests(cockpit):
    cockpit.steering.go_to(5)
    cockpit.hear(TravelFailed(UserError("No way: stay.")))
    assert cockpit.state is SessionState.PAUSED
    assert cockpit.problems == ["No way: stay."]


def test_that_nobody_is_told_of_a_journey_they_gave_up(cockpit):
    cockpit.steering.go_to(5)
    cockpit.steering.stop()
    cockpit.hear(TravelFailed(UserError("It was given up.")))
    assert cockpit.problems == []


def test_that_to_be_in_another_run_is_to_open_it(resting):
    resting.steering.return_to("b" * 16, 7)
    assert resting.thread.sent == [OpenRun("b" * 16, 7)]
    assert resting.state is SessionState.OPENING


def test_that_an_opened_run_shows_its_own_settings(resting):
    resting.steering.open_run("b" * 16)
    resting.run, resting.history = RunIdentity("b" * 16), History()
    resting.record(4)
    resting.hear(resting.started(Recipe(optimizer="adam", values={"epochs": 3, "seed": 5}), learning_rate=0.5))
    resting.hear(RunPaused(4))
    assert resting.state is SessionState.PAUSED
    assert resting.settings.choices()["optimizer"] == "adam"
    assert (resting.settings.values()["seed"], resting.settings.values()["learning_rate"]) == (5, 0.5)
    assert not resting.weights.is_unsaved


def test_that_where_opening_fails_the_run_in_hand_still_rests(resting):
    resting.steering.open_run("b" * 16)
    resting.hear(OpenFailed(UserError("It is gone: open another.")))
    assert resting.state is SessionState.PAUSED
    assert resting.steering.run == resting.run
    assert resting.problems == ["It is gone: open another."]


def test_that_a_run_that_trains_is_stopped_before_another_is_opened(cockpit):
    cockpit.steering.open_run("b" * 16)
    assert cockpit.thread.sent == [Stop(), OpenRun("b" * 16, None)]
    cockpit.hear(RunEnded(Outcome.STOPPED, 12))
    assert cockpit.state is SessionState.OPENING


def test_that_a_slider_at_rest_means_the_run_and_after_its_end_the_next(resting):
    resting.steering.set_value("learning_rate", 0.1)
    assert resting.thread.sent == [SetValue("learning_rate", 0.1)]
    resting.steering.stop()
    resting.hear(RunEnded(Outcome.STOPPED, 12))
    resting.steering.set_value("learning_rate", 0.2)
    assert resting.thread.sent[1:] == [Stop()]


def test_that_going_on_after_the_end_takes_along_what_was_set_and_can_still_change(resting):
    resting.steering.stop()
    resting.hear(RunEnded(Outcome.STOPPED, 12))
    resting.settings.set_value("learning_rate", 0.2)
    resting.settings.set_value("seed", 7)
    resting.thread.sent.clear()
    resting.steering.resume()
    assert resting.thread.sent == [SetValue("epochs", 10), SetValue("learning_rate", 0.2), Resume()]
    assert resting.settings.values()["seed"] == 0


def test_that_a_change_nobody_wished_moves_the_control_and_one_overtaken_does_not(cockpit):
    cockpit.hear(ValueChanged(Change(12, "learning_rate", 0.001, 0.3)))
    assert cockpit.settings.values()["learning_rate"] == 0.3
    cockpit.settings.set_value("momentum", 0.9)
    cockpit.steering.set_value("momentum", 0.5)
    cockpit.steering.set_value("momentum", 0.9)
    cockpit.hear(ValueChanged(Change(12, "momentum", 0.0, 0.5)))
    assert cockpit.settings.values()["momentum"] == 0.9


def test_that_a_tenth_of_the_rate_is_an_edit_and_then_the_run_goes_on(resting, qtbot):
    resting.settings.value_edited.connect(resting.steering.set_value)
    with qtbot.waitSignal(resting.settings.edited) as edited:
        resting.steering.resume_slower()
    assert edited.args == ["learning_rate", 0.001, pytest.approx(0.0001)]
    assert resting.thread.sent == [SetValue("learning_rate", pytest.approx(0.0001)), Resume()]


def test_that_a_branch_is_another_run_with_nothing_recorded_ahead(resting):
    resting.steering.go_to(5)
    resting.hear(resting.travelled(5))
    assert resting.steering.future is not None
    branch = RunIdentity("b" * 16, "a" * 16, 5)
    resting.hear(RunBranched(branch, History()), RunResumed(5))
    assert resting.steering.run == branch
    assert resting.steering.future is None


def test_that_a_discarded_run_leaves_nothing_in_hand(resting):
    resting.steering.discard()
    resting.hear(RunDiscarded(resting.run))
    assert resting.state is SessionState.READY
    assert resting.steering.run is None
    assert not resting.weights.has_weights
    resting.thread.sent.clear()
    resting.steering.resume()
    resting.steering.go_to(3)
    assert resting.thread.sent == []


def test_that_a_run_that_failed_is_to_be_seen_but_not_to_be_gone_on_with(cockpit):
    cockpit.hear(RunEnded(Outcome.FAILED, 12, UserError("It broke: try again."), "Traceback"))
    assert cockpit.steering.run is None
    assert cockpit.steering.history is cockpit.history
    cockpit.thread.sent.clear()
    cockpit.steering.go_to(3)
    assert cockpit.thread.sent == []
