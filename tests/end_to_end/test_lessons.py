import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QLabel, QListWidget

from tests.end_to_end.conftest import kept_runs
from workbench.engine.teaching.checks import Verdict
from workbench.ui.models.lesson_model import Phase
from workbench.ui.models.session_state import SessionState


@pytest.fixture
def model(person):
    return person.window._parts.lesson_model


def read(person, key):
    """Open the lessons, and the page of one of them with the keyboard's Enter."""
    person.press("lessons")
    rows = person.find("lesson_list", QListWidget)
    for row in range(rows.count()):
        if rows.item(row).data(0x0100) == key:
            rows.setCurrentRow(row)
            rows.itemActivated.emit(rows.item(row))
    assert person.window._parts.lesson_model.selected.key == key


def follow(person, model, key):
    read(person, key)
    person.click("lesson_begin")
    person.wait_for(lambda: model.progress.phase in {Phase.OVER, Phase.LEFT})


def test_a_lesson_of_two_runs_trains_both_overlays_the_first_and_says_what_was_seen(person, model):
    person.set(learning_rate=0.5, momentum=0.9)
    follow(person, model, "adam-against-sgd")
    assert model.progress.phase is Phase.OVER
    assert [record.steps for record in model.progress.records] == [20, 20]
    person.wait_for(lambda: person.window._parts.library.overlaid == [model.progress.runs[0]])
    person.wait_for(lambda: [run.name for run in kept_runs()] == ["Adam, 0.001", "SGD, 0.001"])
    assert [run.recipe.optimizer for run in kept_runs()] == ["adam", "sgd"]
    assert kept_runs()[1].recipe["momentum"] == 0
    text = person.find("lesson_result_0").text()
    assert text.startswith("Seen: " if model.progress.findings[0].verdict is Verdict.SEEN else "Not seen: ")
    assert f"{model.progress.records[1].evaluations[-1].average_loss:.3f}" in text


def test_one_undo_takes_back_all_that_a_lesson_has_set(person, model):
    person.set(learning_rate=0.5, epochs=7)
    follow(person, model, "adam-against-sgd")
    assert person.action("undo").text() == "Undo: Lesson: Adam against SGD"
    person.press("undo")
    settings = person.window._parts.run_settings
    assert (settings.value("learning_rate"), settings.value("epochs")) == (0.5, 7)
    assert settings.choices()["optimizer"] == "sgd"


def test_the_lesson_about_too_large_a_rate_is_over_when_the_guard_asks(person, model):
    follow(person, model, "too-large-a-rate")
    assert model.progress.findings[0].verdict is Verdict.SEEN
    assert person.window.state is SessionState.PAUSED
    assert model.is_seen(model.progress.lesson)
    assert person.find("lesson_begin").text() == "Start again"


def test_twenty_images_are_learned_by_heart_beside_the_lesson(person, model):
    follow(person, model, "overfit-twenty-images")
    assert model.progress.findings[0].verdict is Verdict.SEEN
    assert person.find("checks_dock", QDockWidget).isVisible()
    assert person.find("lessons").isVisible()


def test_a_run_that_trains_is_stopped_and_kept_for_a_lesson(person, model):
    person.begin(epochs=1000)
    follow(person, model, "loss-at-chance")
    assert model.progress.phase is Phase.OVER
    person.wait_for(lambda: len(kept_runs()) == 2 and kept_runs()[0].status.value == "finished")
    assert kept_runs()[1].status.value == "stopped"
    assert kept_runs()[1].steps > 0


def test_a_lesson_that_is_stopped_says_so_and_claims_nothing(person, model):
    read(person, "over-fitting")
    person.click("lesson_begin")
    person.wait_until_training()
    person.wait_for(lambda: len(person.window.history) > 0)
    person.press("stop")
    person.wait_for(lambda: model.progress.phase is Phase.OVER)
    assert {finding.verdict for finding in model.progress.findings} == {Verdict.UNKNOWN}
    assert "This cannot be said: the run ended after" in person.find("lesson_result_0").text()
    assert not model.is_seen(model.progress.lesson)


def test_a_setting_that_was_changed_during_a_lesson_is_named(person, model):
    read(person, "over-fitting")
    person.click("lesson_begin")
    person.wait_until_training()
    person.wait_for(lambda: len(person.window.history) > 0)
    person.set(learning_rate=0.0005)
    person.wait_for(lambda: len(person.window.history.changes) == 1)
    person.press("stop")
    person.wait_for(lambda: model.progress.phase is Phase.OVER)
    assert "Learning rate" in person.find("lesson_result_2").text()


def test_a_lesson_is_left_when_something_else_is_done_with_its_run(person, model):
    read(person, "over-fitting")
    person.click("lesson_begin")
    person.wait_until_training()
    person.wait_for(lambda: len(person.window.history) > 3)
    person.press("pause")
    person.wait_until_paused()
    person.window._parts.controller.go_to(2)
    person.wait_for(lambda: model.progress.phase is Phase.LEFT)
    assert "was left" in person.find("lesson_note").text()
    assert person.find("lesson_begin").isEnabled()


def test_what_was_seen_is_remembered(person, model, open_window, tiny_root):
    follow(person, model, "loss-at-chance")
    person.window.close()
    person.wait_for(lambda: not person.window.is_training_thread_running)
    again = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    again.wait_until_ready()
    seen = [lesson.key for lesson in model.lessons if again.window._parts.lesson_model.is_seen(lesson)]
    assert seen == (["loss-at-chance"] if model.is_seen(model.selected) else [])
    assert seen


def test_a_lesson_goes_on_in_korean_where_the_language_is_switched_while_it_trains(person, model):
    read(person, "over-fitting")
    person.click("lesson_begin")
    person.wait_until_training()
    person.wait_for(lambda: len(person.window.history) > 3)
    person.press("language_ko")
    person.wait_for(lambda: person.window.successor is not None)
    korean = person.window.successor
    again = korean._parts.lesson_model
    person.wait_for(lambda: korean.state is SessionState.TRAINING)
    assert korean.findChild(QLabel, "lesson_title").text() == "과적합"
    assert again.progress.phase is Phase.TRAINING
    korean.findChild(QAction, "stop").trigger()
    person.wait_for(lambda: again.progress.phase is Phase.OVER)
    assert again.progress.records[0].steps > 3
    assert {finding.verdict for finding in again.progress.findings} == {Verdict.UNKNOWN}


def test_a_lesson_shows_the_curves_in_full_and_what_was_seen_without_scrolling(person, model):
    person.press("workspace_understand")
    follow(person, model, "adam-against-sgd")
    assert person.action("workspace_train").isChecked()
    assert person.find("lessons").isVisible()
    result = person.find("lesson_result_0")
    person.wait_for(lambda: not result.visibleRegion().isEmpty())


def test_the_curve_of_an_earlier_lesson_is_not_drawn_over_the_next_one(person, model):
    follow(person, model, "adam-against-sgd")
    library = person.window._parts.library
    person.wait_for(lambda: library.overlaid == [model.progress.runs[0]])
    model.select(None)
    follow(person, model, "loss-at-chance")
    assert library.overlaid == []
