"""Actions that take back what was done, and set how the program behaves."""

from __future__ import annotations

from typing import Final

from workbench.ui.actions.rows.action_row import ActionRow
from workbench.ui.models.session_state import CAN_TRAIN, CAN_UNDO

EDIT_ROWS: Final = (
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
)
