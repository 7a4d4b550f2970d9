"""Where panels stand in the window at first, and the first sizes of their docks."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QVBoxLayout, QWidget

LEFT, BOTTOM = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
SETTINGS_WIDTH: Final = 330
BOTTOM_HEIGHT: Final = 220
BOTTOM_WIDTHS: Final = {"log_dock": 420, "data_dock": 520}
"""Of the two groups of docks below the plots, by the first dock of each: the groups share the width in this ratio."""


class Area(Enum):
    """A place for panels."""

    TOP = auto()
    CENTRE = auto()
    LEFT = auto()
    BOTTOM_LEFT = auto()
    BOTTOM_RIGHT = auto()
    STATUS_BAR = auto()


class Placer:
    """Puts panels into a window, one after the other.

    Args:
        window: gets a central widget, docks and a status bar.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._first_docks: dict[Area, QDockWidget] = {}
        centre = QWidget(window)
        self._centre = QVBoxLayout(centre)
        self._centre.setContentsMargins(8, 8, 8, 0)
        window.setCentralWidget(centre)
        # The settings reach down to the left of the log: they need more height than the log does.
        window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
        window.setTabPosition(BOTTOM, QTabWidget.TabPosition.North)
        window.statusBar().setSizeGripEnabled(False)

    def place(self, panel: QWidget, area: Area, key: str, title: str) -> None:
        """Put a panel into `area`; its dock, where it has one, is named by `key` and `_dock`."""
        match area:
            case Area.TOP:
                self._centre.addWidget(panel)
            case Area.CENTRE:
                self._centre.addWidget(panel, 1)
            case Area.STATUS_BAR:
                self._window.statusBar().addWidget(panel, 1)
            case Area.LEFT:
                self._window.addDockWidget(LEFT, self._dock(panel, key, title))
            case Area.BOTTOM_LEFT | Area.BOTTOM_RIGHT:
                self._add_to_group(area, self._dock(panel, key, title))

    def _add_to_group(self, area: Area, dock: QDockWidget) -> None:
        # The tab shows the title already, and the menu View shows and hides the dock: no title bar is needed.
        dock.setTitleBarWidget(QWidget(dock))
        first = self._first_docks.setdefault(area, dock)
        if first is dock:
            self._window.addDockWidget(BOTTOM, dock)
        else:
            self._window.tabifyDockWidget(first, dock)
            first.raise_()

    def _dock(self, panel: QWidget, key: str, title: str) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"{key}_dock")
        dock.setWidget(panel)
        dock.toggleViewAction().setObjectName(f"show_{key}_dock")
        return dock


def size_docks(window: QMainWindow) -> None:
    """Give the docks their first sizes: the plots get the rest, which is most of the window."""
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    window.resizeDocks([docks["controls_dock"]], [SETTINGS_WIDTH], across)
    window.resizeDocks([docks[name] for name in BOTTOM_WIDTHS], list(BOTTOM_WIDTHS.values()), across)
    window.resizeDocks([docks["log_dock"]], [BOTTOM_HEIGHT], down)
