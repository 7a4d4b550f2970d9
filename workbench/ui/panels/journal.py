"""The journal of the current run: every entry, who asked for it and when, with a note; and a way to go to its step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.engine.history.journal_entries import LONGEST_NOTE
from workbench.ui.models.journal_model import Column, Entry, JournalModel, entries_of
from workbench.ui.style.icons import icon
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.copied_cells import let_copy
from workbench.ui.widgets.empty_message import EmptyMessage
from workbench.ui.widgets.end_follower import EndFollower

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from workbench.engine.history.history import History
    from workbench.engine.history.records import JournalEntry
    from workbench.ui.style.palette import Palette

ROW_MARGIN: Final = 12
LEAST_HEIGHT: Final = 52
"""Pixels, of the header and a part of a row: Qt's own least height would take the plots' room in a low window."""
PADDING: Final = 16
SAMPLES: Final = {
    Column.STEP: "100,000",
    Column.EPOCH: "Epoch",
    Column.WHAT: "⬤ Divergence guard",
    Column.HOW: "0.001 → 0.0001",
    Column.WHO: "Command line",
    Column.WHEN: "30 Mar 14:05",
}
"""Each column is as wide as its sample; the last column takes the rest."""
LEAST_NOTE: Final = 90
"""Pixels of the column of notes where the panel is narrow."""
LEAST_EDITOR: Final = 260
"""Pixels of the line in which a note is typed: it may cover the cells to the left."""


class JournalPanel(QWidget):
    """A table that grows with the run, and keeps the last entry that has happened in sight unless the user scrolls.

    Attributes:
        jump_requested: the user wants the run at this step.
        note_edited: the user wants this note on this entry.
    """

    # Not int: steps of a run resumed for weeks pass 2^31, where Qt's own would overflow.
    jump_requested = Signal(object)
    note_edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal")
        self._history: History | None = None
        self._future: History | None = None
        self._known: tuple[object, ...] = ()
        self._can_jump = True
        self._model = JournalModel(self)
        self._model.note_edited.connect(self.note_edited)
        self._table = self._create_table()
        self._follower = EndFollower(self._table, self._sees_current, self._show_current)
        self._go = QAction(self.tr("Go there"), self)
        self._go.setObjectName("journal_go")
        self._go.setToolTip(plain_tool_tip(self.tr("Go to the selected step, just before its change.")))
        self._go.setShortcuts([QKeySequence("Return"), QKeySequence("Enter")])
        self._go.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._go.triggered.connect(self._jump)
        self._table.addAction(self._go)
        self._edit = QAction(self.tr("Write a note"), self)
        self._edit.setObjectName("journal_note")
        self._edit.setToolTip(plain_tool_tip(self.tr("Write a note on the selected entry, or change it.")))
        self._edit.setShortcut(QKeySequence("F2"))
        self._edit.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._edit.triggered.connect(self._edit_note)
        self._table.addAction(self._edit)
        let_copy(self._table)
        self._empty = EmptyMessage(
            "journal_empty",
            "note",
            self.tr(
                "Each change during a run is listed here. Double-click one to go to the step before it, or its note to "
                "write one."
            ),
            self,
        )
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._with_buttons())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self._table.doubleClicked.connect(self._on_double_clicked)
        self._table.selectionModel().selectionChanged.connect(self._update_go)
        self._update_go()

    def set_history(self, history: History | None, future: History | None = None) -> None:
        """Show the journal of this run; the training thread may still append to it.

        Args:
            history: of the run; None without a run.
            future: see `set_future`.
        """
        if history is not self._history:
            self._history = history
            self._model.set_entries([])
            self._follower.begin()
        self.set_future(future)

    def set_future(self, history: History | None) -> None:
        """Show the recorded changes after the current step, which will be made again; None without any."""
        self._future = history
        self._known = ()
        self.refresh()

    def show_note(self) -> None:
        """An entry has another note: show it."""
        self._known = ()
        self.refresh()

    def refresh(self) -> None:
        """Show what is new; this costs almost nothing when nothing is new."""
        history, future = self._history, self._future
        known = () if history is None else self._state(history, future)
        if known == self._known and known:
            return
        self._known = known
        self._show_entries([] if history is None else entries_of(history, future))
        self._pages.setCurrentIndex(1 if self._model.rowCount() else 0)
        self._update_go()

    def set_can_jump(self, can_jump: bool) -> None:
        """Set whether the run can go to another step now."""
        self._can_jump = can_jump
        self._update_go()

    def set_can_annotate(self, can_annotate: bool) -> None:
        """Set whether there is a run whose entries can have notes."""
        self._model.can_annotate = can_annotate
        self._update_go()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._model.set_palette(palette)
        self._empty.set_palette(palette)
        self._go.setIcon(icon("go_there", palette.text_muted, disabled=palette.text_disabled))
        self._edit.setIcon(icon("rename", palette.text_muted, disabled=palette.text_disabled))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where not all columns have room, leave out the epoch: who asked is worth more than what the step says."""
        super().resizeEvent(event)
        self._table.setColumnHidden(Column.EPOCH, self.width() < sum(map(self._width_of, SAMPLES)) + scaled(LEAST_NOTE))

    @staticmethod
    def _state(history: History, future: History | None) -> tuple[object, ...]:
        """A key that changes with the journal, found without making rows: the training thread only appends and cuts."""
        changes, incidents, starts = history.changes, history.incidents, history.epoch_starts
        refusals = history.refusals
        # Which changes are still ahead depends on the current step; without a future it does not matter.
        return (
            len(changes),
            changes[-1:],
            len(incidents),
            incidents[-1:],
            len(refusals),
            refusals[-1:],
            len(starts),
            None if future is None else sum(change.step >= len(history) for change in future.changes),
        )

    def _show_entries(self, entries: list[Entry]) -> None:
        """Show these entries: with the same one selected, and those that the user reads above the end in their place.

        An entry is the same whether it has happened or will be made again, though its row is another one.
        """
        with self._follower.held():
            seen, selected = self._seen(), self._selected()
            self._model.set_entries(entries)
            self._table.doItemsLayout()
            rows = {entry.record: row for row, entry in enumerate(entries)}
            if selected is not None and self._selected() != selected:
                self._select(rows.get(selected))
            place = next((place for place in seen if place[0] in rows), None)
            if not self._follower.follows and place is not None:
                bar = self._table.verticalScrollBar()
                bar.setValue(bar.value() + self._table.rowViewportPosition(rows[place[0]]) - place[1])
        self._follower.update()

    def _seen(self) -> list[tuple[JournalEntry, int]]:
        """The entries that are seen and where, in pixels below the upper edge."""
        first, last = self._table.rowAt(0), self._table.rowAt(self._table.viewport().height() - 1)
        seen = range(max(first, 0), (last if last >= 0 else self._model.rowCount() - 1) + 1)
        return [(self._model.entries[row].record, self._table.rowViewportPosition(row)) for row in seen]

    def _selected(self) -> JournalEntry | None:
        rows = self._table.selectionModel().selectedRows()
        return self._model.entries[rows[0].row()].record if rows else None

    def _select(self, row: int | None) -> None:
        if row is None:
            self._table.selectionModel().clear()
        else:
            self._table.selectRow(row)

    def _current(self) -> QModelIndex:
        """The last entry that has happened; the first of all where none has."""
        done = sum(not entry.ahead for entry in self._model.entries)
        return self._model.index(max(done - 1, 0), 0)

    def _sees_current(self) -> bool:
        middle = self._table.visualRect(self._current()).center().y()
        return not self._model.rowCount() or 0 <= middle <= self._table.viewport().height()

    def _show_current(self) -> None:
        if self._model.rowCount():
            self._table.scrollTo(self._current())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() != Column.NOTE:
            self._jump()

    def _edit_note(self) -> None:
        rows = self._table.selectionModel().selectedRows(Column.NOTE)
        if rows and self._model.can_annotate:
            self._table.setCurrentIndex(rows[0])
            self._table.scrollTo(rows[0])
            self._table.edit(rows[0])

    def _jump(self) -> None:
        rows = self._table.selectionModel().selectedRows()
        if rows and self._can_jump:
            self.jump_requested.emit(self._model.entries[rows[0].row()].step)

    def _update_go(self) -> None:
        has_selection = self._table.selectionModel().hasSelection()
        self._go.setEnabled(self._can_jump and has_selection)
        self._edit.setEnabled(self._model.can_annotate and has_selection)

    def _with_buttons(self) -> QWidget:
        page = QWidget(self)
        # Beside the table, not above it: a row of buttons would take the place of two entries.
        column = QVBoxLayout()
        column.setSpacing(2)
        for action in (self._go, self._edit):
            button = QToolButton(self)
            button.setObjectName(f"{action.objectName()}_button")
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            # Without its text, as the buttons beside the log: the panel is narrow at first.
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            column.addWidget(button)
        column.addStretch()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._table)
        layout.addLayout(column)
        return page

    def _width_of(self, column: Column) -> int:
        return self.fontMetrics().horizontalAdvance(SAMPLES[column]) + scaled(PADDING)

    def _create_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("journal_table")
        table.setAccessibleName(self.tr("Journal"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        table.setItemDelegateForColumn(Column.NOTE, _NoteDelegate(table))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setMinimumHeight(scaled(LEAST_HEIGHT))
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(table.fontMetrics().height() + scaled(ROW_MARGIN))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column in SAMPLES:
            table.setColumnWidth(column, self._width_of(column))
        table.setColumnWidth(Column.NOTE, scaled(LEAST_NOTE))
        return table


class _NoteDelegate(QStyledItemDelegate):
    """Edits a note in its cell."""

    def createEditor(  # noqa: N802
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """A line that takes as many characters as a note has."""
        editor = QLineEdit(parent)
        editor.setObjectName("journal_note_editor")
        editor.setAccessibleName(self.tr("Note"))
        editor.setToolTip(plain_tool_tip(self.tr("A note of at most {count} characters.").format(count=LONGEST_NOTE)))
        editor.setMaxLength(LONGEST_NOTE)
        return editor

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Give it room for a few words, also where the column has none."""
        super().updateEditorGeometry(editor, option, index)
        place = editor.geometry()
        place.setLeft(max(0, min(place.left(), place.right() - scaled(LEAST_EDITOR))))
        editor.setGeometry(place)
