"""One row per action; menus and the tool bar are lists of keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from workbench.ui.run_state import ALWAYS, CAN_STOP, CAN_TRAIN, CAN_USE_WEIGHTS, RunState

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action.

    Attributes:
        key: object name, and its name in menus.
        text: what it is called, for translation in the context `Actions`.
        tip: what it does, in one sentence.
        shortcut: in Qt's portable form, or "".
        icon: a name in `resources/icons`, or "".
        enabled_in: the states in which it can be used.
        needs_weights: whether there must be weights in hand.
        group: actions of one group exclude each other; "" for a plain action.
    """

    key: str
    text: str
    tip: str
    shortcut: str = ""
    icon: str = ""
    enabled_in: frozenset[RunState] = ALWAYS
    needs_weights: bool = False
    group: str = ""


_ROWS: Final = (
    ActionRow(
        key="train",
        text="Train",
        tip="Start a new run with the settings on the left.",
        shortcut="Ctrl+R",
        icon="train",
        enabled_in=CAN_TRAIN,
    ),
    ActionRow(
        key="stop",
        text="Stop",
        tip="End the run after the current batch and keep the weights reached.",
        shortcut="Ctrl+.",
        icon="stop",
        enabled_in=CAN_STOP,
    ),
    ActionRow(
        key="save_weights",
        text="Save weights…",
        tip="Write the trained weights to a .pt or .safetensors file; also while training.",
        shortcut="Ctrl+S",
        icon="save",
        enabled_in=CAN_USE_WEIGHTS,
        needs_weights=True,
    ),
    ActionRow(
        key="load_weights",
        text="Load weights…",
        tip="Test the weights in a file and say how accurate they are.",
        shortcut="Ctrl+O",
        icon="open",
        enabled_in=CAN_USE_WEIGHTS,
    ),
    ActionRow(
        key="quit",
        text="Quit",
        tip="Close the window.",
        shortcut="Ctrl+Q",
        icon="quit",
    ),
    ActionRow(
        key="reset_controls",
        text="Reset settings",
        tip="Return every choice and hyperparameter to the tutorial's.",
        enabled_in=CAN_TRAIN,
        icon="sliders",
    ),
    ActionRow(
        key="theme_system",
        text="Follow the system",
        tip="Light or dark, as the system is.",
        icon="system",
        group="theme",
    ),
    ActionRow(
        key="theme_light",
        text="Light",
        tip="Dark text on light panels.",
        icon="sun",
        group="theme",
    ),
    ActionRow(
        key="theme_dark",
        text="Dark",
        tip="Light text on dark panels.",
        icon="moon",
        group="theme",
    ),
    ActionRow(
        key="reset_layout",
        text="Reset layout",
        tip="Put every panel back where it was at first.",
    ),
    ActionRow(
        key="shortcuts",
        text="Keyboard shortcuts",
        tip="List the keys.",
        shortcut="F1",
        icon="keyboard",
    ),
    ActionRow(
        key="about",
        text="About",
        tip="Versions and licence.",
        icon="info",
    ),
)

ACTIONS: Final[dict[str, ActionRow]] = {row.key: row for row in _ROWS}

SEPARATOR: Final = ""
PANELS: Final = "panels"
"""Stands in a menu for the switches that show and hide the panels."""

MENUS: Final = (
    ("&File", ("save_weights", "load_weights", SEPARATOR, "quit")),
    ("&Run", ("train", "stop", SEPARATOR, "reset_controls")),
    (
        "&View",
        (PANELS, SEPARATOR, "theme_system", "theme_light", "theme_dark", SEPARATOR, "reset_layout"),
    ),
    ("&Help", ("shortcuts", "about")),
)
TOOL_BAR: Final = ("train", "stop", SEPARATOR, "save_weights", "load_weights")


def translated(text: str) -> str:
    """A text of this file in the user's language."""
    return QCoreApplication.translate("Actions", text)


def create_actions(parent: QObject) -> dict[str, QAction]:
    """A QAction for each row, named by its key, without icon and unconnected."""
    groups: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for row in ACTIONS.values():
        action = QAction(translated(row.text), parent)
        action.setObjectName(row.key)
        tip = translated(row.tip)
        keys = QKeySequence(row.shortcut)
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({native})" if native else tip)
        action.setStatusTip(tip)
        action.setShortcut(keys)
        # Icons are tinted for the tool bar, whose buttons are filled; a check mark needs the place in a menu anyway.
        action.setIconVisibleInMenu(False)
        if row.key == "quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        elif row.key == "about":
            action.setMenuRole(QAction.MenuRole.AboutRole)
        if row.group:
            action.setCheckable(True)
            if row.group not in groups:
                groups[row.group] = QActionGroup(parent)
            groups[row.group].addAction(action)
        actions[row.key] = action
    return actions


def update_enabled(actions: dict[str, QAction], state: RunState, *, has_weights: bool) -> None:
    """Enable what can be done in `state`, and nothing else."""
    for key, action in actions.items():
        row = ACTIONS[key]
        action.setEnabled(state in row.enabled_in and (has_weights or not row.needs_weights))
