"""Every connection of a window, and what the window itself may ask of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from workbench.ui.help.explaining.dialog_keys import DialogKeys
from workbench.ui.window.opened_files import OpenedFiles
from workbench.ui.window.palette_parts import make_palette
from workbench.ui.window.teaching import Teaching
from workbench.ui.window.wiring.action_slots import ActionSlots
from workbench.ui.window.wiring.panel_slots import PanelSlots
from workbench.ui.window.wiring.run_slots import RunSlots
from workbench.ui.window.wiring.sound_slots import connect_sound
from workbench.ui.window.wiring.state_display import StateDisplay

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.style.palette import Palette
    from workbench.ui.window.focus_ring import FocusRing
    from workbench.ui.window.panel_access import PanelAccess
    from workbench.ui.window.parts import Parts
    from workbench.ui.window.presentation import Presentation
    from workbench.ui.window.workspaces import Workspaces


class Wiring(QObject):
    """Connects the parts of a window; has the window told what only those who made it can do.

    Slots of one signal run in the order in which they are connected: those of actions and panels come before those of
    the run.

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
        self._workspaces = workspaces
        self._ring = ring
        self._command_palette = make_palette(parts, window, panel_access)
        self._display = display = StateDisplay(parts, self)
        actions = ActionSlots(parts, window, workspaces, panel_access, self._command_palette, display)
        actions.language_chosen.connect(self.language_chosen)
        parts.theme.palette_changed.connect(self.apply_theme)
        PanelSlots(parts, window, workspaces, display)
        RunSlots(parts, display, actions.trust_and_reopen, window)
        connect_sound(parts)
        self._connect_explaining()
        self.teaching = Teaching(parts, panel_access, window)
        # Last: it opens a file once the state is shown that torch, loaded, leads to.
        self.opened_files = OpenedFiles(parts, actions.recipe, window)

    def show_state(self) -> None:
        """Enable what can be done now."""
        self._display.show_state()

    def connect_presentation(self, presentation: Presentation) -> None:
        """Let its action begin and leave it; what shows panels leaves it first."""
        self.teaching.connect_presentation(presentation)
        actions = self._parts.actions
        actions["presentation"].triggered.connect(lambda: presentation.toggle())
        presentation.changed.connect(actions["presentation"].setChecked)
        presentation.changed.connect(lambda: self._parts.zoom.set_whole(presentation.least_before))
        self._parts.zoom.refused.connect(
            lambda asked, present: self._parts.notifications.show_zoom_refused(
                asked, present, is_presenting=presentation.is_on
            )
        )
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
        DialogKeys(mode, action.shortcut(), parts.actions["explain_focus"].shortcut())

        # The sizes of the updates are measured only where they are read.
        def ask(topic: str) -> None:
            if topic == mode.topic == "learning_rate":
                parts.update_size.ask()

        mode.explained.connect(ask)
        parts.run_model.value_changed.connect(lambda change: ask(change.name))
        parts.update_size.changed.connect(mode.refresh)

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
