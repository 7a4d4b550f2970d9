"""The keys that are no actions: what the widget with the keyboard does with them, and what the mouse does."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication


class KeyGroup(NamedTuple):
    """Keys that belong together.

    Attributes:
        title: where they work.
        rows: what they do, and the keys.
    """

    title: str
    rows: tuple[tuple[str, str], ...]


def widget_keys() -> list[KeyGroup]:
    """The keys of settings, plots, charts, tables and drawings, in the user's language."""
    t = QCoreApplication.translate
    return [
        KeyGroup(
            t("Keys", "Settings"),
            (
                (t("Keys", "Move a slider, or a number that is typed"), t("Keys", "Arrow keys, Page Up, Page Down")),
                (t("Keys", "Apply a number"), t("Keys", "Enter")),
                (t("Keys", "Restore the number"), t("Keys", "Esc")),
                (t("Keys", "Return to the default"), t("Keys", "Double click on the name")),
            ),
        ),
        KeyGroup(
            t("Keys", "Curves"),
            (
                (t("Keys", "Read the values of the step before or after"), t("Keys", "Left, Right")),
                (t("Keys", "Go on by an epoch"), t("Keys", "Shift+Left, Shift+Right")),
                (t("Keys", "Go on by a part of the view"), t("Keys", "Page Up, Page Down")),
                (t("Keys", "Read the newest step"), t("Keys", "End")),
                (t("Keys", "Go to the step that is read"), t("Keys", "Enter, or click")),
                (t("Keys", "Show the batch of the step that is read"), t("Keys", "Shift+Enter, or click with Shift")),
                (t("Keys", "Take the crosshair away"), t("Keys", "Esc")),
                (t("Keys", "Pan"), t("Keys", "Ctrl+Left, Ctrl+Right, or drag")),
                (t("Keys", "Zoom"), t("Keys", "+, −, or the wheel")),
                (t("Keys", "Show the whole run"), t("Keys", "Home, or double click")),
            ),
        ),
        KeyGroup(
            t("Keys", "Runs and branches"),
            (
                (t("Keys", "Open the run"), t("Keys", "Enter, or double click")),
                (t("Keys", "Rename the run"), t("Keys", "F2")),
                (t("Keys", "Delete the runs"), t("Keys", "Del")),
                (t("Keys", "Draw the branch over the curves"), t("Keys", "Space")),
            ),
        ),
        KeyGroup(
            t("Keys", "Tables"),
            (
                (t("Keys", "Copy the selected rows"), t("Keys", "Ctrl+C")),
                (t("Keys", "Copy the whole table, and more"), t("Keys", "Menu key, Shift+F10, or right click")),
            ),
        ),
        KeyGroup(
            t("Keys", "Journal"),
            (
                (t("Keys", "Go to the step of the change"), t("Keys", "Enter, or double click")),
                (t("Keys", "Write a note"), t("Keys", "F2")),
            ),
        ),
        KeyGroup(
            t("Keys", "Confusion, map, gallery and weights"),
            (
                (t("Keys", "Go to the next cell, point or sample"), t("Keys", "Arrow keys")),
                (t("Keys", "Choose the cell or sample"), t("Keys", "Enter")),
                (t("Keys", "Choose none"), t("Keys", "Esc")),
                (t("Keys", "Move the map"), t("Keys", "Ctrl and the arrow keys, or drag")),
                (t("Keys", "Zoom the map"), t("Keys", "+, −, or the wheel")),
                (t("Keys", "Show the whole map"), t("Keys", "0, Home")),
                (t("Keys", "Turn the pages of the weights"), t("Keys", "Page Up, Page Down, Home, End")),
            ),
        ),
        KeyGroup(
            t("Keys", "Drawing"),
            (
                (t("Keys", "Move the brush"), t("Keys", "Arrow keys")),
                (t("Keys", "Draw while it moves"), t("Keys", "Space, or Shift and the arrow keys")),
                (t("Keys", "Undo the last stroke"), t("Keys", "Ctrl+Z")),
                (t("Keys", "Clear the drawing"), t("Keys", "Del")),
            ),
        ),
        KeyGroup(
            t("Keys", "Window"),
            (
                (t("Keys", "Go to the next control, or the one before"), t("Keys", "Tab, Shift+Tab")),
                (t("Keys", "Change the tab that has the keyboard"), t("Keys", "Left, Right")),
                (t("Keys", "Open a menu by its letter"), t("Keys", "Alt and the letter")),
                (t("Keys", "Open the menu of what has the keyboard"), t("Keys", "Menu key, Shift+F10")),
            ),
        ),
    ]
