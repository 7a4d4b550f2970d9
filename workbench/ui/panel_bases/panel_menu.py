"""The menu of a panel: copy or save what it shows, as a picture or as a table."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from workbench.ui.style.icons import icon
from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.ui.panel_bases.docked_panel import DockedPanel
    from workbench.ui.style.palette import Palette

SIDE: Final = 22
MARGIN: Final = 4


class PanelExport(Enum):
    """What can be taken out of a panel."""

    COPY_PICTURE = "copy_picture"
    SAVE_PICTURE = "save_picture"
    COPY_TABLE = "copy_table"
    SAVE_TABLE = "save_table"


class PanelMenu(QObject):
    """A button in the corner of a panel, seen while the pointer is over the panel, and the panel's context menu.

    Args:
        panel: owns it.
    """

    export_requested = Signal(object)
    """A `PanelExport`."""

    def __init__(self, panel: DockedPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._button = QToolButton(panel)
        self._button.setObjectName(f"{panel.objectName()}_menu_button")
        self._button.setAccessibleName(self.tr("Copy or save"))
        self._button.setToolTip(self.tr("Copy or save what is shown here."))
        self._button.setFixedSize(scaled(SIDE), scaled(SIDE))
        self._button.setIconSize(QSize(SIDE - 6, SIDE - 6))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(lambda: self.show_at(self._button.mapToGlobal(QPoint(0, scaled(SIDE)))))
        self._button.hide()
        panel.installEventFilter(self)

    def set_palette(self, palette: Palette) -> None:
        """Draw the button in this theme."""
        self._button.setIcon(icon("more", palette.text, disabled=palette.text_disabled))

    def show_at(self, place: QPoint) -> None:
        """Open the menu at this place of the screen."""
        menu = self.menu(self._panel)
        menu.popup(place)
        menu.aboutToHide.connect(menu.deleteLater)

    def menu(self, parent: QWidget) -> QMenu:
        """The menu, with what is possible now."""
        menu = QMenu(parent)
        has_contents = not self._panel.text
        has_table = has_contents and self._panel.table() is not None
        for export, text, is_possible in (
            (PanelExport.COPY_PICTURE, self.tr("Copy picture"), has_contents),
            (PanelExport.SAVE_PICTURE, self.tr("Save picture…"), has_contents),
            (PanelExport.COPY_TABLE, self.tr("Copy table"), has_table),
            (PanelExport.SAVE_TABLE, self.tr("Save table…"), has_table),
        ):
            action = menu.addAction(text)
            action.setObjectName(export.value)
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _checked=False, export=export: self.export_requested.emit(export))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Show the button while the pointer is over the panel."""
        match event.type():
            case QEvent.Type.Enter:
                self._button.setVisible(not self._panel.text)
                self._button.raise_()
            case QEvent.Type.Leave:
                self._button.hide()
            case QEvent.Type.Resize:
                self._button.move(self._panel.width() - scaled(SIDE) - MARGIN, MARGIN)
        return super().eventFilter(watched, event)
