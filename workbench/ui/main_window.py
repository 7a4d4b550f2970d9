"""The main window: places the panels and holds every connection, grouped by sender."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from workbench.engine.commands import (
    Close,
    SetValue,
    StartRun,
    Stop,
)
from workbench.engine.hyperparameters import hyperparameter
from workbench.engine.problems import BadUsage, Problem
from workbench.ui import dialogs
from workbench.ui.actions import create_actions, update_enabled
from workbench.ui.data_fetching import DataFetching
from workbench.ui.furniture import BOTTOM, LEFT, fill_menus, fill_tool_bar, place_docks, size_docks, tint_icons
from workbench.ui.panels.controls import ControlsPanel
from workbench.ui.panels.data import DataPanel
from workbench.ui.panels.log import LogPanel
from workbench.ui.panels.notice import Kind, NoticePanel
from workbench.ui.panels.plots import PlotsPanel
from workbench.ui.panels.status import StatusPanel
from workbench.ui.run_display import RunDisplay
from workbench.ui.run_state import RunState
from workbench.ui.texts import sentence_of
from workbench.ui.theme import fixed_font
from workbench.ui.weights_keeper import WeightsKeeper

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent

    from workbench.engine.events import (
        ChangeRefused,
        RunEnded,
        RunStarted,
        TorchLoaded,
        ValueChanged,
        WeightsEvaluated,
        WeightsRefused,
    )
    from workbench.engine.history import History
    from workbench.engine.hyperparameters import Value
    from workbench.ui.settings import Settings
    from workbench.ui.theme import Palette, Theme
    from workbench.ui.training_thread import TrainingThread

GOOD_NEWS_S = 8.0
CLOSE_WITHIN_MS = 1800
"""How long closing waits for the training thread; a batch takes milliseconds, importing torch a second or two."""
RESCUE_WITHIN_MS = 1000


class MainWindow(QMainWindow):
    """The workbench's window.

    Args:
        thread: trains; started by `start`.
        theme: whose palette the panels wear.
        settings: where layout and choices are remembered.
    """

    closed = Signal()

    def __init__(self, thread: TrainingThread, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._thread = thread
        self._theme = theme
        self._settings = settings
        self._state = RunState.LOADING
        self._torch_version = ""
        self._saving_then_closing = False
        self._leaving = False
        self._device = "cpu"

        self._notice = NoticePanel(self)
        self._controls = ControlsPanel(self)
        self._plots = PlotsPanel(self)
        self._log = LogPanel(fixed_font(), self)
        self._data = DataPanel(self)
        self._status = StatusPanel(self)
        self._weights = WeightsKeeper(thread, self)
        self._run = RunDisplay(self._plots, self._status, self)
        self._fetching = DataFetching(thread, self._controls, self._data, self._status, self)
        self._actions = create_actions(self)

        self._place_panels()
        fill_menus(self, self._actions)
        fill_tool_bar(self, self._actions)
        self._connect_actions()
        self._connect_panels()
        self._connect_thread()
        self._dress(theme.palette)
        self._restore()
        self._enter(RunState.LOADING)
        self._status.show_busy(self.tr("Loading PyTorch…"))

    @property
    def state(self) -> RunState:
        """What the window takes the training side to be doing."""
        return self._state

    @property
    def history(self) -> History | None:
        """What the present or last run has recorded."""
        return self._run.history

    @property
    def controls(self) -> ControlsPanel:
        """The panel of choices and hyperparameters."""
        return self._controls

    @property
    def is_training_thread_running(self) -> bool:
        """Whether the thread could not be brought to its end when the window closed."""
        return self._thread.isRunning()

    def start(self) -> None:
        """Begin to load torch, then the data; once."""
        if not self._thread.isRunning() and not self._leaving:
            self._thread.start()
            self._fetching.fetch(self._controls.choices()["dataset"] if self._controls.dataset_was_chosen else None)

    def build_all(self) -> None:
        """Build at once what is otherwise built when the window has been painted."""
        self._plots.build()

    def preset(self, choices: dict[str, str], values: dict[str, Value], device: str) -> None:
        """Set the controls as if a person had; what is not named stays as it is remembered."""
        for name, key in choices.items():
            self._controls.choose(name, key)
        for name, value in values.items():
            self._controls.set_value(name, value)
        self._device = device

    def leave(self) -> None:
        """Close without asking: training stops after its current batch."""
        self._leaving = True
        self.close()

    def leave_at_once(self) -> None:
        """Close without a question, as a signal wishes; weights that are not saved go to a file of their own first."""
        if self._leaving or not self._weights.is_unsaved:
            self.leave()
            return
        self._weights.weights_saved.connect(self._note_rescued)
        self._saving_then_closing = True
        self._weights.rescue()
        # Should the batch or the disk take long, go without: whoever sent the signal may lose patience and kill.
        QTimer.singleShot(RESCUE_WITHIN_MS, self, self.leave)

    def _note_rescued(self, path: Path) -> None:
        _say(f"weights saved to {path}")
        self._settings.write("rescued", {"path": str(path)})

    # Placing

    def _place_panels(self) -> None:
        self.setWindowTitle(self.tr("Training workbench"))
        self.resize(1280, 800)
        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.addWidget(self._notice)
        layout.addWidget(self._plots, 1)
        self.setCentralWidget(centre)
        place_docks(
            self,
            {
                "controls_dock": (self.tr("Settings"), self._controls, LEFT),
                "log_dock": (self.tr("Log"), self._log, BOTTOM),
                "data_dock": (self.tr("Data"), self._data, BOTTOM),
            },
        )
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._status, 1)
        self._first_layout = self.saveState()

    # Connections, by sender

    def _connect_actions(self) -> None:
        wishes = {
            "train": self._train,
            "stop": self._stop,
            "save_weights": self._weights.ask_and_save,
            "load_weights": self._load_weights,
            "quit": self.close,
            "reset_controls": self._controls.reset_to_defaults,
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
        self._controls.value_change_requested.connect(self._on_value_change_requested)
        self._controls.choice_change_requested.connect(self._on_choice_change_requested)
        self._status.cancel_requested.connect(self._on_cancel_requested)
        self._fetching.waiting_changed.connect(self._show_waiting)
        self._fetching.failed.connect(self._tell)
        self._fetching.replaced.connect(self._on_data_replaced)
        self._weights.weights_saved.connect(self._on_weights_saved)
        self._weights.save_failed.connect(self._on_save_failed)
        self._weights.save_cancelled.connect(self._on_save_cancelled)

    def _connect_thread(self) -> None:
        thread = self._thread
        thread.torch_loaded.connect(self._on_torch_loaded)
        thread.run_started.connect(self._on_run_started)
        thread.text_printed.connect(self._log.append)
        thread.value_changed.connect(self._on_value_changed)
        thread.change_refused.connect(self._on_change_refused)
        thread.weights_evaluated.connect(self._on_weights_evaluated)
        thread.weights_refused.connect(self._on_weights_refused)
        thread.run_ended.connect(self._on_run_ended)
        thread.crashed.connect(self._on_thread_crashed)

    # Wishes of the person

    def _train(self) -> None:
        if self._state is not RunState.READY:
            return
        try:
            recipe = self._controls.recipe(self._device)
        except BadUsage as problem:
            self._tell(problem)
            return
        self._notice.hide()
        # Otherwise Qt would hand the focus of a control that is locked now to a slider, and an arrow key to the run.
        self.setFocus()
        self._thread.send(StartRun(recipe, self._controls.dataset_was_chosen))
        self._enter(RunState.PREPARING)
        self._status.show_busy(self.tr("Loading the data…"), can_cancel=True)

    def _load_weights(self) -> None:
        try:
            recipe = self._controls.recipe(self._device)
        except BadUsage as problem:
            self._tell(problem)
            return
        self._weights.ask_and_load(recipe)

    def _stop(self) -> None:
        self._thread.send(Stop())
        self._run.note_stopping()
        self._enter(RunState.STOPPING)
        self._status.show_busy(self.tr("Stopping after the current batch…"))

    def _choose_theme(self, mode: str) -> None:
        self._theme.set_mode(mode)
        # At once, and only here: a theme asked for on the command line is for this time.
        self._settings.write("theme", {"mode": mode})

    def _reset_layout(self) -> None:
        self.restoreState(self._first_layout)
        size_docks(self)

    @Slot(str, object)
    def _on_value_change_requested(self, name: str, value: object) -> None:
        row = hyperparameter(name)
        if self._state.is_running and row.is_live:
            self._thread.send(SetValue(name, row.checked(value)))

    @Slot(str, str)
    def _on_choice_change_requested(self, name: str, key: str) -> None:
        if name == "dataset" and self._thread.isRunning():
            self._fetching.fetch(key)

    def _on_cancel_requested(self) -> None:
        if self._state is RunState.PREPARING:
            self._stop()
        else:
            self._fetching.cancel()

    # News of the training side

    def _on_torch_loaded(self, event: TorchLoaded) -> None:
        self._torch_version = event.version
        for name, count in event.parameter_counts.items():
            self._controls.set_parameter_count(name, count)
        self._status.show_machine(self._device, event.threads)
        self._enter(RunState.READY)
        self._show_waiting()

    def _on_data_replaced(self, sentence: str) -> None:
        self._notice.show_notice(sentence, Kind.WARNING)
        _say(sentence)

    def _on_run_started(self, event: RunStarted) -> None:
        self._weights.begin_run()
        self._run.begin(event)
        self._enter(RunState.TRAINING if self._state is RunState.PREPARING else self._state)

    def _on_value_changed(self, event: ValueChanged) -> None:
        self._controls.set_applied(event.change.name, event.change.new)
        self._run.mark_change(event)

    def _on_change_refused(self, event: ChangeRefused) -> None:
        self._tell(event.problem)

    def _on_run_ended(self, event: RunEnded) -> None:
        self._weights.end_run(event)
        self._enter(RunState.READY)
        self._run.end(event)
        if event.problem is not None:
            self._tell(event.problem, event.details)

    def _on_weights_evaluated(self, event: WeightsEvaluated) -> None:
        self._weights.note_evaluated(event)
        self._enter(self._state)
        self._notice.show_notice(
            self.tr("{name}: accuracy {accuracy} %, average loss {loss} on the test images.").format(
                name=event.path.name,
                accuracy=f"{100 * event.accuracy:.1f}",
                loss=f"{event.average_loss:.6f}",
            )
        )

    def _on_weights_refused(self, event: WeightsRefused) -> None:
        self._tell(event.problem)

    def _on_thread_crashed(self, reason: str) -> None:
        self._enter(RunState.LOADING)
        self._status.show_state(self.tr("Not working"))
        self._notice.show_notice(
            self.tr("The training side could not go on ({reason}): close the window and open it again.").format(
                reason=reason
            ),
            Kind.ERROR,
        )

    def _on_weights_saved(self, path: Path) -> None:
        self._notice.show_notice(self.tr("Weights saved to {path}.").format(path=path), seconds=GOOD_NEWS_S)
        if self._saving_then_closing:
            self.leave()

    def _on_save_failed(self, problem: Problem) -> None:
        self._saving_then_closing = False
        self._tell(problem)

    def _on_save_cancelled(self) -> None:
        self._saving_then_closing = False

    # Showing

    def _enter(self, state: RunState) -> None:
        self._state = state
        update_enabled(self._actions, state, has_weights=self._weights.has_weights)
        self._controls.set_running(state.is_running)

    def _show_waiting(self) -> None:
        """While nothing trains, say whether data is being waited for."""
        if self._state is RunState.READY:
            if self._fetching.is_waiting:
                self._status.show_busy(self.tr("Loading the data…"), can_cancel=True)
            else:
                self._status.show_state(self.tr("Ready"))

    def _tell(self, problem: Problem, details: str = "") -> None:
        self._notice.show_notice(sentence_of(problem), Kind.ERROR, details)

    @Slot(object)
    def _dress(self, palette: Palette) -> None:
        tint_icons(self._actions, palette)
        self._actions[f"theme_{self._theme.mode}"].setChecked(True)
        for panel in (self._controls, self._plots, self._log, self._data, self._notice):
            panel.set_palette(palette)

    # Coming and going

    def _restore(self) -> None:
        self._settings.restore_layout(self)
        self._controls.restore(self._settings.read("controls"))
        self._plots.restore(self._settings.read("plots"))
        if path := self._settings.read("rescued").get("path"):
            self._settings.write("rescued", {})
            text = self.tr("The weights of the last run were saved to {path} when the program was ended.")
            self._notice.show_notice(text.format(path=path))
        self._weights.folder = Path(str(self._settings.read("files").get("folder", "")))

    def _remember(self) -> None:
        self._settings.write("controls", self._controls.state())
        self._settings.write("plots", self._plots.state())
        self._settings.write("files", {"folder": str(self._weights.folder)})
        self._settings.save_layout(self)

    def _save_and_close(self) -> None:
        self._saving_then_closing = True
        self._weights.ask_and_save()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Draw again from now on."""
        super().showEvent(event)
        self._run.clock.set_visible(True)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """A minimised window is not hidden, but nobody sees it either."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._run.clock.set_visible(self.isVisible() and not self.isMinimized())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Draw nothing while nobody sees it."""
        super().hideEvent(event)
        self._run.clock.set_visible(False)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask if there is something to lose; then stop the training and go."""
        if not self._leaving and self._weights.is_unsaved:
            event.ignore()
            if self.findChild(QWidget, "close_dialog") is None:
                dialogs.ask_before_closing(
                    self, running=self._state.is_running, save=self._save_and_close, leave=self.leave
                )
            return
        self._leaving = True
        self._run.rest()
        self._remember()
        self._thread.send(Close())
        self._thread.wait(CLOSE_WITHIN_MS)
        # In the same time, not after it: three seconds are promised in all.
        self._weights.finish(CLOSE_WITHIN_MS // 4)
        event.accept()
        self.closed.emit()


def _say(sentence: str) -> None:
    """Tell standard error, where there is one: a program started by a click on Windows has none."""
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
