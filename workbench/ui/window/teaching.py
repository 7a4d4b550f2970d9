"""What teaches: the panels that are read beside the curves, and what they do in the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from workbench.ui.controllers.notifications import SETTINGS
from workbench.ui.panel_bases.reading_panel import ReadingPanel
from workbench.ui.window.docks import BOTTOM, RIGHT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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
        for dock in self._docks():
            # Its key and the menu View show a panel of this kind where it is read, not below the curves.
            panels.prepare(dock.objectName(), partial(self._place, dock))

    def open(self, key: str) -> None:
        """Show the panel with this key at the right of everything else, in front of others of its kind."""
        dock = self._dock(key)
        self._place(dock)
        dock.show()
        dock.raise_()
        dock.widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the window able to become narrow."""
        is_resized = event.type() is QEvent.Type.Resize and watched is self._window
        if is_resized and any(not dock.isHidden() for dock in self._docks()):
            self._set_corner()
        return super().eventFilter(watched, event)

    # Internals

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
