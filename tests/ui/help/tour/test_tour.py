import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.run_parts import RECIPE, RunParts
from workbench.engine.history.records import Change, Incident
from workbench.engine.protocol.events import RunDiscarded, RunPaused, TorchLoaded, ValueChanged
from workbench.ui.help.tour import tour as tour_module
from workbench.ui.help.tour.step_texts import text_of
from workbench.ui.help.tour.tour import Tour
from workbench.ui.models.session_state import SessionState
from workbench.ui.models.tour_model import COUNT, STEPS, TourModel, TourStep


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def parts(window):
    parts = RunParts(window)
    parts.emit(TorchLoaded("2.9", 1))
    return parts


@pytest.fixture
def model(window, parts, qtbot, monkeypatch):
    monkeypatch.setattr(tour_module, "READING_S", 0.0)
    monkeypatch.setattr(tour_module, "EVERY_MS", 10)
    model = TourModel(window)
    window.tour = Tour(model, parts.model, parts.settings, lambda target: window, window)
    window.show()
    qtbot.waitExposed(window)
    return model


def train(parts):
    parts.controller.train(RECIPE, dataset_chosen=True)
    parts.emit(parts.started())


def change(parts):
    step = len(parts.history)
    parts.settings.edit("learning_rate", 0.05)
    made = Change(step, "learning_rate", 0.001, 0.05)
    parts.history.add_change(made)
    parts.emit(ValueChanged(made))
    parts.record(3)


def count(window):
    return window.findChild(QLabel, "pointing_card_count").text()


def test_that_the_tour_follows_what_the_user_does(qtbot, window, parts, model):
    assert model.step is None
    model.start()
    assert (model.step, count(window)) == (TourStep.TRAIN, "1 of 6")
    train(parts)
    assert (model.step, count(window)) == (TourStep.WATCH, "2 of 6")
    parts.record(80)
    qtbot.waitUntil(lambda: model.step is TourStep.RATE)
    change(parts)
    assert model.step in {TourStep.MARK, TourStep.BACK}
    qtbot.waitUntil(lambda: model.step is TourStep.BACK)
    parts.controller.go_to(20)
    parts.emit(parts.travelled(20))
    assert (model.step, count(window)) == (TourStep.SAVE, "6 of 6")
    window.tour.on_saved()
    assert model.step is TourStep.END
    assert window.findChild(QLabel, "pointing_card_title").text() == "That was the tour"


def test_that_nothing_moves_on_before_there_was_something_to_see(qtbot, parts, model):
    model.start()
    train(parts)
    parts.record(10)
    qtbot.wait(50)
    assert model.step is TourStep.WATCH


@pytest.mark.parametrize("done", [step for step in TourStep if step is not TourStep.END])
def test_that_what_another_step_asks_for_moves_nothing_on(model, done):
    model.start()
    model.go_to(TourStep.END)
    model.advance(done)
    assert model.step is TourStep.END


def test_that_a_run_that_trains_already_is_watched_at_once(parts, model):
    train(parts)
    model.start()
    assert model.step is TourStep.WATCH


def test_that_a_paused_run_is_to_be_resumed_first(parts, model):
    train(parts)
    parts.controller.pause_or_resume()
    parts.emit(RunPaused(0))
    model.start()
    assert model.step is TourStep.TRAIN
    assert text_of(TourStep.TRAIN, parts.state, can_go_on=True).target == ("action", "pause")


def test_that_an_end_of_the_run_says_how_to_see_the_mark_all_the_same(window, parts, model):
    train(parts)
    model.start()
    parts.progress.planned_epochs = 0
    model.go_to(TourStep.MARK)
    assert "Add epochs" in window.findChild(QLabel, "pointing_card_text").text()


def test_that_the_guard_going_back_is_not_what_the_step_asks_for(parts, model):
    train(parts)
    parts.record(20)
    model.start()
    model.go_to(TourStep.BACK)
    parts.history.add_incident(Incident(20, 99.0, 5))
    parts.emit(parts.travelled(5))
    assert model.step is TourStep.BACK


def test_that_the_tour_begins_again_where_its_run_is_discarded(parts, model):
    train(parts)
    model.start()
    model.go_to(TourStep.SAVE)
    parts.emit(RunDiscarded(parts.run))
    assert model.step is TourStep.TRAIN


def test_that_escape_ends_the_tour_and_is_free_otherwise(qtbot, window, model):
    model.start()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert model.step is None
    assert window.findChild(QWidget, "pointing_card").isHidden()
    assert window.findChild(QWidget, "glow").isHidden()
    assert not window.tour._escape.isEnabled()


def test_that_its_end_leads_to_the_lessons(qtbot, window, model):
    model.start()
    model.go_to(TourStep.END)
    with qtbot.waitSignal(window.tour.lessons_requested):
        qtbot.mouseClick(window.findChild(QWidget, "pointing_card_button"), Qt.MouseButton.LeftButton)
    assert model.step is None


def test_that_the_tour_is_offered_until_it_was_taken_or_a_window_was_closed(window):
    model = TourModel(window)
    assert not model.was_offered
    again = TourModel(window)
    again.restore(model.state())
    assert again.was_offered
    again.restore({"was_offered": "yes"})
    assert not again.was_offered
    model.start()
    assert model.was_offered


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", SessionState)
def test_that_every_step_has_words_in_every_state(step, state):
    title, text, target = text_of(step, state, can_go_on=False)
    assert title
    assert text.endswith(".")
    assert (target is None) == (step is TourStep.END)


def test_that_there_are_six_steps():
    assert COUNT == 6
