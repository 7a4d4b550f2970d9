"""The strip above the status bar: the hints."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from workbench.app import create_window
from workbench.ui.window.main_window import MainWindow
from workbench.ui.window.strip_bar import StripBar


@pytest.fixture
def open_window(qtbot, monkeypatch):
    monkeypatch.setattr(MainWindow, "start", lambda _: None)  # nothing is trained here
    windows = []

    def open_one(width=1280, height=800):
        window = create_window([])
        windows.append(window)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        qtbot.wait(50)
        return window

    yield open_one
    for window in windows:
        window.leave()
        window.deleteLater()


def bar(window):
    return window.findChild(StripBar)


def switch(window, workspace, qtbot):
    window.findChild(QAction, f"workspace_{workspace}").trigger()
    qtbot.wait(50)


def test_that_the_strip_spans_the_window_above_the_status_bar_and_shows_its_whole_panel(open_window):
    window = open_window()
    strip, panel = bar(window), window.findChild(QWidget, "hints")
    assert strip.isVisible()
    assert strip.width() == window.width()
    assert strip.geometry().bottom() < window.statusBar().geometry().top()
    assert strip.rect().contains(panel.geometry())
    assert panel.height() >= panel.minimumSizeHint().height()


def test_that_hints_are_switched_in_the_menu_and_that_is_remembered(open_window, qtbot):
    window = open_window()
    action = window.findChild(QAction, "explain")
    assert action.isChecked()
    action.trigger()
    assert not bar(window).isVisible()
    for workspace in ("understand", "train"):
        switch(window, workspace, qtbot)
        assert not bar(window).isVisible()
    window.close()
    again = open_window()
    assert not bar(again).isVisible()
    assert not again.findChild(QAction, "explain").isChecked()
    again.findChild(QAction, "explain").trigger()
    assert bar(again).isVisible()


def test_that_a_stored_arrangement_does_not_hide_the_strip(open_window, qtbot):
    window = open_window()
    window.findChild(QAction, "explain").trigger()
    switch(window, "understand", qtbot)  # stores that of Train, without the strip
    window.findChild(QAction, "explain").trigger()
    switch(window, "train", qtbot)
    assert bar(window).isVisible()


def test_that_the_comparison_of_runs_has_the_room_of_the_strip(open_window, qtbot):
    window = open_window()
    switch(window, "compare", qtbot)
    assert not bar(window).isVisible()
    switch(window, "understand", qtbot)
    assert bar(window).isVisible()
