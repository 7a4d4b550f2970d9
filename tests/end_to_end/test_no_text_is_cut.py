"""No visible text is cut, in any workspace, at the sizes of a small projector and of a laptop."""

import pytest
from PySide6.QtWidgets import QDockWidget

from tests.end_to_end.opened_dialogs import DIALOGS, opened_by
from tests.ui.clipped_text import cut_texts

SIZES = [(1024, 640), (1280, 800)]
WORKSPACES = ("train", "understand", "compare")
TEACHING = ("lessons", "tutorial", "glossary", "tour", "command_palette")
MAY_BE_CUT = {
    "readout",  # what lies under the pointer: as much of it as there is room for
    "hints_basis",  # what a hint rests on: the whole of it is its tool tip
}


def every_cut_text(person):
    """Those of the panel in front, and of every panel behind another one."""
    found = set(lasting_cuts(person))
    for dock in person.window.findChildren(QDockWidget):
        if not dock.isHidden() and dock.visibleRegion().isEmpty():
            dock.raise_()
            person.wait_for(lambda dock=dock: not dock.visibleRegion().isEmpty())
            found |= set(lasting_cuts(person))
    return list(found)


def lasting_cuts(person, window=None):
    """What is still cut when the window has had the time to lay out what has just come to the front."""
    for _ in range(50):
        found = [each for each in cut_texts(window or person.window) if each.name not in MAY_BE_CUT]
        if not found:
            break
        person.qtbot.wait(30)
    return found


@pytest.fixture(params=["en", "ko"])
def reader(request, open_window, tiny_root):
    """Somebody who reads the window in English, and one who reads it in Korean."""
    user = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist", "--lang", request.param)
    user.wait_until_ready()
    return user


def test_that_no_text_is_cut_before_and_after_the_first_run_in_any_workspace(reader):
    for size in SIZES:
        reader.window.resize(*size)
        reader.qtbot.wait(50)
        assert every_cut_text(reader) == [], size
    reader.train(epochs=2)
    for workspace in WORKSPACES:
        reader.press(f"workspace_{workspace}")
        for size in SIZES:
            reader.window.resize(*size)
            reader.qtbot.wait(300)
            assert every_cut_text(reader) == [], (workspace, size)


def test_that_no_text_of_a_dialog_or_of_what_teaches_is_cut(reader):
    reader.window.resize(*SIZES[1])
    reader.train(epochs=1)
    found = {}
    for action in DIALOGS:
        for dialog in opened_by(reader, action):
            found[action] = lasting_cuts(reader, dialog)
            dialog.close()
    for size in reversed(SIZES):
        reader.window.resize(*size)
        for action in TEACHING:
            reader.press(action)
            reader.qtbot.wait(50)
            found[action, size] = lasting_cuts(reader)
    assert {action: cuts for action, cuts in found.items() if cuts} == {}
