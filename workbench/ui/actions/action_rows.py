"""The table of actions: one row each, from `rows`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.ui.actions.rows.edit_rows import EDIT_ROWS
from workbench.ui.actions.rows.file_rows import FILE_ROWS
from workbench.ui.actions.rows.help_rows import HELP_ROWS
from workbench.ui.actions.rows.run_rows import RUN_ROWS
from workbench.ui.actions.rows.view_rows import VIEW_ROWS

if TYPE_CHECKING:
    from workbench.ui.actions.rows.action_row import ActionRow

ACTIONS: Final[dict[str, ActionRow]] = {
    row.key: row for row in (*RUN_ROWS, *FILE_ROWS, *EDIT_ROWS, *VIEW_ROWS, *HELP_ROWS)
}
RESUME: Final = ("Resume", "Continue training from here.")
"""Text and tip of the action `pause` while the run is paused, for translation in the context `Actions`."""
RESUME_ICON: Final = "train"


def translated(text: str) -> str:
    """A text of this file in the user's language."""
    return QCoreApplication.translate("Actions", text)
