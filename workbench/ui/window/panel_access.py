"""PanelAccess: brings a panel to the front and the keyboard into it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from workbench.ui.panel_bases.docked_panel import DockedPanel
from workbench.ui.window.panel_keys import panel_keys
from workbench.ui.window.tab_order import areas_of, by_rows, is_seen, tab_order, takes_tab
from workbench.ui.window.workspaces import WORKSPACES, panels_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.window.focus_ring import FocusRing
    from workbench.ui.window.tab_order import Area
    from workbench.ui.window.workspaces import Workspaces


@runtime_checkable
class Started(Protocol):
    """A panel whose first widget is not the one that the keyboard should begin with."""

    def keyboard_start(self) -> QWidget | None:
        """Where the keyboard begins; None for the first widget."""


class PanelAccess(QObject):
    """Shows panels by their keys, from any workspace, and goes from one to the next.

    Args:
        window: with its panels placed.
        workspaces: of the window.
        ring: shows where the keyboard is.
    """

    def __init__(self, window: QMainWindow, workspaces: Workspaces, ring: FocusRing) -> None:
        super().__init__(window)
        self._window = window
        self._workspaces = workspaces
        self._ring = ring
        self._preparing: dict[str, Callable[[], None]] = {}
        self._keys = panel_keys(dock.objectName().removesuffix("_dock") for dock in self.docks())
        self.actions = [self._action(dock) for dock in self.docks()]
        for dock in self.docks():
            for panel in dock.findChildren(DockedPanel):
                panel.opened.connect(partial(self._on_panel_opened, dock))

    def docks(self) -> list[QDockWidget]:
        """Those of all panels, in the order in which they were made."""
        return self._window.findChildren(QDockWidget)

    def shortcut(self, dock: QDockWidget) -> QKeySequence:
        """The key that brings a panel to the front."""
        return QKeySequence(self._keys.get(dock.objectName().removesuffix("_dock"), ""))

    def titles(self) -> list[tuple[str, str]]:
        """The title of each panel, and its key as the system writes it."""
        native = QKeySequence.SequenceFormat.NativeText
        return [(dock.windowTitle(), self.shortcut(dock).toString(native)) for dock in self.docks()]

    def prepare(self, key: str, before: Callable[[], None]) -> None:
        """Call `before` each time before the dock with this object name is shown: it has a place of its own."""
        self._preparing[key] = before

    def show(self, key: str) -> None:
        """Bring the dock with this object name to the front and focus it.

        A panel that the present workspace does not show is shown in the one that it belongs to; the settings stand
        beside any workspace.
        """
        self._workspaces.rearranging.emit()
        dock = self._window.findChild(QDockWidget, key)
        assert isinstance(dock, QDockWidget)
        panel = key.removesuffix("_dock")
        if dock.isHidden() and panel not in panels_of(self._workspaces.current):
            # The settings, and what is read beside the curves, belong to no workspace.
            of_panel = next((each for each in WORKSPACES if panel in panels_of(each)), None)
            if of_panel is not None:
                self._workspaces.switch(of_panel.key)
        self._show(dock)

    def go_to_next_panel(self, count: int = 1) -> None:
        """Go to the panel after the one with the keyboard, also behind another tab; before it with -1."""
        areas = areas_of(self._window)
        stops: list[QWidget] = []
        for area in areas:
            stops += area.docks or ([area.panel] if self._widgets(area.panel) else [])
        focus = self._window.focusWidget()
        at = next((index for index, stop in enumerate(stops) if focus is not None and stop.isAncestorOf(focus)), None)
        if at is None:  # on a bar of tabs: it is that of the panel in front
            front = next((area.panel for area in areas if area.tabs is not None and area.tabs is focus), None)
            at = stops.index(front) if front in stops else -min(count, 0) - 1
        if not stops:
            return
        stop = stops[(at + count) % len(stops)]
        if isinstance(stop, QDockWidget):
            self._show(stop)
        else:
            self._focus_in(stop)

    def go_to_next_area(self, count: int = 1) -> None:
        """Go to the area after the one with the keyboard, or before it with -1: settings, curves, each group below."""
        areas = [area for area in areas_of(self._window) if area.docks or self._widgets(area.panel)]
        if not areas:  # all panels are closed, and nothing has run that the curves could show
            return
        focus = self._window.focusWidget()
        at = next((index for index, area in enumerate(areas) if _has(area, focus)), -min(count, 0) - 1)
        self._focus_in(areas[(at + count) % len(areas)].panel, is_again=True)

    def focus_by_tab(self, *, forward: bool) -> bool:
        """Move the keyboard to the next or previous widget, in the order of the areas."""
        order = tab_order(self._window)
        if not order:
            return False
        focus: QWidget | None = self._window.focusWidget()
        while focus is not None and focus not in order:
            focus = focus.parentWidget()
        if focus is None:
            place = 0 if forward else len(order) - 1
        else:
            place = (order.index(focus) + (1 if forward else -1)) % len(order)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        self._take(order[place], reason)
        return True

    def _action(self, dock: QDockWidget) -> QAction:
        """What stands for the panel in the menu: brings it to the front; where it is there, hides it."""
        action = QAction(dock.windowTitle(), self._window)
        action.setObjectName(f"show_{dock.objectName()}")
        action.setCheckable(True)
        action.setStatusTip(QCoreApplication.translate("Panels", "Bring this panel to the front, or hide it."))
        # Only to be read in the menu: the key always shows the panel, and never hides it.
        action.setShortcut(self.shortcut(dock))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        key = QShortcut(self.shortcut(dock), self._window)
        key.activated.connect(partial(self.show, dock.objectName()))
        toggle = dock.toggleViewAction()
        action.setChecked(toggle.isChecked())
        toggle.toggled.connect(action.setChecked)
        dock.windowTitleChanged.connect(action.setText)
        action.triggered.connect(lambda _: self._bring_or_hide(action, dock))
        return action

    def _bring_or_hide(self, action: QAction, dock: QDockWidget) -> None:
        if is_seen(dock):
            dock.hide()
        else:
            self._show(dock)
        action.setChecked(not dock.isHidden())

    def _show(self, dock: QDockWidget) -> None:
        if (before := self._preparing.get(dock.objectName())) is not None:
            before()
        dock.show()
        self._raise(dock)
        # Qt lays docks out only when the event loop runs: what was hidden takes no focus before.
        QTimer.singleShot(0, dock, partial(self._raise, dock))

    def _raise(self, dock: QDockWidget) -> None:
        dock.raise_()
        if dock.isFloating():
            dock.activateWindow()
        self._focus_in(dock)

    def _on_panel_opened(self, dock: QDockWidget) -> None:
        """Take the keyboard, which the panel was given while it was blank, to where it begins there."""
        if QApplication.focusWidget() is dock.widget():
            self._focus_in(dock, is_again=True)

    def _focus_in(self, panel: QWidget, *, is_again: bool = False) -> None:
        """Put the keyboard into a panel, unless the panel has it already."""
        focus = QApplication.focusWidget()
        if focus is not None and panel.isAncestorOf(focus) and focus.isVisible() and not is_again:
            return
        content = panel.widget() if isinstance(panel, QDockWidget) else panel
        start = self._start(content)
        widgets = self._widgets(panel)
        if start is not None or widgets:
            self._take(start or widgets[0], Qt.FocusReason.ShortcutFocusReason)
        else:
            # It has nothing to operate, and is still the one that is looked at.
            content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _start(self, content: QWidget) -> QWidget | None:
        """Where the keyboard begins in a panel that says so; the first of several that are stacked or in a column."""
        for widget in (content, *content.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)):
            if isinstance(widget, Started) and widget.isVisible():
                start = widget.keyboard_start()
                return start if start is not None and takes_tab(start) else None
        return None

    def _widgets(self, panel: QWidget) -> list[QWidget]:
        """The widgets of a panel that take the keyboard, in the order of the Tab key."""
        widgets = [each for each in panel.findChildren(QWidget) if takes_tab(each)]
        return by_rows(self._window, widgets) if panel.window() is self._window else widgets

    def _take(self, widget: QWidget, reason: Qt.FocusReason) -> None:
        widget.setFocus(reason)
        self._ring.show_around(widget)


def _has(area: Area, focus: QWidget | None) -> bool:
    return focus is not None and (focus is area.tabs or area.panel.isAncestorOf(focus))
