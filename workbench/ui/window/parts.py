"""What a window is made of: panels, controllers and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.ui.actions.action_updater import ActionUpdater
from workbench.ui.actions.qactions import create_actions
from workbench.ui.controllers.checkpoint_files import CheckpointFiles
from workbench.ui.controllers.close_guard import CloseGuard
from workbench.ui.controllers.cursor_values import CursorValues
from workbench.ui.controllers.dataset_loading import DatasetLoading
from workbench.ui.controllers.desktop_news import DesktopNews
from workbench.ui.controllers.experiments import Experiments
from workbench.ui.controllers.exports import Exports
from workbench.ui.controllers.hints import Hints
from workbench.ui.controllers.inspection import Inspection
from workbench.ui.controllers.journal_notes import JournalNotes
from workbench.ui.controllers.lessons import Lessons
from workbench.ui.controllers.live_view import LiveView
from workbench.ui.controllers.loss_sound import LossSound
from workbench.ui.controllers.marks_on_curve import MarksOnCurve
from workbench.ui.controllers.network_facts import NetworkFacts
from workbench.ui.controllers.notifications import Notifications
from workbench.ui.controllers.own_code_watch import OwnCodeWatch
from workbench.ui.controllers.own_data import OwnData
from workbench.ui.controllers.own_networks import OwnNetworks
from workbench.ui.controllers.panel_exports import PanelExports
from workbench.ui.controllers.recent_files import RecentFiles
from workbench.ui.controllers.recorded_log import RecordedLog
from workbench.ui.controllers.run_actions import RunActions
from workbench.ui.controllers.run_controller import RunController
from workbench.ui.controllers.run_files import RunFiles
from workbench.ui.controllers.run_library import RunLibrary
from workbench.ui.controllers.run_prompts import RunPrompts
from workbench.ui.controllers.start_weights import StartWeights
from workbench.ui.controllers.undo import UndoHistory
from workbench.ui.controllers.weights_files import WeightsFiles
from workbench.ui.help.explaining.curve_texts import CurveTexts
from workbench.ui.help.explaining.explain_mode import ExplainMode
from workbench.ui.help.explaining.finder import Finder
from workbench.ui.help.explaining.settings_texts import SettingsTexts
from workbench.ui.help.explaining.update_size import UpdateSize
from workbench.ui.help.palette.memory import PaletteMemory
from workbench.ui.models.experiment_model import ExperimentModel
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.models.lesson_model import LessonModel
from workbench.ui.models.run_model import RunModel
from workbench.ui.models.settings_folds import SettingsFolds
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.models.tour_model import TourModel
from workbench.ui.sound.audio_output import audio_output
from workbench.ui.system.desktop_notifier import DesktopNotifier
from workbench.ui.window.panel_layout import PanelLayout
from workbench.ui.window.zoom_control import ZoomControl

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.connection.training_thread import TrainingThread
    from workbench.ui.style.theme import Theme
    from workbench.ui.system.preferences import Remembering, Settings


class Parts:
    """Makes the parts, which the window owns, from what `MainWindow` was given; `Wiring` connects them."""

    def __init__(
        self, window: QMainWindow, thread: TrainingThread, theme: Theme, settings: Settings, store: Path
    ) -> None:
        self.thread = thread
        self.theme = theme
        self.settings = settings

        self.run_settings = SettingsModel(window)
        self.settings_folds = SettingsFolds(window)
        # First of all: its slots run before those of the other parts, which find the model up to date.
        self.run_model = RunModel(thread, self.run_settings, window)
        self.inspection_model = InspectionModel(self.run_model, window)
        self.experiment_model = ExperimentModel(thread, self.run_model, self.run_settings, window)
        self.lesson_model = LessonModel(window)
        self.tour_model = TourModel(window)
        self.panels = panels = PanelLayout(
            window,
            self.run_settings,
            self.inspection_model,
            self.experiment_model,
            self.run_model,
            self.lesson_model,
            self.settings_folds,
        )
        self.inspection = Inspection(thread, self.run_model, self.inspection_model, panels.inspecting, window)
        self.weights = WeightsFiles(thread, self.run_model, window)
        self.checkpoints = CheckpointFiles(thread, self.run_model, window)
        self.marks_on_curve = MarksOnCurve(self.inspection_model, self.experiment_model, panels.plots, window)
        self.live_view = LiveView(self.run_model, panels.plots, panels.figures, panels.status, window)
        self.recorded_log = RecordedLog(self.run_model, panels.log, thread, lambda: thread.is_announcing, window)
        self.cursor_values = CursorValues(panels.plots, panels.run_values, self.run_model, window)
        self.panel_exports = PanelExports(panels.exporting, thread, self.run_model, window)
        self.dataset_loading = DatasetLoading(
            thread, self.run_settings, panels.controls, panels.samples, panels.status, window
        )
        self.network_facts = NetworkFacts(
            thread, self.run_settings, self.run_model, panels.controls, panels.network, window
        )
        self.start_weights = StartWeights(
            thread,
            self.run_settings,
            self.run_model,
            self.network_facts,
            self.weights,
            panels.controls,
            window,
        )
        self.controller = RunController(thread, self.run_model, self.run_settings, window)
        self.hints = Hints(thread, self.run_model, self.run_settings, self.controller, panels.hints, window)
        self.own_networks = OwnNetworks(self.run_settings, window)
        self.undo_history = UndoHistory(self.run_settings, self.run_model, self.controller, window)
        self.library = RunLibrary(store, panels.runs, panels.branches, panels.plots, self.run_model, window)
        self.journal_notes = JournalNotes(thread, self.run_model, self.library, self.undo_history, window)
        for saving in (self.weights, self.checkpoints):
            saving.name_by(self.library.title)
        self.run_actions = RunActions(
            self.library, self.run_model, self.controller, self.run_settings, panels.notice, self.undo_history, window
        )
        self.run_files = RunFiles(thread, self.run_model, self.controller, self.own_networks, window)
        self.exports = Exports(thread, self.run_model, self.library, thread.root, store, window)
        self.recent_files = RecentFiles(window)
        self.own_data = OwnData(self.run_settings, self.run_model, window)
        self.prompts = RunPrompts(self.run_model, self.controller, window)
        self.own_code_watch = OwnCodeWatch(self.run_model, self.run_settings, window)
        self.close_guard = CloseGuard(self.weights, settings, window.close, window)
        self.notifications = Notifications(panels.notice, self.controller, self.undo_history, window)
        self.experiments = Experiments(
            thread,
            self.experiment_model,
            self.run_model,
            self.run_settings,
            self.controller,
            self.own_networks,
            self.notifications,
            self.undo_history,
            window,
        )
        self.lessons = Lessons(
            self.lesson_model,
            self.run_model,
            self.run_settings,
            self.controller,
            self.experiments,
            self.experiment_model,
            self.library,
            self.undo_history,
            thread.root,
            window,
        )

        self.palette_memory = PaletteMemory()
        self.update_size = UpdateSize(thread, self.run_model, self.inspection, window)
        settings_texts = SettingsTexts(self.run_settings, self.run_model, self.update_size)
        self.explain_mode = ExplainMode(
            window,
            Finder(
                settings_texts,
                CurveTexts(self.run_model, settings_texts),
                panels.plots,
                {row.key: row.panel for row in panels.rows},
            ),
        )

        self.desktop_news = DesktopNews(self.run_model, self.library, thread, DesktopNotifier(window), window)
        self.loss_sound = LossSound(self.run_model, thread, audio_output(), window)
        self.zoom = ZoomControl(window)
        self.actions = create_actions(window)
        self.action_updater = ActionUpdater(
            self.actions,
            lambda: theme.palette,
            self.run_model,
            self.weights,
            self.undo_history,
            self.network_facts,
            self.start_weights,
            self.loss_sound,
        )

    @property
    def remembering(self) -> dict[str, Remembering]:
        """The parts whose state is stored when the window closes, by their keys in the settings file."""
        own: dict[str, Remembering] = {
            "answers": self.prompts,
            "own_data": self.own_data,
            "exports": self.exports,
            "recent_files": self.recent_files,
            "hints": self.hints,
            "desktop": self.desktop_news,
            "sound": self.loss_sound,
            "command_palette": self.palette_memory,
            "lessons": self.lesson_model,
            "settings_folds": self.settings_folds,
            "tour": self.tour_model,
        }
        return {"controls": self.run_settings, **self.panels.remembering, **own}
