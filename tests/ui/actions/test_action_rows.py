import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from workbench.ui.actions.action_rows import ACTIONS, RESUME_ICON
from workbench.ui.actions.menu_lists import ICON_ONLY, MENUS, PANELS, RECENT_FILES, SEPARATOR, SUBMENUS, TOOL_BAR
from workbench.ui.actions.qactions import (
    ActionContext,
    create_actions,
    show_pause_or_resume,
    show_problem,
    show_undo_texts,
    update_enabled,
)
from workbench.ui.models.session_state import SessionState
from workbench.ui.style.icons import icon_names


@pytest.fixture
def actions(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    # The window owns the actions: they exist as long as this reference to it.
    yield create_actions(window)
    window.close()


def enabled(actions, state, **existing):
    update_enabled(actions, state, ActionContext(**existing))
    return {key for key, action in actions.items() if action.isEnabled()}


EXISTING = ("weights", "run", "trainable", "steps_left", "recording", "undoable", "redoable", "fitting", "sound")
EVERYTHING = dict.fromkeys(EXISTING, True)
STEERING = {"pause", "step", "step_epoch", "run_steps", "continue_run", "go_to_step", "go_to_newest", "discard_run"}


def test_that_every_row_is_in_a_menu_and_every_menu_key_is_a_row():
    listed = [key for _, keys in MENUS for key in keys if key not in {SEPARATOR, PANELS, RECENT_FILES, *SUBMENUS}]
    listed += [key for _, keys in SUBMENUS.values() for key in keys]
    assert sorted(listed) == sorted(ACTIONS)
    assert set(TOOL_BAR) - {SEPARATOR} <= set(ACTIONS)


def test_that_no_two_actions_share_a_key():
    keys = [QKeySequence(row.shortcut).toString() for row in ACTIONS.values() if row.shortcut]
    assert len(keys) == len(set(keys))
    assert all(keys)


@pytest.mark.parametrize(
    ("key", "shortcut"),
    [
        ("train", "Ctrl+R"),
        ("pause", "Space"),
        ("step", "."),
        ("stop", "Ctrl+."),
        ("go_to_step", "Ctrl+G"),
        ("undo", "Ctrl+Z"),
        ("redo", "Ctrl+Shift+Z"),
        ("save_weights", "Ctrl+S"),
    ],
)
def test_that_the_best_known_shortcuts_do_not_change(key, shortcut):
    assert ACTIONS[key].shortcut == shortcut


@pytest.mark.parametrize("row", ACTIONS.values(), ids=lambda row: row.key)
def test_that_every_row_says_what_it_does_and_its_icon_exists(row):
    assert row.tip.endswith(".")
    assert row.icon == "" or row.icon in icon_names()


def test_that_actions_are_named_by_their_keys(actions):
    assert {action.objectName() for action in actions.values()} == set(ACTIONS)


def test_that_nothing_can_be_trained_before_torch_is_there(actions):
    found = enabled(actions, SessionState.LOADING, **EVERYTHING)
    assert not found & {"train", "stop", "save_weights", "load_weights", "open_checkpoint", *STEERING}


def test_that_exactly_one_of_train_and_stop_can_be_pressed_while_something_can(actions):
    assert enabled(actions, SessionState.READY, **EVERYTHING) & {"train", "stop"} == {"train"}
    for state in set(SessionState) - {SessionState.LOADING, SessionState.READY, SessionState.STOPPING}:
        assert enabled(actions, state, **EVERYTHING) & {"train", "stop"} == {"stop"}
    assert enabled(actions, SessionState.STOPPING, **EVERYTHING) & {"train", "stop"} == set()


def test_that_no_run_starts_where_network_and_data_are_known_not_to_fit_and_train_says_why(actions):
    assert "train" not in enabled(actions, SessionState.READY, **{**EVERYTHING, "fitting": False})
    show_problem(actions["train"], "The network <cnn> is for images: choose another one.")
    assert "network &lt;cnn&gt; is for images" in actions["train"].toolTip()
    assert "Start a new run" in actions["train"].toolTip()
    show_problem(actions["train"], "")
    assert actions["train"].toolTip() == "Start a new run with the settings on the left. (Ctrl+R)"


def test_that_the_sound_cannot_be_switched_on_where_nothing_can_be_heard_and_the_actions_say_why(actions):
    assert not enabled(actions, SessionState.READY) & {"loss_sound", "sound_volume"}
    assert enabled(actions, SessionState.LOADING, sound=True) >= {"loss_sound", "sound_volume"}
    for key in ("loss_sound", "sound_volume"):
        show_problem(actions[key], "No audio output was found.")
        assert "No audio output was found." in actions[key].toolTip()
    assert actions["loss_sound"].isCheckable()


def test_that_weights_can_be_saved_only_where_there_are_some(actions):
    for state in (SessionState.READY, SessionState.TRAINING, SessionState.PAUSED, SessionState.STOPPING):
        assert "save_weights" in enabled(actions, state, weights=True)
        assert "save_weights" not in enabled(actions, state)


@pytest.mark.parametrize("state", SessionState)
def test_that_without_a_run_nothing_can_be_done_with_one(actions, state):
    assert not enabled(actions, state, weights=True, steps_left=True, recording=True) & {*STEERING, "save_checkpoint"}


@pytest.mark.parametrize("state", [SessionState.READY, SessionState.TRAINING, SessionState.PAUSED])
def test_that_a_current_run_can_be_controlled_while_it_trains_is_paused_or_has_ended(actions, state):
    assert enabled(actions, state, **EVERYTHING) >= STEERING


@pytest.mark.parametrize(
    "state",
    [
        SessionState.PREPARING,
        SessionState.PAUSING,
        SessionState.TRAVELLING,
        SessionState.OPENING,
        SessionState.STOPPING,
    ],
)
def test_that_while_a_command_is_pending_only_stop_is_possible(actions, state):
    assert not enabled(actions, state, **EVERYTHING) & {*STEERING, "train", "undo", "redo", "open_checkpoint"}


def test_that_a_run_at_its_planned_end_cannot_be_resumed_but_stepped_and_extended(actions):
    found = enabled(actions, SessionState.READY, weights=True, run=True, trainable=True)
    assert "pause" not in found
    assert found >= {"step", "continue_run"}


def test_that_pause_is_named_resume_while_the_run_is_paused(actions):
    show_pause_or_resume(actions["pause"], resume=True)
    assert actions["pause"].text() == "Resume"
    assert "(Space)" in actions["pause"].toolTip()
    show_pause_or_resume(actions["pause"], resume=False)
    assert actions["pause"].text() == "Pause"
    assert RESUME_ICON in icon_names()


def test_that_undo_and_redo_name_the_change(actions):
    show_undo_texts(actions, "Learning rate", "")
    assert actions["undo"].text() == "Undo: Learning rate"
    assert actions["redo"].text() == "Redo"


def test_that_a_button_without_text_has_an_icon():
    assert all(ACTIONS[key].icon for key in ICON_ONLY)
