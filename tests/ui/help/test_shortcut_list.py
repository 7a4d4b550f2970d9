import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QWidget

from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.help.shortcut_list import show_shortcuts


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 400)
    window.show()
    return window


@pytest.fixture
def dialog(window):
    dialog = show_shortcuts(window, [("Log", "Alt+Shift+L"), ("Nowhere", "")])
    yield dialog
    dialog.close()


def rows(dialog, *, shown_only=False):
    tree = dialog.findChild(QTreeWidget)
    groups = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    items = [(group, group.child(row)) for group in groups for row in range(group.childCount())]
    # The first of two with one name: the workspace Train comes after the action.
    items = [(item.text(0), item.text(1)) for _, item in reversed(items) if not (shown_only and item.isHidden())]
    return dict(items)


def test_that_every_action_with_a_key_is_listed_once(dialog):
    listed = rows(dialog)
    for row in ACTIONS.values():
        if row.shortcut:
            assert listed[row.text.rstrip("…")]
    assert listed["Train"] == "Ctrl+R"


def test_that_panels_and_the_keys_of_widgets_are_listed(dialog):
    listed = rows(dialog)
    assert listed["Log"] == "Alt+Shift+L"
    assert "Nowhere" not in listed
    assert listed["Rename the run"] == "F2"
    assert listed["Show the whole run"].startswith("Home")


def test_that_it_fits_its_window_and_scrolls(dialog, window, qtbot):
    qtbot.waitUntil(lambda: dialog.findChild(QTreeWidget).verticalScrollBar().maximum() > 0)
    assert dialog.height() <= window.height()
    assert dialog.findChild(QTreeWidget).horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("undo", {"Undo", "Undo the last stroke"}),
        ("ctrl+r", {"Train"}),
        ("runs RENAME", {"Rename the run"}),
        ("nothing like this", set()),
    ],
)
def test_that_typing_leaves_what_fits(dialog, qtbot, typed, found):
    qtbot.keyClicks(dialog.findChild(QLineEdit), typed)
    assert {what for what in rows(dialog, shown_only=True) if what in found or found == set()} == found
    assert "Pause" not in rows(dialog, shown_only=True)
    tree = dialog.findChild(QTreeWidget)
    shown = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    assert all(
        any(not group.child(row).isHidden() for row in range(group.childCount())) != group.isHidden() for group in shown
    )
    dialog.findChild(QLineEdit).clear()
    assert "Pause" in rows(dialog, shown_only=True)


def test_that_escape_closes_it(window, qtbot):
    dialog = show_shortcuts(window)
    closed = []
    dialog.finished.connect(closed.append)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert closed == [0]
