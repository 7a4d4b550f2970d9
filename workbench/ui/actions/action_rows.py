"""The table of actions: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from workbench.ui.models.session_state import (
    ALWAYS,
    CAN_CONTINUE,
    CAN_DISCARD,
    CAN_OPEN,
    CAN_PAUSE,
    CAN_STOP,
    CAN_SWITCH_LANGUAGE,
    CAN_TRAIN,
    CAN_TRAVEL,
    CAN_UNDO,
    CAN_USE_WEIGHTS,
    CAN_ZOOM,
    SessionState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action.

    Attributes:
        key: its object name, and its name in the lists of the menus.
        text: its name for the user, for translation in the context `Actions`.
        tip: what it does, in one sentence.
        shortcut: in Qt's portable form, or "".
        also: another key for it, which is not shown; or "".
        icon: a name in `resources/icons`, or "".
        enabled_in: the states in which it can be used.
        needs: what must exist: names of attributes of `ActionContext`.
        group: actions of one group exclude each other; "" for a plain action.
        checkable: whether the action switches something on and off; those of a group do in any case.
    """

    key: str
    text: str
    tip: str
    shortcut: str = ""
    also: str = ""
    icon: str = ""
    enabled_in: frozenset[SessionState] = ALWAYS
    needs: tuple[str, ...] = ()
    group: str = ""
    checkable: bool = False


