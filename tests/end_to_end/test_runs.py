"""Stored runs: listed, opened, overlaid, their settings used again, deleted; checkpoints; two windows."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from tests.end_to_end.conftest import headless, kept_runs, saved
from workbench.ui.dialogs import file_dialogs as dialogs
from workbench.ui.models.session_state import SessionState


@pytest.fixture
def two_runs(person):
    """A user with two finished runs, the second with Adam."""
    person.train(epochs=2)
    person.set(optimizer="adam")
    person.train(epochs=1, learning_rate=0.002)
    person.wait_for(lambda: [run.epochs for run in kept_runs()] == [1, 2])
    person.find("runs_dock").raise_()
    person.wait_for(lambda: table(person).model().rowCount() == 2)
    return person


def table(person):
    return person.find("runs", object).findChild(QTableView)


def select(person, *rows):
    view = table(person)
    view.clearSelection()
    for row in rows:
        place = view.visualRect(view.model().index(row, 1)).center()
        person.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)


def double_click(person, row):
    view = table(person)
    place = view.visualRect(view.model().index(row, 1)).center()
    person.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    person.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def wait_until_open(person, steps):
    """Wait until a run that has finished after `steps` is the current one, and shown as it was then."""
    person.wait_for(lambda: person.window.state is SessionState.READY and len(person.window.history) == steps)
    assert f"Finished after {steps} steps" in person.find("status_state").text()
    assert person.find("train_button").isEnabled()
    assert not person.find("pause_button").isEnabled()


def test_that_a_double_click_opens_a_run_with_curves_and_controls_and_it_continues(
    two_runs, tiny_root, save_to, tmp_path
):
    double_click(two_runs, 1)
    wait_until_open(two_runs, 20)
    assert two_runs.control("optimizer").value() == "sgd"
    assert two_runs.control("learning_rate").value() == 0.001
    assert two_runs.control("epochs").value() == 2
    two_runs.press("continue_run")
    two_runs.answer("continue_run_dialog", 1)
    two_runs.wait_until_ready()
    _, expected = headless(tiny_root, epochs=3)
    assert saved(two_runs, save_to, tmp_path / "weights.pt") == expected
    two_runs.wait_for(lambda: [run.epochs for run in kept_runs()] == [1, 3])


def test_that_a_run_of_another_day_is_opened_and_any_of_its_steps_reached(
    two_runs, open_window, tiny_root, save_to, tmp_path
):
    two_runs.window.close()
    later = open_window("--data-root", tiny_root)
    later.wait_until_ready()
    later.find("runs_dock").raise_()
    later.wait_for(lambda: table(later).model().rowCount() == 2)
    double_click(later, 1)
    wait_until_open(later, 20)
    later.press("go_to_step")
    later.answer("go_to_step_dialog", 7)
    later.wait_until_paused(7)
    _, expected = headless(tiny_root, epochs=2, stop_after=7)
    assert saved(later, save_to, tmp_path / "weights.pt") == expected


def test_that_the_facts_and_images_of_the_data_set_are_those_of_the_run_that_is_opened(two_runs):
    two_runs.set(dataset="fashion-mnist-mini")
    two_runs.wait_for(lambda: "12,000" in two_runs.find("dataset_facts").text())
    double_click(two_runs, 1)
    wait_until_open(two_runs, 20)
    assert two_runs.control("dataset").value() == "fashion-mnist"
    assert two_runs.find("dataset_facts").text() == "your own 640 training and 160 test images"


def test_that_opening_while_a_run_trains_asks_and_stops_it_only_then(two_runs):
    two_runs.begin(epochs=1000, learning_rate=0.001)
    two_runs.wait_for(lambda: table(two_runs).model().rowCount() == 3)
    double_click(two_runs, 2)
    assert "is training" in two_runs.notice
    two_runs.click("notice_keep_training")
    assert two_runs.window.state is SessionState.TRAINING
    double_click(two_runs, 2)
    two_runs.click("notice_stop_and_open")
    wait_until_open(two_runs, 20)
    two_runs.wait_for(lambda: kept_runs()[0].steps > 0)


def test_that_several_runs_are_drawn_over_the_current_one(two_runs):
    select(two_runs, 0, 1)
    two_runs.click("run_overlay_button")
    two_runs.wait_for(lambda: two_runs.window._parts.library.overlaid == [kept_runs()[1].identity.id])
    two_runs.click("run_overlay_button")
    assert two_runs.window._parts.library.overlaid == []


def test_that_the_settings_of_a_run_are_used_again(two_runs):
    select(two_runs, 1)
    two_runs.click("run_reuse_button")
    assert two_runs.control("optimizer").value() == "sgd"
    assert two_runs.control("epochs").value() == 2
    two_runs.press("undo")
    assert two_runs.control("optimizer").value() == "adam"


def test_that_deleted_runs_can_be_restored(two_runs):
    select(two_runs, 1)
    two_runs.click("run_delete_button")
    two_runs.wait_for(lambda: "was deleted" in two_runs.notice)
    assert len(kept_runs()) == 1
    two_runs.press("undo")
    assert two_runs.notice == ""
    two_runs.wait_for(lambda: len(kept_runs()) == 2)
    two_runs.press("redo")
    two_runs.wait_for(lambda: len(kept_runs()) == 1)
    two_runs.press("undo")
    two_runs.wait_for(lambda: table(two_runs).model().rowCount() == 2)


def test_that_the_current_run_is_discarded_when_it_is_deleted(two_runs):
    select(two_runs, 0)
    two_runs.click("run_delete_button")
    two_runs.wait_for(lambda: len(kept_runs()) == 1)
    two_runs.wait_for(lambda: not two_runs.action("step").isEnabled())


def test_that_another_windows_run_appears(two_runs, open_window, tiny_root):
    other = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    other.wait_until_ready()
    other.train(epochs=1)
    two_runs.wait_for(lambda: table(two_runs).model().rowCount() == 3)


def test_that_a_run_opened_from_a_checkpoint_continues_bit_for_bit(person, tiny_root, save_to, tmp_path, monkeypatch):
    path = tmp_path / "state.ckpt"
    monkeypatch.setattr(dialogs, "ask_where_to_save_checkpoint", lambda *_: path)
    monkeypatch.setattr(dialogs, "ask_which_checkpoint", lambda *_: path)
    person.begin(epochs=1000)
    person.click("pause_button")
    person.wait_until_paused()
    reached = len(person.window.history)
    recorded = np.array(person.window.history.loss.values())
    person.press("save_checkpoint")
    person.wait_for(lambda: str(path) in person.notice)
    person.click("stop_button")
    person.wait_until_ready()
    person.set(optimizer="adam")
    person.train(epochs=1)
    person.press("open_checkpoint")
    person.wait_until_paused(reached)
    assert person.control("optimizer").value() == "sgd"
    assert np.array(person.window.history.loss.values()).tobytes() == recorded.tobytes()
    tested = len(person.window.history.evaluations)
    person.press("step_epoch")
    # Not until there are more steps: it may have paused between the last step of an epoch and its test.
    person.wait_for(lambda: len(person.window.history.evaluations) > tested)
    person.wait_until_paused()
    _, expected = headless(tiny_root, epochs=1000, stop_after=len(person.window.history))
    assert saved(person, save_to, tmp_path / "weights.pt") == expected


def test_that_a_file_that_is_no_checkpoint_is_refused_and_the_run_stays_current(person, tmp_path, monkeypatch):
    path = tmp_path / "garbage.ckpt"
    path.write_bytes(b"garbage" * 100)
    monkeypatch.setattr(dialogs, "ask_which_checkpoint", lambda *_: path)
    person.begin(epochs=1000)
    person.click("pause_button")
    person.wait_until_paused()
    reached = len(person.window.history)
    person.press("open_checkpoint")
    person.wait_for(lambda: "garbage.ckpt" in person.notice)
    person.wait_until_paused(reached)
    person.click("step_button")
    person.wait_until_paused(reached + 1)


def test_that_the_memory_for_snapshots_is_remembered(person, open_window, tiny_root):
    person.press("snapshot_budget")
    person.answer("snapshot_budget_dialog", 256)
    person.window.close()
    later = open_window("--data-root", tiny_root)
    later.press("snapshot_budget")
    assert later.find("snapshot_budget_dialog_number").value() == 256
    later.click("snapshot_budget_dialog_cancel")


def test_that_runs_are_stored_in_the_folder_given_on_the_command_line(open_window, tiny_root, tmp_path):
    person = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist", "--store", tmp_path / "elsewhere")
    person.wait_until_ready()
    person.train(epochs=1)
    assert kept_runs() == []
    assert (tmp_path / "elsewhere" / "runs.sqlite").exists()
