"""What each action does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from workbench.engine.errors import UsageError
from workbench.engine.models.trusted_code import NotTrustedError
from workbench.engine.protocol.commands import RunEpoch, RunSteps
from workbench.engine.translation import LANGUAGES, current_language
from workbench.ui.controllers.notifications import SETTINGS
from workbench.ui.help.about import show_about
from workbench.ui.help.shortcut_list import show_shortcuts
from workbench.ui.models.session_state import SessionState
from workbench.ui.style.theme import MODES
from workbench.ui.text.saved_names import file_name
from workbench.ui.window.docks import SETTINGS as SETTINGS_PANEL
from workbench.ui.window.workspaces import WORKSPACES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from workbench.engine.models.network_source import NetworkSource
    from workbench.engine.recipe import Recipe
    from workbench.ui.help.palette.command_palette import CommandPalette
    from workbench.ui.window.panel_access import PanelAccess
    from workbench.ui.window.parts import Parts
    from workbench.ui.window.wiring.state_display import StateDisplay
    from workbench.ui.window.workspaces import Workspaces

PANELS_OF_ACTIONS: Final = {"find_learning_rate": "lr_finder", "what_if": "what_if", "check_network": "checks"}
"""The panel that each of these actions opens."""

ASKING: Final = (
    "save_weights",
    "load_weights",
    "start_from_weights",
    "save_checkpoint",
    "open_checkpoint",
    "save_run",
    "open_run_file",
    "open_network",
)
"""Actions that wait for the answer of a file dialog."""


class ActionSlots(QObject):
    """Connects actions to what they do; tells `language_chosen` to those who can build another window.

    Args:
        parts: panels, controllers and actions.
        window: dialogs open over it.
        workspaces: place the panels.
        panel_access: brings panels to the front.
        command_palette: one of the actions opens it.
        display: knows the version of torch.
    """

    language_chosen = Signal(str)

    def __init__(
        self,
        parts: Parts,
        window: QMainWindow,
        workspaces: Workspaces,
        panel_access: PanelAccess,
        command_palette: CommandPalette,
        display: StateDisplay,
    ) -> None:
        super().__init__(window)
        self._parts = parts
        self._window = window
        self._workspaces = workspaces
        self._panel_access = panel_access
        self._display = display
        self._connect(command_palette)

    def _connect(self, command_palette: CommandPalette) -> None:
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
            "start_from_weights": parts.start_weights.ask_and_choose,
            "save_checkpoint": parts.checkpoints.ask_and_save,
            "open_checkpoint": parts.checkpoints.ask_and_open,
            "export": parts.exports.open_for_current,
            "save_run": self._save_run,
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
            "command_palette": command_palette.open,
            "explain_this": parts.explain_mode.toggle,
            "explain_focus": parts.explain_mode.explain_focus,
            "shortcuts": lambda: show_shortcuts(self._window, panels.titles()),
            "about": lambda: show_about(self._window, self._display.torch_version),
        }
        # What presses the button waits for the slot to return: assistive technology gives up after less than a second.
        slots |= {key: partial(QTimer.singleShot, 0, self, slots[key]) for key in ASKING}
        for key, slot in slots.items():
            # `triggered` carries whether the action is checked, which the slots do not take.
            parts.actions[key].triggered.connect(lambda _checked=False, slot=slot: slot())
        parts.actions[f"language_{current_language()}"].setChecked(True)

    def _open_panel(self, key: str) -> None:
        """Show a panel; where the present workspace does not show it, in the one that it belongs to."""
        self._panel_access.show(f"{key}_dock")

    def _train(self) -> None:
        parts = self._parts
        if parts.run_model.state is not SessionState.READY or (recipe := self.recipe()) is None:
            return
        parts.panels.notice.clear()
        # Otherwise Qt moves the focus from a control that is now locked to a slider, and an arrow key changes the run.
        self._window.setFocus()
        train = partial(parts.controller.train, recipe, dataset_chosen=parts.run_settings.dataset_was_chosen)
        if recipe.network is None:
            train()
        else:
            parts.own_networks.when_trusted(recipe.network, train)

    def trust_and_reopen(self, network: NetworkSource) -> None:
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
        if (recipe := self.recipe()) is not None:
            self._parts.weights.ask_and_load(recipe)

    def _save_run(self) -> None:
        """Ask where to save the current run, and save it."""
        parts = self._parts
        if (run := parts.run_model.run_id) is not None:
            parts.run_files.ask_and_save(file_name(parts.library.title(run, self.tr("the run"))))

    def recipe(self) -> Recipe | None:
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
        with self._parts.undo_history.as_one(lambda: QCoreApplication.translate("Undo", "Reset settings")):
            self._parts.run_settings.reset_to_defaults(live_only=self._parts.run_model.state.is_running)

    def _choose_theme(self, mode: str) -> None:
        self._parts.theme.set_mode(mode)
        # Only here: a theme given on the command line is for one window.
        self._parts.settings.write("theme", {"mode": mode})
