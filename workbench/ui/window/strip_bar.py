"""A bar across the window's whole width, above the status bar, for one low panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMargins, Qt
from PySide6.QtWidgets import QToolBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget

MARGINS: Final = QMargins(1, 1, 1, 1)
"""All the same: Qt takes the left one for the top one where they differ."""


class StripBar(QToolBar):
    """Holds the panel; shown until `set_on` says otherwise.

    A stored arrangement of the docks also says which tool bars were visible. This one is the same in all of them, so
    what an arrangement says about it is passed over.
    """

    def __init__(self, panel: QWidget, window: QMainWindow) -> None:
        super().__init__(panel.accessibleName(), window)
        self._is_on = True
        self.setObjectName(f"{panel.objectName()}_bar")
        self.setMovable(False)
        # It is switched by an action of its own.
        self.toggleViewAction().setVisible(False)
        self.addWidget(panel)
        window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self)

    def set_on(self, is_on: bool) -> None:
        """Show the bar, or hide it."""
        self._is_on = is_on
        self.setVisible(is_on)

    def event(self, event: QEvent) -> bool:
        """Keep the margins: Qt gives a tool bar those of the style with each new style and at its first show."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.Polish, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            layout = self.layout()
            if layout is not None and layout.contentsMargins() != MARGINS:
                layout.setContentsMargins(MARGINS)
        return handled

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        """Show or hide it as `set_on` has said."""
        del visible
        super().setVisible(self._is_on)
