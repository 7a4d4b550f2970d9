"""The legend of a header that has no room for it: a button whose menu names the traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QToolButton

from workbench.ui.plotting.legend.legend_button import HeaderButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.ui.plotting.legend.legend_button import LegendButton


class LegendMenu(HeaderButton):
    """Stands for some `LegendButton`s: each is an entry of its menu, with its swatch and its text.

    Args:
        name: the object name.
        parent: Qt's parent.

    Attributes:
        switches: those that the menu offers when it is opened next.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        text = QCoreApplication.translate("LegendMenu", "Legend")
        tip = QCoreApplication.translate("LegendMenu", "Read which curve is which, and show or hide one")
        super().__init__(name, text, tip, parent, checkable=False)
        self.switches: Sequence[LegendButton] = ()
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for switch in self.switches:
            action = menu.addAction(QIcon(switch.picture()), switch.text())
            action.setToolTip(switch.toolTip())
            action.setCheckable(True)
            action.setChecked(switch.isChecked())
            action.toggled.connect(switch.setChecked)
