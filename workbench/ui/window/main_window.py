"""The main window: places the panels and holds every connection, grouped by sender."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from workbench.engine.errors import UsageError
from workbench.engine.protocol.commands import Close, SetSnapshotBudget
from workbench.ui.actions.action_rows import create_actions
from workbench.ui.actions.action_updater import ActionUpdater
from workbench.ui.controllers.checkpoint_files import CheckpointFiles
from workbench.ui.controllers.close_guard import CloseGuard
from workbench.ui.controllers.dataset_loading import DatasetLoading
from workbench.ui.controllers.live_view import LiveView
from workbench.ui.controllers.notifications import Notifications
from workbench.ui.controllers.run_actions import RunActions
from workbench.ui.controllers.run_controller import RunController
from workbench.ui.controllers.run_library import RunLibrary
from workbench.ui.controllers.run_prompts import MIB, RunPrompts
from workbench.ui.controllers.undo import UndoHistory
from workbench.ui.controllers.weights_files import WeightsFiles
from workbench.ui.dialogs import message_boxes as dialogs
from workbench.ui.models.session_state import CAN_TRAVEL, SessionState
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.window.menus import fill_menus, fill_tool_bar, keep_widths, size_docks
from workbench.ui.window.panel_layout import PanelLayout
from workbench.ui.window.shortcut_override import leaves_to_focus

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QShowEvent

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.protocol.events import TorchLoaded, WeightsEvaluated
    from workbench.engine.recipe import Recipe
    from workbench.ui.connection.training_thread import TrainingThread
    from workbench.ui.panels.settings import SettingsPanel
    from workbench.ui.style.theme import Palette, Theme
    from workbench.ui.system.preferences import Remembering, Settings

CLOSE_WITHIN_MS = 1800
"""How long closing waits for the training thread; a batch takes milliseconds, importing torch a second or two."""


class MainWindow(QMainWindow):
    """The workbench's window.

    Args:
        thread: trains; started by `start`.
        theme: whose palette the panels wear.
        settings: where layout and choices are remembered.
        store: the folder of the store of runs.
    """

    closed = Signal()

    def __init__(self, thread: TrainingThread, theme: Theme, settings: Settings, store: Path) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._thread = thread
        self._theme = theme
        self._settings = settings
        self._torch_version = ""
        self._was_shown = False

        self._run_settings = SettingsModel(self)
        self._panels = panels = PanelLayout(self, self._run_settings)
        self._weights = WeightsFiles(thread, self)
        self._checkpoints = CheckpointFiles(thread, lambda: self._steering.step, self)
        self._run = LiveView(panels.plots, panels.status, self)
        self._fetching = DatasetLoading(thread, self._run_settings, panels.controls, panels.data, panels.status, self)
        self._steering = RunController(
            thread, self._run_settings, panels.controls, self._run, panels.status, self._weights, self
        )
        self._undo = UndoHistory(self._run_settings, self._steering, self)
        self._kept = RunLibrary(store, panels.runs, panels.branches, panels.plots, self._steering, self)
        self._desk = RunActions(self._kept, self._steering, self._run_settings, panels.notice, self._undo, self)
        self._questions = RunPrompts(self._steering, self)
        self._closing = CloseGuard(self._weights, settings, self.close, self)
        self._notices = Notifications(panels.notice, self._steering, self._undo, self)
        self._actions = create_actions(self)
        self._action_display = ActionUpdater(
            self._actions, lambda: theme.palette, self._steering, self._run, self._weights, self._undo
        )
        self._remembered: dict[str, Remembering] = {
            "controls": self._run_settings,
            "plots": panels.plots,
            "runs": panels.runs,
            "answers": self._questions,
        }

        self._place_panels()
        fill_menus(self, self._actions)
        fill_tool_bar(self, self._actions)
        self._connect_actions()
        self._connect_panels()
        self._connect_keepers()
        self._connect_steering()
        self._connect_thread()
        self._dress(theme.palette)
        keep_widths(self, self._actions)
        self._restore()
        self._show_state()
        self._run.watch(self)
        self._panels.status.show_busy(self.tr("Loading PyTorch…"))

    @property
    def state(self) -> SessionState:
        """What the window takes the training side to be doing."""
        return self._steering.state

    @property
    def history(self) -> History | None:
        """What the present or last run has recorded."""
        return self._run.history

    @property
    def controls(self) -> SettingsPanel:
        """The panel of choices and hyperparameters."""
        return self._panels.controls

    @property
    def is_training_thread_running(self) -> bool:
        """Whether the thread could not be brought to its end when the window closed."""
        return self._thread.isRunning()

    def start(self) -> None:
        """Begin to load torch, then the data; once."""
        if not self._thread.isRunning() and not self._closing.is_leaving:
            self._thread.start()
            self._thread.send(SetSnapshotBudget(self._questions.budget * MIB))
            settings = self._run_settings
            self._fetching.fetch(settings.choices()["dataset"] if settings.dataset_was_chosen else None)
            self._kept.open()

    def build_all(self) -> None:
        """Build at once what is otherwise built when the window has been painted."""
        self._panels.plots.build()

    def preset(
        self,
        choices: dict[str, str],
        values: dict[str, Value],
        device: str | None = None,
        snapshot_memory: int | None = None,
    ) -> None:
        """Set what the command line asks for; what it does not name stays as it is remembered.

        Args:
            choices: from the registries, by name.
            values: of hyperparameters, by name.
            device: to train on.
            snapshot_memory: MiB that the snapshots may take.
        """
        for name, key in choices.items():
            self._run_settings.edit(name, key)
        for name, value in values.items():
            self._run_settings.set_value(name, value)
        if device is not None:
            self._run_settings.set_device(device)
        self._undo.clear()
        if snapshot_memory is not None:
            self._questions.budget = snapshot_memory

    def leave(self) -> None:
        """Close without asking: training stops after its current batch."""
        self._closing.leave()

    def leave_at_once(self) -> None:
        """Close without a question, as a signal wishes; weights that are not saved go to a file of their own first."""
        self._closing.leave_at_once()

    # Placing

    def _place_panels(self) -> None:
        self.setWindowTitle(self.tr("Training workbench"))
        self.resize(1280, 800)
        self._panels.place(self)
        self._first_layout = self.saveState()

    # Connections, by sender

    def _connect_actions(self) -> None:
        steering, questions = self._steering, self._questions
        wishes = {
            "train": self._train,
            "pause": steering.pause_or_resume,
            "step": steering.step_once,
            "step_epoch": steering.step_epoch,
            "run_steps": questions.run_steps,
            "continue_run": questions.add_epochs,
            "stop": steering.stop,
            "discard_run": self._discard,
            "go_to_step": questions.go_to_step,
            "go_to_newest": lambda: steering.go_to(steering.last_step),
            "undo": self._undo.undo,
            "redo": self._undo.redo,
            "snapshot_budget": questions.snapshot_budget,
            "save_weights": self._weights.ask_and_save,
            "load_weights": self._load_weights,
            "save_checkpoint": self._checkpoints.ask_and_save,
            "open_checkpoint": self._checkpoints.ask_and_open,
            "quit": self.close,
            "reset_controls": self._reset_controls,
            "reset_layout": self._reset_layout,
            "shortcuts": lambda: dialogs.show_shortcuts(self),
            "about": lambda: dialogs.show_about(self, self._torch_version),
        }
        for key, wish in wishes.items():
            self._actions[key].triggered.connect(lambda _checked=False, wish=wish: wish())
        for mode in ("system", "light", "dark"):
            self._actions[f"theme_{mode}"].triggered.connect(lambda _checked=False, mode=mode: self._choose_theme(mode))
        self._theme.palette_changed.connect(self._dress)

    def _connect_panels(self) -> None:
        self._run_settings.value_edited.connect(self._steering.set_value)
        self._run_settings.choice_edited.connect(self._on_choice_edited)
        self._run_settings.edited.connect(self._undo.note_edit)
        self._panels.plots.step_chosen.connect(self._steering.go_to)
        self._panels.journal.jump_requested.connect(self._steering.go_to)
        self._panels.branches.open_requested.connect(self._desk.open)
        self._panels.branches.overlay_requested.connect(self._kept.overlay_relatives)
        self._panels.runs.open_requested.connect(self._desk.open)
        self._panels.runs.overlay_requested.connect(self._desk.overlay)
        self._panels.runs.reuse_requested.connect(self._desk.reuse)
        self._panels.runs.delete_requested.connect(self._desk.delete)
        self._panels.status.cancel_requested.connect(self._on_cancel_requested)

    def _connect_keepers(self) -> None:
        self._fetching.waiting_changed.connect(self._show_waiting)
        self._fetching.failed.connect(self._notices.tell)
        self._fetching.replaced.connect(self._notices.tell_replaced)
        self._weights.weights_saved.connect(self._notices.tell_weights_saved)
        self._weights.save_failed.connect(self._notices.tell)
        self._checkpoints.saved.connect(self._notices.tell_checkpoint_saved)
        self._checkpoints.save_failed.connect(self._notices.tell)
        self._checkpoints.open_requested.connect(self._steering.open_checkpoint)
        self._kept.failed.connect(self._notices.tell)
        self._questions.budget_chosen.connect(lambda budget: self._thread.send(SetSnapshotBudget(budget * MIB)))

    def _connect_steering(self) -> None:
        self._steering.changed.connect(self._show_state)
        self._steering.run_changed.connect(self._show_run)
        self._steering.failed.connect(self._notices.tell)
        self._steering.differed.connect(self._notices.tell_differed)
        self._steering.travelled.connect(self._undo.note_journey)
        self._undo.way_back_asked.connect(self._notices.ask_way_back)
        self._undo.changed.connect(self._show_state)

    def _connect_thread(self) -> None:
        thread = self._thread
        thread.torch_loaded.connect(self._on_torch_loaded)
        thread.text_printed.connect(self._panels.log.append)
        thread.value_changed.connect(lambda event: self._undo.note_change(event.change))
        thread.value_changed.connect(self._panels.journal.refresh)
        thread.epoch_started.connect(self._panels.journal.refresh)
        thread.guard_tripped.connect(self._notices.ask_after_guard)
        for signal in (thread.run_resumed, thread.run_started, thread.run_discarded):
            signal.connect(self._notices.withdraw_guard)
        thread.run_discarded.connect(self._desk.on_run_discarded)
        thread.record_failed.connect(self._closing.note_not_kept)
        thread.record_failed.connect(lambda event: self._notices.tell(event.problem))
        thread.weights_evaluated.connect(self._on_weights_evaluated)
        thread.weights_refused.connect(lambda event: self._notices.tell(event.problem))
        thread.crashed.connect(self._on_thread_crashed)

    # Wishes of the person

    def _train(self) -> None:
        if self.state is not SessionState.READY or (recipe := self._recipe()) is None:
            return
        self._panels.notice.clear()
        # Otherwise Qt would hand the focus of a control that is locked now to a slider, and an arrow key to the run.
        self.setFocus()
        self._steering.train(recipe, dataset_chosen=self._run_settings.dataset_was_chosen)

    def _load_weights(self) -> None:
        if (recipe := self._recipe()) is not None:
            self._weights.ask_and_load(recipe)

    def _recipe(self) -> Recipe | None:
        """The settings as a recipe; None, and a notice says why, where the user typed something that is no value."""
        try:
            return self._run_settings.recipe()
        except UsageError as problem:
            self._notices.tell(problem)
            return None

    def _discard(self) -> None:
        if (run := self._steering.run_id) is not None:
            self._questions.discard(self._kept.title(run, self.tr("the run")))

    def _reset_controls(self) -> None:
        with self._undo.as_one(self.tr("Reset settings")):
            self._run_settings.reset_to_defaults(live_only=self.state.is_running)

    def _choose_theme(self, mode: str) -> None:
        self._theme.set_mode(mode)
        # At once, and only here: a theme asked for on the command line is for this time.
        self._settings.write("theme", {"mode": mode})

    def _size_docks(self) -> None:
        if not self._settings.restore_docks(self):
            size_docks(self)

    def _reset_layout(self) -> None:
        self.restoreState(self._first_layout)
        size_docks(self)

    @Slot(str, str)
    def _on_choice_edited(self, name: str, key: str) -> None:
        if name == "dataset" and self._thread.isRunning():
            self._fetching.fetch(key)

    def _on_cancel_requested(self) -> None:
        if self.state in {SessionState.PREPARING, SessionState.OPENING}:
            self._steering.stop()
        else:
            self._fetching.cancel()

    # News of the training side

    def _on_torch_loaded(self, event: TorchLoaded) -> None:
        self._torch_version = event.version
        for name, count in event.parameter_counts.items():
            self._panels.controls.set_parameter_count(name, count)
        self._panels.status.show_machine(self._run_settings.device, event.threads)
        self._steering.be_ready()
        self._show_waiting()

    def _on_weights_evaluated(self, event: WeightsEvaluated) -> None:
        self._weights.note_evaluated(event)
        self._show_state()
        self._notices.tell_evaluated(event)

    def _on_thread_crashed(self, reason: str) -> None:
        self._steering.crash()
        self._panels.status.show_state(self.tr("Not working"))
        self._notices.tell_crashed(reason)

    # Showing

    def _show_state(self) -> None:
        state = self.state
        self._action_display.refresh()
        self._panels.controls.set_running(state.is_running)
        can_travel = self._steering.run is not None and state in CAN_TRAVEL
        self._panels.journal.set_can_jump(can_travel)
        if self.history is not None:  # the plots are built then
            self._panels.plots.set_travel_enabled(can_travel)

    def _show_run(self) -> None:
        """Another run is in hand, or the same at another step."""
        self._kept.on_run_changed()
        self._panels.journal.set_history(self.history, self._steering.future)

    def _show_waiting(self) -> None:
        """While nothing trains, say whether data is being waited for."""
        if self.state is SessionState.READY:
            if self._fetching.is_waiting:
                self._panels.status.show_busy(self.tr("Loading the data…"), can_cancel=True)
            else:
                self._panels.status.show_state(self.tr("Ready"))

    @Slot(object)
    def _dress(self, palette: Palette) -> None:
        self._action_display.tint()
        self._actions[f"theme_{self._theme.mode}"].setChecked(True)
        self._panels.set_palette(palette)

    # Coming and going

    def _restore(self) -> None:
        read = self._settings.read
        self._settings.restore_layout(self)
        for key, part in self._remembered.items():
            part.restore(read(key))
        self._undo.clear()
        if path := read("rescued").get("path"):
            self._settings.write("rescued", {})
            self._notices.tell_rescued(path)
        self._weights.folder = Path(str(read("files").get("folder", "")))
        self._checkpoints.folder = Path(str(read("files").get("checkpoints", "")))

    def _remember(self) -> None:
        write = self._settings.write
        for key, part in self._remembered.items():
            write(key, part.state())
        write("files", {"folder": str(self._weights.folder), "checkpoints": str(self._checkpoints.folder)})
        self._settings.save_layout(self)

    def event(self, event: QEvent) -> bool:
        """Leave a key to the widget that has the focus where it means something there."""
        if event.type() is QEvent.Type.ShortcutOverride and leaves_to_focus(event, self.focusWidget()):
            event.accept()
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Give the docks the sizes they had, or their first ones."""
        super().showEvent(event)
        if not self._was_shown:
            # Only once the docks have been laid out do they take sizes.
            self._was_shown = True
            QTimer.singleShot(0, self, self._size_docks)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask if there is something to lose; then stop the training and go."""
        if not self._closing.may_close(running=self.state.is_running):
            event.ignore()
            return
        self._run.rest()
        self._kept.close()
        self._remember()
        self._thread.send(Close())
        self._thread.wait(CLOSE_WITHIN_MS)
        # In the same time, not after it: three seconds are promised in all.
        self._weights.finish(CLOSE_WITHIN_MS // 4)
        self._checkpoints.finish(CLOSE_WITHIN_MS // 4)
        event.accept()
        self.closed.emit()
