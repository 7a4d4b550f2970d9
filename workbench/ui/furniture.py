"""The window's furniture: docks, menus and tool bar, made from lists; nothing here knows what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QToolBar, QToolButton

from workbench.ui.actions import ACTIONS, MENUS, PANELS, SEPARATOR, TOOL_BAR, translated
from workbench.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

    from workbench.ui.theme import Palette

FILLED_BUTTONS: Final = {"train": "primary", "stop": "danger"}
LEFT, BOTTOM = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea


def place_docks(window: QMainWindow, panels: Mapping[str, tuple[str, QWidget, Qt.DockWidgetArea]]) -> None:
    """Put each panel (title, widget, area) into a dock called by its key."""
    # The settings reach down beside the log: they are the taller of the two.
    window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
    for name, (title, panel, area) in panels.items():
        dock = QDockWidget(title, window)
        dock.setObjectName(name)
        dock.setWidget(panel)
        dock.toggleViewAction().setObjectName(f"show_{name}")
        window.addDockWidget(area, dock)
    size_docks(window)


def size_docks(window: QMainWindow) -> None:
    """Give the docks their first sizes: the plots get the rest, which is most of the window."""
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    window.resizeDocks([docks["controls_dock"]], [330], across)
    window.resizeDocks([docks["log_dock"], docks["data_dock"]], [380, 560], across)
    window.resizeDocks([docks["log_dock"]], [220], down)


def fill_menus(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Make the menu bar from `MENUS`."""
    for title, keys in MENUS:
        menu = window.menuBar().addMenu(translated(title))
        menu.setToolTipsVisible(True)
        for key in keys:
            _add_to_menu(window, menu, key, actions)


def fill_tool_bar(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Make the tool bar from `TOOL_BAR`; its buttons are called by their action's key and `_button`."""
    bar = QToolBar(QCoreApplication.translate("MainWindow", "Tools"), window)
    bar.setObjectName("tool_bar")
    bar.setMovable(False)
    bar.setIconSize(QSize(18, 18))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    # Without it nobody would find Train again.
    bar.toggleViewAction().setEnabled(False)
    window.addToolBar(bar)
    for key in TOOL_BAR:
        if key == SEPARATOR:
            bar.addSeparator()
            continue
        bar.addAction(actions[key])
        button = bar.widgetForAction(actions[key])
        if isinstance(button, QToolButton):
            button.setObjectName(f"{key}_button")
            button.setAccessibleName(translated(ACTIONS[key].text))
            # Set before the first show: the stylesheet reads it then.
            if variant := FILLED_BUTTONS.get(key):
                button.setProperty(variant, True)


def tint_icons(actions: Mapping[str, QAction], palette: Palette) -> None:
    """Draw the actions' icons in the colours of `palette`."""
    for key, action in actions.items():
        if name := ACTIONS[key].icon:
            colour = palette.text_on_accent if key in FILLED_BUTTONS else palette.text
            action.setIcon(icon(name, colour, disabled=palette.text_disabled))


def _add_to_menu(window: QMainWindow, menu: QMenu, key: str, actions: Mapping[str, QAction]) -> None:
    if key == SEPARATOR:
        menu.addSeparator()
    elif key == PANELS:
        menu.addActions([dock.toggleViewAction() for dock in window.findChildren(QDockWidget)])
    else:
        menu.addAction(actions[key])
