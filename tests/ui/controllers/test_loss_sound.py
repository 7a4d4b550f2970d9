import math

import numpy as np
import pytest
from PySide6.QtWidgets import QDialog, QSlider, QWidget

from tests.ui.run_parts import RECIPE, SilentConnection
from workbench.engine.errors import UserError
from workbench.engine.history.history import History
from workbench.engine.history.records import Evaluation, Incident, RunIdentity
from workbench.engine.protocol.events import (
    DivergenceStopped,
    EpochTested,
    Outcome,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    TorchLoaded,
)
from workbench.engine.protocol.live_objects import HISTORIES, PROGRESS
from workbench.engine.protocol.run_progress import RunProgress
from workbench.ui.connection.connection import signal_name
from workbench.ui.controllers.loss_sound import TRIED_HZ, LossSound
from workbench.ui.models.run_model import RunModel
from workbench.ui.models.session_state import Transition
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.sound.loss_pitch import HIGHEST_HZ, LOWEST_HZ
from workbench.ui.sound.tones import blip, divergence_signal, epoch_signal

NO_OUTPUT = UserError("No audio output was found.")


class Loudspeaker:
    """An audio output that keeps what it is to play."""

    def __init__(self):
        self.played = []
        self.problem = None
        self.opened = 0
        self.is_resting = self.is_behind = False

    def missing(self):
        return self.problem

    def open(self):
        self.opened += 1
        return self.problem

    def play(self, samples):
        if self.problem is None:
            self.played.append(samples)
        return self.problem

    def watch(self, changed):
        self.changed = changed

    def rest(self):
        self.is_resting = True

    def plug(self, problem):
        self.problem = problem
        if self.changed is not None:
            self.changed()


class Listener:
    """A run, and somebody who listens to it."""

    def __init__(self, qtbot, loudspeaker=None):
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.connection = SilentConnection(self.window)
        self.model = RunModel(self.connection, SettingsModel(self.window), self.window)
        self.loudspeaker = loudspeaker or Loudspeaker()
        self.sound = LossSound(self.model, self.connection, self.loudspeaker, self.window)
        self.history, self.progress = History(), RunProgress(planned_epochs=3, planned_steps=30)
        self.problems, self.changes = [], []
        self.sound.failed.connect(lambda problem: self.problems.append(str(problem)))
        self.sound.changed.connect(lambda: self.changes.append(self.sound.is_on))
        self.emit(TorchLoaded("2.9", 1))

    def emit(self, event):
        getattr(self.connection, signal_name(type(event))).emit(event)

    def train(self):
        self.model.request(Transition.TRAIN_ASKED)
        numbers = HISTORIES.number_of(self.history), PROGRESS.number_of(self.progress)
        self.emit(RunStarted(RECIPE, *numbers, 640, 1, RunIdentity("a" * 16), dict(RECIPE.values)))

    def pause(self):
        self.model.request(Transition.PAUSE_ASKED)
        self.emit(RunPaused(len(self.history)))

    def resume(self):
        self.model.request(Transition.CONTINUE_ASKED)
        self.emit(RunResumed(len(self.history)))

    def record(self, loss, count=20):
        for _ in range(count):
            self.history.add_step(loss, 0.5)

    def tick(self):
        """A quarter of a second passes: what was played in it."""
        before = len(self.loudspeaker.played)
        if self.sound._timer.isActive():
            self.sound._timer.timeout.emit()
        return self.loudspeaker.played[before:]

    def last_is(self, samples):
        return np.array_equal(self.loudspeaker.played[-1], samples)


@pytest.fixture
def listener(qtbot):
    """Has switched the sound on, and trains."""
    listener = Listener(qtbot)
    listener.sound.set_on(True)
    listener.train()
    listener.record(2.0)
    return listener


def test_that_nothing_is_opened_or_played_while_the_sound_is_off(qtbot):
    listener = Listener(qtbot)
    listener.train()
    listener.record(2.0)
    assert listener.tick() == []
    listener.emit(EpochTested(Evaluation(20, 1, 0.5, 0.8)))
    listener.emit(DivergenceStopped(Incident(12, 150.0, 8), UserError("The loss leapt.")))
    listener.emit(RunEnded(Outcome.DIVERGED, 20))
    listener.sound.set_volume(50)
    listener.sound._trying.timeout.emit()
    assert (listener.loudspeaker.played, listener.loudspeaker.opened) == ([], 0)


def test_that_switching_it_on_is_heard_at_once(qtbot):
    listener = Listener(qtbot)
    listener.sound.set_on(True)
    assert listener.last_is(blip(TRIED_HZ, listener.sound.volume))


def test_that_the_tone_follows_the_loss(listener):
    volume = listener.sound.volume
    assert np.array_equal(listener.tick(), [blip(HIGHEST_HZ, volume)])
    listener.record(0.5)
    assert np.array_equal(listener.tick(), [blip(LOWEST_HZ, volume)])
    listener.record(1.0)
    assert np.array_equal(listener.tick(), [blip(math.sqrt(LOWEST_HZ * HIGHEST_HZ), volume)])


def test_that_it_is_silent_while_no_step_is_trained_or_the_run_is_paused(listener):
    assert len(listener.tick()) == 1
    assert listener.tick() == []
    listener.record(1.5)
    listener.pause()
    assert listener.tick() == []
    listener.resume()
    assert len(listener.tick()) == 1
    listener.record(1.0)
    listener.emit(RunEnded(Outcome.FINISHED, 60))
    assert listener.tick() == []


