"""Actions that arrange the window: theme, workspaces, language, panels, size."""

from __future__ import annotations

from typing import Final

from workbench.ui.actions.rows.action_row import ActionRow
from workbench.ui.models.session_state import CAN_SWITCH_LANGUAGE, CAN_ZOOM

VIEW_ROWS: Final = (
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
        key="log_loss",
        text="Log y",
        tip="Show the loss on a logarithmic axis.",
        checkable=True,
    ),
    ActionRow(
        key="whole_run",
        text="Reset view",
        tip="Show the whole run in the curves again, and follow it.",
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
    ActionRow(
        key="loss_sound",
        text="Sound of the loss",
        tip="Play soft tones while a run trains: the higher the loss, the higher the tone; others tell when an epoch "
        "ends and when the loss diverges.",
        needs=("sound",),
        checkable=True,
    ),
    ActionRow(
        key="sound_volume",
        text="Volume of the sound…",
        tip="Set how loud the sound of the loss is.",
        needs=("sound",),
    ),
    ActionRow(key="reset_layout", text="Reset layout", tip="Put every panel back to its first place."),
)
