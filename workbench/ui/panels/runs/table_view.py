"""The view of the table of runs: its columns, its selection and its saved layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from workbench.ui.models.run_list_row import Column
from workbench.ui.panels.runs.delegate import PADDING, RunsDelegate
from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.engine.store.run_store import RunSummary
    from workbench.ui.models.run_list_model import RunsModel
    from workbench.ui.style.palette import Palette

ROW_MARGIN: Final = 12
LEAST_HEIGHT: Final = 52
"""Pixels, of the header and a part of a row: Qt's own least height would take the plots' room in a low window."""
NARROWEST, WIDEST = 24, 2_000
"""Limits of the width of a column in pixels."""

SAMPLES: Final = {
    Column.STAR: "★",
    Column.NAME: "Run 10000, a name",
    Column.WHEN: "yesterday 00:00",
    Column.SETTINGS: "Adam · rate 0.001 · batch 128 · seed 1",
    Column.ACCURACY: "Accuracy▲",
    Column.BEST: "MAE 0.000",
    Column.LOSS: "0.00000▲",
    Column.STEPS: "1,000,000",
    Column.TIME: "00:00:00",
    Column.STATE: "⬤⬤ Interrupted",
    Column.PARENT: "Run 1000 @ 100,000",
    Column.NOTE: "a few words of a note on it",
}
"""The text for which each column has room at first."""


class RunsTable(QTableView):
    """Rows of one height, selected as a whole; keeps selection and scroll position when the model changes."""

    def __init__(self, model: RunsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = RunsDelegate(model, self)
        self._kept: tuple[list[str], str | None] = ([], None)
        self.setObjectName("runs_table")
        self.setAccessibleName(self.tr("Runs"))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # A double click opens the run: only the actions for name and note start an editor.
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setMinimumHeight(scaled(LEAST_HEIGHT))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._set_up_headers()
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._delegate.set_palette(palette)
        self.viewport().update()

    def set_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show these runs; the selection and the visible rows stay the same."""
        bar = self.verticalScrollBar()
        top = self.rowAt(0)
        # A user at the very top wants to see new runs.
        anchor = self._model.run_at(top).identity.id if bar.value() > 0 and top >= 0 else None
        offset = self.rowViewportPosition(top) if anchor else 0
        self._model.set_runs(runs)
        if anchor is not None and (place := self._model.row_of(anchor)) is not None:
            self.updateGeometries()
            bar.setValue(place * self.verticalHeader().defaultSectionSize() - offset)

    def selected(self) -> list[str]:
        """The selected runs' ids, from the top down."""
        # By ranges: Qt takes a second for ten thousand rows one by one.
        ranges: Any = self.selectionModel().selection()
        rows = {row for part in ranges for row in range(part.top(), part.bottom() + 1)}
        return [self._model.run_at(row).identity.id for row in sorted(rows)]

    def select(self, runs: Sequence[str], current: str | None = None) -> None:
        """Select those of `runs` that are shown; the keyboard continues from `current`, if it is shown."""
        selection = QItemSelection()
        for row in self._model.rows_of(runs):
            selection.select(self._model.index(row, 0), self._model.index(row, len(Column) - 1))
        flags = QItemSelectionModel.SelectionFlag
        if current is not None and (place := self._model.row_of(current)) is not None:
            index = self._model.index(place, Column.NAME)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.scrollTo(index)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def begin_editing(self, run: str, column: Column) -> None:
        """Open the editor for the name or the note of a run in its cell."""
        if (row := self._model.row_of(run)) is not None:
            index = self._model.index(row, column)
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

    def layout_state(self) -> dict[str, Any]:
        """The widths of the columns and the order of the rows, as plain values."""
        header = self.horizontalHeader()
        return {
            "widths": {column.name.lower(): header.sectionSize(column) for column in Column if column != Column.NOTE},
            "sort": Column(header.sortIndicatorSection()).name.lower(),
            "descending": header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        }

    def restore_layout(self, state: dict[str, Any]) -> None:
        """Restore what `layout_state` returned; invalid entries are ignored."""
        columns = {column.name.lower(): column for column in Column}
        widths = state.get("widths")
        for name, width in widths.items() if isinstance(widths, dict) else ():
            if name in columns and type(width) is int and NARROWEST <= width <= WIDEST:
                self.setColumnWidth(columns[name], width)
        sorted_by = columns.get(str(state.get("sort")))
        if sorted_by is not None:
            order = Qt.SortOrder.DescendingOrder if state.get("descending") else Qt.SortOrder.AscendingOrder
            self.sortByColumn(sorted_by, order)

    def _keep_selection(self) -> None:
        index = self.currentIndex()
        current = self._model.run_at(index.row()).identity.id if index.isValid() else None
        self._kept = (self.selected(), current)

    def _restore_selection(self) -> None:
        self.select(*self._kept)

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        # To compute a height for each of ten thousand rows takes seconds.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + scaled(ROW_MARGIN))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # A selection of its own, empty: after Ctrl+A it would ask each of 120,000 cells whether it is selected.
        header.setSelectionModel(QItemSelectionModel(self._model, self))
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(NARROWEST)
        for column, sample in SAMPLES.items():
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance(sample) + 3 * scaled(PADDING))
        header.setSectionResizeMode(Column.STAR, QHeaderView.ResizeMode.Fixed)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.WHEN, Qt.SortOrder.DescendingOrder)
