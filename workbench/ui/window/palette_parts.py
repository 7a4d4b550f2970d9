"""What the command palette of the window offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from workbench.ui.help.palette.command_palette import CommandPalette
from workbench.ui.help.palette.settings_entries import SettingsEntries
from workbench.ui.help.palette.window_entries import (
    PanelEntry,
    action_entries,
    file_entries,
    panel_entries,
    run_entries,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget, QMainWindow

    from workbench.ui.help.palette.entry import Entry
    from workbench.ui.window.panel_access import PanelAccess
    from workbench.ui.window.parts import Parts


def make_palette(parts: Parts, window: QMainWindow, panels: PanelAccess) -> CommandPalette:
    """The palette over everything that the window can do."""
    settings = SettingsEntries(parts.run_settings, parts.panels.controls.why_disabled, parts.undo_history.end_move)

    def entries() -> list[Entry]:
        docks = [_entry(panels, dock) for dock in panels.docks()]
        return [
            *action_entries(parts.actions, parts.action_updater.why_not),
            *settings.entries(),
            *panel_entries(docks, panels.show),
            *run_entries(parts.library.runs, parts.run_actions.open),
            *file_entries(parts.recent_files.paths, parts.recent_files.choose),
        ]

    return CommandPalette(entries, settings.with_value, settings.no_such_row, parts.palette_memory, window)


def _entry(panels: PanelAccess, dock: QDockWidget) -> PanelEntry:
    shortcut = panels.shortcut(dock).toString(QKeySequence.SequenceFormat.NativeText)
    return PanelEntry(dock.objectName(), dock.windowTitle(), shortcut)
