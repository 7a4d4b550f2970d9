"""Keys act where the user sees it: never behind a tab, never on a control that took the focus by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar, QTableView, QWidget

from tests.end_to_end.conftest import kept_runs
from workbench.ui.models.session_state import SessionState


def focus():
    return QApplication.focusWidget()


def dock_of(widget):
    while widget is not None and not isinstance(widget, QDockWidget):
        widget = widget.parentWidget()
    return widget


@pytest.fixture
def active(person, qtbot):
    person.window.activateWindow()
    qtbot.waitUntil(person.window.isActiveWindow)
    return person


def press_key(person, key):
    person.qtbot.keyClick(focus() or person.window, key)


def test_that_tab_never_leads_behind_another_tab(active):
    active.train(epochs=1)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        active.window.setFocus()
        visited = []
        for _ in range(150):
            press_key(active, key)
            dock = dock_of(focus())
            assert dock is None or not dock.visibleRegion().isEmpty(), focus()
            visited.append(focus())
        assert active.find("learning_rate_entry") in visited, key
        assert active.find("runs_table") not in visited, key


def test_that_the_filter_above_the_table_of_runs_comes_before_it(active):
    active.train(epochs=1)
    active.find("runs_dock").raise_()
    table = active.find("runs_table", QTableView)
    active.wait_for(lambda: table.model().rowCount() == 1 and table.isVisible())
    active.window.setFocus()
    visited = []
    while active.find("runs_table") not in visited:
        press_key(active, Qt.Key.Key_Tab)
        assert focus() not in visited
        visited.append(focus())
    assert active.find("runs_filter") in visited


def test_that_delete_does_nothing_in_a_table_that_another_tab_covers(active):
    active.train(epochs=1)
    active.find("runs_dock").raise_()
    table = active.find("runs_table", QTableView)
    active.wait_for(lambda: table.model().rowCount() == 1 and not table.visibleRegion().isEmpty())
    table.setFocus()
    press_key(active, Qt.Key.Key_Down)
    active.find("data_dock").raise_()
    active.wait_for(lambda: table.visibleRegion().isEmpty())
    assert focus() is not table
    press_key(active, Qt.Key.Key_Down)
    press_key(active, Qt.Key.Key_Delete)
    active.qtbot.wait(50)
    assert len(kept_runs()) == 1


def test_that_a_key_typed_in_the_table_of_runs_trains_nothing(active):
    active.train(epochs=1)
    steps = len(active.window.history)
    active.find("runs_dock").raise_()
    table = active.find("runs_table", QTableView)
    active.wait_for(lambda: table.model().rowCount() == 1)
    table.setFocus()
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Space):
        press_key(active, key)
    active.qtbot.wait(50)
    assert active.window.state is SessionState.READY
    assert len(active.window.history) == steps


def test_that_space_pauses_after_a_rate_was_typed_and_the_rate_counts(active):
    active.begin(epochs=100)
    entry = active.find("learning_rate_entry")
    entry.setFocus()
    entry.selectAll()
    active.qtbot.keyClicks(entry, "0.05")
    press_key(active, Qt.Key.Key_Space)
    active.wait_until_paused()
    assert active.control("learning_rate").value() == 0.05
    assert entry.text() == "0.05"
    press_key(active, Qt.Key.Key_Space)
    active.wait_until_training()


def test_that_starting_a_training_gives_the_focus_to_the_window(active):
    active.set(epochs=100)
    for name in ("train_button", "seed_entry", "model"):
        if name == "model" and not active.find(name).isVisible():
            active.click("trained_fold")  # the first run has folded it
        active.find(name).setFocus()
        active.press("train")
        active.wait_until_training()
        assert focus() in {active.window, None}, name
        assert not isinstance(focus(), QTabBar), name
        active.press("stop")
        active.wait_until_ready()


def test_that_a_control_that_locks_leaves_the_focus_to_the_window(active):
    entry = active.find("seed_entry", QWidget)
    entry.setFocus()
    entry.setEnabled(False)
    assert focus() is active.window
