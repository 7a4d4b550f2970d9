"""Another language, chosen while the window is used: nothing that trains notices, and nothing is lost."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from tests.end_to_end.conftest import headless, saved
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.recipe import REGISTRIES
from workbench.ui.models.session_state import SessionState
from workbench.ui.text.engine_texts import label_of


@pytest.fixture
def choose(person):
    """Chooses a language; the same person then uses the new window."""

    def choose_one(language):
        window = person.window
        person.press(f"language_{language}")
        person.wait_for(lambda: window.successor is not None)
        person.window = window.successor

    return choose_one


def test_a_training_goes_on_and_ends_with_the_same_bits(person, choose, save_to, tmp_path, tiny_root):
    person.begin(epochs=6)
    choose("ko")
    assert person.action("train").text() == "학습"
    person.wait_until_training()
    choose("en")
    person.wait_until_ready()
    text, weights = headless(tiny_root, epochs=6)
    assert person.find("log", QPlainTextEdit).toPlainText().strip() == text.strip()
    assert saved(person, save_to, tmp_path / "model.pt") == weights


def test_settings_layout_and_workspace_are_as_before(person, choose):
    person.set(learning_rate=0.02, optimizer="adam", batch_size=32)
    person.press("workspace_understand")
    choose("ko")
    person.wait_until_ready()
    assert person.control("learning_rate").value() == 0.02
    assert person.control("optimizer").value() == "adam"
    assert person.control("batch_size").value() == 32
    assert person.action("workspace_understand").isChecked()
    assert person.action("language_ko").isChecked()


def test_a_paused_run_stays_at_its_step_and_goes_on(person, choose):
    person.begin(epochs=3)
    person.press("pause")
    person.wait_until_paused()
    step = len(person.window.history)
    choose("ko")
    person.wait_until_paused(step)
    person.press("step")
    person.wait_until_paused(step + 1)
    person.press("stop")
    person.wait_until_ready()


def test_a_run_that_was_rewound_can_go_forward_again(person, choose):
    person.train(epochs=2)
    person.window._parts.controller.go_to(5)
    person.wait_until_paused(5)
    choose("ko")
    person.wait_until_paused(5)
    person.press("go_to_newest")
    person.wait_for(lambda: person.window.state is not SessionState.TRAVELLING)
    assert len(person.window.history) == 20


def test_the_result_of_a_finished_run_is_still_said(person, choose):
    person.train(epochs=1)
    choose("ko")
    person.wait_until_ready()
    person.wait_for(lambda: not person.window._parts.dataset_loading.is_waiting)
    assert person.window._parts.weights.has_weights
    assert "10" in person.find("status_state").text()
    assert person.action("train").isEnabled()


def test_undo_and_redo_do_what_they_said_before_in_the_new_language(person, choose):
    person.set(optimizer="adam")
    person.set(learning_rate=0.02)
    person.press("undo")
    choose("ko")
    person.wait_until_ready()
    optimizer, rate = label_of(REGISTRIES["optimizer"]), label_of(TABLE["learning_rate"])
    assert optimizer != "Optimizer"
    assert optimizer in person.action("undo").text()
    assert rate in person.action("redo").text()
    person.press("redo")
    assert person.control("learning_rate").value() == 0.02
    person.press("undo")
    person.press("undo")
    assert person.control("optimizer").value() == "sgd"
    assert not person.action("undo").isEnabled()


def test_the_choice_is_remembered_and_the_command_line_overrules_it(person, choose, open_window, tiny_root):
    choose("ko")
    person.wait_until_ready()
    other = open_window("--data-root", tiny_root)
    assert other.action("language_ko").isChecked()
    english = open_window("--data-root", tiny_root, "--lang", "en")
    assert english.action("language_en").isChecked()


def test_a_language_cannot_be_chosen_while_an_answer_is_awaited(person):
    person.begin(epochs=50)
    person.press("stop")
    assert not person.action("language_ko").isEnabled()
    person.wait_until_ready()
    assert person.action("language_ko").isEnabled()
