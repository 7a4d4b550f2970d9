import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from workbench.ui.actions import ACTIONS, MENUS, PANELS, SEPARATOR, TOOL_BAR, create_actions, update_enabled
from workbench.ui.icons import icon_names
from workbench.ui.run_state import RunState


@pytest.fixture
def actions(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    # The window owns the actions: as long as it is held here, they are there.
    yield create_actions(window)
    window.close()


def enabled(actions, state, *, has_weights=False):
    update_enabled(actions, state, has_weights=has_weights)
    return {key for key, action in actions.items() if action.isEnabled()}


def test_that_every_row_is_in_a_menu_and_every_menu_key_is_a_row():
    listed = [key for _, keys in MENUS for key in keys if key not in {SEPARATOR, PANELS}]
    assert sorted(listed) == sorted(ACTIONS)
    assert set(TOOL_BAR) - {SEPARATOR} <= set(ACTIONS)


def test_that_no_two_actions_share_a_key():
    keys = [QKeySequence(row.shortcut).toString() for row in ACTIONS.values() if row.shortcut]
    assert len(keys) == len(set(keys))
    assert all(keys)


@pytest.mark.parametrize(("key", "shortcut"), [("train", "Ctrl+R"), ("stop", "Ctrl+."), ("save_weights", "Ctrl+S")])
def test_that_the_keys_people_learn_stay(key, shortcut):
    assert ACTIONS[key].shortcut == shortcut


@pytest.mark.parametrize("row", ACTIONS.values(), ids=lambda row: row.key)
def test_that_every_row_says_what_it_does_and_its_icon_exists(row):
    assert row.tip.endswith(".")
    assert row.icon == "" or row.icon in icon_names()


def test_that_actions_are_named_by_their_keys(actions):
    assert {action.objectName() for action in actions.values()} == set(ACTIONS)


def test_that_nothing_can_be_trained_before_torch_is_there(actions):
    assert not enabled(actions, RunState.LOADING, has_weights=True) & {"train", "stop", "save_weights", "load_weights"}


def test_that_exactly_one_of_train_and_stop_can_be_pressed_while_something_can(actions):
    assert enabled(actions, RunState.READY) & {"train", "stop"} == {"train"}
    for state in (RunState.PREPARING, RunState.TRAINING):
        assert enabled(actions, state) & {"train", "stop"} == {"stop"}
    assert enabled(actions, RunState.STOPPING) & {"train", "stop"} == set()


def test_that_weights_can_be_saved_only_where_there_are_some(actions):
    for state in (RunState.READY, RunState.TRAINING, RunState.STOPPING):
        assert "save_weights" in enabled(actions, state, has_weights=True)
        assert "save_weights" not in enabled(actions, state)
