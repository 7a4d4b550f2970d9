"""Where panels stand in the window at first, and the first sizes of their docks."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class PanelRow(NamedTuple):
    """A panel.

    Attributes:
        panel: the widget.
        area: where it stands at first.
        key: what is remembered of it is stored under this name; its dock is named by it and `_dock`.
        title: of its dock, for translation in the context `Panels`; "" for a panel without a dock.
    """

    panel: QWidget
    area: Area
    key: str
    title: str = ""


def place_panels(window: QMainWindow, rows: Iterable[PanelRow]) -> None:
    """Give the window its central widget, docks and status bar, and put each panel into its area.

    The docks of one bottom area lie behind one another with tabs, the first in front.
    """
    centre = QWidget(window)
    column = QVBoxLayout(centre)
    column.setContentsMargins(8, 8, 8, 0)
    window.setCentralWidget(centre)
    # The settings reach down to the left of the log: they need more height than the log does.
    window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
    window.statusBar().setSizeGripEnabled(False)
    front: dict[Area, QDockWidget] = {}
    for row in rows:
        panel, area = row.panel, row.area
        match area:
            case Area.TOP:
                column.addWidget(panel)
            case Area.CENTRE:
                column.addWidget(panel, 1)
            case Area.STATUS_BAR:
                window.statusBar().addWidget(panel, 1)
            case Area.LEFT:
                window.addDockWidget(LEFT, _dock(window, row))
            case Area.BOTTOM_LEFT | Area.BOTTOM_RIGHT:
                dock = _dock(window, row)
                # The tab shows the title, and the menu View shows and hides the dock: it needs no title bar.
                dock.setTitleBarWidget(QWidget(dock))
                if area in front:
                    window.tabifyDockWidget(front[area], dock)
                else:
                    front[area] = dock
                    window.addDockWidget(BOTTOM, dock)
    # Only now: raised between two others, a dock leaves a tab bar of its own behind.
    for dock in front.values():
        dock.raise_()
    window.setTabPosition(BOTTOM, QTabWidget.TabPosition.North)
    size_docks(window)


def _dock(window: QMainWindow, row: PanelRow) -> QDockWidget:
    dock = QDockWidget(QCoreApplication.translate("Panels", row.title), window)
    dock.setObjectName(f"{row.key}_dock")
    dock.setWidget(row.panel)
    dock.toggleViewAction().setObjectName(f"show_{row.key}_dock")
    return dock


def size_docks(window: QMainWindow) -> None:
    """Give the docks their first sizes: the plots get the rest, which is most of the window."""
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    window.resizeDocks([docks["controls_dock"]], [SETTINGS_WIDTH], across)
    window.resizeDocks([docks[name] for name in BOTTOM_WIDTHS], list(BOTTOM_WIDTHS.values()), across)
    window.resizeDocks([docks["log_dock"]], [BOTTOM_HEIGHT], down)
