from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from workbench.engine.config.hidden_widths import MOST_LAYERS
from workbench.engine.config.hyperparameters import TABLE
from workbench.ui.widgets.layer_editor import LayerEditor


@pytest.fixture
def editor(qtbot):
    editor = LayerEditor(TABLE["hidden"])
    qtbot.addWidget(editor)
    editor.show()
    return editor


@pytest.fixture
def values(editor):
    """Every value that the user sets."""
    emitted = []
    editor.value_changed.connect(emitted.append)
    return emitted


def shown(editor):
    return [entry.text() for entry in editor.findChildren(QLineEdit) if entry.isVisible()]


def test_that_a_click_adds_a_layer_as_wide_as_the_last_and_another_removes_it(qtbot, editor, values):
    add, remove = (editor.findChild(QToolButton, f"hidden_{name}") for name in ("plus", "minus"))
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert shown(editor) == ["512", "512", "512"]
    for _ in range(3):
        qtbot.keyClick(remove, Qt.Key.Key_Space)
    assert values == ["512,512,512", "512,512", "512", ""]
    assert shown(editor) == []
    assert not remove.isEnabled()
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert values[-1] == "64"


def test_that_a_width_is_typed_or_stepped_with_the_keyboard(qtbot, editor, values):
    entry = editor.findChild(QLineEdit, "hidden_2")
    entry.selectAll()
    qtbot.keyClicks(entry, "30")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    qtbot.keyClick(entry, Qt.Key.Key_Up)
    assert values[0] == "512,30"
    assert int(values[1].split(",")[1]) > 30
    entry.selectAll()
    qtbot.keyClicks(entry, "9000")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert editor.note == "whole, 1 to 8192"
    editor.finish()
    assert editor.value() == values[1]


def test_that_a_width_that_is_typed_and_not_applied_counts_when_a_layer_is_added(qtbot, editor, values):
    entry = editor.findChild(QLineEdit, "hidden_1")
    entry.selectAll()
    qtbot.keyClicks(entry, "8")
    editor.add_layer()
    assert values == ["8,512", "8,512,512"]


def test_that_there_are_no_more_layers_than_a_recipe_may_have(editor):
    editor.setValue(",".join(["3"] * MOST_LAYERS))
    assert not editor.findChild(QToolButton, "hidden_plus").isEnabled()


def test_that_the_tab_key_goes_through_the_layers_in_order(qtbot, editor):
    editor.add_layer()
    chain = editor.focus_chain()
    assert [widget.objectName() for widget in chain] == [
        "hidden_minus",
        "hidden_plus",
        "hidden_1",
        "hidden_2",
        "hidden_3",
    ]
    for before, after in pairwise(chain):
        following = before.nextInFocusChain()
        while not following.focusPolicy() & Qt.FocusPolicy.TabFocus:
            following = following.nextInFocusChain()
        assert following is after
