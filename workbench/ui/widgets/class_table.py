"""A table of the classes with their figures, some of which can be chosen."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from workbench.ui.style.zoom import scaled
from workbench.ui.text.column_header import ColumnHeader
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.figure_texts import figure_text, share_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.analysis.classification import ClassFigures

    Index = QModelIndex | QPersistentModelIndex

ROW_MARGIN: Final = 6
LEAST_LETTERS: Final = 12
UNDEFINED_PLACE: Final = 2.0
"""Where a figure that is not defined is sorted to: behind the best."""
NO_INDEX: Final = QModelIndex()
_SORTED_BY: Final = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    """The columns, in the order of the table."""

    NAME = 0
    RECALL = 1
    PRECISION = 2
    F1 = 3
    SAMPLES = 4


SAMPLES: Final = {Column.RECALL: "100.0%", Column.PRECISION: "100.0%", Column.F1: "0.999", Column.SAMPLES: "10,000"}
"""The widest texts of the numbers."""
PADDING: Final = 22


class ClassTable(QTableView):
    """A row for each class; a click or Space chooses it, and once more not. A click on a header sorts."""

    chosen_changed = Signal()
    """The user chose other classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Rows(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_SORTED_BY)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.MultiSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(self._row_height)
        rows.setDefaultSectionSize(self._row_height)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Fixed)
        # Qt's own width leaves room for the arrow of the sorted column in each.
        for column, sample in SAMPLES.items():
            texts = (sample, self._model.headerData(column, Qt.Orientation.Horizontal))
            width = max(map(self.fontMetrics().horizontalAdvance, texts)) + scaled(PADDING)
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)

    def show_figures(self, names: tuple[str, ...], figures: ClassFigures) -> None:
        """Show the figures of the classes `names`; where they are the same classes, the chosen ones stay chosen."""
        self._model.show_figures(names, figures)
        self._fit_names()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give the names what the numbers leave."""
        super().resizeEvent(event)
        self._fit_names()

    def _fit_names(self) -> None:
        """The names have the rest of the width, and where that is too small, room for some letters."""
        numbers = sum(self.columnWidth(column) for column in Column if column is not Column.NAME)
        least = LEAST_LETTERS * self.fontMetrics().averageCharWidth()
        self.setColumnWidth(Column.NAME, max(least, self.viewport().width() - numbers))

    @property
    def chosen(self) -> list[int]:
        """The labels of the chosen classes, ascending."""
        rows = self.selectionModel().selectedRows()
        return sorted(self._sorted.mapToSource(index).row() for index in rows)

    def set_chosen(self, labels: Iterable[int]) -> None:
        """Choose these classes and no others."""
        self.clearSelection()
        for label in labels:
            self.selectRow(self._sorted.mapFromSource(self._model.index(label, 0)).row())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a few rows."""
        return QSize(super().sizeHint().width(), 6 * self._row_height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the header and two rows."""
        return QSize(120, 3 * self._row_height + 2 * self.frameWidth())

    @property
    def _row_height(self) -> int:
        return self.fontMetrics().height() + scaled(ROW_MARGIN)


class _Rows(QAbstractTableModel):
    """By label."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._figures: ClassFigures | None = None
        self._headers = self._make_headers()

    def show_figures(self, names: tuple[str, ...], figures: ClassFigures) -> None:
        if names == self._names:
            self._figures = figures
            self.dataChanged.emit(self.index(0, 0), self.index(len(names) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._names, self._figures = names, figures
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        label, column = index.row(), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(label, column)
            case _ if role == _SORTED_BY:
                number = self._number(label, column)
                return UNDEFINED_PLACE if math.isnan(number) else number
            case Qt.ItemDataRole.ToolTipRole if column is Column.NAME:
                return plain_tool_tip(self._names[label])
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._headers[column].alignment
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        return self._headers[Column(section)].data(role)

    def _text(self, label: int, column: Column) -> str:
        assert self._figures is not None
        match column:
            case Column.NAME:
                return self._names[label]
            case Column.SAMPLES:
                return f"{int(self._figures.support[label]):,}"
            case Column.F1:
                return figure_text(float(self._figures.f1[label]))
        return share_text(self._number(label, column))

    def _number(self, label: int, column: Column) -> float:
        """What the column is sorted by; NaN where it is not defined."""
        assert self._figures is not None
        match column:
            case Column.NAME:
                return label
            case Column.RECALL:
                return float(self._figures.recall[label])
            case Column.PRECISION:
                return float(self._figures.precision[label])
            case Column.F1:
                return float(self._figures.f1[label])
        return int(self._figures.support[label])

    def _make_headers(self) -> dict[Column, ColumnHeader]:
        recall = self.tr("Of the samples of the class, the share that is recognised.")
        precision = self.tr("Of the samples that are predicted as the class, the share that is of it.")
        f1 = self.tr("The harmonic mean of recall and precision: it is high only if both are.")
        samples = self.tr("Test samples of the class, also called its support.")
        return {
            Column.NAME: ColumnHeader(self.tr("Class"), self.tr("The classes, by label."), is_number=False),
            Column.RECALL: ColumnHeader(self.tr("Recall"), recall),
            Column.PRECISION: ColumnHeader(self.tr("Precision"), precision),
            Column.F1: ColumnHeader(self.tr("F1"), f1),
            Column.SAMPLES: ColumnHeader(self.tr("Samples"), samples),
        }
