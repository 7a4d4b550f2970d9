"""The workspaces: arrangements of the panels for one purpose each, which the user switches and may change."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QTabBar

from workbench.ui.style.zoom import STEPS, scaled, zoom
from workbench.ui.system.later_turns import LaterTurns
from workbench.ui.system.preferences import LAYOUT_VERSION
from workbench.ui.widgets.folding_column import NARROWEST, FoldingColumn
from workbench.ui.window.arrangement import Arrangement, front_of, places_of
from workbench.ui.window.central_column import CentralColumn
from workbench.ui.window.docks import BOTTOM, LEFT, RIGHT, SETTINGS
from workbench.ui.window.strip_bar import StripBar

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.system.preferences import Settings
    from workbench.ui.window.docks import BottomDocks

SETTINGS_WIDTH: Final = 330
OLDEST_PANELS: Final = ["log", "journal", "data", "runs", "branches"]
"""Those below the curves in the versions that did not store which panels a layout knows."""


BESIDE_WIDTH: Final = 380
"""Of a panel that is shown at the right of the curves."""


class Workspace(NamedTuple):
    """An arrangement of the panels.

    Attributes:
        key: its action is called `workspace_` and this; its layout is stored under this name.
        has_settings: whether the settings stand on the left.
        groups: the panels below the curves, by their keys: groups side by side, each of panels behind one another with
            tabs, the first in front.
        widths: of the groups, in relation to each other.
        height: of the groups, as a share of the window's.
        is_strip: whether the curves are a strip of the loss alone, with a slider to look back at any evaluation.
        has_figures: whether the result of the run stands above the curves in large figures.
    """

    key: str
    has_settings: bool
    groups: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    height: float
    is_strip: bool = False
    has_figures: bool = False


TRAIN: Final = Workspace(
    "train",
    has_settings=True,
    groups=(("log", "journal"), ("data", "network", "runs", "branches")),
    widths=(420, 520),
    height=0.18,
    has_figures=True,
)
UNDERSTAND: Final = Workspace(
    "understand",
    has_settings=False,
    groups=(
        ("confusion_matrix", "calibration", "test_map", "layers", "decision_boundary"),
        ("gallery", "suspected_labels", "spike", "classes"),
        ("draw_pad", "what_if", "lr_finder", "checks"),
    ),
    widths=(480, 400, 350),
    height=0.75,
    is_strip=True,
)
COMPARE: Final = Workspace(
    "compare",
    has_settings=False,
    groups=(("runs",), ("run_values", "branches", "journal")),
    widths=(680, 500),
    height=0.28,
)
WORKSPACES: Final = (TRAIN, UNDERSTAND, COMPARE)


class Workspaces(QObject):
    """Switches between the workspaces; each keeps the arrangement that the user gave it.

    Args:
        window: with its panels placed.
        settings: where the arrangements are remembered.
        bottom_docks: of the window.
    """

    switched = Signal(str)
    """Another workspace is shown: its key."""
    rearranging = Signal()
    """Panels are about to be shown or placed anew: what has hidden them for a while puts them back first."""

    def __init__(self, window: QMainWindow, settings: Settings, bottom_docks: BottomDocks) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._bottom_docks = bottom_docks
        self._arrangements: dict[str, Arrangement] = {}
        # The last one of each workspace at each zoom: going back to a zoom gives the panels their sizes back.
        self._at_zoom: dict[tuple[str, int], Arrangement] = {}
        # The panels that each arrangement knows, by workspace: others are new since it was stored.
        self._known: dict[str, list[str]] = {}
        self._shown_at = zoom()
        self.current = TRAIN

    def switch(self, key: str) -> None:
        """Show the workspace with this key."""
        workspace = _WORKSPACES[key]
        self.rearranging.emit()
        if workspace is self.current:
            return
        self.keep()
        LaterTurns.of(self._window).draw_later()
        self.current = workspace
        # First of all the curves, whose least height says how much is left for the docks.
        self.switched.emit(key)
        self.show()
        QTimer.singleShot(0, self._window, self.scale)

    def show_beside(self, key: str, *, is_shown: bool) -> None:
        """Show a panel, or hide it: where the present workspace has it not, at the right of the curves."""
        self.rearranging.emit()
        dock = self._window.findChild(QDockWidget, f"{key}_dock")
        assert dock is not None
        if is_shown and dock.isHidden() and key not in panels_of(self.current):
            self._window.addDockWidget(RIGHT, dock)
            dock.show()
            self._window.resizeDocks([dock], [scaled(BESIDE_WIDTH)], Qt.Orientation.Horizontal)
        else:
            dock.setVisible(is_shown)
            dock.raise_()

    def size_settings(self) -> None:
        """Give the settings the width that they had before they were folded."""
        dock = self._window.findChild(QDockWidget, f"{SETTINGS}_dock")
        assert dock is not None
        if isinstance(column := dock.widget(), FoldingColumn) and not column.is_folded and column.width() < NARROWEST:
            self._window.resizeDocks([dock], [column.unfolded_width], Qt.Orientation.Horizontal)

    def keep(self) -> None:
        """Keep the present arrangement of the panels, which `show` brings back."""
        window, key = self._window, self.current.key
        arrangement = Arrangement(window.saveState(LAYOUT_VERSION), zoom(), places_of(window), front_of(window))
        self._arrangements[key] = self._at_zoom[key, zoom()] = arrangement
        self._known.pop(key, None)  # this arrangement knows all panels

    def take_over(self, other: Workspaces) -> None:
        """Have the arrangements of `other`, whose window this one replaces, perhaps at another zoom."""
        self._arrangements, self._at_zoom, self._known = other._arrangements, other._at_zoom, other._known

    def scale(self) -> None:
        """Give the settings another width where they were arranged at another zoom; call it after they are placed."""
        ratio, self._shown_at = zoom() / self._shown_at, zoom()
        dock = self._window.findChild(QDockWidget, f"{SETTINGS}_dock")
        assert dock is not None
        if ratio != 1 and dock.isVisible() and not dock.isFloating():
            self._window.resizeDocks([dock], [round(dock.width() * ratio)], Qt.Orientation.Horizontal)
            self.keep()

    def reset(self) -> None:
        """Put every panel of the present workspace to its first place."""
        self.rearranging.emit()
        arrange(self._window, self.current)
        self._bottom_docks.begin()

    def restore(self) -> None:
        """Take over the arrangements of the last time, and show the workspace that was shown then."""
        stored = self._settings.read("workspaces")
        zooms = stored.get("zooms")
        for workspace in WORKSPACES:
            if (layout := self._settings.layout(_name(workspace))) is not None:
                percent = zooms.get(workspace.key) if isinstance(zooms, dict) else None
                self._arrangements[workspace.key] = Arrangement(layout, percent if percent in STEPS else zoom())
                known = stored.get(workspace.key, OLDEST_PANELS)
                self._known[workspace.key] = known if isinstance(known, list) else []
        self.current = _WORKSPACES.get(str(stored.get("shown")), TRAIN)
        self.switched.emit(self.current.key)
        self.show()

    def remember(self) -> None:
        """Store the arrangements."""
        self.keep()
        panels = {workspace.key: list(panels_of(workspace)) for workspace in WORKSPACES}
        zooms = {key: arrangement.zoom for key, arrangement in self._arrangements.items()}
        self._settings.write("workspaces", {"shown": self.current.key, "zooms": zooms, **panels})
        layouts = {_name(_WORKSPACES[key]): arrangement.layout for key, arrangement in self._arrangements.items()}
        self._settings.save_layouts(self._window, layouts)

    def size(self) -> None:
        """Give the docks their sizes, once the window is shown: they take none before."""
        if self.current.key in self._arrangements:
            self.show()
            QTimer.singleShot(0, self._window, self.scale)
        else:
            size_docks(self._window, self.current)
            self._bottom_docks.begin()

    def show(self) -> None:
        """Place the docks of the present workspace."""
        centre = self._window.centralWidget()
        assert isinstance(centre, CentralColumn)
        centre.set_kind(is_strip=self.current.is_strip, has_figures=self.current.has_figures)
        arrangement = self._fitting()
        if arrangement is not None:
            take_out(self._window)
        if arrangement is not None and self._window.restoreState(arrangement.layout, LAYOUT_VERSION):
            self._shown_at = arrangement.zoom
            if (known := self._known.get(self.current.key)) is not None:
                add_new(self._window, self.current, known)
            else:
                self._bring_to_front(self._arrangements[self.current.key].front - arrangement.front)
        else:
            self._shown_at = zoom()
            arrange(self._window, self.current)
            QTimer.singleShot(0, self._window, partial(size_docks, self._window, self.current))
        # Qt lays the docks out, and makes their tab bars, only when the event loop runs.
        QTimer.singleShot(0, self._window, partial(hide_unused_tab_bars, self._window))
        self._bottom_docks.begin()

    def _fitting(self) -> Arrangement | None:
        """The arrangement to show: that of the present zoom, unless panels have been moved since at another one."""
        last = self._arrangements.get(self.current.key)
        earlier = self._at_zoom.get((self.current.key, zoom()))
        is_same = last is not None and earlier is not None and earlier.places == last.places
        return earlier if is_same else last

    def _bring_to_front(self, names: Collection[str]) -> None:
        for dock in self._window.findChildren(QDockWidget):
            if dock.objectName() in names:
                dock.raise_()


def arrange(window: QMainWindow, workspace: Workspace) -> None:
    """Put every dock to its first place in a workspace; panels that are not part of it are hidden."""
    docks = {dock.objectName().removesuffix("_dock"): dock for dock in window.findChildren(QDockWidget)}
    take_out(window)
    window.addDockWidget(LEFT, docks[SETTINGS])
    docks[SETTINGS].setVisible(workspace.has_settings)
    groups = [[docks[key] for key in keys] for keys in workspace.groups if keys]
    placed = {dock for group in groups for dock in group}
    for key, dock in docks.items():
        if key != SETTINGS and dock not in placed:
            window.addDockWidget(BOTTOM, dock)
            dock.hide()
    for group in groups:
        window.addDockWidget(BOTTOM, group[0])
        for before, dock in pairwise(group):
            window.tabifyDockWidget(before, dock)
        for dock in group:
            dock.show()
    # Only now: raised between two others, a dock leaves a tab bar of its own behind.
    for group in groups:
        group[0].raise_()
    hide_unused_tab_bars(window)
    size_docks(window, workspace)


def take_out(window: QMainWindow) -> None:
    """Take all docks out of their places, and hide their tab bars. Only hidden, docks would keep those in sight."""
    docks = window.findChildren(QDockWidget)
    # Hidden before, they are not laid out anew each time that another one leaves.
    for dock in docks:
        dock.hide()
    for dock in docks:
        dock.setFloating(False)
        window.removeDockWidget(dock)
    # Qt makes others when docks are placed again, and leaves these where they were, with the tabs that they had.
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        bar.hide()


def hide_unused_tab_bars(window: QMainWindow) -> None:
    """Hide the tab bars that Qt has left behind: those whose docks are all hidden."""
    shown = {dock.windowTitle() for dock in window.findChildren(QDockWidget) if not dock.isHidden()}
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not any(bar.tabText(index).replace("&", "") in shown for index in range(bar.count())):
            bar.hide()


def add_new(window: QMainWindow, workspace: Workspace, known: Collection[str]) -> None:
    """Show the panels of a workspace that are not among `known` behind the others of their group."""
    docks = {dock.objectName().removesuffix("_dock"): dock for dock in window.findChildren(QDockWidget)}
    for group in workspace.groups:
        placed = [docks[key] for key in group if key in known]
        for dock in (docks[key] for key in group if key not in known):
            window.removeDockWidget(dock)
            if placed:
                window.tabifyDockWidget(placed[-1], dock)
            else:
                window.addDockWidget(BOTTOM, dock)
            dock.show()
            placed.append(dock)


def size_docks(window: QMainWindow, workspace: Workspace) -> None:
    """Give the docks of a workspace their first sizes."""
    docks = {dock.objectName().removesuffix("_dock"): dock for dock in window.findChildren(QDockWidget)}
    across = Qt.Orientation.Horizontal
    if workspace.has_settings:
        window.resizeDocks([docks[SETTINGS]], [scaled(SETTINGS_WIDTH)], across)
    front = [docks[keys[0]] for keys in workspace.groups if keys]
    if front:
        window.resizeDocks(
            front, [w for w, keys in zip(workspace.widths, workspace.groups, strict=True) if keys], across
        )
        height = round(window.height() * workspace.height)
        # The strip takes its room from the docks, not from the curves.
        height -= sum(bar.height() for bar in window.findChildren(StripBar) if bar.isVisible())
        window.resizeDocks(front, [height] * len(front), Qt.Orientation.Vertical)


_WORKSPACES: Final = {workspace.key: workspace for workspace in WORKSPACES}


def panels_of(workspace: Workspace) -> tuple[str, ...]:
    """The keys of its panels below the curves."""
    return tuple(key for group in workspace.groups for key in group)


def _name(workspace: Workspace) -> str:
    """The name of its layout in the settings file: older versions have one layout, without a name."""
    return "" if workspace is TRAIN else workspace.key
