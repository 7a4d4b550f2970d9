import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from workbench.ui.plotting.legend.empty_state import EmptyState


@pytest.fixture
def state(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 400)
    state = EmptyState("Press Train to see the curves of the run here.", window)
    state.resize(600, 320)
    window.show()
    yield state
    window.close()


def button(state, name):
    return state.findChild(QPushButton, f"empty_{name}")


def shown(state):
    return [each.text() for each in state.findChildren(QPushButton) if each.isVisible()]


def test_that_it_shows_what_there_is_to_begin_with(qtbot, state):
    assert shown(state) == ["Train", "Take the tour", "Lessons", "Open your own data"]
    for key in ("train", "tour", "lessons", "open_data"):
        with qtbot.waitSignal(state.action_requested) as asked:
            qtbot.mouseClick(button(state, key), Qt.MouseButton.LeftButton)
        assert asked.args == [key]


def test_that_it_offers_to_continue_the_last_run_where_there_is_one(qtbot, state):
    state.set_last_run("Run 10")
    assert "Continue Run 10" in shown(state)
    with qtbot.waitSignal(state.continue_requested):
        qtbot.mouseClick(button(state, "continue"), Qt.MouseButton.LeftButton)
    state.set_last_run("")
    assert "Continue Run 10" not in shown(state)


def test_that_at_the_first_start_the_tour_comes_first(state):
    state.offer_tour(True)
    assert button(state, "tour").property("primary") is True
    assert button(state, "train").property("primary") is False
    assert state.text.startswith("New here?")
    state.offer_tour(False)
    assert button(state, "train").property("primary") is True
    assert state.text.startswith("Press Train")


@pytest.mark.parametrize("width", [260, 330, 445, 600, 900])
@pytest.mark.parametrize("title", ["", "Run 10", "A long name of a run that somebody gave"])
def test_that_no_button_is_cut_and_none_lies_over_another(qtbot, state, width, title):
    state.set_last_run(title)
    state.resize(width, 320)
    qtbot.wait(30)  # Qt lays out when the event loop runs
    buttons = [each for each in state.findChildren(QPushButton) if each.isVisible()]
    places = [each.geometry().translated(each.parentWidget().pos()) for each in buttons]
    for index, place in enumerate(places):
        if place.width() <= width:
            assert state.rect().contains(place)
        assert not any(place.intersects(other) for other in places[:index])


def test_that_a_strip_shows_the_sentence_alone(state):
    state.resize(600, 90)
    assert shown(state) == []
    assert state.findChild(QLabel, "plots_empty").isVisible()


def test_that_a_button_is_enabled_as_its_action_is(state):
    state.set_can_train(False)
    assert not button(state, "train").isEnabled()
    assert button(state, "tour").isEnabled()
