"""The tool bar: the workspaces, the run, the weights. Where it has no room for all texts, some buttons show icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QToolBar, QToolButton

from workbench.ui.actions.action_rows import ACTIONS, RESUME, translated
from workbench.ui.actions.menu_lists import ICON_ONLY, ICON_ONLY_WHERE_NARROW, SEPARATOR, TOOL_BAR
from workbench.ui.actions.qactions import FILLED_BUTTONS, set_text
from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction, QResizeEvent
    from PySide6.QtWidgets import QMainWindow

_TEXT = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_ICON = Qt.ToolButtonStyle.ToolButtonIconOnly


class ToolBar(QToolBar):
    """Made from `TOOL_BAR`; its buttons are named by their action's key and `_button`.

    Args:
        actions: by key.
        window: gets the tool bar.
    """

    def __init__(self, actions: Mapping[str, QAction], window: QMainWindow) -> None:
        super().__init__(QCoreApplication.translate("MainWindow", "Tools"), window)
        self._actions = actions
        self._wide = 0
        self.setObjectName("tool_bar")
        self.setMovable(False)
        self.setIconSize(QSize(scaled(18), scaled(18)))
        self.setToolButtonStyle(_TEXT)
        # The user must not hide it: without the tool bar, Train is hard to find.
        self.toggleViewAction().setEnabled(False)
        window.addToolBar(self)
        for key in TOOL_BAR:
            if key == SEPARATOR:
                self.addSeparator()
                continue
            self.addAction(actions[key])
            button = self._button(key)
            button.setObjectName(f"{key}_button")
            # Set before the first show: the stylesheet reads it then.
            if variant := FILLED_BUTTONS.get(key):
                button.setProperty(variant, True)
            if key in ICON_ONLY:
                button.setToolButtonStyle(_ICON)

    def keep_widths(self) -> None:
        """Make the button of `pause` wide enough for both of its texts, so that the buttons beside it never move.

        Call it after the icons are set.
        """
        action, button = self._actions["pause"], self._button("pause")
        text, widths = action.text(), []
        button.ensurePolished()
        for each in (translated(ACTIONS["pause"].text), translated(RESUME[0])):
            set_text(action, each)
            widths.append(button.sizeHint().width())
        set_text(action, text)
        button.setMinimumWidth(max(widths))
        self._wide = self.sizeHint().width()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the texts for which there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        style = _ICON if self._wide > self.width() else _TEXT
        for key in ICON_ONLY_WHERE_NARROW:
            if self._button(key).toolButtonStyle() is not style:
                self._button(key).setToolButtonStyle(style)

    def _button(self, key: str) -> QToolButton:
        button = self.widgetForAction(self._actions[key])
        assert isinstance(button, QToolButton)
        return button
