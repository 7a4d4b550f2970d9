"""Experiments in the real window: found, applied, cancelled, chosen, closed in the middle."""

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QTableWidget

from tests.end_to_end.conftest import PATIENCE, headless, kept_runs, saved
from workbench.engine.history.records import Change
from workbench.engine.store.run_store import RunStatus
from workbench.ui.models.session_state import SessionState


def text(person, name):
    return person.find(name, QLabel).text()


def test_that_a_rate_is_found_before_a_run_and_applied_to_the_slider(person):
    person.press("find_learning_rate")
    person.wait_for(lambda: person.find("lr_finder").is_seen)
    person.click("lr_finder_find")
    assert not person.action("train").isEnabled()
    person.wait_for(lambda: "Suggestion" in text(person, "lr_finder_result"))
    person.wait_until_ready()
    person.click("lr_finder_use")
    rate = person.control("learning_rate").value()
    assert 1e-3 < rate < 1
    assert person.find("lr_finder_use").text() == f"Use {rate:g}"
    person.press("undo")
    assert person.control("learning_rate").value() == 0.001


def test_that_a_run_that_trains_goes_on_after_a_range_test_with_its_own_bits(person, tiny_root, tmp_path, save_to):
    # Before there is a run: torch has one generator for all threads, and panels ask about a run.
    _, sha = headless(tiny_root, epochs=60)
    person.begin(epochs=60)
    person.press("find_learning_rate")
    person.wait_for(lambda: person.find("lr_finder").is_seen)
    person.click("lr_finder_find")
    person.wait_for(lambda: person.find("lr_finder_cancel").isVisible())
    person.wait_for(lambda: not person.find("lr_finder_cancel").isVisible())
    assert "step" in text(person, "lr_finder_result")
    person.wait_until_ready()
    assert len(person.window.history) == 600
    assert saved(person, save_to, tmp_path / "weights.pt") == sha


def test_that_stop_cancels_futures_and_not_the_run(person):
    person.begin(epochs=1000)
    person.press("pause")
    person.wait_until_paused()
    person.press("what_if")
    person.wait_for(lambda: person.find("what_if").is_seen)
    person.find("what_if_steps", QSpinBox).setValue(5000)
    person.click("what_if_try")
    person.wait_for(lambda: person.window.state is SessionState.EXPERIMENTING)
    person.press("stop")
    person.wait_until_paused()
    assert "Cancelled" in text(person, "what_if_text")


def test_that_a_chosen_future_is_the_run_trained_that_far(person, tiny_root, tmp_path, save_to):
    person.begin(epochs=1000)
    person.press("pause")
    person.wait_until_paused()
    start = len(person.window.history)
    person.press("what_if")
    person.wait_for(lambda: person.find("what_if").is_seen)
    person.find("what_if_values", QLineEdit).setText("0.01 0.2")
    person.find("what_if_steps", QSpinBox).setValue(25)
    person.click("what_if_try")
    person.wait_for(lambda: person.find("what_if_choose").isVisible())
    person.find("what_if_table", QTableWidget).selectRow(1)
    person.click("what_if_choose")
    person.wait_until_paused(start + 25)
    assert person.control("learning_rate").value() == 0.2
    changes = [Change(start, "learning_rate", 0.001, 0.2)]
    assert person.window.history.changes == changes
    person.press("undo")
    person.wait_until_paused(start)
    person.press("redo")
    person.wait_until_paused(start + 25)
    weights = saved(person, save_to, tmp_path / "weights.pt")
    # Torch has one generator for all threads: nothing may ask about the run any more.
    person.window.leave()
    assert person.window.findChild(QThread, "training_thread").wait(PATIENCE)
    _, sha = headless(tiny_root, epochs=1000, stop_after=start + 25, changes=changes)
    assert weights == sha


@pytest.fixture
def try_from_step_7(person):
    """Has the user train two epochs, go back to step 7 and try futures of five steps from there."""

    def try_from_step_7(varied=0):
        person.begin(epochs=2)
        person.wait_until_ready()
        person.press("go_to_step")
        person.answer("go_to_step_dialog", 7)
        person.wait_until_paused(7)
        person.press("what_if")
        person.wait_for(lambda: person.find("what_if").is_seen)
        person.find("what_if_varied", QComboBox).setCurrentIndex(varied)
        person.find("what_if_steps", QSpinBox).setValue(5)
        person.click("what_if_try")
        person.wait_for(lambda: person.find("what_if_choose").isVisible())

    return try_from_step_7


def test_that_futures_of_a_rewound_step_make_a_branch(person, try_from_step_7):
    try_from_step_7(varied=1)
    person.find("what_if_table", QTableWidget).selectRow(0)
    person.click("what_if_choose")
    person.wait_until_paused(12)
    person.wait_for(lambda: len(kept_runs()) == 2)
    assert sum(run.identity.parent is not None for run in kept_runs()) == 1


def test_that_a_future_from_another_step_takes_one_undo_back_to_the_run_as_it_was(person, try_from_step_7):
    try_from_step_7()
    person.press("go_to_step")
    person.answer("go_to_step_dialog", 15)
    person.wait_until_paused(15)
    before = person.window._parts.run_model.run_id
    person.find("what_if_table", QTableWidget).selectRow(0)
    person.click("what_if_choose")
    person.wait_until_paused(12)
    branch = person.window._parts.run_model.run_id
    assert branch != before
    person.press("undo")
    person.wait_for(lambda: person.window._parts.run_model.run_id == before)
    person.wait_until_paused(15)
    person.press("redo")
    person.wait_for(lambda: person.window._parts.run_model.run_id == branch)
    person.wait_until_paused(12)


def test_that_the_window_closes_in_the_middle_of_an_experiment(person):
    person.begin(epochs=1000)
    person.press("what_if")
    person.wait_for(lambda: person.find("what_if").is_seen)
    person.find("what_if_steps", QSpinBox).setValue(5000)
    person.click("what_if_try")
    person.wait_for(lambda: person.window.state is SessionState.EXPERIMENTING)
    assert person.window.close()
    person.wait_for(lambda: not person.window.is_training_thread_running)
    (kept,) = kept_runs()
    assert kept.status is RunStatus.STOPPED


def test_that_the_checks_are_one_click_each(person):
    person.press("check_network")
    person.wait_for(lambda: person.find("checks").is_seen)
    person.click("checks_first_loss")
    person.wait_for(lambda: "2.303" in text(person, "checks_first_loss_text"))
    person.wait_until_ready()
    person.click("checks_overfit")
    person.wait_for(lambda: "by heart" in text(person, "checks_overfit_text"))