def test_that_no_tone_is_queued_behind_sounds_that_wait(listener):
    listener.loudspeaker.is_behind = True
    assert listener.tick() == []
    listener.record(0.5)
    listener.loudspeaker.is_behind = False
    assert np.array_equal(listener.tick(), [blip(LOWEST_HZ, listener.sound.volume)])


def test_that_the_end_of_an_epoch_has_a_signal_unless_the_user_has_paused(listener):
    tested = EpochTested(Evaluation(20, 1, 0.5, 0.8))
    listener.emit(tested)
    assert listener.last_is(epoch_signal(listener.sound.volume))
    count = len(listener.loudspeaker.played)
    listener.model.request(Transition.PAUSE_ASKED)
    listener.emit(tested)
    assert len(listener.loudspeaker.played) == count


@pytest.mark.parametrize(
    "event",
    [
        DivergenceStopped(Incident(12, 150.0, 8), UserError("The loss leapt.")),
        RunEnded(Outcome.DIVERGED, 20),
    ],
)
def test_that_a_divergence_has_a_signal_of_its_own(listener, event):
    listener.emit(event)
    assert listener.last_is(divergence_signal(listener.sound.volume))


def test_that_a_loss_that_is_no_number_is_told_once_until_it_is_one_again(listener):
    listener.record(math.nan, 1)
    assert np.array_equal(listener.tick(), [divergence_signal(listener.sound.volume)])
    listener.record(math.nan, 1)
    assert listener.tick() == []
    listener.record(1.0)
    assert len(listener.tick()) == 1
    listener.record(math.nan, 1)
    assert np.array_equal(listener.tick(), [divergence_signal(listener.sound.volume)])


def test_that_the_guard_is_heard_again_after_the_run_went_on(listener):
    stopped = DivergenceStopped(Incident(12, 150.0, 8), UserError("The loss leapt."))
    listener.emit(stopped)
    count = len(listener.loudspeaker.played)
    listener.pause()
    listener.resume()
    listener.emit(stopped)
    assert len(listener.loudspeaker.played) == count + 1


def test_that_switching_it_off_is_silence(listener):
    listener.sound.set_on(False)
    assert listener.tick() == []
    assert listener.changes[-1] is False


def test_that_it_cannot_be_switched_on_without_an_output_and_says_why(qtbot):
    listener = Listener(qtbot)
    listener.loudspeaker.problem = NO_OUTPUT
    listener.sound.set_on(True)
    assert (listener.sound.is_on, listener.changes[-1]) == (False, False)
    assert listener.problems == [str(NO_OUTPUT)]
    assert listener.sound.problem is NO_OUTPUT
    assert not listener.sound.can_be_switched


def test_that_an_output_that_is_unplugged_is_told_and_the_sound_goes_on_when_it_is_back(listener, qtbot):
    listener.loudspeaker.plug(NO_OUTPUT)
    assert listener.tick() == []
    assert listener.problems == [str(NO_OUTPUT)]
    assert listener.sound.is_on
    assert listener.sound.can_be_switched
    with qtbot.waitSignal(listener.sound.recovered, timeout=100):
        listener.loudspeaker.plug(None)
    assert len(listener.tick()) == 1


def test_that_it_is_remembered_and_an_output_is_opened_only_when_a_run_trains(listener, qtbot):
    listener.sound.set_volume(70)
    other = Listener(qtbot)
    other.sound.restore(listener.sound.state())
    assert (other.sound.is_on, other.sound.volume, other.loudspeaker.opened) == (True, 70, 0)
    assert other.changes == [True]
    other.train()
    other.record(2.0)
    assert len(other.tick()) == 1
    other.sound.restore({"on": 1, "volume": 700})
    assert (other.sound.is_on, other.sound.volume) == (True, 70)


def test_that_without_the_package_it_stays_silent_and_what_is_remembered_stays(qtbot):
    loudspeaker = Loudspeaker()
    loudspeaker.problem = UserError("The sound needs PySide6-Addons.")
    listener = Listener(qtbot, loudspeaker)
    assert listener.sound.problem is not None
    listener.sound.restore({"on": True, "volume": 30})
    listener.train()
    listener.record(2.0)
    assert listener.tick() == []
    assert listener.sound.state() == {"on": True, "volume": 30}


def test_that_the_volume_is_set_in_one_dialog_and_heard_when_the_slider_rests(listener):
    listener.sound.ask_volume()
    listener.sound.ask_volume()
    (dialog,) = listener.window.findChildren(QDialog)
    slider = dialog.findChild(QSlider)
    assert slider.value() == listener.sound.volume
    count = len(listener.loudspeaker.played)
    for volume in (50, 60, 80):
        slider.setValue(volume)
    assert (listener.sound.volume, len(listener.loudspeaker.played)) == (80, count)
    listener.sound._trying.timeout.emit()
    assert listener.last_is(blip(TRIED_HZ, 80))
    slider.setValue(slider.minimum() - 50)
    assert listener.sound.volume == slider.minimum() > 0


def test_that_a_window_that_closes_is_silent_at_once_and_stays_so(listener):
    listener.sound.stop()
    assert listener.loudspeaker.is_resting
    count = len(listener.loudspeaker.played)
    listener.pause()
    listener.resume()
    listener.record(1.0)
    assert listener.tick() == []
    listener.emit(DivergenceStopped(Incident(12, 150.0, 8), UserError("The loss leapt.")))
    listener.loudspeaker.plug(NO_OUTPUT)
    assert len(listener.loudspeaker.played) == count
    assert listener.problems == []
    assert listener.sound.state()["on"] is True
