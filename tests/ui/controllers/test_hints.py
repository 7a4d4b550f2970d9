"""Hints: what is shown, when it changes, and what its button does."""

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton, QToolButton

from workbench.engine.analysis.hint import HintKind
from workbench.engine.history.records import Change, Evaluation, Incident, Origin
from workbench.engine.protocol.commands import AddEpochs, SetValue, Travel
from workbench.engine.protocol.events import (
    Inspected,
    Outcome,
    RunDiscarded,
    RunEnded,
    RunPaused,
    RunResumed,
    ValueChanged,
)
from workbench.engine.protocol.queries.first_bad import BadSample, FindFirstBad, FirstBad
from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.controllers import hints as module
from workbench.ui.controllers.hints import Hints
from workbench.ui.models.session_state import SessionState
from workbench.ui.panels.hints import HintStrip

PER_EPOCH = 10


class Parts:
    def __init__(self, run, qtbot):
        self.run = run
        self.strip = HintStrip()
        qtbot.addWidget(self.strip)
        run.settings.value_edited.connect(run.controller.set_value)
        self.hints = Hints(run.connection, run.model, run.settings, run.controller, self.strip, self.strip)
        self.classes, self.actions = [], []
        self.hints.class_requested.connect(self.classes.append)
        self.hints.action_requested.connect(self.actions.append)

    @property
    def kind(self):
        return None if self.strip.hint is None else self.strip.hint.kind

    def record(self, losses, tests=None):
        """Let these be the losses of the run, with the mean of each epoch as its test loss unless given."""
        history = self.run.history
        history.truncate(0)
        for loss in losses:
            history.add_step(float(loss), 0.5)
        for epoch in range(1, len(losses) // PER_EPOCH + 1):
            mean = float(np.mean(losses[(epoch - 1) * PER_EPOCH : epoch * PER_EPOCH]))
            test = mean if tests is None else tests[epoch - 1]
            history.add_evaluation(Evaluation(epoch * PER_EPOCH, epoch, test, 0.5))

    def press(self, name):
        self.strip.findChild((QPushButton, QToolButton)[name == "hint_dismiss"], name).click()


@pytest.fixture
def parts(paused, qtbot):
    parts = Parts(paused, qtbot)
    parts.record(falling(12))
    parts.hints.refresh()
    return parts


def falling(epochs):
    return 0.2 + 2.1 * np.exp(-np.arange(epochs * PER_EPOCH) / 40)


OVERFITTED = [2.0, 1.5, 1.0, 0.8, 0.7, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2]


def test_that_before_a_run_the_strip_says_what_will_appear(parts):
    parts.run.emit(RunDiscarded(parts.run.run))
    parts.hints.refresh()
    assert "appear here" in parts.strip.text
    assert parts.strip.hint is None


def test_that_a_loss_that_still_falls_at_the_planned_end_can_be_given_more_epochs(parts):
    assert parts.kind is HintKind.STILL_FALLING
    assert "Based on the last 100 steps" in parts.strip.text
    parts.press("hint_suggestion")
    assert parts.run.connection.sent == [AddEpochs(4, Origin.HINT)]
    assert parts.run.state is SessionState.TRAINING


def test_that_a_run_that_has_ended_can_be_given_more_epochs_too(parts):
    parts.run.controller.stop()
    parts.run.emit(RunEnded(Outcome.FINISHED, 120))
    parts.hints.refresh()
    parts.run.connection.sent.clear()
    parts.press("hint_suggestion")
    assert parts.run.connection.sent[-1] == AddEpochs(4, Origin.HINT)


def test_that_overfitting_leads_back_to_the_best_epoch(parts):
    parts.record(falling(12), OVERFITTED)
    parts.hints.refresh()
    assert parts.kind is HintKind.OVERFITTING
    parts.press("hint_suggestion")
    assert parts.run.connection.sent == [Travel(60)]


def test_that_a_suggested_rate_is_an_edit_of_the_user(parts, qtbot):
    parts.record(np.full(120, 2.303))
    parts.hints.refresh()
    assert parts.kind is HintKind.RATE_TOO_LOW
    with qtbot.waitSignal(parts.run.settings.edited) as edited:
        parts.press("hint_suggestion")
    assert edited.args == ["learning_rate", 0.001, 0.1]
    assert parts.run.connection.sent == [SetValue("learning_rate", 0.1, Origin.HINT)]


@pytest.mark.parametrize(
    ("losses", "action"),
    [(2.303 - 6e-5 * np.arange(120), "find_learning_rate"), ([9.0, 8.9, 8.8], "check_network")],
)
def test_that_what_an_action_does_is_left_to_the_action(parts, losses, action):
    parts.record(losses)
    parts.hints.refresh()
    parts.press("hint_suggestion")
    assert parts.actions == [action]
    assert action in ACTIONS


def test_that_a_hint_is_gone_once_its_suggestion_is_followed_or_it_is_dismissed(parts):
    parts.press("hint_dismiss")
    assert parts.kind is None
    assert parts.strip.text == "Nothing else stands out."
    parts.hints.refresh()
    assert parts.kind is None
    parts.record(falling(12), OVERFITTED)
    parts.hints.refresh()
    assert parts.kind is HintKind.OVERFITTING


def test_that_a_dismissed_hint_comes_back_with_a_new_cause(parts):
    parts.record(np.full(120, 2.303))
    parts.hints.refresh()
    parts.press("hint_dismiss")
    assert parts.kind is None
    parts.run.history.add_change(Change(20, "learning_rate", 0.001, 0.002))
    parts.hints.refresh()
    assert parts.kind is HintKind.RATE_TOO_LOW


def test_that_starting_again_goes_back_and_then_lowers_the_rate(parts, qtbot):
    parts.record(np.concatenate([[2.3] * 5, [9.0] * 55, 2.4 + 0.01 * np.cos(np.arange(120))]))
    parts.hints.refresh()
    assert parts.kind is HintKind.GUESSING
    parts.press("hint_suggestion")
    assert parts.run.connection.sent == [Travel(0)]
    parts.run.emit(parts.run.travelled(0))
    qtbot.waitUntil(lambda: parts.run.settings.value("learning_rate") == pytest.approx(1e-4))
    assert parts.run.connection.sent[-1] == SetValue("learning_rate", pytest.approx(1e-4), Origin.HINT)


def test_that_going_back_by_hand_changes_no_rate(parts, qtbot):
    parts.run.controller.go_to(0)
    parts.run.emit(parts.run.travelled(0))
    qtbot.wait(20)
    assert parts.run.settings.value("learning_rate") == 0.001


def test_that_while_a_run_trains_a_hint_stays_for_some_seconds_unless_an_urgent_one_comes(parts):
    parts.run.controller.pause_or_resume()
    parts.run.emit(RunResumed(120))
    parts.record(falling(12), OVERFITTED)
    parts.hints.refresh()
    assert parts.kind is HintKind.STILL_FALLING
    parts.run.history.add_incident(Incident(122, float("nan"), 120))
    parts.hints.refresh()
    assert parts.kind is HintKind.DIVERGED


def test_that_the_rate_of_the_steps_that_were_given_up_is_named_and_the_one_in_force(parts):
    history = parts.run.history
    parts.run.model.recording = history.copy()
    parts.run.model.recording.changes.append(Change(120, "learning_rate", 0.001, 10.0))
    history.add_incident(Incident(122, float("nan"), 120))
    parts.hints.refresh()
    assert "a learning rate of 10 may be too high" in parts.strip.text
    assert "step 122: loss NaN" in parts.strip.text
    assert "back at step 120, at a rate of 0.001" in parts.strip.text
    assert parts.strip.hint.suggestion is None


def test_that_a_rate_that_is_chosen_after_going_back_is_not_taken_for_the_one_that_failed(parts):
    history = parts.run.history
    parts.run.model.recording = history.copy()
    parts.run.model.recording.changes.append(Change(120, "learning_rate", 0.001, 10.0))
    history.add_incident(Incident(122, float("nan"), 120))
    parts.hints.refresh()
    parts.run.model.recording = None
    history.changes.append(Change(120, "learning_rate", 0.001, 0.05))
    parts.hints.refresh()
    assert "a learning rate of 10 may be too high" in parts.strip.text


def test_that_a_run_that_ended_in_a_loss_that_is_not_finite_says_so(parts):
    parts.run.emit(RunResumed(120))
    parts.run.emit(RunEnded(Outcome.DIVERGED, 120, incident=Incident(125, float("inf"), 120)))
    parts.hints.refresh()
    assert parts.kind is HintKind.DIVERGED
    assert "ended the run" in parts.strip.text
    assert "step 125: loss ∞" in parts.strip.text
    parts.press("hint_suggestion")
    assert parts.run.settings.value("learning_rate") == 0.0001
    parts.run.emit(RunResumed(120))
    parts.hints.refresh()
    assert parts.kind is not HintKind.DIVERGED


def test_that_what_went_first_is_said_with_the_guards_stop_that_it_belongs_to(parts, qtbot):
    parts.run.history.add_incident(Incident(122, float("nan"), 120))
    parts.hints.refresh()
    sample = BadSample(122, 7, None, 9.0, 1.0, 64, 0)
    for step, is_said in ((121, False), (122, True)):
        answer = FirstBad(step, None, sample)
        parts.run.emit(Inspected(FindFirstBad(step), None, parts.run.run.id, 120, answer, 0.1))
        qtbot.wait(module.SOON_MS + 50)
        assert ("training sample 7" in parts.strip.text) is is_said


def test_that_a_hint_that_was_shown_long_enough_gives_way(parts, monkeypatch):
    monkeypatch.setattr(module, "LEAST_SHOWN_S", 0.0)
    parts.run.controller.pause_or_resume()
    parts.run.emit(RunResumed(120))
    parts.record(falling(12), OVERFITTED)
    parts.hints.refresh()
    assert parts.kind is HintKind.OVERFITTING


def test_that_hints_follow_the_run_by_themselves(parts, qtbot):
    parts.record(falling(12), OVERFITTED)
    parts.run.emit(RunResumed(120), RunPaused(120))
    qtbot.waitUntil(lambda: parts.kind is HintKind.OVERFITTING)


def test_that_hints_can_be_switched_off_and_that_is_remembered(parts, qtbot):
    with qtbot.waitSignal(parts.hints.shown_changed):
        parts.hints.set_shown(False)
    state = parts.hints.state()
    parts.record(falling(12), OVERFITTED)
    parts.hints.refresh()
    assert parts.kind is HintKind.STILL_FALLING, "nothing is read while no hints are shown"
    parts.hints.restore({"shown": "no"})
    assert not parts.hints.is_shown
    parts.hints.set_shown(True)
    parts.hints.restore(state)
    assert not parts.hints.is_shown


def test_that_what_a_hint_suggests_is_locked_while_it_is_not_possible(parts):
    button = parts.strip.findChild(QPushButton, "hint_suggestion")
    assert button.isEnabled()
    parts.run.controller.stop()
    assert not button.isEnabled()
    parts.run.connection.sent.clear()
    parts.hints.carry_out(parts.strip.hint)
    assert parts.run.connection.sent == []


def test_that_a_new_value_is_read_at_once(parts, qtbot):
    parts.record(np.full(120, 2.303))
    parts.hints.refresh()
    change = Change(120, "learning_rate", 0.001, 0.1)
    parts.run.history.add_change(change)
    parts.run.emit(ValueChanged(change))
    qtbot.waitUntil(lambda: parts.kind is None)
