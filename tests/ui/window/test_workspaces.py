"""Workspaces: each has its panels, and keeps the arrangement that the user gave it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QTabBar, QToolBar, QToolButton, QWidget

from tests.ui.usual_look import use_usual_look
from workbench.app import create_window
from workbench.ui.system.preferences import Settings
from workbench.ui.window.main_window import MainWindow
from workbench.ui.window.workspaces import COMPARE, TRAIN, UNDERSTAND, WORKSPACES, take_out


@pytest.fixture
def open_window(qtbot, monkeypatch):
    monkeypatch.setattr(MainWindow, "start", lambda _: None)  # nothing is trained here
    windows = []

    def open_one():
        window = create_window([])
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        qtbot.wait(50)
        return window

    yield open_one
    for opened in windows:
        window = opened
        while window.successor is not None:
            window = window.successor
        window.leave()
        window.deleteLater()


@pytest.fixture
def zoomed(open_window, qtbot, qapp):
    """Has another window at another zoom take the place of one."""

    def zoomed(window, percent):
        window.zoom_chosen.emit(percent)
        qtbot.wait(100)
        return window.successor

    yield zoomed
    use_usual_look(qapp)


def switch(window, workspace, qtbot):
    window.findChild(QAction, f"workspace_{workspace.key}").trigger()
    qtbot.wait(50)


def shown(window):
    return {dock.objectName().removesuffix("_dock") for dock in window.findChildren(QDockWidget) if not dock.isHidden()}


def panels_of(workspace):
    keys = {key for group in workspace.groups for key in group}
    return keys | {"controls"} if workspace.has_settings else keys


def test_that_each_workspace_shows_its_panels_and_no_others(open_window, qtbot):
    window = open_window()
    for workspace in (*WORKSPACES, TRAIN, COMPARE):
        switch(window, workspace, qtbot)
        assert shown(window) == panels_of(workspace)
        assert window.findChild(QAction, f"workspace_{workspace.key}").isChecked()


def test_that_no_tab_bar_is_left_behind(open_window, qtbot):
    window = open_window()
    for workspace in (UNDERSTAND, COMPARE, TRAIN, UNDERSTAND, TRAIN):
        switch(window, workspace, qtbot)
    bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.parent() is window]
    assert len(bars) == len([group for group in TRAIN.groups if len(group) > 1])


def test_that_docks_that_are_taken_out_leave_no_tab_bar_in_sight(open_window):
    """Qt may leave one for good: one with Journal and Branches, which Train and Compare have both, lay on the plots."""
    window = open_window()
    take_out(window)
    assert not [bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.parent() is window]


def test_that_the_curves_are_there_in_every_workspace(open_window, qtbot):
    window = open_window()
    for workspace in WORKSPACES:
        switch(window, workspace, qtbot)
        plots = window.findChild(QWidget, "plots")
        assert plots.isVisible()
        assert plots.height() >= 90
        assert window.findChild(QWidget, "look_back").isVisible() == workspace.is_strip


def test_that_a_workspace_keeps_its_arrangement(open_window, qtbot):
    window = open_window()
    window.findChild(QDockWidget, "journal_dock").hide()
    switch(window, COMPARE, qtbot)
    window.findChild(QDockWidget, "log_dock").show()
    switch(window, TRAIN, qtbot)
    assert shown(window) == panels_of(TRAIN) - {"journal"}
    switch(window, COMPARE, qtbot)
    assert shown(window) == panels_of(COMPARE) | {"log"}


def test_that_arrangements_and_the_shown_workspace_outlive_the_window(open_window, qtbot):
    window = open_window()
    window.findChild(QDockWidget, "journal_dock").hide()
    switch(window, COMPARE, qtbot)
    window.close()
    again = open_window()
    assert shown(again) == panels_of(COMPARE)
    switch(again, TRAIN, qtbot)
    assert shown(again) == panels_of(TRAIN) - {"journal"}


def test_that_reset_layout_puts_back_the_shown_workspace_alone(open_window, qtbot):
    window = open_window()
    window.findChild(QDockWidget, "journal_dock").hide()
    switch(window, COMPARE, qtbot)
    window.findChild(QDockWidget, "runs_dock").hide()
    window.findChild(QAction, "reset_layout").trigger()
    qtbot.wait(50)
    assert shown(window) == panels_of(COMPARE)
    switch(window, TRAIN, qtbot)
    assert shown(window) == panels_of(TRAIN) - {"journal"}


def test_that_every_button_of_the_tool_bar_can_be_seen(open_window, qtbot):
    window = open_window()
    bar = window.findChild(QToolBar, "tool_bar")
    buttons = [bar.widgetForAction(action) for action in bar.actions()]
    for width in (960, 1024, 1280):
        window.resize(width, 640)
        qtbot.wait(50)
        for button in buttons:
            if isinstance(button, QToolButton):
                assert button.isVisible(), width
                assert button.geometry().right() <= bar.width(), width


def test_that_panels_that_are_new_since_a_layout_was_stored_stand_behind_the_others(open_window, qtbot):
    window = open_window()
    switch(window, UNDERSTAND, qtbot)
    for key in ("calibration", "draw_pad"):  # as in a version that has not got them
        window.removeDockWidget(window.findChild(QDockWidget, f"{key}_dock"))
    window.close()
    stored = Settings().read("workspaces")
    stored[UNDERSTAND.key] = [key for key in stored[UNDERSTAND.key] if key not in ("calibration", "draw_pad")]
    Settings().write("workspaces", stored)
    again = open_window()
    for _ in range(2):
        assert shown(again) == panels_of(UNDERSTAND)
        for key, beside in (("calibration", "confusion_matrix"), ("draw_pad", "what_if")):
            dock, other = (again.findChild(QDockWidget, f"{name}_dock") for name in (key, beside))
            assert other in again.tabifiedDockWidgets(dock)
        switch(again, TRAIN, qtbot)
        switch(again, UNDERSTAND, qtbot)


def test_that_a_closed_panel_comes_to_the_front_when_the_menu_shows_it_again(open_window, qtbot):
    window = open_window()
    switch(window, UNDERSTAND, qtbot)
    for key in ("spike", "test_map", "what_if", "confusion_matrix"):
        dock = window.findChild(QDockWidget, f"{key}_dock")
        dock.close()
        qtbot.wait(50)
        others = [other for other in window.tabifiedDockWidgets(dock) if not other.isHidden()]
        window.findChild(QAction, f"show_{key}_dock").trigger()
        qtbot.waitUntil(lambda dock=dock: is_in_front(window, dock))
        assert not any(is_in_front(window, other) for other in others), key


def is_in_front(window, dock):
    return dock.isVisible() and window.rect().intersects(dock.geometry())


def test_that_the_curves_take_the_room_of_the_panels_that_are_closed(open_window, qtbot):
    window = open_window()
    for workspace in WORKSPACES:
        switch(window, workspace, qtbot)
        for dock in window.findChildren(QDockWidget):
            if not dock.isHidden():
                dock.toggleViewAction().trigger()
                qtbot.wait(5)
        qtbot.wait(50)
        plots, centre = window.findChild(QWidget, "plots"), window.centralWidget()
        below = window.findChild(QWidget, "look_back").height() if workspace.is_strip else 0
        bars = sum(bar.height() for bar in window.findChildren(QToolBar) if bar.isVisible())
        outside = bars + window.menuBar().height() + window.statusBar().height()
        assert centre.height() >= window.height() - outside - 4, workspace.key
        assert plots.height() >= centre.height() - below - 30, workspace.key
        assert plots.width() >= window.width() - 30, workspace.key


# Another zoom


def sizes(window):
    """Of the window and of the docks in front."""
    docks = [dock for dock in window.findChildren(QDockWidget) if is_in_front(window, dock)]
    return {"window": window.size().toTuple(), **{dock.objectName(): dock.size().toTuple() for dock in docks}}


def test_that_panels_and_window_have_their_sizes_again_when_the_zoom_goes_back(open_window, zoomed, qtbot):
    window = open_window()
    settings = sizes(window)["controls_dock"][0]
    switch(window, UNDERSTAND, qtbot)
    gallery, matrix = (window.findChild(QDockWidget, f"{key}_dock") for key in ("gallery", "confusion_matrix"))
    window.resizeDocks([matrix, gallery], [380, 500], Qt.Orientation.Horizontal)
    qtbot.wait(50)
    before = sizes(window)
    window = zoomed(window, 150)
    assert sizes(window) != before
    window = zoomed(window, 100)
    assert sizes(window) == before
    switch(window, TRAIN, qtbot)
    assert sizes(window)["controls_dock"][0] == settings


def test_that_what_is_done_to_the_panels_at_another_zoom_stays_when_the_zoom_goes_back(open_window, zoomed, qtbot):
    window = open_window()
    window = zoomed(window, 110)
    window.findChild(QDockWidget, "journal_dock").raise_()
    qtbot.wait(50)
    window = zoomed(window, 100)
    assert is_in_front(window, window.findChild(QDockWidget, "journal_dock"))
    window = zoomed(window, 110)
    window.findChild(QDockWidget, "journal_dock").hide()
    window = zoomed(window, 100)
    assert shown(window) == panels_of(TRAIN) - {"journal"}


def test_that_settings_that_were_not_seen_at_the_zoom_are_as_wide_in_letters_as_before(open_window, zoomed, qtbot):
    window = open_window()
    before = sizes(window)["controls_dock"][0]
    switch(window, COMPARE, qtbot)
    window = zoomed(window, 125)
    switch(window, TRAIN, qtbot)
    assert sizes(window)["controls_dock"][0] == pytest.approx(1.25 * before, rel=0.05)
