"""The panels, and a row for each: its first place, its key and its title. Loops over the rows place and paint them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.panels.branches import BranchesPanel
from workbench.ui.panels.calibration import CalibrationPanel
from workbench.ui.panels.checks import ChecksPanel
from workbench.ui.panels.classes import ClassesPanel
from workbench.ui.panels.confusion import ConfusionPanel
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.panels.dataset import DatasetPanel
from workbench.ui.panels.decision_boundary import DecisionBoundaryPanel
from workbench.ui.panels.draw_pad import DrawPadPanel
from workbench.ui.panels.figures import FiguresPanel
from workbench.ui.panels.gallery.panel import GalleryPanel
from workbench.ui.panels.glossary import GlossaryPanel
from workbench.ui.panels.hints import HintStrip
from workbench.ui.panels.journal import JournalPanel
from workbench.ui.panels.layers.panel import LayersPanel
from workbench.ui.panels.lessons import LessonsPanel
from workbench.ui.panels.log import LogPanel
from workbench.ui.panels.look_back import LookBackPanel
from workbench.ui.panels.lr_finder import LrFinderPanel
from workbench.ui.panels.network import NetworkPanel
from workbench.ui.panels.notification_bar import NotificationBar
from workbench.ui.panels.residuals import ResidualsPanel
from workbench.ui.panels.run_values import RunValuesPanel
from workbench.ui.panels.runs.panel import RunsPanel
from workbench.ui.panels.sample_map import SampleMapPanel
from workbench.ui.panels.settings.panel import SettingsPanel
from workbench.ui.panels.spike.panel import SpikePanel
from workbench.ui.panels.status import StatusPanel
from workbench.ui.panels.suspected_labels import SuspectedLabelsPanel
from workbench.ui.panels.tutorial import TutorialPanel
from workbench.ui.panels.what_if import WhatIfPanel
from workbench.ui.system.preferences import Remembering
from workbench.ui.window.docks import Area, PanelRow
from workbench.ui.window.either_panel import EitherPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.models.experiment_model import ExperimentModel
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.models.lesson_model import LessonModel
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_folds import SettingsFolds
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panel_bases.docked_panel import DockedPanel
    from workbench.ui.style.palette import Palette


@runtime_checkable
class Themed(Protocol):
    """A panel that draws in the theme's colours."""

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette`."""


class PanelLayout:
    """Makes the panels.

    Args:
        window: owns them.
        settings: of the next run.
        inspection: what the panels that explain a run look at.
        experiments: what was tried on copies of a run.
        run: the current run.
        lessons: which lesson is followed.
        folds: which parts of the settings are folded.
    """

    def __init__(
        self,
        window: QMainWindow,
        settings: SettingsModel,
        inspection: InspectionModel,
        experiments: ExperimentModel,
        run: RunModel,
        lessons: LessonModel,
        folds: SettingsFolds | None = None,
    ) -> None:
        self.notice = NotificationBar(window)
        self.controls = SettingsPanel(settings, window, folds)
        self.figures = FiguresPanel(window)
        self.plots = CurvesPanel(window)
        self.log = LogPanel(window)
        self.journal = JournalPanel(window)
        self.samples = DatasetPanel(window)
        self.network = NetworkPanel(window)
        self.runs = RunsPanel(window)
        self.branches = BranchesPanel(window)
        self.run_values = RunValuesPanel(window)
        self.confusion = ConfusionPanel(inspection, window)
        self.classes = ClassesPanel(inspection, window)
        self.residuals = ResidualsPanel(inspection, window)
        self.mistakes = EitherPanel(inspection, ((self.confusion, "Confusion"), (self.residuals, "Residuals")), window)
        self.calibration = CalibrationPanel(inspection, window)
        self.test_map = SampleMapPanel(inspection, window)
        self.layers = LayersPanel(inspection, window)
        self.decision_boundary = DecisionBoundaryPanel(inspection, window)
        self.draw_pad = DrawPadPanel(inspection, window)
        self.what_if = WhatIfPanel(inspection, experiments, window)
        self.lr_finder = LrFinderPanel(inspection, experiments, window)
        self.checks = ChecksPanel(inspection, experiments, window)
        self.gallery = GalleryPanel(inspection, window)
        self.suspected_labels = SuspectedLabelsPanel(inspection, window)
        self.spike = SpikePanel(inspection, window)
        self.lessons = LessonsPanel(lessons, run, window)
        self.tutorial = TutorialPanel(window)
        self.glossary = GlossaryPanel(window)
        self.look_back = LookBackPanel(inspection, window)
        self.look_back.hide()
        self.hints = HintStrip(window)
        self.status = StatusPanel(window)
        # The keys of older versions' settings files and layouts: a new key would lose what is stored under the old one.
        self.rows = (
            PanelRow(self.figures, Area.HEAD, "figures"),
            PanelRow(self.notice, Area.NOTICE, "notice"),
            PanelRow(self.controls, Area.DOCK, "controls", "Settings"),
            PanelRow(self.plots, Area.CENTRE, "plots"),
            PanelRow(self.look_back, Area.BELOW, "look_back"),
            PanelRow(self.log, Area.DOCK, "log", "Log"),
            PanelRow(self.journal, Area.DOCK, "journal", "Journal"),
            PanelRow(self.samples, Area.DOCK, "data", "Data"),
            PanelRow(self.network, Area.DOCK, "network", "Network"),
            PanelRow(self.runs, Area.DOCK, "runs", "Runs"),
            PanelRow(self.branches, Area.DOCK, "branches", "Branches"),
            PanelRow(self.run_values, Area.DOCK, "run_values", "Values"),
            PanelRow(self.mistakes, Area.DOCK, "confusion_matrix", "Confusion"),
            PanelRow(self.classes, Area.DOCK, "classes", "Classes"),
            PanelRow(self.calibration, Area.DOCK, "calibration", "Calibration"),
            PanelRow(self.test_map, Area.DOCK, "test_map", "Map"),
            PanelRow(self.layers, Area.DOCK, "layers", "Layers"),
            PanelRow(self.decision_boundary, Area.DOCK, "decision_boundary", "Boundary"),
            PanelRow(self.draw_pad, Area.DOCK, "draw_pad", "Draw"),
            PanelRow(self.hints, Area.STRIP, "hints"),
            PanelRow(self.what_if, Area.DOCK, "what_if", "What if"),
            PanelRow(self.lr_finder, Area.DOCK, "lr_finder", "Find rate"),
            PanelRow(self.checks, Area.DOCK, "checks", "Checks"),
            PanelRow(self.gallery, Area.DOCK, "gallery", "Gallery"),
            PanelRow(self.suspected_labels, Area.DOCK, "suspected_labels", "Suspected labels"),
            PanelRow(self.spike, Area.DOCK, "spike", "Batch"),
            PanelRow(self.lessons, Area.DOCK, "lessons", "Lessons"),
            PanelRow(self.tutorial, Area.DOCK, "tutorial", "Tutorial"),
            PanelRow(self.glossary, Area.DOCK, "glossary", "Glossary"),
            PanelRow(self.status, Area.STATUS_BAR, "status"),
        )

    @property
    def inspecting(self) -> list[InspectionPanel]:
        """The panels that explain a run."""
        panels: list[InspectionPanel] = []
        for row in self.rows:
            if isinstance(row.panel, InspectionPanel):
                panels.append(row.panel)
            elif isinstance(row.panel, EitherPanel):
                panels += row.panel.panels
        return panels

    @property
    def exporting(self) -> list[DockedPanel]:
        """The panels whose contents can be copied and saved."""
        return [*self.inspecting, self.run_values]

    @property
    def remembering(self) -> dict[str, Remembering]:
        """The panels whose state is stored when the window closes, by their keys."""
        return {row.key: row.panel for row in self.rows if isinstance(row.panel, Remembering)}

    def set_palette(self, palette: Palette) -> None:
        """Draw all panels in the colours of `palette`."""
        for row in self.rows:
            if isinstance(row.panel, Themed):
                row.panel.set_palette(palette)
