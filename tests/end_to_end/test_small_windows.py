"""How small the window can be, and what it shows then."""

import itertools

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QDockWidget, QPlainTextEdit

from workbench.engine.history.records import Incident
from workbench.engine.protocol.events import DivergenceStopped, Inspected
from workbench.engine.protocol.queries.first_bad import BadLayer, BadSample, FindFirstBad, FirstBad, Part
from workbench.engine.training.spike_recovery import _why_returned
from workbench.ui.panels.notification_bar import Choice, Kind
from workbench.ui.system.preferences import Settings
from workbench.ui.widgets.wrapped_label import WrappedLabel

QUESTION = "The loss rose to 171 at step 493, far above its range. How should training continue?" + " Say how." * 20
CHOICES = [Choice(key, f"Continue in this way: {key}") for key in ("one", "two", "three")]
SIZES = [(960, 600), (1024, 640), (1280, 800), (1920, 1080)]


def ask(person):
    person.find("notice").show_notice(QUESTION, Kind.WARNING, choices=CHOICES, topic="guard")
    person.qtbot.wait(50)


def heights_of_docks(person):
    """Of those that are seen: Qt gives a dock behind another tab its size when it is raised."""
    docks = person.window.findChildren(QDockWidget)
    return {dock.objectName(): dock.height() for dock in docks if not dock.visibleRegion().isEmpty()}


def settled(person, places):
    """What `places` gives once it has not changed for a while: Qt lays docks out when the event loop comes to it."""
    before = None
    while (now := places()) != before:
        before = now
        person.qtbot.wait(150)
    return now


def share_of_loss(person):
    return person.find("loss_plot").height() / person.window.height()


def test_that_the_window_can_be_small_whatever_it_shows(person):
    person.train(epochs=1)
    for panel in ("log", "journal", "data", "runs", "branches"):
        person.find(f"{panel}_dock").raise_()
        ask(person)
        hint = person.window.minimumSizeHint()
        assert (hint.width() <= 960, hint.height() <= 600) == (True, True), (panel, hint)
    person.window.resize(960, 600)
    assert person.window.size().toTuple() == (960, 600)


def test_that_the_loss_keeps_a_third_of_the_window_at_every_size_also_while_something_is_asked(person):
    person.begin(epochs=1)
    person.wait_until_ready()
    person.press("go_to_step")
    person.answer("go_to_step_dialog", 1)  # the recorded steps have a legend then
    person.wait_until_paused(1)
    person.click("show_learning_rate")
    for is_asked in (False, True):
        if is_asked:
            ask(person)
        for size in (*SIZES, *reversed(SIZES)):
            person.window.resize(*size)
            person.qtbot.wait(50)
            assert share_of_loss(person) >= 1 / 3, (size, is_asked)
        person.press("workspace_compare")  # where panels with tabs stand beside one without
        for size in SIZES:
            person.window.resize(*size)
            person.qtbot.wait(50)
            assert share_of_loss(person) >= 1 / 3, (size, is_asked)
        person.press("workspace_train")


def test_that_a_notice_moves_nothing_and_all_of_it_is_seen_in_every_workspace(person):
    person.train(epochs=1)

    def places():
        parts = [person.find(name) for name in ("figures", "plots", "loss_plot", "accuracy_plot", "look_back")]
        return heights_of_docks(person), [(part.geometry(), part.isVisible()) for part in parts]

    for case in itertools.product(("train", "understand", "compare"), SIZES):
        workspace, size = case
        person.press(f"workspace_{workspace}")
        person.window.resize(*size)
        before = settled(person, places)
        ask(person)
        assert places() == before, case
        notice, centre = person.find("notice"), person.window.centralWidget()
        assert centre.rect().contains(notice.geometry()), case
        buttons = [person.find(f"notice_{choice.key}") for choice in CHOICES]
        assert all(notice.rect().contains(button.geometry()) for button in buttons), case
        assert all(button.width() >= button.sizeHint().width() for button in buttons), case
        person.find("notice").clear()
        assert settled(person, places) == before, case


@pytest.mark.parametrize(("language", "percent"), [("en", 150), ("ko", 100)])
def test_that_the_whole_question_of_the_guard_is_seen(open_window, tiny_root, monkeypatch, language, percent):
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(3840, 2160))
    Settings().write("zoom", {"percent": percent})
    user = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist", "--lang", language)
    user.wait_until_ready()
    user.train(epochs=1)
    said, name = user.window._parts.notifications, "a_long_name_of_a_module_of_a_network.0.1"
    layer = BadLayer(name, "Linear", Part.GRADIENT, 123_456, 5000.0, 1.2e9, 10)
    found = FirstBad(123_456, layer, BadSample(123_456, 59_999, 0, 9e9, 8e8, 64, 0))
    problem = _why_returned(123_456, 1.234e30, 123_400)
    said.ask_after_guard(DivergenceStopped(Incident(123_456, 1e9, 123_400), problem))
    bar, text = user.find("notice"), user.find("notice_text", WrappedLabel)
    for is_long in (False, True):
        if is_long:
            said.show_first_bad(Inspected(FindFirstBad(123_456), None, "a" * 16, 10, found, 0.1), ("T-shirt/top",))
            assert name in bar.text
        for size in SIZES:
            user.window.resize(*size)
            user.qtbot.wait(50)
            assert text.height() >= text.heightForWidth(text.width()), (size, text.text())
            assert user.window.centralWidget().rect().contains(bar.geometry()), size
    user.click("notice_details")
    (details,) = bar.findChildren(QPlainTextEdit, "details_text")
    assert "1.2e+09" in details.toPlainText()
    assert "59,999" in details.toPlainText()


