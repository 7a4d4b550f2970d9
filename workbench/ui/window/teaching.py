"""What teaches: the panels that are read beside the curves, and what they do in the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolButton

from workbench.ui.controllers.notifications import SETTINGS
from workbench.ui.help.tour.tour import Tour
from workbench.ui.panel_bases.reading_panel import ReadingPanel
from workbench.ui.window.docks import BOTTOM, RIGHT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.teaching.texts import Target
    from workbench.ui.style.palette import Palette
    from workbench.ui.window.panel_access import PanelAccess
    from workbench.ui.window.parts import Parts

WIDTH: Final = 340
ROOMY: Final = 1200
"""From this width of the window on, the panels that are read reach down to the status bar; else they stand beside the
curves alone, because the panels below those need the whole width."""


class Teaching(QObject):
    """Opens the panels that are read, and connects them.

    Args:
        parts: panels, controllers and actions.
        panels: brings panels to the front.
        window: with its panels placed.
    """

    def __init__(self, parts: Parts, panels: PanelAccess, window: QWidget) -> None:
        super().__init__(window)
        assert isinstance(window, QMainWindow)
        self._parts = parts
        self._window = window
        self._panels = panels
        window.installEventFilter(self)
        for row in parts.panels.rows:
            if isinstance(row.panel, ReadingPanel):
                row.panel.close_requested.connect(partial(self._close, row.key))
        parts.actions["lessons"].triggered.connect(lambda: self.open("lessons"))
        parts.panels.lessons.begin_requested.connect(parts.lessons.begin)
        parts.lessons.panel_needed.connect(self._show_also)
        parts.lessons.failed.connect(lambda problem: parts.notifications.show_problem(problem, topic=SETTINGS))
        self._tour = Tour(parts.tour_model, parts.run_model, parts.run_settings, self.find, window)
        self._connect_tour()
        self._connect_empty()
        for dock in self._docks():
            # Its key and the menu View show a panel of this kind where it is read, not below the curves.
            panels.prepare(dock.objectName(), partial(self._place, dock))

    def open(self, key: str) -> None:
        """Show the panel with this key at the right of everything else, in front of others of its kind."""
        self._panels.show(f"{key}_dock")

    def find(self, target: Target) -> QWidget | None:
        """The widget of a target, brought into sight without taking the keyboard; None where there is none now."""
        kind, key = target
        match kind:
            case "control":
                self._bring("controls")
                return self._parts.panels.controls.reveal(key)
            case "panel":
                return self._find_panel(key)
            case "action":
                return self._window.findChild(QToolButton, f"{key}_button")

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._tour.set_palette(palette)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the window able to become narrow."""
        is_resized = event.type() is QEvent.Type.Resize and watched is self._window
        if is_resized and any(not dock.isHidden() for dock in self._docks()):
            self._set_corner()
        return super().eventFilter(watched, event)

    # Internals

    def _connect_tour(self) -> None:
        parts = self._parts
        parts.actions["tour"].triggered.connect(self._start_tour)
        parts.weights.weights_saved.connect(lambda *_: self._tour.on_saved())
        self._tour.lessons_requested.connect(lambda: self.open("lessons"))

    def _connect_empty(self) -> None:
        """The page that is shown before the first run."""
        parts, empty = self._parts, self._parts.panels.plots.empty
        empty.action_requested.connect(lambda key: parts.actions[key].trigger())
        empty.continue_requested.connect(self._continue_last)
        for key, show in (("train", empty.set_can_train), ("open_data", empty.set_can_open_data)):
            show(parts.actions[key].isEnabled())
            parts.actions[key].enabledChanged.connect(show)
        parts.tour_model.changed.connect(self._offer_tour)
        parts.library.runs_changed.connect(self._offer_last)
        self._offer_tour()

    def _offer_tour(self) -> None:
        self._parts.panels.plots.empty.offer_tour(not self._parts.tour_model.was_offered)

    def _last_run(self) -> str | None:
        """The run that was trained last, if it can be opened."""
        runs = [run for run in self._parts.library.runs if run.problem is None and run.steps]
        return max(runs, key=lambda run: run.number).identity.id if runs else None

    def _offer_last(self) -> None:
        last = self._last_run()
        self._parts.panels.plots.empty.set_last_run("" if last is None else self._parts.library.title(last))

    def _continue_last(self) -> None:
        if (last := self._last_run()) is not None:
            self._parts.run_actions.open(last)

    def _start_tour(self) -> None:
        # Its steps are at the settings and the curves.
        self._parts.actions["workspace_train"].trigger()
        self._parts.tour_model.end()
        self._parts.tour_model.start()

    def _bring(self, key: str) -> None:
        """Show a dock, in front of others, and leave the keyboard where it is."""
        dock = self._dock(key)
        if dock.visibleRegion().isEmpty():
            dock.show()
            dock.raise_()

    def _find_panel(self, key: str) -> QWidget | None:
        for row in self._parts.panels.rows:
            if row.key == key:
                if row.title:
                    self._bring(key)
                return row.panel
        return None

    def _set_corner(self) -> None:
        area = RIGHT if self._window.width() >= ROOMY else BOTTOM
        if self._window.corner(Qt.Corner.BottomRightCorner) != area:
            self._window.setCorner(Qt.Corner.BottomRightCorner, area)

    def _place(self, dock: QDockWidget) -> None:
        window = self._window
        if dock.isFloating() or not dock.isHidden():
            return
        self._set_corner()
        others = [other for other in self._docks() if other is not dock and not other.isHidden()]
        shown = [other for other in others if not other.isFloating() and window.dockWidgetArea(other) != BOTTOM]
        if shown:
            window.tabifyDockWidget(shown[0], dock)
        else:
            window.addDockWidget(RIGHT, dock)
            dock.show()
            window.resizeDocks([dock], [WIDTH], Qt.Orientation.Horizontal)

    def _close(self, key: str) -> None:
        self._dock(key).hide()

    def _show_also(self, key: str) -> None:
        """Show another panel; what is read stays where it is, also where that takes another workspace."""
        read = [dock for dock in self._docks() if not dock.isHidden()]
        self._panels.show(f"{key}_dock")
        for dock in read:
            self._place(dock)
            dock.show()

    def _docks(self) -> list[QDockWidget]:
        rows = self._parts.panels.rows
        return [self._dock(row.key) for row in rows if isinstance(row.panel, ReadingPanel)]

    def _dock(self, key: str) -> QDockWidget:
        dock = self._window.findChild(QDockWidget, f"{key}_dock")
        assert dock is not None
        return dock
