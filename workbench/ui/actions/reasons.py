"""Why an action cannot be used now, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.models.session_state import CAN_OPEN, CAN_STOP, CAN_TRAIN, SessionState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.ui.actions.qactions import ActionContext

_WAITS: Final = frozenset({SessionState.PAUSING, SessionState.STOPPING, SessionState.TRAVELLING, SessionState.OPENING})


def why_not(key: str, state: SessionState, context: ActionContext, problems: Mapping[str, str]) -> str:
    """Why the action cannot be used in `state` with what exists; "" where it can.

    Args:
        key: of the action.
        state: of the training side.
        context: what exists.
        problems: of what is lacking, why; by need, as far as it is known.
    """
    row = ACTIONS[key]
    if state not in row.enabled_in:
        return _why_not_in(state, row.enabled_in)
    for need in row.needs:
        if not getattr(context, need):
            if problem := problems.get(need, ""):
                return problem
            return _lacking(need if context.run or need != "trainable" else "run")
    return ""


def _why_not_in(state: SessionState, possible: frozenset[SessionState]) -> str:
    translate = QCoreApplication.translate
    if state is SessionState.LOADING:
        return translate("Reasons", "PyTorch is still being loaded.")
    if possible == CAN_STOP:
        return translate("Reasons", "No run is active.")
    if state in _WAITS:
        return translate("Reasons", "The last command is still being carried out.")
    if possible == CAN_TRAIN:
        return translate("Reasons", "A run is active: stop it first.")
    if possible == CAN_OPEN:
        return translate("Reasons", "A run is active: pause or stop it first.")
    return translate("Reasons", "The run is being prepared.")


def _lacking(need: str) -> str:
    translate = QCoreApplication.translate
    match need:
        case "weights":
            return translate("Reasons", "There are no trained weights yet: press Train.")
        case "run":
            return translate("Reasons", "There is no run yet: press Train, or open one.")
        case "trainable":
            return translate("Reasons", "There is no run that can train on.")
        case "steps_left":
            return translate("Reasons", "All planned epochs are trained: add epochs to go on.")
        case "recording":
            return translate("Reasons", "No later step is recorded.")
        case "undoable":
            return translate("Reasons", "There is nothing to undo.")
        case "redoable":
            return translate("Reasons", "There is nothing to redo.")
        case "sound":
            return translate("Reasons", "No sound can be heard here.")
        case _:
            return translate("Reasons", "The chosen network and data do not fit.")
