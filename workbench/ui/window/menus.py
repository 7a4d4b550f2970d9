"""The menu bar and the tool bar, made from the lists of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QToolBar, QToolButton

from workbench.ui.actions.action_rows import ACTIONS, RESUME, translated
from workbench.ui.actions.menu_lists import ICON_ONLY, MENUS, PANELS, RECENT_DATA, SEPARATOR, TOOL_BAR
from workbench.ui.actions.qactions import FILLED_BUTTONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow


def fill_menus(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Make the menu bar from `MENUS`."""
    for title, keys in MENUS:
        menu = window.menuBar().addMenu(translated(title))
        menu.setToolTipsVisible(True)
        for key in keys:
            if key == SEPARATOR:
                menu.addSeparator()
            elif key == PANELS:
                menu.addActions([dock.toggleViewAction() for dock in window.findChildren(QDockWidget)])
            elif key == RECENT_DATA:
                menu.addMenu(QCoreApplication.translate("MainWindow", "Recent data sets")).setObjectName(RECENT_DATA)
            else:
                menu.addAction(actions[key])


def fill_tool_bar(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Make the tool bar from `TOOL_BAR`; its buttons are named by their action's key and `_button`."""
    bar = QToolBar(QCoreApplication.translate("MainWindow", "Tools"), window)
    bar.setObjectName("tool_bar")
    bar.setMovable(False)
    bar.setIconSize(QSize(18, 18))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    # The user must not hide it: without the tool bar, Train is hard to find.
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
            if key in ICON_ONLY:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)


def keep_widths(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Make the button of `pause` wide enough for both of its texts, so that the buttons beside it never move.

    Call it after the icons are set.
    """
    action = actions["pause"]
    button = window.findChild(QToolButton, "pause_button")
    assert button is not None
    text, widths = action.text(), []
    button.ensurePolished()
    for each in (translated(ACTIONS["pause"].text), translated(RESUME[0])):
        action.setText(each)
        widths.append(button.sizeHint().width())
    action.setText(text)
    button.setMinimumWidth(max(widths))