def test_that_a_question_floats_where_it_covers_neither_curve_nor_mark(person):
    person.begin(epochs=50)
    person.press("pause")
    person.wait_until_paused()
    person.find("notice").show_notice("How should training continue?", Kind.WARNING, choices=CHOICES, topic="guard")
    person.qtbot.wait(50)
    stack, notice = person.find("plots").stack, person.find("notice")
    place = notice.geometry().translated(-stack.mapTo(person.window.centralWidget(), stack.rect().topLeft()))
    assert stack.loss_places.area.contains(place)
    assert stack.loss_places.covered(place) == 0


def test_that_a_low_window_shows_both_plots_and_the_flag_beside_a_question(person):
    person.begin(epochs=1)
    person.wait_until_ready()
    person.press("go_to_step")
    person.answer("go_to_step_dialog", 5)
    person.wait_until_paused(5)
    person.window.resize(1024, 640)
    ask(person)
    person.wait_for(person.find("accuracy_plot").isVisible)
    stack, notice = person.find("plots").stack, person.find("notice")
    corner = stack.mapTo(person.window.centralWidget(), stack.loss_places.area.topLeft())
    (flag,) = [box for text, box in stack.loss_places.label_boxes() if text == "flag"]
    assert not notice.geometry().intersects(flag.toAlignedRect().translated(corner))
    assert share_of_loss(person) >= 1 / 3


def test_that_the_docks_are_as_high_as_before_when_the_window_is(person):
    person.window.resize(1280, 1000)
    person.press("reset_layout")
    person.qtbot.wait(50)
    before = heights_of_docks(person)
    person.window.resize(960, 600)
    person.qtbot.wait(50)
    assert heights_of_docks(person)["log_dock"] < before["log_dock"]
    person.window.resize(1280, 1000)
    person.qtbot.wait(50)
    assert heights_of_docks(person) == before


def test_that_the_smallest_window_shows_loss_and_accuracy_and_reads_values_over_the_axis_of_steps(person):
    person.train(epochs=1)
    person.window.resize(960, 600)
    person.wait_for(person.find("accuracy_plot").isVisible)
    assert share_of_loss(person) >= 1 / 3
    loss, readout, stack = person.find("loss_plot"), person.find("readout"), person.find("plots").stack
    assert not readout.isVisible()
    before = settled(person, lambda: (stack.geometry(), loss.geometry()))
    person.qtbot.mouseMove(loss.viewport(), loss.viewport().rect().center())
    person.wait_for(readout.isVisible)
    assert (stack.geometry(), loss.geometry()) == before
    lowest = person.find("accuracy_plot").geometry()
    below = readout.geometry().translated(readout.parent().pos())
    assert lowest.contains(below)
    assert below.top() > lowest.bottom() - stack.loss_plot.steps_height


def test_that_plots_without_room_make_way_and_say_so(person):
    person.train(epochs=1)
    person.window.resize(960, 540)
    ask(person)
    assert not person.find("accuracy_plot").isVisible()
    header, step = person.find("show_learning_rate").parentWidget(), person.find("axis_of_steps")
    assert header.isVisible()
    assert not header.geometry().intersects(step.geometry().translated(step.parentWidget().pos()))
    person.window.resize(1280, 800)
    person.find("notice").clear()
    person.qtbot.wait(50)
    assert person.find("accuracy_plot").isVisible()


def test_that_no_plot_is_a_strip(person):
    person.train(epochs=1)
    person.click("show_learning_rate")
    for size in (*SIZES, *reversed(SIZES)):
        person.window.resize(*size)
        person.qtbot.wait(50)
        for name in ("accuracy_plot", "learning_rate_plot"):
            plot = person.find(name)
            assert not plot.isVisible() or plot.getViewBox().height() >= 30, (size, name)


def test_that_the_button_of_the_learning_rate_is_pressed_only_where_its_plot_is_seen(person):
    person.set(schedule="cosine")
    person.train(epochs=2)
    button, plot = person.find("show_learning_rate"), person.find("learning_rate_plot")
    without_room = []
    for height in range(600, 1080, 30):
        person.window.resize(1280, height)
        person.qtbot.wait(20)
        assert button.isChecked() == plot.isVisible(), height
        assert plot.isVisible() or "No room" in button.toolTip(), height
        if button.isEnabled() and not plot.isVisible():
            without_room.append(height)
    assert plot.isVisible()
    person.window.resize(1280, without_room[0])
    person.qtbot.wait(20)
    person.click("show_learning_rate")
    person.qtbot.wait(20)
    assert (button.isChecked(), plot.isVisible()) == (True, True)
    assert not person.find("accuracy_plot").isVisible()
    assert share_of_loss(person) >= 1 / 3


def test_that_a_notice_at_the_end_changes_no_dock_of_the_next_window(person, open_window, tiny_root):
    person.window.resize(960, 600)
    person.qtbot.wait(50)
    before = heights_of_docks(person)
    ask(person)
    person.window.close()
    later = open_window("--data-root", tiny_root)
    later.qtbot.wait(50)
    assert later.window.height() == 600
    assert heights_of_docks(later) == before


def test_that_the_values_under_the_pointer_change_no_least_height(person):
    least = person.window.centralWidget().minimumSizeHint().height()
    person.train(epochs=1)
    assert person.window.centralWidget().minimumSizeHint().height() == least
    plot = person.find("loss_plot")
    person.qtbot.mouseMove(plot.viewport(), plot.viewport().rect().center())
    person.qtbot.waitUntil(lambda: person.find("readout").text() != "")
    assert person.window.centralWidget().minimumSizeHint().height() == least
