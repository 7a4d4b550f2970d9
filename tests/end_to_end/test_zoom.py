"""The whole window larger or smaller, while it is used; and the curves over the whole screen."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QLabel, QTabBar, QToolBar, QWidget

from tests.end_to_end.conftest import headless, saved
from workbench.ui.models.session_state import SessionState
from workbench.ui.style import zoom
from workbench.ui.system.preferences import Settings
from workbench.ui.window.presentation import PresentationBar


@pytest.fixture
def large_screen(monkeypatch):
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(3840, 2160))


@pytest.fixture
def press_zoom(large_screen, person):
    """Presses a key of the zoom; the same person then uses the new window."""

    def press(name):
        window = person.window
        person.press(name)
        person.wait_for(lambda: window.successor is not None)
        person.window = window.successor

    return press


def visible_fonts(window):
    return {
        widget.objectName(): widget.font().pointSizeF()
        for widget in window.findChildren(QWidget)
        if widget.objectName() and widget.isVisible() and widget.font().pointSizeF() > 0
    }


def test_that_everything_that_is_seen_grows_and_is_as_before_at_the_usual_size(person, press_zoom):
    person.train(epochs=2)
    plain = visible_fonts(person.window)
    axis = person.window._parts.panels.plots.stack.plots[0].axis_width
    for _ in range(3):
        press_zoom("zoom_in")
    person.wait_until_ready()
    person.wait_for(lambda: person.window._parts.panels.plots.built_stack is not None)
    large = visible_fonts(person.window)
    assert {name for name in plain if name in large and large[name] < 1.4 * plain[name]} == set()
    assert person.window._parts.panels.plots.stack.plots[0].axis_width > 1.2 * axis
    assert person.find("tool_bar", QToolBar).iconSize() == QSize(27, 27)
    press_zoom("zoom_usual")
    person.wait_until_ready()
    again = visible_fonts(person.window)
    assert {name for name in plain if name in again and again[name] != pytest.approx(plain[name])} == set()


def test_that_a_training_goes_on_with_the_same_bits(person, press_zoom, save_to, tmp_path, tiny_root):
    person.begin(epochs=6)
    press_zoom("zoom_in")
    press_zoom("zoom_out")
    person.wait_until_ready()
    _, weights = headless(tiny_root, epochs=6)
    assert saved(person, save_to, tmp_path / "model.pt") == weights


def test_that_undo_takes_a_travel_back_that_was_made_before_the_zoom(person, press_zoom):
    person.train(epochs=2)
    person.window._parts.controller.go_to(5)
    person.wait_until_paused(5)
    said = person.action("undo").text()
    press_zoom("zoom_in")
    person.wait_until_paused(5)
    assert person.action("undo").text() == said
    person.press("undo")
    person.wait_for(lambda: person.window.state is not SessionState.TRAVELLING)
    assert len(person.window.history) == 20


def test_that_the_size_is_remembered(person, press_zoom, open_window):
    press_zoom("zoom_in")
    assert Settings().read("zoom") == {"percent": 110}
    person.window.close()
    other = open_window()
    assert zoom.zoom() == 110
    assert other.window.font().pointSizeF() > 10.5


def test_that_a_stored_size_that_is_none_is_passed_over(open_window):
    Settings().write("zoom", {"percent": "large"})
    open_window(show=False)
    assert zoom.zoom() == 100


def test_that_a_size_for_which_the_screen_has_no_room_is_refused_with_a_sentence(person, monkeypatch):
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(700, 450))
    person.press("zoom_in")
    assert "110 %" in person.notice
    assert "100 %" in person.notice
    assert zoom.zoom() == 100


def test_that_a_refused_size_is_said_otherwise_in_the_presentation(person, monkeypatch):
    # Too narrow for all panels at 110 %, whatever the curves alone need.
    room = QSize(round(1.1 * person.window.minimumSizeHint().width()) - 2, 4000)
    monkeypatch.setattr(QScreen, "availableSize", lambda _: room)
    person.press("presentation")
    person.press("zoom_in")
    assert zoom.zoom() == 100
    assert "110 %" in person.notice
    assert "after the presentation" in person.notice
    assert "F11" not in person.notice


def test_that_a_remembered_size_for_which_no_screen_has_room_is_reduced_for_this_time(open_window, monkeypatch):
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1280, 770))
    Settings().write("zoom", {"percent": 175})
    person = open_window(show=False)
    assert zoom.zoom() == 125
    assert "175 %" in person.notice
    assert "125 %" in person.notice
    assert Settings().read("zoom") == {"percent": 175}


def test_that_nothing_moves_at_the_last_step(person, monkeypatch, large_screen):
    asked = []
    person.window._parts.zoom.chosen.connect(asked.append)
    person.press("zoom_usual")
    assert not asked


# Presentation


def arrangement(window):
    """What is seen and where: docks, bars, tabs in front."""
    places = {
        widget.objectName(): None if widget.visibleRegion().isEmpty() else widget.geometry().getRect()
        for widget in [*window.findChildren(QDockWidget), *window.findChildren(QToolBar)]
    }
    tabs = sorted(
        (bar.tabText(bar.currentIndex()), bar.isVisible())
        for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if bar.isVisible()
    )
    return places, tabs, window.menuBar().isVisible(), window.statusBar().isVisible()


def shown(window):
    return {name for name, place in arrangement(window)[0].items() if place is not None}


@pytest.fixture
def arranged(person):
    """A person whose window has been arranged by hand."""
    person.find("journal_dock", QDockWidget).raise_()
    person.find("branches_dock", QDockWidget).hide()
    person.qtbot.wait(100)
    return person


def test_that_leaving_in_any_way_puts_every_panel_and_bar_back(arranged):
    before = arrangement(arranged.window)
    state = arranged.window.windowState()
    ways = (
        lambda: QTest.keyClick(arranged.window, Qt.Key.Key_Escape),
        lambda: arranged.press("presentation"),
        lambda: arranged.click("presentation_leave"),
    )
    for leave in ways:
        arranged.press("presentation")
        assert arranged.window.isFullScreen()
        assert arranged.action("presentation").isChecked()
        assert not any(dock.isVisible() for dock in arranged.window.findChildren(QDockWidget))
        assert not arranged.window.menuBar().isVisible()
        assert arranged.find("presentation_bar").isVisible()
        leave()
        assert arranged.window.windowState() == state
        assert not arranged.action("presentation").isChecked()
        arranged.wait_for(lambda: arrangement(arranged.window) == before)


def test_that_the_learning_rate_and_the_run_are_steered_from_the_bar(person):
    person.press("presentation")
    bar = person.find("presentation_bar", PresentationBar)
    slider = person.find("presentation_rate")
    person.set(learning_rate=0.05, epochs=60)
    assert person.find("presentation_rate_value", QLabel).text() == "0.05"
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert person.control("learning_rate").value() > 0.05
    person.click("presentation_train")
    person.wait_until_training()
    person.click("presentation_pause")
    person.wait_until_paused()
    person.click("presentation_stop")
    person.wait_until_ready()
    large = person.find("presentation_rate_value").font().pointSizeF()
    assert large > person.window.font().pointSizeF()
    assert bar.isVisible()


def test_that_the_presentation_fits_the_smallest_screen_at_the_largest_size(open_window, large_screen, tiny_root):
    Settings().write("zoom", {"percent": 200})
    person = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    person.wait_until_ready()
    person.train(epochs=1)
    person.press("presentation")
    person.qtbot.wait(50)
    least = person.window.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 640) == (True, True), least


def test_that_the_keys_of_the_run_work_although_the_menus_are_hidden(person):
    person.press("presentation")
    actions = person.window.actions()
    assert person.action("train") in actions
    assert person.action("stop") in actions
    person.press("presentation")
    assert person.action("train") not in person.window.actions()


def test_that_another_workspace_leaves_the_presentation_first(person):
    before = shown(person.window)
    person.press("presentation")
    person.press("workspace_understand")
    assert not person.window.isFullScreen()
    assert person.find("gallery_dock").isVisible()
    person.press("workspace_train")
    person.wait_for(lambda: shown(person.window) == before)


def test_that_a_window_that_closes_while_presenting_remembers_its_panels(person, open_window):
    person.press("presentation")
    person.window.leave()
    other = open_window()
    assert other.find("controls_dock").isVisible()
    assert not other.find("presentation_bar").isVisible()
    assert not other.window.isFullScreen()


def test_that_the_presentation_stays_when_the_size_changes(person, press_zoom):
    person.press("presentation")
    press_zoom("zoom_out")
    person.wait_for(lambda: person.find("presentation_bar").isVisible())
    person.wait_until_ready()
    person.qtbot.wait(100)
    assert not any(dock.isVisible() for dock in person.window.findChildren(QDockWidget))
    assert [bar.objectName() for bar in person.window.findChildren(QToolBar) if bar.isVisible()] == ["presentation_bar"]
    QTest.keyClick(person.window, Qt.Key.Key_Escape)
    person.wait_for(lambda: person.find("controls_dock").isVisible())
    assert person.window.state in (SessionState.LOADING, SessionState.READY)


def test_that_the_size_stays_while_an_answer_is_awaited(person):
    person.begin(epochs=50)
    person.press("stop")
    assert not person.action("zoom_in").isEnabled()
    person.wait_until_ready()
    assert person.action("zoom_in").isEnabled()