_ROWS: Final = (
    ActionRow(
        key="train",
        text="Train",
        tip="Start a new run with the settings on the left.",
        shortcut="Ctrl+R",
        icon="train",
        enabled_in=CAN_TRAIN,
        needs=("fitting",),
    ),
    ActionRow(
        key="pause",
        text="Pause",
        tip="Pause after the current batch and keep the model; press again to resume.",
        shortcut="Space",
        icon="pause",
        enabled_in=CAN_PAUSE,
        needs=("trainable", "steps_left"),
    ),
    ActionRow(
        key="step",
        text="Step",
        tip="Train one batch, then pause; after the last planned epoch, this plans one more epoch.",
        shortcut=".",
        icon="step",
        enabled_in=CAN_CONTINUE,
        needs=("trainable",),
    ),
    ActionRow(
        key="step_epoch",
        text="Step one epoch",
        tip="Train to the end of the current epoch, test, then pause.",
        shortcut="Ctrl+E",
        icon="step_epoch",
        enabled_in=CAN_CONTINUE,
        needs=("trainable",),
    ),
    ActionRow(
        key="run_steps",
        text="Run steps…",
        tip="Train a number of batches, then pause.",
        shortcut="Ctrl+Shift+E",
        icon="run_steps",
        enabled_in=CAN_CONTINUE,
        needs=("trainable",),
    ),
    ActionRow(
        key="continue_run",
        text="Add epochs…",
        tip="Add epochs to this run and continue training; also after the run has finished.",
        shortcut="Ctrl+Shift+R",
        icon="plus",
        enabled_in=CAN_CONTINUE,
        needs=("trainable",),
    ),
    ActionRow(
        key="stop",
        text="Stop",
        tip="End the run after the current batch; the run is kept, and you can continue it.",
        shortcut="Ctrl+.",
        icon="stop",
        enabled_in=CAN_STOP,
    ),
    ActionRow(
        key="discard_run",
        text="Discard run…",
        tip="Stop the run and delete it.",
        icon="trash",
        enabled_in=CAN_DISCARD,
        needs=("run",),
    ),
    ActionRow(
        key="go_to_step",
        text="Go to step…",
        tip="Go to another recorded step of this run, earlier or later.",
        shortcut="Ctrl+G",
        icon="rewind",
        enabled_in=CAN_TRAVEL,
        needs=("run",),
    ),
    ActionRow(
        key="go_to_newest",
        text="Go to the newest step",
        tip="Go to the last recorded step of this run.",
        shortcut="Ctrl+Shift+G",
        icon="newest",
        enabled_in=CAN_TRAVEL,
        needs=("run", "recording"),
    ),
    ActionRow(
        key="find_learning_rate",
        text="Find learning rate…",
        tip="See on a copy of the run, or on a new network, which learning rates make the loss fall.",
        shortcut="Ctrl+L",
        icon="learning_rate",
    ),
    ActionRow(
        key="what_if",
        text="What if…",
        tip="Train short futures of the run with other values, and go on as one of them if you like.",
        shortcut="Ctrl+Shift+L",
        icon="fork",
    ),
    ActionRow(
        key="check_network",
        text="Check the network…",
        tip="Check the first loss, and whether the network can learn 20 samples, before a long run.",
        icon="check",
    ),
    ActionRow(
        key="save_weights",
        text="Save weights…",
        tip="Write the trained weights to a .pt or .safetensors file; also while training.",
        shortcut="Ctrl+S",
        icon="save",
        enabled_in=CAN_USE_WEIGHTS,
        needs=("weights",),
    ),
    ActionRow(
        key="load_weights",
        text="Load weights…",
        tip="Test the weights in a file and show how good they are.",
        shortcut="Ctrl+O",
        icon="open",
        enabled_in=CAN_USE_WEIGHTS,
    ),
    ActionRow(
        key="save_checkpoint",
        text="Save checkpoint…",
        tip="Write the whole state of the run to a file: weights, optimizer, random state, curves and journal.",
        shortcut="Ctrl+Shift+S",
        icon="save",
        enabled_in=CAN_USE_WEIGHTS,
        needs=("run",),
    ),
    ActionRow(
        key="open_checkpoint",
        text="Open checkpoint…",
        tip="Open the run in a checkpoint file, at the step where it was saved.",
        shortcut="Ctrl+Shift+O",
        icon="open",
        enabled_in=CAN_OPEN,
    ),
    ActionRow(
        key="export",
        text="Export…",
        tip="Take the run along in other forms: a run file, a Python script, a table, a network for other programs.",
        shortcut="Ctrl+Shift+X",
        icon="download",
        enabled_in=CAN_USE_WEIGHTS,
        needs=("run",),
    ),
    ActionRow(
        key="save_run",
        text="Save run…",
        tip="Write a small file with which anyone can train this run again and compare every bit.",
        icon="save",
        enabled_in=CAN_USE_WEIGHTS,
        needs=("run",),
    ),
    ActionRow(
        key="open_run_file",
        text="Open run file…",
        tip="Train the run in a run file again, and see whether every bit comes out as recorded.",
        icon="open",
        enabled_in=CAN_OPEN,
    ),
    ActionRow(
        key="open_data",
        text="Open data set…",
        tip="Train on your own files: a table, a folder of pictures for each class, or arrays.",
        shortcut="Ctrl+D",
        icon="data",
        enabled_in=CAN_TRAIN,
    ),
    ActionRow(
        key="open_network",
        text="Open network…",
        tip="Train a network of your own: a class or function of a Python file that is, or returns, an nn.Module.",
        icon="open",
        enabled_in=CAN_TRAIN,
    ),
    ActionRow(key="quit", text="Quit", tip="Close the window.", shortcut="Ctrl+Q", icon="quit"),
    ActionRow(
        key="undo",
        text="Undo",
        tip="Undo the last change of a setting, move to a step, or deletion.",
        shortcut="Ctrl+Z",
        icon="undo",
        enabled_in=CAN_UNDO,
        needs=("undoable",),
    ),
    ActionRow(
        key="redo",
        text="Redo",
        tip="Redo what was undone last.",
        shortcut="Ctrl+Shift+Z",
        icon="redo",
        enabled_in=CAN_UNDO,
        needs=("redoable",),
    ),
    ActionRow(
        key="snapshot_budget",
        text="Memory for snapshots…",
        tip="Set how much memory the snapshots may use; going back to a step starts from a snapshot.",
    ),
    ActionRow(
        key="notify_at_end",
        text="Notify when a run ends",
        tip="Tell the desktop when a long run ends or the guard pauses it, while another window is active.",
        checkable=True,
    ),
    ActionRow(
        key="taskbar_progress",
        text="Progress in the task bar",
        tip="Show in the task bar how much of the run is done; in the window's title where that has no place for it.",
        checkable=True,
    ),
    ActionRow(
        key="reset_controls",
        text="Reset settings",
        tip="Set every choice and hyperparameter to the tutorial's value.",
        enabled_in=CAN_TRAIN,
        icon="sliders",
    ),
    ActionRow(
        key="theme_system",
        text="Follow the system",
        tip="Use light or dark, as the system does.",
        icon="system",
        group="theme",
    ),
    ActionRow(key="theme_light", text="Light", tip="Dark text on light panels.", icon="sun", group="theme"),
    ActionRow(key="theme_dark", text="Dark", tip="Light text on dark panels.", icon="moon", group="theme"),
    ActionRow(
        key="workspace_train",
        text="Train",
        tip="Settings, curves and log: steer a training.",
        shortcut="Ctrl+1",
        group="workspace",
    ),
    ActionRow(
        key="workspace_understand",
        text="Understand",
        tip="See what the network has learned, and what it gets wrong.",
        shortcut="Ctrl+2",
        group="workspace",
    ),
    ActionRow(
        key="workspace_compare",
        text="Compare",
        tip="Compare runs: their curves over one another, their settings and results in a table.",
        shortcut="Ctrl+3",
        group="workspace",
    ),
    ActionRow(
        key="explain",
        text="Hints",
        tip="Say below the panels what the curves may mean, and what to do about it.",
        checkable=True,
    ),
    ActionRow(
        key="language_en",
        text="English",
        tip="Show the window in English; a training goes on meanwhile.",
        enabled_in=CAN_SWITCH_LANGUAGE,
        group="language",
    ),
    ActionRow(
        key="language_ko",
        text="한국어",
        tip="Show the window in Korean; a training goes on meanwhile.",
        enabled_in=CAN_SWITCH_LANGUAGE,
        group="language",
    ),
    ActionRow(
        key="fold_settings",
        text="Fold the settings",
        tip="Fold the settings to a narrow rail, or show them again: the curves get the room.",
        shortcut="Ctrl+B",
        checkable=True,
    ),
    ActionRow(
        key="next_panel",
        text="Next panel",
        tip="Bring the panel after this one to the front, and put the keyboard into it.",
        shortcut="Ctrl+Tab",
    ),
    ActionRow(
        key="previous_panel",
        text="Previous panel",
        tip="Bring the panel before this one to the front, and put the keyboard into it.",
        shortcut="Ctrl+Shift+Tab",
    ),
    ActionRow(
        key="next_area",
        text="Next area",
        tip="Put the keyboard into the next part of the window: the settings, the curves, each group of panels.",
        shortcut="F6",
    ),
    ActionRow(
        key="previous_area",
        text="Previous area",
        tip="Put the keyboard into the part of the window before this one.",
        shortcut="Shift+F6",
    ),
    ActionRow(
        key="zoom_in",
        text="Larger",
        tip="Draw the whole window larger, for a projector or tired eyes.",
        shortcut="Ctrl++",
        also="Ctrl+=",
        enabled_in=CAN_ZOOM,
    ),
    ActionRow(
        key="zoom_out",
        text="Smaller",
        tip="Draw the whole window smaller.",
        shortcut="Ctrl+-",
        enabled_in=CAN_ZOOM,
    ),
    ActionRow(
        key="zoom_usual",
        text="Usual size",
        tip="Draw the whole window in its usual size.",
        shortcut="Ctrl+0",
        enabled_in=CAN_ZOOM,
    ),
    ActionRow(
        key="presentation",
        text="Presentation",
        tip="Show the curves over the whole screen, with a large learning rate, Train and Pause; Esc leaves.",
        shortcut="F11",
        checkable=True,
    ),
    ActionRow(key="reset_layout", text="Reset layout", tip="Put every panel back to its first place."),
    ActionRow(
        key="command_palette",
        text="Command palette…",
        tip="Find any action, setting, panel, run or recent file by typing a few letters of it; lr 0.01 sets a value.",
        shortcut="Ctrl+K",
        icon="keyboard",
    ),
    ActionRow(
        key="guide",
        text="Guide…",
        tip="Read about every setting, choice, action and panel in one window, and search all of it.",
        icon="info",
    ),
    ActionRow(
        key="tour",
        text="Tour",
        tip="Six short steps at the real controls: train, steer, go back, save. Esc ends it.",
    ),
    ActionRow(
        key="tutorial",
        text="Tutorial",
        tip="Read PyTorch's tutorial in short, section by section: what a section describes lights up.",
    ),
    ActionRow(
        key="glossary",
        text="Glossary",
        tip="Look up the terms of training in English and Korean, and see the control that each belongs to.",
    ),
    ActionRow(
        key="lessons",
        text="Lessons",
        tip="Ready-made experiments: each sets the controls, trains, and checks what was seen.",
    ),
    ActionRow(
        key="explain_this",
        text="Explain this",
        tip="Click on any control, curve, number or mark to have it explained with its present value; Esc leaves.",
        shortcut="F1",
        icon="question",
        checkable=True,
    ),
    ActionRow(
        key="explain_focus",
        text="Explain what has the focus",
        tip="Explain the control or plot that the keyboard acts on, with its present value.",
        shortcut="Shift+F1",
    ),
    ActionRow(
        key="shortcuts",
        text="Keyboard shortcuts",
        tip="List the keyboard shortcuts.",
        shortcut="Ctrl+F1",
        icon="keyboard",
    ),
    ActionRow(key="about", text="About", tip="Show the versions and the licence.", icon="info"),
)

ACTIONS: Final[dict[str, ActionRow]] = {row.key: row for row in _ROWS}
RESUME: Final = ("Resume", "Continue training from here.")
"""Text and tip of the action `pause` while the run is paused, for translation in the context `Actions`."""
RESUME_ICON: Final = "train"


def translated(text: str) -> str:
    """A text of this file in the user's language."""
    return QCoreApplication.translate("Actions", text)
