"""The main window: its life from start to close, and what it remembers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from workbench.engine.protocol.commands import Close, SetSnapshotBudget
from workbench.ui.controllers.crash_reports import CrashReports
from workbench.ui.controllers.run_prompts import MIB
from workbench.ui.style.zoom import zoom
from workbench.ui.text.translation import current_language
from workbench.ui.window.docks import BottomDocks, place_panels
from workbench.ui.window.focus import release_focus_when_hidden
from workbench.ui.window.focus_ring import FocusRing
from workbench.ui.window.menus import fill_menus
from workbench.ui.window.panel_access import PanelAccess
from workbench.ui.window.parts import Parts
from workbench.ui.window.presentation import Presentation, PresentationBar
from workbench.ui.window.shortcut_override import leaves_to_focus
from workbench.ui.window.tool_bar import ToolBar
from workbench.ui.window.window_title import WindowTitle
from workbench.ui.window.wiring.wiring import Wiring
from workbench.ui.window.workspaces import Workspaces
from workbench.ui.window.zoom_control import scale_icons

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.models.network_source import NetworkSource
    from workbench.ui.connection.training_thread import TrainingThread
    from workbench.ui.models.own_files import OwnFiles
    from workbench.ui.models.session_state import SessionState
    from workbench.ui.style.theme import Theme
    from workbench.ui.system.crash_report import CrashWatch
    from workbench.ui.system.preferences import Settings

FIRST_SIZE: Final = QSize(1280, 800)
FRAME: Final = QSize(16, 48)
"""Left free on a small screen for the frame and title bar, whose size is known only after the window is shown."""
CLOSE_WITHIN_MS: Final = 1800
"""How long closing waits for the training thread; a batch takes milliseconds, importing torch a second or two."""


class MainWindow(QMainWindow):
    """The workbench's window.

    Args:
        thread: trains; started by `start`.
        theme: gives the panels their palette.
        settings: where layout and choices are remembered.
        store: the folder of the store of runs.
    """

    closed = Signal()
    language_chosen = Signal(str)
    """The user wants another language, by its code: another window is to take the place of this one."""
    zoom_chosen = Signal(int)
    """The user wants everything in another size, in per cent: another window is to take the place of this one."""
    replaced = Signal(object)
    """The MainWindow that has taken the place of this one."""

    def __init__(self, thread: TrainingThread, theme: Theme, settings: Settings, store: Path) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._parts = parts = Parts(self, thread, theme, settings, store)
        self._settings = settings
        self._was_shown = False
        self._is_replaced = False
        self._was_presenting = False
        self._is_to_present = False
        # The geometry that was handed over, and the one that the window took: at a larger zoom it may need more.
        self._handed_over: tuple[QRect, QRect] | None = None
        # Kept here: there may be no other reference to it.
        self.successor: MainWindow | None = None
        """The window that has taken the place of this one."""
        place_panels(self, parts.panels.rows)
        self._bottom_docks = BottomDocks(self)
        self._workspaces = Workspaces(self, settings, self._bottom_docks)
        release_focus_when_hidden(self)
        self._ring = FocusRing(self)
        self._panel_access = PanelAccess(self, self._workspaces, self._ring)
        fill_menus(self, parts.actions, self._panel_access.actions)
        tool_bar = ToolBar(parts.actions, self)
        wiring = Wiring(parts, self, self._workspaces, self._panel_access, self._ring)
        self._opened_files = wiring.opened_files
        wiring.language_chosen.connect(self._on_language_chosen)
        title = WindowTitle(parts.run_model, parts.library, thread, self)
        parts.desktop_news.percent_changed.connect(title.set_percent)
        parts.zoom.chosen.connect(self._on_zoom_chosen)
        bar = PresentationBar(parts.actions, parts.run_settings, self)
        self._presentation = Presentation(self, bar, self._workspaces, parts.actions)
        wiring.connect_presentation(self._presentation)
        wiring.apply_theme(theme.palette)
        scale_icons(self)
        tool_bar.keep_widths()
        # Only now: without the icons the window could not be so small.
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self._restore()
        wiring.show_desktop_choices()
        wiring.show_state()
        parts.live_view.watch(self)
        parts.panels.status.show_busy(self.tr("Loading PyTorch…"))

    @property
    def state(self) -> SessionState:
        """What the training side is doing, as far as the window knows."""
        return self._parts.run_model.state

    @property
    def history(self) -> History | None:
        """What the current or last run has recorded."""
        return self._parts.run_model.history

    @property
    def is_training_thread_running(self) -> bool:
        """Whether the training thread still runs, although the window has closed."""
        return self._parts.thread.isRunning()

    def start(self) -> None:
        """Begin to load torch, then the data; once."""
        parts = self._parts
        if not parts.thread.isRunning() and not parts.close_guard.is_leaving:
            parts.thread.start()
            parts.thread.send(SetSnapshotBudget(parts.prompts.budget * MIB))
            self._load_data()
            parts.library.open()

    def take_the_place_of(self, other: MainWindow) -> None:
        """Show what `other` shows, with the same training thread, which goes on; `other` is deleted.

        What is remembered of a window is: settings, layout, folders. The runs, the data and what happens to them come
        from the training side, which says again what there is. What can be undone and redone is handed over.
        """
        parts, others = self._parts, other._parts
        parts.run_model.expect_announcement()
        parts.panels.log.append(others.panels.log.text)
        weights, guard = others.weights, others.close_guard
        parts.thread.announced.connect(lambda _: parts.weights.take_over(weights))
        parts.thread.announced.connect(lambda _: parts.close_guard.take_over(guard))
        if (question := others.notifications.stopped) is not None:
            parts.thread.announced.connect(lambda _: parts.notifications.ask_after_guard(question))
        parts.lesson_model.take_over(others.lesson_model)
        parts.tour_model.take_over(others.tour_model)
        parts.undo_history.take_over(others.undo_history)
        if parts.thread.isRunning():
            self._load_data()
            parts.library.open()
        self._workspaces.take_over(other._workspaces)
        given, taken = other._handed_over or (other.geometry(), None)
        geometry = given if taken == other.geometry() else other.geometry()
        self.setGeometry(geometry)
        self.setWindowState(other.windowState())
        if other.isVisible():
            self.show()
        self._is_to_present = other._was_presenting
        # Once the docks have the sizes that are remembered: giving them shows what a presentation hides.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, lambda: self._settle(geometry)))
        other.hide()
        other.successor = self
        # Closures that Qt has not let go of would keep all its panels in memory.
        other.destroyed.connect(vars(others).clear)
        other.replaced.emit(self)
        other.deleteLater()

    def give_up_place(self) -> None:
        """Store what is remembered, finish what is being written, and let the training thread and the theme go."""
        parts = self._parts
        self._is_replaced = True
        self._was_presenting = self._presentation.is_on or self._is_to_present
        self._leave_modes()
        parts.live_view.stop()
        parts.library.close()
        self._remember()
        self._finish_files()
        parts.theme.palette_changed.disconnect()
        parts.thread.hand_over()
        parts.thread.setParent(None)

    def build_all(self) -> None:
        """Build now what is otherwise built after the first paint."""
        self._parts.panels.plots.build()

    def preset(
        self,
        choices: Mapping[str, str | OwnFiles],
        values: dict[str, Value],
        device: str | None = None,
        snapshot_memory: int | None = None,
        network: NetworkSource | None = None,
    ) -> None:
        """Set what the command line asks for; what it does not name stays as remembered.

        Args:
            choices: from the registries, by name; the data set may be files of the user's own.
            values: of hyperparameters, by name.
            device: to train on.
            snapshot_memory: MiB that the snapshots may take.
            network: of the user's own, where the choice of a model stands for it.
        """
        parts = self._parts
        if network is not None:
            parts.run_settings.set_network(network)
        for name, key in choices.items():
            parts.run_settings.edit(name, key)
        for name, value in values.items():
            parts.run_settings.set_value(name, value)
        if device is not None:
            parts.run_settings.set_device(device)
        parts.undo_history.clear()
        if snapshot_memory is not None:
            parts.prompts.budget = snapshot_memory

    def open_file(self, path: Path) -> None:
        """Open a file of any kind as soon as torch is loaded: a run file, a checkpoint, weights, a network, data."""
        self._opened_files.open(path)

    def say_zoom(self, wanted: int) -> None:
        """Say why the window is not drawn at the zoom that was remembered, where it is not."""
        if wanted != zoom():
            self._parts.notifications.show_zoom_reduced(wanted, zoom())

    def watch_crashes(self, watch: CrashWatch) -> None:
        """Tell `watch` what the run is doing, and offer the reports that it and earlier processes have written."""
        parts = self._parts
        reports = CrashReports(
            watch, parts.thread, parts.run_model, parts.library, parts.run_actions, parts.panels.notice, self
        )
        QTimer.singleShot(0, reports, reports.look_for_earlier)

    def leave(self) -> None:
        """Close without asking: training stops after its current batch."""
        self._parts.close_guard.leave()

    def leave_at_once(self) -> None:
        """Close without a question, after a signal; weights that are not saved go to a rescue file first."""
        self._parts.close_guard.leave_at_once()

    def _load_data(self) -> None:
        settings = self._parts.run_settings
        self._parts.dataset_loading.load(settings.data_request() if settings.dataset_was_chosen else None)

    def _on_zoom_chosen(self, percent: int) -> None:
        if self._parts.exports.is_busy:
            self._parts.notifications.show_wait_for_export()
        else:
            QTimer.singleShot(0, self, lambda: self.zoom_chosen.emit(percent))

    def _on_language_chosen(self, code: str) -> None:
        if self._parts.exports.is_busy:
            self._parts.notifications.show_wait_for_export()
            self._parts.actions[f"language_{current_language()}"].setChecked(True)
        elif code != current_language():
            # Not within the slot of an action that is deleted with the window.
            QTimer.singleShot(0, self, lambda: self.language_chosen.emit(code))

    def _settle(self, geometry: QRect) -> None:
        """See which geometry the window took instead of `geometry`, and present again where the window before did."""
        self._handed_over = geometry, self.geometry()
        is_to_present, self._is_to_present = self._is_to_present, False
        if is_to_present and not self._is_replaced:
            self._presentation.begin()

    def _leave_modes(self) -> None:
        """Give the pointer its usual shape, and put the panels where the presentation has found them."""
        self._parts.explain_mode.stop()
        self._parts.desktop_news.stop()
        self._parts.loss_sound.stop()
        self._presentation.leave()

    def _finish_files(self) -> None:
        parts = self._parts
        # In addition to the wait for the thread: closing promises to take less than three seconds in all.
        parts.weights.finish(CLOSE_WITHIN_MS // 4)
        parts.checkpoints.finish(CLOSE_WITHIN_MS // 4)
        parts.panel_exports.finish(CLOSE_WITHIN_MS // 8)
        parts.run_files.finish(CLOSE_WITHIN_MS // 8)
        parts.exports.close()

    # What is remembered

    def _restore(self) -> None:
        parts = self._parts
        read = self._settings.read
        self._settings.restore_geometry(self)
        self._workspaces.restore()
        for key, part in parts.remembering.items():
            part.restore(read(key))
        parts.undo_history.clear()
        if path := read("rescued").get("path"):
            self._settings.write("rescued", {})
            parts.notifications.show_rescued(path)
        for key, saving in (("folder", parts.weights), ("checkpoints", parts.checkpoints), ("runs", parts.run_files)):
            # Older versions stored "." where no file had been saved: that would be the program's own folder.
            if (folder := Path(str(read("files").get(key, "")))).is_absolute():
                saving.folder = folder

    def _remember(self) -> None:
        write = self._settings.write
        for key, part in self._parts.remembering.items():
            write(key, part.state())
        folders = {"folder": self._parts.weights, "checkpoints": self._parts.checkpoints, "runs": self._parts.run_files}
        write("files", {key: str(saving.folder) for key, saving in folders.items()})
        self._workspaces.remember()

    # Qt's events

    def event(self, event: QEvent) -> bool:
        """Leave a key to the widget with the focus where it means something there, and keep the status bar's figures.

        A tip of the button under the pointer would cover them; it is shown as a tool tip already.
        """
        if event.type() is QEvent.Type.StatusTip:
            return True
        if event.type() is QEvent.Type.ShortcutOverride and leaves_to_focus(event, self.focusWidget()):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the share of the plots when the window becomes lower."""
        super().resizeEvent(event)
        self._bottom_docks.fit()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Move the focus as the Tab key does, area by area, and never into a panel behind another tab.

        Qt also calls this where the focused widget was hidden or disabled. The window itself takes the focus then: in
        the next control, a key meant for the last one would change something else.
        """
        focus = self.focusWidget()
        if focus is not None and not (focus.isEnabled() and focus.isVisible()):
            self.setFocus()
            return True
        return self._panel_access.focus_by_tab(forward=forward)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Give the docks their remembered sizes, or their first ones."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            # Not the first control of the settings: Space, pressed a little early for Pause, would press it.
            self.setFocus()
            # Docks take sizes only once they have been laid out.
            QTimer.singleShot(0, self, self._workspaces.size)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask if something would be lost; then stop the training and close."""
        parts = self._parts
        if self._is_replaced:
            event.accept()
            return
        if not parts.close_guard.may_close(running=self.state.is_running):
            event.ignore()
            return
        self._leave_modes()
        parts.live_view.stop()
        parts.library.close()
        self._remember()
        parts.thread.send(Close())
        parts.thread.wait(CLOSE_WITHIN_MS)
        self._finish_files()
        event.accept()
        self.closed.emit()
