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
    translate = QCoreApplication.translate
    return [
        KeyGroup(
            translate("Keys", "Settings"),
            (
                (
                    translate("Keys", "Move a slider, or a number that is typed"),
                    translate("Keys", "Arrow keys, Page Up, Page Down"),
                ),
                (translate("Keys", "Apply a number"), translate("Keys", "Enter")),
                (translate("Keys", "Restore the number"), translate("Keys", "Esc")),
                (translate("Keys", "Return to the default"), translate("Keys", "Double click on the name")),
            ),
        ),
        KeyGroup(
            translate("Keys", "Curves"),
            (
                (translate("Keys", "Read the values of the step before or after"), translate("Keys", "Left, Right")),
                (translate("Keys", "Hold the values of a step"), translate("Keys", "Click")),
                (translate("Keys", "Go on by an epoch"), translate("Keys", "Shift+Left, Shift+Right")),
                (translate("Keys", "Go on by a part of the view"), translate("Keys", "Page Up, Page Down")),
                (translate("Keys", "Read the newest step"), translate("Keys", "End")),
                (translate("Keys", "Go to the step that is read"), translate("Keys", "Enter, or double click")),
                (
                    translate("Keys", "Show the batch of the step that is read"),
                    translate("Keys", "Shift+Enter, or click with Shift"),
                ),
                (translate("Keys", "Take the crosshair away"), translate("Keys", "Esc")),
                (translate("Keys", "Pan"), translate("Keys", "Ctrl+Left, Ctrl+Right, or drag")),
                (translate("Keys", "Zoom"), translate("Keys", "+, −, or the wheel")),
                (translate("Keys", "Show the whole run"), translate("Keys", "Home")),
            ),
        ),
        KeyGroup(
            translate("Keys", "Runs and branches"),
            (
                (translate("Keys", "Open the run"), translate("Keys", "Enter, or double click")),
                (translate("Keys", "Rename the run"), translate("Keys", "F2")),
                (translate("Keys", "Delete the runs"), translate("Keys", "Del")),
                (translate("Keys", "Draw the branch over the curves"), translate("Keys", "Space")),
            ),
        ),
        KeyGroup(
            translate("Keys", "Tables"),
            (
                (translate("Keys", "Copy the selected rows"), translate("Keys", "Ctrl+C")),
                (
                    translate("Keys", "Copy the whole table, and more"),
                    translate("Keys", "Menu key, Shift+F10, or right click"),
                ),
            ),
        ),
        KeyGroup(
            translate("Keys", "Journal"),
            (
                (translate("Keys", "Go to the step of the change"), translate("Keys", "Enter, or double click")),
                (translate("Keys", "Write a note"), translate("Keys", "F2")),
            ),
        ),
        KeyGroup(
            translate("Keys", "Confusion, map, gallery and weights"),
            (
                (translate("Keys", "Go to the next cell, point or sample"), translate("Keys", "Arrow keys")),
                (translate("Keys", "Choose the cell or sample"), translate("Keys", "Enter")),
                (translate("Keys", "Choose none"), translate("Keys", "Esc")),
                (translate("Keys", "Move the map"), translate("Keys", "Ctrl and the arrow keys, or drag")),
                (translate("Keys", "Zoom the map"), translate("Keys", "+, −, or the wheel")),
                (translate("Keys", "Show the whole map"), translate("Keys", "0, Home")),
                (
                    translate("Keys", "Turn the pages of the weights"),
                    translate("Keys", "Page Up, Page Down, Home, End"),
                ),
            ),
        ),
        KeyGroup(
            translate("Keys", "Drawing"),
            (
                (translate("Keys", "Move the brush"), translate("Keys", "Arrow keys")),
                (translate("Keys", "Draw while it moves"), translate("Keys", "Space, or Shift and the arrow keys")),
                (translate("Keys", "Undo the last stroke"), translate("Keys", "Ctrl+Z")),
                (translate("Keys", "Clear the drawing"), translate("Keys", "Del")),
            ),
        ),
        KeyGroup(
            translate("Keys", "Window"),
            (
                (translate("Keys", "Go to the next control, or the one before"), translate("Keys", "Tab, Shift+Tab")),
                (translate("Keys", "Change the tab that has the keyboard"), translate("Keys", "Left, Right")),
                (translate("Keys", "Open a menu by its letter"), translate("Keys", "Alt and the letter")),
                (translate("Keys", "Open the menu of what has the keyboard"), translate("Keys", "Menu key, Shift+F10")),
            ),
        ),
    ]
