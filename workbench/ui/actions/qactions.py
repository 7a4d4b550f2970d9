"""QActions made from the rows: enabled, described, and given icons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from workbench.ui.actions.action_rows import ACTIONS, RESUME, RESUME_ICON, translated
from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from workbench.ui.models.session_state import SessionState
    from workbench.ui.style.palette import Palette

FILLED_BUTTONS: Final = {"train": "primary", "stop": "danger"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionContext:
    """What exists for the actions to act on.

    Attributes:
        weights: there are weights that can be saved.
        run: there is a current run, training or ended.
        trainable: the current run can train on: its data set is still part of the program.
        steps_left: the current run has planned steps that are not trained yet.
        recording: steps after the current one are recorded.
        undoable: there is something to undo.
        redoable: there is something to redo.
        fitting: no reason is known why network and data do not fit.
        sound: a sound is on, or no reason is known why it could not be heard.
    """

    weights: bool = False
    run: bool = False
    trainable: bool = False
    steps_left: bool = False
    recording: bool = False
    undoable: bool = False
    redoable: bool = False
    fitting: bool = False
    sound: bool = False


def create_actions(parent: QObject) -> dict[str, QAction]:
    """A QAction for each row, named by its key, without an icon and not connected."""
    groups: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for row in ACTIONS.values():
        action = QAction(parent)
        set_text(action, translated(row.text))
        action.setObjectName(row.key)
        action.setShortcuts([QKeySequence(keys) for keys in (row.shortcut, row.also) if keys])
        _describe(action, translated(row.tip))
        # Icons are tinted for the filled buttons of the tool bar; in a menu, a check mark needs their place.
        action.setIconVisibleInMenu(False)
        if row.key == "quit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        elif row.key == "about":
            action.setMenuRole(QAction.MenuRole.AboutRole)
        action.setCheckable(row.checkable or bool(row.group))
        if row.group:
            if row.group not in groups:
                groups[row.group] = QActionGroup(parent)
            groups[row.group].addAction(action)
        actions[row.key] = action
    return actions


def set_text(action: QAction, text: str) -> None:
    """Name an action; a button never shows the letter that is underlined in the menu."""
    action.setText(text)
    action.setIconText(text.rstrip("…"))


def update_enabled(actions: dict[str, QAction], state: SessionState, context: ActionContext) -> None:
    """Enable the actions that are possible in `state` with what exists, and no others."""
    for key, action in actions.items():
        row = ACTIONS[key]
        action.setEnabled(state in row.enabled_in and all(getattr(context, need) for need in row.needs))


def show_pause_or_resume(action: QAction, *, resume: bool) -> None:
    """Name the action `pause` by what it does next; `tint_icons` changes its icon."""
    row = ACTIONS["pause"]
    text, tip = RESUME if resume else (row.text, row.tip)
    set_text(action, translated(text))
    _describe(action, translated(tip))


def show_undo_texts(actions: dict[str, QAction], undo: str, redo: str) -> None:
    """Name what Undo and Redo will undo and redo; with an empty text, show the plain name."""
    for key, what in (("undo", undo), ("redo", redo)):
        text = translated(ACTIONS[key].text)
        set_text(actions[key], f"{text}: {what}" if what else text)
        _describe(actions[key], f"{text}: {what}" if what else translated(ACTIONS[key].tip))


def show_problem(action: QAction, problem: str) -> None:
    """Say in the tooltip of an action why it cannot be used; with an empty text, what it does."""
    tip = translated(ACTIONS[action.objectName()].tip)
    if problem:
        action.setToolTip(plain_tool_tip(problem, tip))
        action.setStatusTip(problem)
    else:
        _describe(action, tip)


def _describe(action: QAction, tip: str) -> None:
    native = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{tip} ({native})" if native else tip)
    action.setStatusTip(tip)


def tint_icons(actions: Mapping[str, QAction], palette: Palette, *, resume: bool) -> None:
    """Draw the actions' icons in the colours of `palette`; with `resume`, that of `pause` shows Resume."""
    for key, action in actions.items():
        name = RESUME_ICON if key == "pause" and resume else ACTIONS[key].icon
        if name:
            colour = palette.text_on_accent if key in FILLED_BUTTONS else palette.text
            action.setIcon(icon(name, colour, disabled=palette.text_disabled))
