"""The menu bar, made from the list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workbench.ui.actions.action_rows import translated
from workbench.ui.actions.menu_lists import MENUS, PANELS, RECENT_FILES, SEPARATOR, SUBMENUS
from workbench.ui.actions.mnemonics import keep_mnemonics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow


def fill_menus(window: QMainWindow, actions: Mapping[str, QAction], panels: Sequence[QAction]) -> None:
    """Make the menu bar from `MENUS`; `panels` show and hide the panels."""
    for title, keys in MENUS:
        menu = window.menuBar().addMenu(translated(title))
        menu.setToolTipsVisible(True)
        keep_mnemonics(menu)
        for key in keys:
            if key == SEPARATOR:
                menu.addSeparator()
            elif key == PANELS:
                submenu = menu.addMenu(QCoreApplication.translate("MainWindow", "Panels"))
                submenu.setObjectName(PANELS)
                keep_mnemonics(submenu)
                submenu.addActions(panels)
            elif key in SUBMENUS:
                submenu_title, submenu_keys = SUBMENUS[key]
                submenu = menu.addMenu(translated(submenu_title))
                submenu.setToolTipsVisible(True)
                keep_mnemonics(submenu)
                submenu.addActions([actions[each] for each in submenu_keys])
            elif key == RECENT_FILES:
                recent = menu.addMenu(QCoreApplication.translate("MainWindow", "Recent files"))
                recent.setObjectName(RECENT_FILES)
            else:
                menu.addAction(actions[key])
