"""The context menu of the plots."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.panels.curves_kit import EPOCH, begin, place_of, plot, settle, shown_panel
from workbench.ui.plotting.interaction import plot_menu


@pytest.fixture
def panel(qtbot):
    panel = shown_panel(qtbot)
    yield panel
    if (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def right_click(qtbot, widget, place):
    qtbot.mouseClick(widget.viewport(), Qt.MouseButton.RightButton, pos=place)


def opened(panel):
    menu = panel.findChild(QMenu, "plot_menu")
    assert menu is not None
    return menu


def choose(panel, name):
    action = opened(panel).findChild(QAction, name)
    assert action.isEnabled()
    action.trigger()


def clipboard():
    return QGuiApplication.clipboard().text()


def test_that_a_right_click_opens_a_menu_for_the_step_under_it(panel, qtbot):
    begin(panel, 250)
    loss = plot(panel)
    right_click(qtbot, loss, place_of(loss, 100))
    texts = [action.text() for action in opened(panel).actions()]
    assert any(text.startswith("Go to step ") for text in texts)
    choose(panel, "plot_copy_step")
    assert clipboard().startswith(("Step 99 ·", "Step 100 ·", "Step 101 ·"))


def test_that_it_goes_where_a_click_goes_and_only_where_one_can(panel, qtbot):
    begin(panel, 250)
    loss, chosen, batches = plot(panel), [], []
    panel.step_chosen.connect(chosen.append)
    panel.batch_chosen.connect(batches.append)
    right_click(qtbot, loss, place_of(loss, 100))
    assert not opened(panel).findChild(QAction, "plot_go").isEnabled()
    choose(panel, "plot_batch")
    opened(panel).close()
    settle()
    panel.set_travel_enabled(True)
    right_click(qtbot, loss, place_of(loss, 100))
    choose(panel, "plot_go")
    assert chosen == batches
    assert abs(chosen[0] - 100) <= 1


def test_that_the_values_shown_are_copied_as_a_table(panel, qtbot):
    history = begin(panel, 250)
    loss = plot(panel)
    right_click(qtbot, loss, place_of(loss, 100))
    choose(panel, "plot_copy_table")
    rows = [line.split("\t") for line in clipboard().splitlines()]
    assert rows[0] == ["step", "training loss", "smoothed training loss", "training accuracy"]
    assert len(rows) == 251
    assert float(rows[101][1]) == history.loss[100]
    assert int(rows[-1][0]) == 249


def test_that_of_a_long_run_not_every_step_is_copied(panel, monkeypatch):
    monkeypatch.setattr(plot_menu, "MOST_COPIED", 100)
    begin(panel, 3 * EPOCH + 1)
    assert len(panel.stack.plot_menu.table(plot(panel))) <= 101


def test_that_the_picture_is_copied(panel, qtbot):
    begin(panel, 50)
    loss = plot(panel)
    right_click(qtbot, loss, place_of(loss, 10))
    choose(panel, "plot_copy_picture")
    assert QGuiApplication.clipboard().pixmap().deviceIndependentSize().toSize() == loss.size()


def test_that_the_whole_run_is_shown_again(panel, qtbot):
    begin(panel, 250)
    loss = plot(panel)
    qtbot.keyClick(loss, Qt.Key.Key_Plus)
    right_click(qtbot, loss, place_of(loss, 100))
    choose(panel, "plot_reset")
    assert panel.stack.auto_range.is_automatic


def test_that_the_menu_key_opens_it_at_the_crosshair(panel, qtbot):
    begin(panel, 250)
    loss = plot(panel)
    qtbot.keyClick(loss, Qt.Key.Key_Left)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), loss.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(loss, event)
    assert "249" in opened(panel).findChild(QAction, "plot_batch").text()


def test_that_a_drag_with_the_right_button_opens_none(panel, qtbot):
    begin(panel, 250)
    loss, button = plot(panel), Qt.MouseButton.RightButton
    qtbot.mousePress(loss.viewport(), button, pos=place_of(loss, 100))
    qtbot.mouseRelease(loss.viewport(), button, pos=place_of(loss, 100) + QPoint(40, 0))
    assert panel.findChild(QMenu, "plot_menu") is None


def test_that_beyond_the_run_there_is_no_step(panel, qtbot):
    begin(panel, 50, planned=1000)
    loss = plot(panel)
    right_click(qtbot, loss, place_of(loss, 120))
    assert opened(panel).findChild(QAction, "plot_go") is None
    assert opened(panel).findChild(QAction, "plot_copy_picture").isEnabled()
