"""Each button that controls a run is clicked; the result is compared with a run without a window."""

import pytest
from PySide6.QtCore import Qt

from tests.end_to_end.conftest import headless, kept_runs, saved
from workbench.engine.store.run_store import RunStatus
from workbench.ui.models.session_state import SessionState


@pytest.fixture
def running(person):
    """A user whose run trains for a long time."""
    person.begin(epochs=1000)
    return person


@pytest.fixture
def paused(running):
    """A user whose run is paused."""
    running.click("pause_button")
    running.wait_until_paused()
    return running


def steps(person):
    return len(person.window.history)


def test_that_pause_stops_between_batches_and_resume_continues(running):
    running.click("pause_button")
    running.wait_until_paused()
    reached = steps(running)
    assert running.find("pause_button").text() == "Resume"
    assert f"Paused at step {reached:,}" in running.find("status_state").text()
    running.qtbot.wait(100)
    assert steps(running) == reached
    running.click("pause_button")
    running.wait_until_training()
    running.wait_for(lambda: steps(running) > reached)
    assert running.find("pause_button").text() == "Pause"


def test_that_pausing_does_not_change_the_weights(running, tiny_root, save_to, tmp_path):
    for _ in range(3):
        running.click("pause_button")
        running.wait_until_paused()
        running.click("step_button")
        running.wait_until_paused()
        running.click("pause_button")
        running.wait_until_training()
    running.click("stop_button")
    running.wait_until_ready()
    _, expected = headless(tiny_root, epochs=1000, stop_after=steps(running))
    assert saved(running, save_to, tmp_path / "weights.pt") == expected


def test_that_space_and_full_stop_pause_step_and_resume(running):
    window, keys = running.window, running.qtbot.keyClick
    window.activateWindow()
    window.setFocus()
    keys(window, Qt.Key.Key_Space)
    running.wait_until_paused()
    reached = steps(running)
    keys(window, Qt.Key.Key_Period)
    running.wait_until_paused(reached + 1)
    keys(window, Qt.Key.Key_Space)
    running.wait_until_training()


def test_that_space_belongs_to_a_box_or_button_that_has_the_focus(running):
    box = running.find("guard_check")
    running.window.activateWindow()
    box.setFocus(Qt.FocusReason.TabFocusReason)
    running.wait_for(box.hasFocus)
    running.qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    assert running.window.state is SessionState.TRAINING


def test_that_step_trains_one_batch_and_pauses(paused):
    reached = steps(paused)
    for count in (1, 2, 3):
        paused.click("step_button")
        paused.wait_until_paused(reached + count)


def test_that_step_one_epoch_pauses_after_its_test(paused):
    tested = len(paused.window.history.evaluations)
    paused.press("step_epoch")
    paused.wait_for(lambda: len(paused.window.history.evaluations) == tested + 1)
    paused.wait_until_paused(10 * (tested + 1))


def test_that_run_steps_trains_the_typed_number_of_steps_and_remembers_it(paused):
    reached = steps(paused)
    paused.press("run_steps")
    paused.answer("run_steps_dialog", 17)
    paused.wait_until_paused(reached + 17)
    paused.press("run_steps")
    assert paused.find("run_steps_dialog_number").value() == 17
    paused.click("run_steps_dialog_cancel")


def test_that_epochs_are_added_to_a_finished_run_as_if_planned_from_the_start(person, tiny_root, save_to, tmp_path):
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


def test_that_a_stopped_run_continues_with_the_values_set_since(running, tiny_root, save_to, tmp_path):
    running.click("stop_button")
    running.wait_until_ready()
    stopped = steps(running)
    running.set(learning_rate=0.02, seed=9, optimizer="adam")
    running.click("step_button")
    running.wait_until_paused(stopped + 1)
    # The values that cannot change during a run are those of the run again.
    assert running.control("seed").value() == 0
    assert running.control("optimizer").value() == "sgd"
    assert running.control("learning_rate").value() == 0.02
    changes = running.window.history.changes
    assert [(change.step, change.new) for change in changes] == [(stopped, 0.02)]
    _, expected = headless(tiny_root, epochs=1000, changes=changes, stop_after=stopped + 1)
    assert saved(running, save_to, tmp_path / "weights.pt") == expected


def test_that_a_finished_run_enables_only_the_actions_that_are_possible(person):
    person.train(epochs=1)
    assert not person.find("pause_button").isEnabled()
    for name in ("train", "step", "continue_run", "go_to_step", "save_checkpoint", "discard_run"):
        assert person.action(name).isEnabled(), name
    assert not person.action("go_to_newest").isEnabled()


def test_that_a_value_set_while_paused_applies_at_once_and_one_mark_remains(paused):
    reached = steps(paused)
    for rate in (0.01, 0.02, 0.05):
        paused.set(learning_rate=rate)
        paused.wait_for(lambda rate=rate: [change.new for change in paused.window.history.changes] == [rate])
    (change,) = paused.window.history.changes
    assert (change.step, change.old, change.new) == (reached, 0.001, 0.05)
    paused.wait_for(lambda: len(paused.find("plots").stack.marks.texts) == 1)


def test_that_discard_asks_and_deletes_and_undo_restores(paused):
    paused.press("discard_run")
    paused.click("discard_cancel")
    assert paused.window.state is SessionState.PAUSED
    paused.press("discard_run")
    paused.click("discard_yes")
    paused.wait_until_ready()
    paused.wait_for(lambda: kept_runs() == [])
    assert "deleted" in paused.notice
    for name in ("pause", "step", "discard_run", "save_weights", "save_checkpoint"):
        assert not paused.action(name).isEnabled(), name
    paused.click("notice_undo")
    paused.wait_for(lambda: len(kept_runs()) == 1)


def test_that_stop_ends_a_paused_run_which_is_kept(paused):
    paused.click("stop_button")
    paused.wait_until_ready()
    paused.wait_for(lambda: kept_runs()[0].status is RunStatus.STOPPED)
    assert kept_runs()[0].steps == steps(paused)
