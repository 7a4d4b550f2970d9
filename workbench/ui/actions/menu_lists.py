"""What the menus and the tool bar list: keys of actions."""

from __future__ import annotations

from typing import Final

SEPARATOR: Final = ""
PANELS: Final = "panels"
"""In a menu, stands for the actions that show and hide the panels."""

RECENT_FILES: Final = "recent_files"
"""In a menu, stands for the menu of the files that were opened or saved last."""

THEME: Final = "theme"
LANGUAGE: Final = "language"
ZOOM: Final = "zoom"
SOUND: Final = "sound"
SUBMENUS: Final = {
    THEME: ("Theme", ("theme_system", "theme_light", "theme_dark")),
    LANGUAGE: ("Language", ("language_en", "language_ko")),
    ZOOM: ("Zoom", ("zoom_in", "zoom_out", "zoom_usual")),
    SOUND: ("Sound", ("loss_sound", "sound_volume")),
}
"""In a menu, these stand for a menu in it: its title (which is translated as the texts of actions are), its actions."""

WORKSPACES: Final = ("workspace_train", "workspace_understand", "workspace_compare")

MENUS: Final = (
    (
        "&File",
        (
            "open_data",
            "open_network",
            RECENT_FILES,
            SEPARATOR,
            "save_weights",
            "load_weights",
            "start_from_weights",
            SEPARATOR,
            "save_checkpoint",
            "open_checkpoint",
            SEPARATOR,
            "save_run",
            "open_run_file",
            "export",
            SEPARATOR,
            "quit",
        ),
    ),
    (
        "&Edit",
        (
            "undo",
            "redo",
            SEPARATOR,
            "reset_controls",
            "snapshot_budget",
            SEPARATOR,
            "notify_at_end",
            "taskbar_progress",
        ),
    ),
    (
        "&Run",
        (
            "train",
            "pause",
            "step",
            "step_epoch",
            "run_steps",
            SEPARATOR,
            "go_to_step",
            "go_to_newest",
            SEPARATOR,
            "find_learning_rate",
            "what_if",
            "check_network",
            SEPARATOR,
            "continue_run",
            "stop",
            "discard_run",
        ),
    ),
    (
        "&View",
        (
            *WORKSPACES,
            SEPARATOR,
            PANELS,
            "explain",
            "fold_settings",
            SEPARATOR,
            "log_loss",
            "whole_run",
            SEPARATOR,
            "next_panel",
            "previous_panel",
            "next_area",
            "previous_area",
            SEPARATOR,
            ZOOM,
            "presentation",
            SEPARATOR,
            SOUND,
            SEPARATOR,
            THEME,
            LANGUAGE,
            SEPARATOR,
            "reset_layout",
        ),
    ),
    (
        "&Help",
        (
            "guide",
            "tour",
            "lessons",
            "tutorial",
            "glossary",
            SEPARATOR,
            "explain_this",
            "explain_focus",
            SEPARATOR,
            "command_palette",
            "shortcuts",
            "about",
        ),
    ),
)
TOOL_BAR: Final = (
    *WORKSPACES,
    SEPARATOR,
    "train",
    "pause",
    "step",
    "stop",
    SEPARATOR,
    "undo",
    "redo",
    SEPARATOR,
    "go_to_step",
    "go_to_newest",
    SEPARATOR,
    "save_weights",
    "load_weights",
)
ICON_ONLY: Final = frozenset({"undo", "redo", "go_to_newest"})
"""Their buttons show no text: the icon is well known, or stands beside the icon of the opposite action."""
ICON_ONLY_WHERE_NARROW: Final = ("go_to_step", "save_weights", "load_weights")
"""Their buttons show no text where the tool bar has no room for all texts."""
