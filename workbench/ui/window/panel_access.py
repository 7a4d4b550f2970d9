"""PanelAccess: brings a panel to the front and the keyboard into it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QTabBar, QWidget

from workbench.ui.window.docks import SETTINGS
from workbench.ui.window.workspaces import WORKSPACES, panels_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.window.workspaces import Workspaces


class PanelAccess(QObject):
    """Shows panels by their keys, from any workspace.

    Args:
        window: with its panels placed.
        workspaces: of the window.
    """

    def __init__(self, window: QMainWindow, workspaces: Workspaces) -> None:
        super().__init__(window)
        self._window = window
        self._workspaces = workspaces

    def docks(self) -> list[QDockWidget]:
        """Those of all panels, in the order in which they were made."""
        return self._window.findChildren(QDockWidget)

    def show(self, key: str) -> None:
        """Bring the dock with this object name to the front and focus it.

        A panel that the present workspace does not show is shown in the one that it belongs to; the settings stand
        beside any workspace.
        """
        dock = self._window.findChild(QDockWidget, key)
        assert isinstance(dock, QDockWidget)
        panel = key.removesuffix("_dock")
        if dock.isHidden() and panel != SETTINGS and panel not in panels_of(self._workspaces.current):
            of_panel = next((each for each in WORKSPACES if panel in panels_of(each)), None)
            if of_panel is not None:
                self._workspaces.switch(of_panel.key)
        dock.show()
        dock.raise_()
        focus_in(dock.widget())
        # Qt lays docks out only when the event loop runs: what was hidden takes no focus before.
        QTimer.singleShot(0, dock, partial(self._raise, dock))

    def _raise(self, dock: QDockWidget) -> None:
        dock.raise_()
        focus_in(dock.widget())


def focus_in(panel: QWidget) -> None:
    """Put the keyboard into the first widget of a panel that takes it, unless the panel has it already."""
    focus = panel.window().focusWidget()
    if focus is None or focus is panel or not panel.isAncestorOf(focus):
        (first_in(panel) or panel).setFocus(Qt.FocusReason.ShortcutFocusReason)


def first_in(panel: QWidget) -> QWidget | None:
    """The first widget of a panel that the Tab key would reach; None where there is none."""
    takes_tab = Qt.FocusPolicy.TabFocus.value
    if panel.focusPolicy().value & takes_tab and panel.isEnabled():
        return panel
    widget = panel.nextInFocusChain()
    while widget is not None and widget is not panel:
        if (
            panel.isAncestorOf(widget)
            and widget.isVisibleTo(panel)
            and widget.isEnabled()
            and widget.focusPolicy().value & takes_tab
            and not isinstance(widget, QTabBar)
        ):
            return widget
        widget = widget.nextInFocusChain()
    return None
