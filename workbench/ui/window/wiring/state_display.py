"""Shows what can be done now, what trains, and what is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.ui.models.session_state import CAN_TRAVEL, SessionState

if TYPE_CHECKING:
    from workbench.engine.protocol.events import TorchLoaded
    from workbench.ui.window.parts import Parts


class StateDisplay(QObject):
    """Shows the state of the session in actions, panels and the status bar.

    Args:
        parts: panels, controllers and actions.
        parent: Qt's parent.

    Attributes:
        torch_version: "" until torch is loaded.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self.torch_version = ""

    def show_torch(self, event: TorchLoaded) -> None:
        """Show what only torch knows; a run can start now."""
        parts = self._parts
        self.torch_version = event.version
        parts.run_settings.automatic_threads = event.threads
        parts.panels.controls.set_automatic_threads(event.threads)
        parts.run_settings.devices = tuple(device.name for device in event.devices)
        parts.panels.controls.set_devices(event.devices)
        self.show_device(parts.run_settings.device)
        self.show_waiting()

    def show_crash(self, reason: str) -> None:
        """Show that the training thread has ended by an error."""
        self._parts.live_view.stop()
        self._parts.panels.status.show_state(self.tr("Not working"))
        self._parts.notifications.show_crashed(reason)

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

    def show_device(self, device: str) -> None:
        """Name the device that the next run trains on; while a run is under way, its own stays."""
        run = self._parts.run_model
        is_shown = run.recipe is not None and run.recipe.device == device
        threads = self._parts.run_settings.automatic_threads
        if threads and not run.state.is_running:
            self._parts.panels.status.show_machine(device, run.threads if is_shown else threads)

    def show_run(self) -> None:
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
