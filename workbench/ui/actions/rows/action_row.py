"""One row of the table of actions."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.ui.models.session_state import ALWAYS, SessionState


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
