"""Every connection of the window, grouped by sender, and the slots that join several parts.

Slots of one signal run in the order in which they are connected here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDockWidget

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.models.trusted_code import NotTrustedError
from workbench.engine.protocol.commands import RunEpoch, RunSteps, SetSnapshotBudget
from workbench.engine.protocol.queries.first_bad import FindFirstBad
from workbench.engine.translation import LANGUAGES, current_language
from workbench.ui.controllers.notifications import DATA, SETTINGS, STUCK, UNTRAINABLE
from workbench.ui.controllers.run_prompts import MIB
from workbench.ui.help.about import show_about
from workbench.ui.help.shortcut_list import show_shortcuts
from workbench.ui.models.session_state import CAN_TRAVEL, SessionState
from workbench.ui.style.theme import MODES
from workbench.ui.window.docks import SETTINGS as SETTINGS_PANEL
from workbench.ui.window.opened_files import OpenedFiles
from workbench.ui.window.palette_parts import make_palette
from workbench.ui.window.strip_bar import StripBar
from workbench.ui.window.teaching import Teaching
from workbench.ui.window.workspaces import COMPARE, UNDERSTAND, WORKSPACES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from workbench.engine.models.network_source import NetworkSource
    from workbench.engine.protocol.events import DataLoaded, TorchLoaded
    from workbench.engine.recipe import Recipe
    from workbench.ui.style.palette import Palette
    from workbench.ui.window.focus_ring import FocusRing
    from workbench.ui.window.panel_access import PanelAccess
    from workbench.ui.window.parts import Parts
    from workbench.ui.window.presentation import Presentation
    from workbench.ui.window.workspaces import Workspaces


PANELS_OF_ACTIONS: Final = {"find_learning_rate": "lr_finder", "what_if": "what_if", "check_network": "checks"}
"""The panel that each of these actions opens."""

ASKING: Final = (
    "save_weights",
    "load_weights",
    "save_checkpoint",
    "open_checkpoint",
    "save_run",
    "open_run_file",
    "open_network",
)
"""Actions that wait for the answer of a file dialog."""


class Wiring(QObject):
    """Connects the parts of a window; has the window told what only those who made it can do.

    Args:
        parts: panels, controllers and actions.
        window: dialogs open over it.
        workspaces: place the panels.
        panel_access: brings panels to the front.
        ring: shows where the keyboard is.
    """

    language_chosen = Signal(str)

    def __init__(
        self, parts: Parts, window: QMainWindow, workspaces: Workspaces, panel_access: PanelAccess, ring: FocusRing
    ) -> None:
        super().__init__(window)
        self._parts = parts
        self._window = window
        self._workspaces = workspaces
        self._torch_version = ""
        self._threads = 0
        self._panel_access = panel_access
        self._ring = ring
        self._command_palette = make_palette(parts, window, panel_access)
        self._connect_actions()
        self._connect_panels()
        self._connect_controllers()
        self._connect_hints()
        self._connect_explaining()
        self._connect_run()
        self._connect_thread()
        self.teaching = Teaching(parts, panel_access, window)
        self.opened_files = OpenedFiles(parts, self._recipe, window)

    def _connect_actions(self) -> None:
        parts = self._parts
        controller, prompts, undo = parts.controller, parts.prompts, parts.undo_history
        panels = self._panel_access
        panels.prepare(f"{SETTINGS_PANEL}_dock", lambda: parts.settings_folds.fold_column(False))
        slots = {
            "train": self._train,
            "pause": self._pause_or_resume,
            "step": lambda: controller.train_on(RunSteps(1)),
            "step_epoch": lambda: controller.train_on(RunEpoch()),
            "run_steps": prompts.run_steps,
            "continue_run": prompts.add_epochs,
            "stop": controller.stop,
            "discard_run": self._discard_run,
            "go_to_step": prompts.go_to_step,
            "go_to_newest": lambda: controller.go_to(parts.run_model.last_step),
            "undo": undo.undo,
            "redo": undo.redo,
            "snapshot_budget": prompts.snapshot_budget,
            **{key: partial(self._open_panel, panel) for key, panel in PANELS_OF_ACTIONS.items()},
            "save_weights": parts.weights.ask_and_save,
            "load_weights": self._load_weights,
            "save_checkpoint": parts.checkpoints.ask_and_save,
            "open_checkpoint": parts.checkpoints.ask_and_open,
            "export": parts.exports.open_for_current,
            "save_run": lambda: self.opened_files.save_run(),
            "open_run_file": parts.run_files.ask_and_open,
            "open_data": parts.own_data.open,
            "open_network": parts.own_networks.ask_and_open,
            "quit": self._window.close,
            "reset_controls": self._reset_controls,
            "zoom_in": parts.zoom.larger,
            "zoom_out": parts.zoom.smaller,
            "zoom_usual": parts.zoom.usual,
            "reset_layout": self._workspaces.reset,
            "fold_settings": lambda: parts.settings_folds.fold_column(not parts.settings_folds.is_column_folded),
            **{f"workspace_{each.key}": partial(self._workspaces.switch, each.key) for each in WORKSPACES},
            **{f"language_{code}": partial(self.language_chosen.emit, code) for code in LANGUAGES},
            **{f"theme_{mode}": partial(self._choose_theme, mode) for mode in MODES},
            "next_panel": panels.go_to_next_panel,
            "previous_panel": partial(panels.go_to_next_panel, -1),
            "next_area": panels.go_to_next_area,
            "previous_area": partial(panels.go_to_next_area, -1),
            "command_palette": self._command_palette.open,
            "explain_this": parts.explain_mode.toggle,
            "explain_focus": parts.explain_mode.explain_focus,
            "shortcuts": lambda: show_shortcuts(self._window, panels.titles()),
            "about": lambda: show_about(self._window, self._torch_version),
        }
        # What presses the button waits for the slot to return: assistive technology gives up after less than a second.
        slots |= {key: partial(QTimer.singleShot, 0, self, slots[key]) for key in ASKING}
        for key, slot in slots.items():
            # `triggered` carries whether the action is checked, which the slots do not take.
            parts.actions[key].triggered.connect(lambda _checked=False, slot=slot: slot())
        parts.theme.palette_changed.connect(self.apply_theme)
        self._workspaces.switched.connect(self._on_workspace_switched)
        parts.actions[f"language_{current_language()}"].setChecked(True)

    def _connect_panels(self) -> None:
        parts, panels = self._parts, self._parts.panels
        parts.run_settings.value_edited.connect(parts.controller.set_value)
        parts.run_settings.choice_edited.connect(self._load_dataset)
        parts.run_settings.value_edited.connect(self._load_made_data)
        parts.run_settings.edited.connect(parts.undo_history.on_edited)
        parts.run_settings.device_changed.connect(self._show_device)
        parts.settings_folds.changed.connect(self._workspaces.size_settings)
        parts.settings_folds.changed.connect(
            lambda: parts.actions["fold_settings"].setChecked(parts.settings_folds.is_column_folded)
        )
        parts.run_model.started.connect(parts.settings_folds.on_run_started)
        panels.plots.run_name = lambda: parts.library.title(parts.run_model.run_id or "")
        panels.plots.step_chosen.connect(parts.controller.go_to)
        panels.look_back.looked_at_changed.connect(panels.plots.set_looked_at)
        panels.plots.batch_chosen.connect(self._show_batch)
        panels.spike.travel_requested.connect(parts.controller.go_to)
        parts.inspection_model.choice_changed.connect(self._show_chosen_samples)
        panels.suspected_labels.gallery_requested.connect(partial(self._raise_panel, "gallery"))
        panels.journal.jump_requested.connect(parts.controller.go_to)
        panels.journal.note_edited.connect(parts.journal_notes.set_note)
        panels.samples.boundary_toggled.connect(
            lambda is_shown: self._workspaces.show_beside("decision_boundary", is_shown=is_shown)
        )
        boundary_dock = self._window.findChild(QDockWidget, "decision_boundary_dock")
        assert boundary_dock is not None
        boundary_dock.toggleViewAction().toggled.connect(panels.samples.set_boundary_shown)
        panels.branches.open_requested.connect(parts.run_actions.open)
        panels.branches.overlay_requested.connect(parts.library.overlay_relatives)
        panels.runs.open_requested.connect(parts.run_actions.open)
        panels.runs.overlay_requested.connect(parts.run_actions.overlay)
        panels.runs.reuse_requested.connect(parts.run_actions.reuse)
        panels.runs.delete_requested.connect(parts.run_actions.delete)
        panels.status.cancel_requested.connect(self._cancel)
        for panel in (panels.lr_finder, panels.what_if, panels.checks):
            panel.run_requested.connect(parts.experiments.begin_on_run)
            panel.new_requested.connect(parts.experiments.begin_on_new_network)
            panel.cancel_requested.connect(parts.experiments.cancel)
        panels.lr_finder.rate_chosen.connect(parts.experiments.apply_rate)
        panels.what_if.future_chosen.connect(parts.experiments.choose_future)

    def _connect_controllers(self) -> None:
        parts = self._parts
        notifications, thread = parts.notifications, parts.thread
        parts.dataset_loading.waiting_changed.connect(self.show_waiting)
        parts.dataset_loading.failed.connect(partial(notifications.show_problem, topic=DATA))
        parts.network_facts.problem_changed.connect(self.show_state)
        parts.run_settings.choice_changed.connect(self._withdraw_data_notice)
        parts.run_settings.changed.connect(lambda: notifications.withdraw(SETTINGS))
        parts.dataset_loading.replaced.connect(notifications.show_replaced)
        parts.weights.weights_saved.connect(notifications.show_weights_saved)
        parts.weights.save_failed.connect(notifications.show_problem)
        parts.checkpoints.saved.connect(notifications.show_checkpoint_saved)
        parts.checkpoints.save_failed.connect(notifications.show_problem)
        parts.panel_exports.saved.connect(notifications.show_saved)
        parts.panel_exports.save_failed.connect(notifications.show_problem)
        parts.checkpoints.open_requested.connect(parts.controller.open_checkpoint)
        parts.library.failed.connect(notifications.show_problem)
        parts.own_data.refused.connect(notifications.show_problem)
        parts.own_networks.failed.connect(partial(notifications.show_problem, topic=SETTINGS))
        parts.own_networks.trusted.connect(parts.network_facts.forget)
        parts.own_code_watch.stuck.connect(notifications.show_stuck)
        parts.own_code_watch.returned.connect(partial(notifications.withdraw, STUCK))
        notifications.trust_requested.connect(self._trust_and_reopen)
        parts.prompts.budget_chosen.connect(lambda budget: thread.send(SetSnapshotBudget(budget * MIB)))
        parts.hints.editing.connect(parts.undo_history.end_move)
        parts.zoom.refused.connect(notifications.show_zoom_refused)
        parts.undo_history.choice_needed.connect(notifications.ask_how_to_undo)
        parts.undo_history.changed.connect(self.show_state)

    def _connect_hints(self) -> None:
        parts = self._parts
        hints, action = parts.hints, parts.actions["explain"]
        action.setChecked(hints.is_shown)
        action.toggled.connect(hints.set_shown)
        hints.shown_changed.connect(action.setChecked)
        hints.shown_changed.connect(self._show_hint_bar)
        hints.class_requested.connect(self._show_class)
        hints.action_requested.connect(lambda key: parts.actions[key].trigger())

    def connect_presentation(self, presentation: Presentation) -> None:
        """Let its action begin and leave it; what shows panels leaves it first."""
        actions = self._parts.actions
        actions["presentation"].triggered.connect(lambda: presentation.toggle())
        presentation.changed.connect(actions["presentation"].setChecked)
        self._workspaces.rearranging.connect(presentation.leave)

    def show_desktop_choices(self) -> None:
        """Check the actions of what the desktop shows, as they are remembered; they switch it from then on."""
        news, actions = self._parts.desktop_news, self._parts.actions
        for key, is_on, switch in (
            ("notify_at_end", news.notifies, news.set_notifies),
            ("taskbar_progress", news.shows_progress, news.set_shows_progress),
        ):
            actions[key].setChecked(is_on)
            actions[key].toggled.connect(switch)

    def _connect_explaining(self) -> None:
        parts = self._parts
        mode, action = parts.explain_mode, parts.actions["explain_this"]
        mode.on_changed.connect(action.setChecked)

        # The sizes of the updates are measured only where they are read.
        def ask(topic: str) -> None:
            if topic == mode.topic == "learning_rate":
                parts.update_size.ask()

        mode.explained.connect(ask)
        parts.run_model.value_changed.connect(lambda change: ask(change.name))
        parts.update_size.changed.connect(mode.refresh)

    def _connect_run(self) -> None:
        parts = self._parts
        run, weights, view, controls = parts.run_model, parts.weights, parts.live_view, parts.panels.controls
        # Weights before views: `show_state` asks whether there are any.
        run.started.connect(weights.on_run_started)
        run.resumed.connect(weights.on_run_started)
        run.ended.connect(weights.on_run_ended)
        run.discarded.connect(weights.on_run_discarded)
        run.started.connect(view.on_started)
        run.resumed.connect(view.on_resumed)
        run.paused.connect(view.on_paused)
        run.branched.connect(view.on_branched)
        run.recording_ended.connect(view.on_recording_ended)
        run.travelled.connect(view.on_travelled)
        run.ended.connect(view.on_ended)
        run.discarded.connect(view.on_discarded)
        run.ended.connect(lambda _: self._show_device(parts.run_settings.device))
        run.value_changed.connect(lambda change: controls.set_applied(change.name, change.new))
        run.value_changed.connect(view.on_value_changed)
        run.values_replaced.connect(controls.show_applied)
        run.busy.connect(parts.panels.status.show_busy)
        run.idle.connect(self.show_waiting)
        run.changed.connect(self.show_state)
        run.changed.connect(parts.network_facts.update)
        run.run_changed.connect(self._show_run)
        run.failed.connect(parts.notifications.show_problem)
        run.change_refused.connect(partial(parts.notifications.show_problem, topic=SETTINGS))
        run.not_started.connect(partial(parts.notifications.show_problem, topic=SETTINGS))
        run.untrainable.connect(partial(parts.notifications.show_problem, topic=UNTRAINABLE))
        for signal in (run.started, run.discarded):
            signal.connect(lambda *_: parts.notifications.withdraw(UNTRAINABLE))
        run.differed.connect(parts.notifications.show_differed)
        run.travel_made.connect(parts.undo_history.on_travel_made)
        run.future_taken.connect(parts.undo_history.on_future_taken)

    def _connect_thread(self) -> None:
        parts = self._parts
        thread, notifications = parts.thread, parts.notifications
        thread.torch_loaded.connect(self._on_torch_loaded)
        thread.data_loaded.connect(self._on_data_loaded)
        thread.text_printed.connect(parts.panels.log.append)
        thread.value_changed.connect(lambda event: parts.undo_history.on_value_changed(event.change))
        thread.value_changed.connect(parts.panels.journal.refresh)
        for changed in (thread.change_refused, thread.epoch_started, thread.stopped_early):
            changed.connect(parts.panels.journal.refresh)
        thread.entry_annotated.connect(parts.panels.journal.show_note)
        thread.divergence_stopped.connect(notifications.ask_after_guard)
        thread.divergence_stopped.connect(lambda event: parts.inspection.ask(FindFirstBad(event.incident.step)))
        thread.inspected.connect(lambda event: notifications.show_first_bad(event, parts.inspection_model.class_names))
        thread.run_started.connect(lambda event: notifications.show_approximate(event.approximate))
        thread.stopped_early.connect(notifications.show_stopped_early)
        thread.graph_given_up.connect(lambda event: notifications.show_graph_given_up(event.problem))
        for signal in (thread.run_resumed, thread.run_started, thread.run_discarded):
            signal.connect(notifications.withdraw_guard)
        thread.run_discarded.connect(parts.run_actions.on_run_discarded)
        thread.record_failed.connect(parts.close_guard.on_record_failed)
        thread.record_recovered.connect(lambda _: parts.close_guard.on_record_recovered())
        thread.record_recovered.connect(lambda _: notifications.show_kept_again())
        thread.store_noticed.connect(lambda event: notifications.show_problem(event.problem))
        for failed in (thread.request_failed, thread.weights_refused, thread.record_failed):
            failed.connect(lambda event: notifications.show_problem(event.problem, event.details))
        thread.weights_evaluated.connect(parts.weights.on_weights_evaluated)
        thread.weights_evaluated.connect(self.show_state)
        thread.weights_evaluated.connect(notifications.show_evaluated)
        thread.crashed.connect(self._on_crashed)

    def _on_workspace_switched(self, key: str) -> None:
        """Show the curves as the workspace has them."""
        parts = self._parts
        parts.actions[f"workspace_{key}"].setChecked(True)
        self._show_hint_bar()
        is_strip = key == UNDERSTAND.key
        parts.panels.plots.set_strip(is_strip)
        parts.panels.look_back.setVisible(is_strip)
        if not is_strip:
            parts.inspection_model.show_step(None)

    def _show_hint_bar(self) -> None:
        """Show the hints beside the run that they are about; where runs are compared, the room is needed."""
        bar = self._window.findChild(StripBar)
        assert bar is not None
        bar.set_on(self._parts.hints.is_shown and self._workspaces.current is not COMPARE)

    def _show_class(self, pair: tuple[int, int]) -> None:
        """Show the test samples of a pair of classes where they are looked at."""
        self._workspaces.switch(UNDERSTAND.key)
        self._parts.inspection_model.choose_pair(pair)

    def _show_batch(self, step: int) -> None:
        """Show the batch of a step whose point in the curve was clicked."""
        self._workspaces.switch(UNDERSTAND.key)
        self._parts.inspection_model.choose_batch(step)
        self._raise_panel("spike")

    def _show_chosen_samples(self) -> None:
        """Bring the gallery to the front when samples are chosen in another panel, unless it would hide that one."""
        model = self._parts.inspection_model
        if self._parts.panels.suspected_labels.is_choosing and self._share_tabs("suspected_labels", "gallery"):
            return
        if model.pair is not None or model.sample is not None:
            self._raise_panel("gallery")

    def _share_tabs(self, *keys: str) -> bool:
        """Whether two panels stand behind one another."""
        one, other = (self._window.findChild(QDockWidget, f"{key}_dock") for key in keys)
        return one is not None and other in self._window.tabifiedDockWidgets(one)

    def _raise_panel(self, key: str) -> None:
        dock = self._window.findChild(QDockWidget, f"{key}_dock")
        if dock is not None and not dock.isHidden():
            dock.raise_()

    # Requests of the user

    def _open_panel(self, key: str) -> None:
        """Show a panel; where the present workspace does not show it, in the one that it belongs to."""
        self._panel_access.show(f"{key}_dock")

    def _train(self) -> None:
        parts = self._parts
        if parts.run_model.state is not SessionState.READY or (recipe := self._recipe()) is None:
            return
        parts.panels.notice.clear()
        # Otherwise Qt moves the focus from a control that is now locked to a slider, and an arrow key changes the run.
        self._window.setFocus()
        train = partial(parts.controller.train, recipe, dataset_chosen=parts.run_settings.dataset_was_chosen)
        if recipe.network is None:
            train()
        else:
            parts.own_networks.when_trusted(recipe.network, train)

    def _trust_and_reopen(self, network: NetworkSource) -> None:
        """Ask whether the code of the current run's network may run, and open the run again with it."""

        def reopen() -> None:
            if isinstance(self._parts.run_model.missing, NotTrustedError):
                self._parts.controller.reopen()

        self._parts.own_networks.when_trusted(network, reopen)

    def _pause_or_resume(self) -> None:
        """Pause or train on; a number that is typed and not applied yet counts, as Space leaves its field focused."""
        self._parts.run_settings.commit_drafts()
        self._parts.controller.pause_or_resume()

    def _load_weights(self) -> None:
        if (recipe := self._recipe()) is not None:
            self._parts.weights.ask_and_load(recipe)

    def _recipe(self) -> Recipe | None:
        """The settings as a recipe; None, and a notice says why, where the user typed something that is no value."""
        try:
            return self._parts.run_settings.recipe()
        except UsageError as problem:
            self._parts.notifications.show_problem(problem, topic=SETTINGS)
            return None

    def _discard_run(self) -> None:
        if (run := self._parts.run_model.run_id) is not None:
            self._parts.prompts.discard(self._parts.library.title(run, self.tr("the run")))

    def _reset_controls(self) -> None:
        """Return every setting to the tutorial's, as one step of Undo."""
        with self._parts.undo_history.as_one(self.tr("Reset settings")):
            self._parts.run_settings.reset_to_defaults(live_only=self._parts.run_model.state.is_running)

    def _choose_theme(self, mode: str) -> None:
        self._parts.theme.set_mode(mode)
        # Only here: a theme given on the command line is for one window.
        self._parts.settings.write("theme", {"mode": mode})

    def _load_dataset(self, name: str, _key: str) -> None:
        """Load the data set when it is the choice that changed."""
        if name == "dataset" and self._parts.thread.isRunning():
            self._parts.dataset_loading.load(self._parts.run_settings.data_request())

    def _withdraw_data_notice(self, name: str, _key: str) -> None:
        """Where another data set is chosen, what was said about the one before is stale."""
        if name == "dataset":
            self._parts.notifications.withdraw(DATA)

    def _load_made_data(self, name: str, _value: object) -> None:
        """Make the points anew when a setting of the data changed, such as their noise."""
        if TABLE[name].of_choice == "dataset" and self._parts.thread.isRunning():
            self._parts.dataset_loading.load_soon()

    def _cancel(self) -> None:
        """Cancel what the status bar shows as busy."""
        if self._parts.run_model.state in {SessionState.PREPARING, SessionState.OPENING}:
            self._parts.controller.stop()
        else:
            self._parts.dataset_loading.cancel()

    # Events of the training side

    def _on_torch_loaded(self, event: TorchLoaded) -> None:
        """Show what only torch knows; a run can start now."""
        parts = self._parts
        self._torch_version = event.version
        self._threads = event.threads
        parts.run_settings.devices = tuple(device.name for device in event.devices)
        parts.panels.controls.set_devices(event.devices)
        self._show_device(parts.run_settings.device)
        self.show_waiting()

    def _on_data_loaded(self, event: DataLoaded) -> None:
        """Withdraw what was said about data that could not be loaded; not what is said of those that replace them."""
        if event.instead_of is None:
            self._parts.notifications.withdraw(DATA)

    def _on_crashed(self, reason: str) -> None:
        """Show that the training thread has ended by an error."""
        self._parts.live_view.stop()
        self._parts.panels.status.show_state(self.tr("Not working"))
        self._parts.notifications.show_crashed(reason)

    # Showing

    def show_state(self) -> None:
        """Enable what can be done now."""
        run, panels = self._parts.run_model, self._parts.panels
        self._parts.action_updater.refresh()
        panels.controls.set_running(run.state.is_running)
        can_travel = run.run is not None and run.state in CAN_TRAVEL
        panels.journal.set_can_jump(can_travel)
        panels.journal.set_can_annotate(run.run is not None)
        if run.history is not None:  # the plots are built then
            panels.plots.set_travel_enabled(can_travel)

    def _show_device(self, device: str) -> None:
        """Name the device that the next run trains on; while a run is under way, its own stays."""
        run = self._parts.run_model
        is_shown = run.recipe is not None and run.recipe.device == device
        if self._threads and not run.state.is_running:
            self._parts.panels.status.show_machine(device, run.threads if is_shown else self._threads)

    def _show_run(self) -> None:
        """Show another current run, or the same run at another step."""
        run = self._parts.run_model
        self._parts.library.on_run_changed()
        self._parts.panels.journal.set_history(run.history, run.recording)

    def show_waiting(self) -> None:
        """While nothing trains, say whether data is still being loaded."""
        if self._parts.run_model.state is SessionState.READY:
            if self._parts.dataset_loading.is_waiting:
                self._parts.panels.status.show_busy(self.tr("Loading the data…"), can_cancel=True)
            else:
                self._parts.live_view.show_ready()

    @Slot(object)
    def apply_theme(self, palette: Palette) -> None:
        """Draw icons and panels in the colours of `palette`."""
        self._parts.action_updater.tint()
        self._parts.actions[f"theme_{self._parts.theme.mode}"].setChecked(True)
        self._parts.panels.set_palette(palette)
        self._command_palette.set_palette(palette)
        self._parts.explain_mode.set_palette(palette)
        self._ring.set_palette(palette)
        self.teaching.set_palette(palette)
