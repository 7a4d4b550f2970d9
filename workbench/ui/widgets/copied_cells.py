"""Ctrl+C in a table: its cells as text, ready to be pasted into a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence

from workbench.engine.files.csv_table import csv_text
from workbench.ui.text.numbers import with_hyphens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QTableView


def let_copy(table: QTableView) -> list[QAction]:
    """Let the user copy the selected rows, or all of them, with their headers; returns the actions for its menu."""
    translate = QCoreApplication.translate
    selected = QAction(translate("Tables", "Copy"), table)
    selected.setObjectName("copy_rows")
    selected.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    selected.triggered.connect(lambda: copy_rows(table, selected_rows(table) or range(table.model().rowCount())))
    whole = QAction(translate("Tables", "Copy the whole table"), table)
    whole.setObjectName("copy_table")
    whole.triggered.connect(lambda: copy_rows(table, range(table.model().rowCount())))
    for action in (selected, whole):
        # Not in the line edit of a cell: there the key copies its text.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        table.addAction(action)
    return [selected, whole]


def selected_rows(table: QTableView) -> list[int]:
    """The rows in which anything is selected, from the top."""
    return sorted({index.row() for index in table.selectionModel().selectedIndexes()})


def copy_rows(table: QTableView, rows: Iterable[int]) -> None:
    """Put these rows on the clipboard, as columns with tabs between them, in the order that is seen."""
    QGuiApplication.clipboard().setText(csv_text(cells(table, rows), delimiter="\t"))


def cells(table: QTableView, rows: Iterable[int]) -> list[list[str]]:
    """The titles of the columns that are seen, then the texts of these rows."""
    model, header = table.model(), table.horizontalHeader()
    shown = [header.logicalIndex(place) for place in range(header.count())]
    shown = [column for column in shown if not table.isColumnHidden(column)]
    across = Qt.Orientation.Horizontal
    titles = [
        _text(model.headerData(column, across)) or _text(model.headerData(column, across, _SPOKEN)) for column in shown
    ]
    return [titles, *([_cell(model, row, column) for column in shown] for row in rows)]


_SPOKEN = Qt.ItemDataRole.AccessibleTextRole.value


def _cell(model: QAbstractItemModel, row: int, column: int) -> str:
    """What is read in a cell; what a screen reader is told of one that is painted."""
    index = model.index(row, column)
    return with_hyphens(_text(index.data()) or _text(index.data(_SPOKEN)))


def _text(value: object) -> str:
    return "" if value is None else str(value)
