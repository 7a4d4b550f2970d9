"""All panels of the window, and where they stand at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workbench.ui.panels.branches import BranchesPanel
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.panels.dataset import DatasetPanel
from workbench.ui.panels.journal import JournalPanel
from workbench.ui.panels.log import LogPanel
from workbench.ui.panels.notification_bar import NotificationBar
from workbench.ui.panels.runs.panel import RunsPanel
from workbench.ui.panels.settings import SettingsPanel
from workbench.ui.panels.status import StatusPanel
from workbench.ui.style.theme import fixed_font
from workbench.ui.window.menus import place_centre, place_docks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.style.theme import Palette


class PanelLayout:
    """Makes the panels; nothing here knows what they are for.

    Args:
        window: whose they are.
        settings: shown by the settings panel.
    """

    def __init__(self, window: QMainWindow, settings: SettingsModel) -> None:
        self.notice = NotificationBar(window)
        self.controls = SettingsPanel(settings, window)
        self.plots = CurvesPanel(window)
        self.log = LogPanel(fixed_font(), window)
        self.journal = JournalPanel(window)
        self.data = DatasetPanel(window)
        self.runs = RunsPanel(window)
        self.branches = BranchesPanel(window)
        self.status = StatusPanel(window)

    def place(self, window: QMainWindow) -> None:
        """Put each where it belongs."""
        translate = QCoreApplication.translate
        place_centre(window, self.notice, self.plots)
        place_docks(
            window,
            {"controls_dock": (translate("Panels", "Settings"), self.controls)},
            [
                {
                    "log_dock": (translate("Panels", "Log"), self.log),
                    "journal_dock": (translate("Panels", "Journal"), self.journal),
                },
                {
                    "data_dock": (translate("Panels", "Data"), self.data),
                    "runs_dock": (translate("Panels", "Runs"), self.runs),
                    "branches_dock": (translate("Panels", "Branches"), self.branches),
                },
            ],
        )
        bar = window.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.status, 1)

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette`."""
        for panel in (
            self.notice,
            self.controls,
            self.plots,
            self.log,
            self.journal,
            self.data,
            self.runs,
            self.branches,
        ):
            panel.set_palette(palette)
