import pytest
from PySide6.QtWidgets import QDockWidget, QLabel, QWidget

from workbench.ui.help.tour import tour as tour_module
from workbench.ui.models.tour_model import TourStep


@pytest.fixture
def model(person, monkeypatch):
    monkeypatch.setattr(tour_module, "READING_S", 0.2)
    return person.window._parts.tour_model


def card(person):
    return person.find("pointing_card")


def test_a_new_user_takes_the_tour_from_the_first_page_to_its_end(person, model, save_to, tmp_path):
    assert person.find("plots_empty", QLabel).text().startswith("New here?")
    person.click("empty_tour")
    assert model.step is TourStep.TRAIN
    person.set(epochs=1000)
    person.click("train_button")
    person.wait_for(lambda: model.step is TourStep.RATE)
    person.set(learning_rate=0.02)
    person.wait_for(lambda: model.step is TourStep.BACK)
    person.press("pause")
    person.wait_until_paused()
    person.window._parts.controller.go_to(5)
    person.wait_for(lambda: model.step is TourStep.SAVE)
    save_to(tmp_path / "model.pt")
    person.press("save_weights")
    person.wait_for(lambda: model.step is TourStep.END)
    person.click("pointing_card_button")
    assert model.step is None
    assert person.find("lessons").isVisible()


def test_the_card_never_covers_what_it_points_at_also_where_docks_are_moved(person, model):
    person.press("tour")
    model.go_to(TourStep.RATE)
    control = person.find("learning_rate")
    for width, height in ((1024, 640), (1280, 800), (900, 600)):
        person.window.resize(width, height)
        person.qtbot.wait(50)
        place = control.mapTo(person.window, control.rect().topLeft())
        assert not card(person).geometry().intersects(control.rect().translated(place))
        assert person.window.rect().contains(card(person).geometry())
    settings = person.find("controls_dock", QDockWidget)
    settings.setFloating(True)
    person.wait_for(lambda: card(person).parent() is settings)
    settings.setFloating(False)
    person.wait_for(lambda: card(person).parent() is person.window)


def test_that_in_the_presentation_the_card_points_at_its_controls_and_covers_none(person, model):
    person.press("tour")
    person.press("presentation")
    bar, window = person.find("presentation_bar"), person.window
    for step, name in ((TourStep.TRAIN, "train"), (TourStep.RATE, "rate"), (TourStep.SAVE, "")):
        model.go_to(step)
        person.wait_for(lambda: window.rect().contains(card(person).geometry()))
        assert card(person).target is (person.find(f"presentation_{name}") if name else None)
        assert not card(person).geometry().intersects(bar.geometry())
        assert not any(dock.isVisible() for dock in window.findChildren(QDockWidget))
    model.go_to(TourStep.RATE)
    person.press("presentation")
    assert card(person).target is person.find("learning_rate")


def test_no_panel_that_is_opened_meanwhile_covers_the_card(person, model):
    def is_on_top():
        there = card(person).geometry().adjusted(20, 20, -20, -20)
        corners = there.topLeft(), there.topRight(), there.bottomLeft(), there.bottomRight()
        found = [person.window.childAt(corner) for corner in corners]
        return all(each is card(person) or card(person).isAncestorOf(each) for each in found)

    person.window.resize(1024, 640)
    person.press("tour")
    model.go_to(TourStep.SAVE)
    for action in ("lessons", "glossary", "lessons"):
        person.press(action)
        person.wait_for(lambda action=action: not person.find(action).visibleRegion().isEmpty() and is_on_top())


def test_the_tour_works_while_its_control_was_hidden_and_leaves_the_keyboard_where_it_is(person, model):
    person.press("workspace_understand")
    person.find("draw_pad").setFocus()
    focus = person.window.focusWidget()
    person.press("tour")
    model.go_to(TourStep.RATE)
    person.wait_for(lambda: person.find("learning_rate").isVisible())
    assert person.window.focusWidget() in {focus, person.window, None}
    assert [glow for glow in person.window.findChildren(QWidget, "glow") if glow.isVisible()]


def test_the_first_page_offers_the_last_run_and_the_tour_no_more_at_the_next_start(person, open_window, tiny_root):
    person.train(epochs=1)
    person.window.close()
    person.wait_for(lambda: not person.window.is_training_thread_running)
    again = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    again.wait_until_ready()
    assert again.find("plots_empty", QLabel).text().startswith("Press Train")
    again.wait_for(lambda: again.find("empty_continue").text() == "Continue Run 1")
    again.click("empty_continue")
    again.wait_for(lambda: again.window.history is not None and len(again.window.history) == 10)


def test_every_button_of_the_first_page_does_what_its_action_does(person):
    person.click("empty_lessons")
    assert person.find("lessons").isVisible()
    person.click("empty_train")
    person.wait_until_training()
    assert not person.find("empty_train", QWidget).isVisible()
