"""The docks of the panels, and how high those below the plots are."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from workbench.ui.window.central_column import CentralColumn
from workbench.ui.window.strip_bar import StripBar
from workbench.ui.window.tab_room import make_room

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT, BOTTOM = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
SETTINGS: Final = "controls"
"""The key of the panel that stands on the left."""


class Area(Enum):
    """A place for panels. Those in docks are placed by the workspaces."""

    NOTICE = auto()
    HEAD = auto()
    CENTRE = auto()
    BELOW = auto()
    DOCK = auto()
    STRIP = auto()
    STATUS_BAR = auto()


class PanelRow(NamedTuple):
    """A panel.

    Attributes:
        panel: the widget.
        area: where it stands.
        key: what is remembered of it is stored under this name; its dock is named by it and `_dock`.
        title: of its dock, for translation in the context `Panels`; "" for a panel without a dock.
    """

    panel: QWidget
    area: Area
    key: str
    title: str = ""


def place_panels(window: QMainWindow, rows: Iterable[PanelRow]) -> None:
    """Give the window its central widget, docks and status bar, and put each panel into its area."""
    centre = CentralColumn(window)
    window.setCentralWidget(centre)
    # The settings reach down to the left of the log: they need more height than the log does.
    window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
    window.statusBar().setSizeGripEnabled(False)
    for area in (BOTTOM, RIGHT):
        window.setTabPosition(area, QTabWidget.TabPosition.North)
    for row in rows:
        match row.area:
            case Area.NOTICE:
                centre.set_parts(notice=row.panel)
            case Area.HEAD:
                centre.set_parts(head=row.panel)
            case Area.CENTRE:
                centre.set_parts(main=row.panel)
            case Area.BELOW:
                centre.set_parts(below=row.panel)
            case Area.STRIP:
                StripBar(row.panel, window)
            case Area.STATUS_BAR:
                window.statusBar().addWidget(row.panel, 1)
            case Area.DOCK:
                _add_dock(window, row)


def _add_dock(window: QMainWindow, row: PanelRow) -> None:
    dock = QDockWidget(QCoreApplication.translate("Panels", row.title), window)
    dock.setObjectName(f"{row.key}_dock")
    dock.setWidget(row.panel)
    # The tab or the panel shows the title, and the menu View shows and hides the dock: it needs no title bar.
    dock.setTitleBarWidget(QWidget(dock))
    window.addDockWidget(LEFT if row.key == SETTINGS else BOTTOM, dock)


class BottomDocks:
    """Makes the docks below the plots lower where the plots have too little of the window, and high again later.

    Args:
        window: with its panels placed.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._wanted = 0
        self._was_chosen = False
        self._window_height = 0
        centre = window.centralWidget()
        assert isinstance(centre, CentralColumn)
        self._centre = centre
        self._soon = QTimer(window, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        centre.least_changed.connect(self._soon.start)
        centre.resized.connect(self._on_centre_resized)

    def begin(self) -> None:
        """Take the height that the docks were just given as the one that the user wants, then fit it in."""
        self._soon.stop()  # the docks do not have that height yet
        # Qt lays the docks out only when the event loop runs.
        QTimer.singleShot(0, self._window, self._take_over)

    def fit(self) -> None:
        """Give the docks the height that the user gave them last, or the part of it for which there is room.

        A height that the user has not chosen leaves room for the second plot, too, if the docks can be so low.
        """
        if not (docks := self._shown()) or not self._window.isVisible():
            return
        height = self._height(docks)
        self._wanted = self._wanted or height
        room = height + self._centre.height() - self._centre.least_height(self._window.height())
        fitting = min(self._wanted, room)
        for_both = room - self._centre.further_height
        if not self._was_chosen and for_both >= self._least_height(docks):
            fitting = min(fitting, for_both)
        if fitting != height:
            self._window.resizeDocks(docks, [fitting] * len(docks), Qt.Orientation.Vertical)
        self._window_height = self._window.height()
        make_room(self._window, docks)

    def _take_over(self) -> None:
        self._wanted, self._was_chosen = 0, False
        self.fit()

    def _on_centre_resized(self) -> None:
        """Keep the height that the user gives the docks by moving their border: a button of the mouse is down then."""
        is_moving = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if is_moving and self._window_height == self._window.height() and (docks := self._shown()):
            self._wanted, self._was_chosen = self._height(docks), True

    def _height(self, docks: list[QDockWidget]) -> int:
        """Of the area of the docks; beside docks with tabs, one without them is as high as they are with their tabs."""
        return max(dock.height() + self._tab_height(dock) for dock in docks)

    def _least_height(self, docks: list[QDockWidget]) -> int:
        """The height of the area below which one of these docks, or of those behind them, cannot be."""
        groups = ([dock, *self._window.tabifiedDockWidgets(dock)] for dock in docks)
        return max(self._tab_height(dock) + dock.minimumSizeHint().height() for group in groups for dock in group)

    def _tab_height(self, dock: QDockWidget) -> int:
        if not self._window.tabifiedDockWidgets(dock):
            return 0
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return max((bar.height() for bar in bars if bar.isVisible()), default=0)

    def _shown(self) -> list[QDockWidget]:
        return [
            dock
            for dock in self._window.findChildren(QDockWidget)
            if self._window.dockWidgetArea(dock) == BOTTOM
            and not dock.isFloating()
            and not dock.visibleRegion().isEmpty()
        ]
