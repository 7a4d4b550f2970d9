"""Every button that steers a run, really clicked, and what comes of it held against a run without a window."""

import pytest
from PySide6.QtCore import Qt

from tests.end_to_end.conftest import kept_runs
from tests.end_to_end.test_training import headless, saved
from workbench.engine.store.run_store import RunStatus
from workbench.ui.models.session_state import SessionState


@pytest.fixture
def flying(person):
    """Somebody whose run trains, and would for long."""
    person.begin(epochs=1000)
    return person


@pytest.fixture
def resting(flying):
    """Somebody whose run rests."""
    flying.click("pause_button")
    flying.wait_until_paused()
    return flying


def steps(person):
    return len(person.window.history)


def test_that_pause_rests_with_the_model_in_hand_and_resume_goes_on(flying):
    flying.click("pause_button")
    flying.wait_until_paused()
    reached = steps(flying)
    assert flying.find("pause_button").text() == "Resume"
    assert f"Paused at step {reached:,}" in flying.find("status_state").text()
    flying.qtbot.wait(100)
    assert steps(flying) == reached
    flying.click("pause_button")
    flying.wait_until_training()
    flying.wait_for(lambda: steps(flying) > reached)
    assert flying.find("pause_button").text() == "Pause"


def test_that_pausing_leaves_no_trace_in_the_weights(flying, tiny_root, save_to, tmp_path):
    for _ in range(3):
        flying.click("pause_button")
        flying.wait_until_paused()
        flying.click("step_button")
        flying.wait_until_paused()
        flying.click("pause_button")
        flying.wait_until_training()
    flying.click("stop_button")
    flying.wait_until_ready()
    _, expected = headless(tiny_root, epochs=1000, stop_after=steps(flying))
    assert saved(flying, save_to, tmp_path / "weights.pt") == expected


def test_that_space_and_full_stop_pause_step_and_resume(flying):
    window, keys = flying.window, flying.qtbot.keyClick
    window.activateWindow()
    window.setFocus()
    keys(window, Qt.Key.Key_Space)
    flying.wait_until_paused()
    reached = steps(flying)
    keys(window, Qt.Key.Key_Period)
    flying.wait_until_paused(reached + 1)
    keys(window, Qt.Key.Key_Space)
    flying.wait_until_training()


def test_that_space_belongs_to_a_box_or_button_that_has_the_focus(flying):
    box = flying.find("guard_check")
    flying.window.activateWindow()
    box.setFocus(Qt.FocusReason.TabFocusReason)
    flying.wait_for(box.hasFocus)
    flying.qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    assert flying.window.state is SessionState.TRAINING


def test_that_step_trains_one_batch_and_rests(resting):
    reached = steps(resting)
    for count in (1, 2, 3):
        resting.click("step_button")
        resting.wait_until_paused(reached + count)


def test_that_step_one_epoch_rests_behind_a_test(resting):
    tested = len(resting.window.history.evaluations)
    resting.press("step_epoch")
    resting.wait_for(lambda: len(resting.window.history.evaluations) == tested + 1)
    resting.wait_until_paused(10 * (tested + 1))


def test_that_run_steps_trains_as_many_as_are_typed_and_remembers_the_number(resting):
    reached = steps(resting)
    resting.press("run_steps")
    resting.answer("run_steps_dialog", 17)
    resting.wait_until_paused(reached + 17)
    resting.press("run_steps")
    assert resting.find("run_steps_dialog_number").value() == 17
    resting.click("run_steps_dialog_cancel")


def test_that_epochs_are_added_to_a_finished_run_which_goes_on_as_if_planned_so(person, tiny_root, save_to, tmp_path):
    person.train(epochs=1)
    person.press("continue_run")
    person.answer("continue_run_dialog", 2)
    person.wait_for(lambda: len(person.window.history.evaluations) == 3)
    person.wait_until_ready()
    assert person.control("epochs").value() == 3
    text, expected = headless(tiny_root, epochs=3)
    assert saved(person, save_to, tmp_path / "weights.pt") == expected
    assert person.log.replace("Done!\n", "") == text.replace("Done!\n", "")
    assert len(kept_runs()) == 1


def test_that_epochs_are_added_to_a_running_run(person):
    person.begin(epochs=500)
    person.press("continue_run")
    person.answer("continue_run_dialog", 5)
    person.wait_for(lambda: person.control("epochs").value() == 505)
    assert person.window.state is SessionState.TRAINING


def test_that_a_stopped_run_goes_on_with_what_is_set_by_then(flying, tiny_root, save_to, tmp_path):
    flying.click("stop_button")
    flying.wait_until_ready()
    stopped = steps(flying)
    flying.set(learning_rate=0.02, seed=9, optimizer="adam")
    flying.click("step_button")
    flying.wait_until_paused(stopped + 1)
    # What cannot change during a run is the run's own again.
    assert flying.control("seed").value() == 0
    assert flying.control("optimizer").value() == "sgd"
    assert flying.control("learning_rate").value() == 0.02
    changes = flying.window.history.changes
    assert [(change.step, change.new) for change in changes] == [(stopped, 0.02)]
    _, expected = headless(tiny_root, epochs=1000, changes=changes, stop_after=stopped + 1)
    assert saved(flying, save_to, tmp_path / "weights.pt") == expected


def test_that_a_run_at_its_end_offers_what_can_be_done_and_nothing_else(person):
    person.train(epochs=1)
    assert not person.find("pause_button").isEnabled()
    for name in ("train", "step", "continue_run", "go_to_step", "save_checkpoint", "discard_run"):
        assert person.action(name).isEnabled(), name
    assert not person.action("go_to_newest").isEnabled()


def test_that_a_value_set_at_rest_applies_at_once_and_one_mark_remains(resting):
    reached = steps(resting)
    for rate in (0.01, 0.02, 0.05):
        resting.set(learning_rate=rate)
        resting.wait_for(lambda rate=rate: [change.new for change in resting.window.history.changes] == [rate])
    (change,) = resting.window.history.changes
    assert (change.step, change.old, change.new) == (reached, 0.001, 0.05)
    resting.wait_for(lambda: len(resting.find("plots").mark_texts) == 1)


def test_that_discard_asks_and_deletes_and_undo_brings_back(resting):
    resting.press("discard_run")
    resting.click("discard_cancel")
    assert resting.window.state is SessionState.PAUSED
    resting.press("discard_run")
    resting.click("discard_yes")
    resting.wait_until_ready()
    resting.wait_for(lambda: kept_runs() == [])
    assert "deleted" in resting.notice
    for name in ("pause", "step", "discard_run", "save_weights", "save_checkpoint"):
        assert not resting.action(name).isEnabled(), name
    resting.click("notice_undo")
    resting.wait_for(lambda: len(kept_runs()) == 1)


def test_that_stop_ends_a_resting_run_which_is_kept(resting):
    resting.click("stop_button")
    resting.wait_until_ready()
    resting.wait_for(lambda: kept_runs()[0].status is RunStatus.STOPPED)
    assert kept_runs()[0].steps == steps(resting)
