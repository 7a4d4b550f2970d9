"""Time travel with real clicks: back, forward, on as recorded, on as a branch; the guard's questions; undo."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from tests.end_to_end.conftest import headless, kept_runs, saved
from tests.ui.panels.curves_kit import place_of
from workbench.ui.models.session_state import SessionState


@pytest.fixture
def finished(person):
    """A user whose run of 40 steps has finished."""
    person.train(epochs=4)
    return person


@pytest.fixture
def steered(person):
    """A user who has stepped to 12, raised the rate, and stepped on to 20."""
    person.begin(epochs=1000)
    person.click("pause_button")
    person.wait_until_paused()
    go_to(person, 0)
    run_steps(person, 12)
    person.set(learning_rate=0.1)
    run_steps(person, 8)
    assert [(change.step, change.new) for change in person.window.history.changes] == [(12, 0.1)]
    return person


def run_steps(person, count):
    target = len(person.window.history) + count
    person.press("run_steps")
    person.answer("run_steps_dialog", count)
    person.wait_until_paused(target)


def go_to(person, step):
    person.press("go_to_step")
    person.answer("go_to_step_dialog", step)
    person.wait_until_paused(step)


def wait_until_finished(person):
    person.wait_until_ready()
    assert len(person.window.history) == 40
    assert "Finished after 40 steps" in person.find("status_state").text()
    assert person.find("train_button").isEnabled()


def losses(person):
    return np.array(person.window.history.loss.values())


def test_that_a_typed_step_is_reached_with_the_weights_it_had(finished, tiny_root, save_to, tmp_path):
    go_to(finished, 17)
    assert "Paused at step 17" in finished.find("status_state").text()
    _, expected = headless(tiny_root, epochs=4, stop_after=17)
    assert saved(finished, save_to, tmp_path / "17.pt") == expected


def test_that_resuming_repeats_the_recorded_run_bit_for_bit(finished, tiny_root, save_to, tmp_path):
    recorded = losses(finished)
    go_to(finished, 17)
    finished.click("pause_button")
    finished.wait_until_ready()
    assert losses(finished).tobytes() == recorded.tobytes()
    _, expected = headless(tiny_root, epochs=4)
    assert saved(finished, save_to, tmp_path / "end.pt") == expected
    assert len(kept_runs()) == 1


def test_that_the_newest_step_can_be_returned_to(finished):
    recorded = losses(finished)
    go_to(finished, 3)
    finished.click("go_to_newest_button")
    wait_until_finished(finished)
    assert losses(finished).tobytes() == recorded.tobytes()
    assert not finished.action("go_to_newest").isEnabled()


def test_that_a_change_in_the_past_makes_a_branch_and_both_are_kept(finished, tiny_root, save_to, tmp_path):
    go_to(finished, 17)
    finished.set(learning_rate=0.05)
    finished.click("pause_button")
    finished.wait_until_ready()
    (change,) = finished.window.history.changes
    _, expected = headless(tiny_root, epochs=4, changes=[change])
    assert saved(finished, save_to, tmp_path / "branch.pt") == expected
    finished.wait_for(lambda: len(kept_runs()) == 2 and kept_runs()[0].steps == 40)
    branch, parent = kept_runs()
    assert (branch.identity.parent, branch.identity.parent_step) == (parent.identity.id, 17)
    assert parent.steps == 40


def click_twice_on_curve(person, step):
    plot = person.find("loss_plot")
    place = place_of(plot, step)
    person.qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    person.qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_a_click_on_a_curve_leaves_a_finished_run_where_it_is_and_offers_to_go_there(finished):
    plot, readout = finished.find("loss_plot"), finished.find("readout")
    finished.qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place_of(plot, 11))
    held = readout.text()
    assert held.startswith("Step 1")
    finished.qtbot.mouseMove(plot.viewport(), place_of(plot, 30))
    finished.qtbot.wait(100)
    assert readout.text() == held
    wait_until_finished(finished)
    finished.qtbot.mouseClick(readout, Qt.MouseButton.LeftButton, pos=readout.hint_place.center())
    finished.wait_until_paused()
    assert abs(len(finished.window.history) - 11) <= 1


def test_that_a_double_click_on_a_curve_goes_to_its_step_earlier_or_later(finished):
    click_twice_on_curve(finished, 11)
    finished.wait_until_paused()
    step = len(finished.window.history)
    assert abs(step - 11) <= 1
    click_twice_on_curve(finished, 30)
    finished.wait_for(lambda: len(finished.window.history) > step)
    finished.wait_until_paused()
    assert abs(len(finished.window.history) - 30) <= 1


def test_that_a_double_click_on_the_end_of_a_finished_run_leaves_it_finished(finished):
    click_twice_on_curve(finished, 40)
    finished.qtbot.wait(100)
    wait_until_finished(finished)
    assert not finished.action("undo").text().startswith("Undo Going")


def test_that_undo_of_a_double_click_leaves_a_finished_run_as_it_was(finished):
    click_twice_on_curve(finished, 11)
    finished.wait_until_paused()
    assert finished.find("pause_button").isEnabled()
    finished.press("undo")
    wait_until_finished(finished)


def test_that_a_row_of_the_journal_goes_to_its_step(steered):
    steered.find("journal_dock").raise_()
    table = steered.find("journal_table")
    steered.wait_for(lambda: table.model().rowCount() == 1)
    place = table.visualRect(table.model().index(0, 0)).center()
    steered.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    steered.click("journal_go_button")
    steered.wait_until_paused(12)


def test_that_a_move_to_a_step_is_undone_and_redone(finished):
    go_to(finished, 17)
    finished.click("undo_button")
    wait_until_finished(finished)
    finished.click("redo_button")
    finished.wait_until_paused(17)
    assert finished.window.state is SessionState.PAUSED


def test_that_the_controls_show_the_values_of_that_step(steered):
    go_to(steered, 5)
    assert steered.control("learning_rate").value() == 0.001
    steered.click("go_to_newest_button")
    steered.wait_until_paused(20)
    assert steered.control("learning_rate").value() == 0.1


def test_that_a_recorded_change_is_made_again_and_shown(steered):
    go_to(steered, 5)
    run_steps(steered, 10)
    assert steered.control("learning_rate").value() == 0.1
    assert [(change.step, change.new) for change in steered.window.history.changes] == [(12, 0.1)]


def test_that_undo_of_a_change_the_run_has_used_asks_and_sets_back_from_here_on(steered):
    while "Learning rate" not in steered.action("undo").text():
        steered.press("undo")
    steered.press("undo")
    assert "from step 12 on" in steered.notice
    steered.click("notice_set_back")
    steered.wait_for(lambda: len(steered.window.history.changes) == 2)
    assert steered.window.history.changes[-1].step == 20
    assert steered.control("learning_rate").value() == 0.001


def test_that_undo_can_return_to_before_the_change_which_is_not_made_again(steered):
    recorded = losses(steered)
    steered.press("undo")
    steered.click("notice_return")
    steered.wait_until_paused(12)
    assert steered.control("learning_rate").value() == 0.001
    run_steps(steered, 8)
    assert steered.window.history.changes == []
    assert losses(steered)[:12].tobytes() == recorded[:12].tobytes()
    assert losses(steered)[14:].tobytes() != recorded[14:].tobytes()


@pytest.fixture
def diverged(person):
    """A user whose loss was not a number, so that the guard went back and asks."""
    person.set(loss="mse")
    person.set(epochs=500, learning_rate=10, momentum=0.99)
    person.click("train_button")
    person.wait_until_paused()
    person.wait_for(lambda: "went back to step" in person.notice)
    return person


def test_that_the_guard_goes_back_marks_the_event_and_asks(diverged):
    (incident,) = diverged.window.history.incidents
    assert len(diverged.window.history) == incident.returned_to < incident.step
    diverged.click("notice_stay")
    assert diverged.notice == ""
    assert diverged.window.state is SessionState.PAUSED


def test_that_the_question_of_the_guard_names_the_layer_and_the_sample_that_went_first(diverged):
    diverged.wait_for(lambda: "linear_relu_stack" in diverged.notice)
    assert "How should training continue?" in diverged.notice
    assert diverged.find("notice_slower").isVisible()
    diverged.click("notice_details")
    (details,) = diverged.window.findChildren(QPlainTextEdit, "details_text")
    assert "training sample" in details.toPlainText()
    diverged.wait_for(lambda: "training sample" in diverged.find("hints").text)


def test_that_after_the_guard_a_run_can_continue_at_a_tenth_of_the_rate_and_that_can_be_undone(diverged):
    assert diverged.find("notice_slower").text() == "Continue at rate 1"
    diverged.click("notice_slower")
    diverged.wait_for(lambda: diverged.window.history.changes != [])
    assert diverged.window.history.changes[0].new == 1.0
    assert diverged.control("learning_rate").value() == 1.0
    assert diverged.action("undo").text() == "Undo: Learning rate"


def test_that_after_the_guard_a_run_can_continue_unchanged_past_the_step_of_the_spike(diverged):
    diverged.click("notice_as_it_was")
    diverged.wait_for(lambda: "The loss became" in diverged.notice or diverged.window.state is SessionState.READY)
    diverged.wait_until_ready()
    assert "Training stopped" in diverged.notice


def test_that_undo_of_continue_as_it_was_returns_to_the_question(diverged):
    step = len(diverged.window.history)
    diverged.click("notice_as_it_was")
    diverged.wait_until_ready()
    assert diverged.action("undo").text() == "Undo: Continue as it was"
    diverged.press("undo")
    diverged.wait_until_paused(step)
    assert "went back to step" in diverged.notice
    diverged.press("redo")
    diverged.wait_until_ready()
    assert "Training stopped" in diverged.notice
