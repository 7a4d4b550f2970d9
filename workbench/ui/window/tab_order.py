"""The order in which the Tab key goes through the window: area by area, each from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolBar, QWidget

from workbench.ui.window.docks import BOTTOM, LEFT

if TYPE_CHECKING:
    from collections.abc import Sequence

TALLEST_IN_ROW: Final = 40
"""Pixels; a higher widget stands by itself, and is not in a row with what is beside it."""

_DIRECT: Final = Qt.FindChildOption.FindDirectChildrenOnly


@dataclass(slots=True)
class Area:
    """A part of the window that F6 goes to.

    Attributes:
        panel: what is in front in it.
        tabs: the bar that switches it; None where it stands alone.
        docks: those behind one another in it, in the order of their tabs; empty for what is no dock.
        is_column: whether its own order of the Tab key is kept, because it scrolls.
    """

    panel: QWidget
    tabs: QTabBar | None = None
    docks: list[QDockWidget] = field(default_factory=list)
    is_column: bool = False


def areas_of(window: QMainWindow) -> list[Area]:
    """The settings, the curves, the groups of panels from left to right, the strips, the status bar."""
    docks = [dock for dock in window.findChildren(QDockWidget, options=_DIRECT) if is_seen(dock)]
    docks = [dock for dock in docks if not dock.isFloating()]
    docks.sort(key=lambda dock: (window.dockWidgetArea(dock) == BOTTOM, dock.x(), dock.y()))
    before = [dock for dock in docks if window.dockWidgetArea(dock) == LEFT]
    after = [dock for dock in docks if dock not in before]
    centre = window.centralWidget()
    areas = [_of_dock(window, dock) for dock in before]
    if centre is not None:
        areas.append(Area(centre))
    areas += [_of_dock(window, dock) for dock in after]
    bars = [bar for bar in window.findChildren(QToolBar, options=_DIRECT) if is_seen(bar)]
    below = [bar for bar in bars if window.toolBarArea(bar) == Qt.ToolBarArea.BottomToolBarArea]
    areas += [Area(bar) for bar in below]
    areas += [Area(window.statusBar()), *(Area(bar) for bar in bars if bar not in below)]
    return areas


def tab_order(window: QMainWindow) -> list[QWidget]:
    """All widgets of the window that take the keyboard, in the order of the Tab key; none that is not seen."""
    chain = _chain(window)
    order: list[QWidget] = []
    for area in areas_of(window):
        own = [widget for widget in chain if area.panel.isAncestorOf(widget)]
        if area.tabs is not None and takes_tab(area.tabs):
            order.append(area.tabs)
        order += own if area.is_column else by_rows(window, own)
    return order


def by_rows(window: QWidget, widgets: Sequence[QWidget]) -> list[QWidget]:
    """Sort from top to bottom, and what stands in one row from left to right."""
    places = {widget: QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()) for widget in widgets}
    waiting = sorted(widgets, key=lambda widget: (places[widget].top(), places[widget].left()))
    order: list[QWidget] = []
    while waiting:
        first = places[waiting[0]]
        row = [
            widget
            for widget in waiting
            if max(first.height(), places[widget].height()) <= TALLEST_IN_ROW
            and first.top() <= places[widget].center().y() <= first.bottom()
        ] or waiting[:1]
        row.sort(key=lambda widget: places[widget].left())
        order += row
        waiting = [widget for widget in waiting if widget not in row]
    return order


def takes_tab(widget: QWidget) -> bool:
    """Whether the Tab key may stop at this widget."""
    return bool(
        widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and widget.isEnabled()
        and widget.isVisible()
        and widget.focusProxy() is None
    )


def is_seen(widget: QWidget) -> bool:
    """Whether anything of a panel is seen: it is not behind another tab."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def _chain(window: QWidget) -> list[QWidget]:
    """The widgets that take the keyboard, in Qt's own order; those of other windows are passed over."""
    chain: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if takes_tab(widget) and widget.window() is window:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def _of_dock(window: QMainWindow, dock: QDockWidget) -> Area:
    is_column = window.dockWidgetArea(dock) == LEFT
    others = {each.windowTitle(): each for each in window.tabifiedDockWidgets(dock)}
    if not others:
        return Area(dock, None, [dock], is_column)
    others[dock.windowTitle()] = dock
    for bar in window.findChildren(QTabBar, options=_DIRECT):
        titles = [bar.tabText(index).replace("&", "") for index in range(bar.count())]
        if bar.isVisible() and set(titles) <= set(others) and dock.windowTitle() in titles:
            return Area(dock, bar, [others[title] for title in titles], is_column)
    return Area(dock, None, [dock, *(each for each in others.values() if each is not dock)], is_column)
