"""Panels get their looks before they are shown, one after another."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.window.panel_polish import PanelPolish

POLISHED = Qt.WidgetAttribute.WA_WState_Polished


@pytest.fixture
def panels(qtbot):
    panels = [QWidget() for _ in range(3)]
    for panel in panels:
        qtbot.addWidget(panel)
        QPushButton("Press", panel)
    return panels


def polished(panels):
    return [panel.findChild(QPushButton).testAttribute(POLISHED) for panel in panels]


def test_that_every_panel_and_what_is_in_it_is_polished_although_it_is_hidden(panels, qtbot):
    polish = PanelPolish(panels, panels[0])
    assert polished(panels) == [False] * 3
    polish.start()
    qtbot.waitUntil(lambda: polish.is_done)
    assert polished(panels) == [True] * 3
    assert not any(panel.isVisible() for panel in panels)


def test_that_the_event_loop_has_its_turn_between_two_panels(panels, qtbot):
    polish = PanelPolish(panels, panels[0])
    polish.start()
    qtbot.waitUntil(lambda: polished(panels)[0])
    assert not polish.is_done
