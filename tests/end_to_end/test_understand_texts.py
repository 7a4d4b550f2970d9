"""No text of the workspace Understand is cut, after a run, in a window of a usual and of a small size."""

import pytest
from PySide6.QtWidgets import QDockWidget, QScrollArea

from tests.ui.clipped_text import cut_texts
from workbench.ui.panel_bases.docked_panel import DockedPanel
from workbench.ui.window.workspaces import UNDERSTAND


@pytest.fixture
def trained(person):
    person.train(epochs=2, learning_rate=0.1)
    person.press("workspace_understand")
    return person


def test_that_no_text_of_understand_is_cut(trained):
    panels = trained.window._parts.panels
    found = {}
    for size in ((1280, 800), (1024, 640)):
        trained.window.resize(*size)
        for group in UNDERSTAND.groups:
            for key in group:
                dock = trained.find(f"{key}_dock", QDockWidget)
                dock.raise_()
                trained.wait_for(lambda dock=dock: any(panel.is_seen for panel in dock.findChildren(DockedPanel)))
                trained.wait_for(lambda: all(panel.request is None for panel in panels.inspecting))
                trained.qtbot.wait(60)
                found[key, size] = cut_texts(trained.window)
    assert {key: texts for key, texts in found.items() if texts} == {}


def test_that_what_if_and_the_gallery_have_room_for_what_was_found(trained):
    trained.window.resize(1024, 640)
    trained.find("what_if_dock", QDockWidget).raise_()
    trained.wait_for(lambda: trained.find("what_if").is_seen)
    trained.click("what_if_try")
    trained.wait_for(lambda: trained.find("what_if_choose").isVisible() or trained.find("what_if", object) is None)
    trained.find("gallery_samples").chosen.emit(0)
    trained.wait_for(trained.find("sample_detail").isVisible)
    trained.wait_until_ready()
    trained.qtbot.wait(100)
    assert cut_texts(trained.find("what_if_dock", QDockWidget)) == []
    assert trained.find("what_if").findChild(QScrollArea).horizontalScrollBar().maximum() == 0
