"""No visible text is cut, in any workspace, at the sizes of a small projector and of a laptop."""

import pytest
from PySide6.QtWidgets import QDockWidget

from tests.ui.clipped_text import cut_texts

SIZES = [(1024, 640), (1280, 800)]
WORKSPACES = ("train", "understand", "compare")
MAY_BE_CUT = {
    "readout",  # what lies under the pointer: as much of it as there is room for
    "hints_basis",  # what a hint rests on: the whole of it is its tool tip
}


def every_cut_text(person):
    """Those of the panel in front, and of every panel behind another one."""
    found = set(cut_texts(person.window))
    for dock in person.window.findChildren(QDockWidget):
        if not dock.isHidden() and dock.visibleRegion().isEmpty():
            dock.raise_()
            person.qtbot.wait(30)
            found |= set(cut_texts(person.window))
    return [each for each in found if each.name not in MAY_BE_CUT]


@pytest.mark.parametrize("size", SIZES)
def test_that_no_text_is_cut_before_the_first_run(person, size):
    person.window.resize(*size)
    person.qtbot.wait(50)
    assert every_cut_text(person) == []


@pytest.mark.parametrize("size", SIZES)
def test_that_no_text_is_cut_in_any_workspace_after_a_run(person, size):
    person.window.resize(*size)
    person.train(epochs=2)
    for workspace in WORKSPACES:
        person.press(f"workspace_{workspace}")
        person.qtbot.wait(300)
        assert every_cut_text(person) == [], workspace
