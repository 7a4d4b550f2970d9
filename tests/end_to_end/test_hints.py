"""Hints about a run that trains, with real clicks on what they suggest."""

from workbench.engine.analysis.hint import HintKind
from workbench.ui.models.session_state import SessionState


def kind(person):
    hint = person.find("hints").hint
    return None if hint is None else hint.kind


def test_that_a_rate_far_too_low_is_said_and_a_click_raises_it_which_can_be_undone(person):
    person.train(epochs=12, learning_rate=1e-6)
    person.wait_for(lambda: kind(person) is HintKind.RATE_TOO_LOW)
    person.click("hint_suggestion")
    assert person.control("learning_rate").value() == 1e-4
    assert person.action("undo").text() == "Undo: Learning rate"
    assert kind(person) is None
    person.action("undo").trigger()
    assert person.control("learning_rate").value() == 1e-6


def test_that_a_run_that_still_falls_is_given_the_epochs_that_the_hint_suggests(person):
    person.train(epochs=12, learning_rate=0.02)
    person.wait_for(lambda: kind(person) is HintKind.STILL_FALLING)
    person.click("hint_suggestion")
    person.wait_for(lambda: len(person.window.history.evaluations) == 16)
    person.wait_until_ready()
    assert person.window.state is SessionState.READY


def test_that_a_run_that_is_lost_starts_again_with_a_lower_rate(person):
    person.set(optimizer="adam", guard=False)
    person.train(epochs=15, learning_rate=3)
    person.wait_for(lambda: kind(person) in {HintKind.GUESSING, HintKind.SAME_OUTPUT})
    person.click("hint_suggestion")
    person.wait_until_paused(0)
    person.wait_for(lambda: person.control("learning_rate").value() == 0.3)
    person.wait_for(lambda: [change.new for change in person.window.history.changes] == [0.3])
