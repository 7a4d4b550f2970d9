"""What the panels ask for, and which of them are brought to the front."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget

from workbench.engine.config.hyperparameters import TABLE
from workbench.ui.models.session_state import SessionState
from workbench.ui.window.strip_bar import StripBar
from workbench.ui.window.workspaces import COMPARE, UNDERSTAND

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.window.parts import Parts
    from workbench.ui.window.wiring.state_display import StateDisplay
    from workbench.ui.window.workspaces import Workspaces


class PanelSlots(QObject):
    """Connects the panels with one another, with the controllers and with the workspaces.

    Args:
        parts: panels, controllers and actions.
        window: holds the docks.
        workspaces: place the panels.
        display: shows the device.
    """

    def __init__(self, parts: Parts, window: QMainWindow, workspaces: Workspaces, display: StateDisplay) -> None:
        super().__init__(window)
        self._parts = parts
        self._window = window
        self._workspaces = workspaces
        self._display = display
        self._connect_panels()
        self._connect_hints()
        self._connect_view_of_curves()

    def _connect_panels(self) -> None:
        parts, panels = self._parts, self._parts.panels
        parts.run_settings.value_edited.connect(parts.controller.set_value)
        parts.run_settings.choice_edited.connect(self._load_dataset)
        parts.run_settings.value_edited.connect(self._load_made_data)
        parts.run_settings.edited.connect(parts.undo_history.on_edited)
        parts.run_settings.device_changed.connect(self._display.show_device)
        parts.settings_folds.changed.connect(self._workspaces.size_settings)
        parts.settings_folds.changed.connect(
            lambda: parts.actions["fold_settings"].setChecked(parts.settings_folds.is_column_folded)
        )
        parts.run_model.started.connect(parts.settings_folds.on_run_started)
        self._workspaces.switched.connect(self._on_workspace_switched)
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

    def _connect_view_of_curves(self) -> None:
        """Let the actions do what the buttons above the curves do."""
        plots, actions = self._parts.panels.plots, self._parts.actions
        log, button = actions["log_loss"], plots.log_y
        log.setChecked(button.isChecked())
        log.toggled.connect(button.setChecked)
        button.toggled.connect(log.setChecked)
        actions["whole_run"].triggered.connect(lambda: plots.reset_view.click())

    def _connect_hints(self) -> None:
        parts = self._parts
        hints, action = parts.hints, parts.actions["explain"]
        action.setChecked(hints.is_shown)
        action.toggled.connect(hints.set_shown)
        hints.shown_changed.connect(action.setChecked)
        hints.shown_changed.connect(self._show_hint_bar)
        hints.class_requested.connect(self._show_class)
        hints.action_requested.connect(lambda key: parts.actions[key].trigger())

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

    def _load_dataset(self, name: str, _key: str) -> None:
        """Load the data set when it is the choice that changed."""
        if name == "dataset" and self._parts.thread.isRunning():
            self._parts.dataset_loading.load(self._parts.run_settings.data_request())

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
