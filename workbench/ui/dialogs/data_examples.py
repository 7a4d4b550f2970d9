"""Examples from files of the user's own: pictures with their labels, or the first rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStackedWidget, QTableWidget, QTableWidgetItem

from workbench.ui.style.array_images import image_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.own_files.description import DataDescription

SIDE: Final = 56
MOST_COLUMNS: Final = 200
WIDEST: Final = 160
ROW_MARGIN: Final = 6


class DataExamples(QStackedWidget):
    """Nothing at first, then pictures or rows.

    Attributes:
        has_any: whether there are examples.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.has_any = False
        self._pictures = QListWidget(self)
        self._pictures.setObjectName("data_pictures")
        self._pictures.setAccessibleName(self.tr("Examples"))
        self._pictures.setViewMode(QListView.ViewMode.IconMode)
        self._pictures.setResizeMode(QListView.ResizeMode.Adjust)
        self._pictures.setMovement(QListView.Movement.Static)
        self._pictures.setIconSize(QSize(SIDE, SIDE))
        self._pictures.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self._pictures.setUniformItemSizes(True)
        self._pictures.setWordWrap(False)
        self._table = QTableWidget(self)
        self._table.setObjectName("data_rows")
        self._table.setAccessibleName(self.tr("First rows"))
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.horizontalHeader().setMaximumSectionSize(WIDEST)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + ROW_MARGIN)
        self.addWidget(self._pictures)
        self.addWidget(self._table)

    def show_description(self, found: DataDescription) -> None:
        """Show the examples of `found`."""
        if len(found.example_images):
            self._show_pictures(found)
        elif found.example_rows:
            self._show_rows(found)
        self.has_any = bool(len(found.example_images) or found.example_rows)

    def _show_pictures(self, found: DataDescription) -> None:
        self._pictures.clear()
        width = self._pictures.fontMetrics().horizontalAdvance("x" * 10)
        for array, label in zip(found.example_images, found.example_labels, strict=False):
            image = image_of(array).scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio)
            text = self._pictures.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, width)
            item = QListWidgetItem(QIcon(QPixmap.fromImage(image)), text)
            item.setToolTip(label)
            self._pictures.addItem(item)
        self.setCurrentWidget(self._pictures)

    def _show_rows(self, found: DataDescription) -> None:
        columns = found.columns[:MOST_COLUMNS]
        table = self._table
        table.clear()
        table.setRowCount(len(found.example_rows))
        table.setColumnCount(len(columns))
        table.setHorizontalHeaderLabels([column.name for column in columns])
        bold = QFont(table.font())
        bold.setBold(True)
        for row, cells in enumerate(found.example_rows):
            for place, (cell, column) in enumerate(zip(cells, columns, strict=False)):
                item = QTableWidgetItem(cell)
                item.setToolTip(cell)
                if column.role == "label":
                    item.setFont(bold)
                elif column.role == "unused":
                    item.setForeground(self.palette().placeholderText())
                table.setItem(row, place, item)
        table.resizeColumnsToContents()
        self.setCurrentWidget(table)
