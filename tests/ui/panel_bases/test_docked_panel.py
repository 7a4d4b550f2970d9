"""A panel in a dock is blank until it is in sight; then it opens in turns of the event loop of its own."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QVBoxLayout

from workbench.ui.panel_bases.docked_panel import DockedPanel

BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


class Panel(DockedPanel):
    """Builds a label; counts how often it caught up."""

    def __init__(self, name, parent=None):
        super().__init__(name, "data", parent)
        self.label = None
        self.caught_up = 0

    def build(self):
        self.label = QLabel("here", self.content)
        QVBoxLayout(self.content).addWidget(self.label)
        self.show_content()

    def catch_up(self):
        self.caught_up += 1


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(600, 400)
    window.setCentralWidget(QLabel("centre"))
    return window


def add(window, name):
    dock = QDockWidget(name, window)
    panel = Panel(name)
    dock.setWidget(panel)
    window.addDockWidget(BOTTOM, dock)
    return dock, panel


def test_that_a_panel_alone_is_there_as_soon_as_it_is_shown(qtbot):
    panel = Panel("alone")
    qtbot.addWidget(panel)
    assert panel.label is None
    panel.show()
    assert panel.label.isVisible()
    assert panel.is_seen
    assert panel.caught_up == 1


def test_that_a_panel_in_a_dock_opens_a_little_after_it_is_shown_and_keeps_its_size(window, qtbot):
    dock, panel = add(window, "first")
    window.show()
    assert not panel.is_seen
    assert panel.label is None
    blank = panel.size()
    with qtbot.waitSignal(panel.opened):
        pass
    qtbot.wait(20)
    assert panel.label.isVisible()
    assert panel.is_seen
    assert panel.caught_up == 1
    assert panel.size() == blank != QSize(0, 0)
    dock.hide()
    dock.show()
    assert panel.label.isVisible()  # the second time at once
    assert panel.caught_up == 2


def test_that_a_panel_behind_a_tab_is_built_only_when_it_is_brought_to_the_front(window, qtbot):
    (front, shown), (back, hidden) = add(window, "front"), add(window, "back")
    window.tabifyDockWidget(front, back)
    front.raise_()
    window.show()
    qtbot.waitUntil(lambda: shown.is_seen)
    qtbot.wait(20)
    assert hidden.label is None
    back.raise_()
    qtbot.waitUntil(lambda: hidden.is_seen)
    assert hidden.label.isVisible()


def test_that_a_panel_that_is_hidden_before_its_turn_stays_blank_and_opens_the_next_time(window, qtbot):
    dock, panel = add(window, "brief")
    window.show()
    dock.hide()
    qtbot.wait(20)
    assert panel.label is None
    dock.show()
    qtbot.waitUntil(lambda: panel.is_seen)
