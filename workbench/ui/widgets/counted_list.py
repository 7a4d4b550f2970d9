"""A short list of things with a number each, one of which can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTableView

from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

ROW_MARGIN: Final = 6
ROWS_WANTED: Final = 4
_KEY: Final = Qt.ItemDataRole.UserRole


class CountedRow(NamedTuple):
    """A row of the list.

    Attributes:
        key: what is chosen with it.
        text: plain, elided where the room is too small.
        number: at the right.
        tip: a sentence with more.
    """

    key: object
    text: str
    number: str
    tip: str


class CountedList(QTableView):
    """Rows of a text and a number; a click or Enter chooses one, and once more none."""

    chosen = Signal(object)
    """The key of the row that the user chose; None for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[CountedRow] = []
        self._chosen: object = None
        self._items = QStandardItemModel(0, 2, self)
        self.setModel(self._items)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(self._row_height)
        self.verticalHeader().setDefaultSectionSize(self._row_height)
        self.clicked.connect(self._choose)

    def show_rows(self, rows: Sequence[CountedRow]) -> None:
        """Show these."""
        if list(rows) == self._rows:
            return
        self._rows = list(rows)
        self._items.setRowCount(0)
        strong = QFont(self.font())
        strong.setBold(True)
        for row in self._rows:
            text, number = QStandardItem(row.text), QStandardItem(row.number)
            number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setFont(strong)
            for item in (text, number):
                item.setToolTip(plain_tool_tip(row.tip))
            self._items.appendRow([text, number])
        self.set_chosen(self._chosen)

    def set_chosen(self, key: object) -> None:
        """Mark the row with this key, if there is one; no signal is emitted."""
        self._chosen = key
        place = next((place for place, row in enumerate(self._rows) if row.key == key), None)
        if place is None:
            self.clearSelection()
        else:
            self.setCurrentIndex(self._items.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Choose with Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a few rows."""
        return QSize(super().sizeHint().width(), ROWS_WANTED * self._row_height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for two rows."""
        return QSize(80, 2 * self._row_height + 2 * self.frameWidth())

    @property
    def _row_height(self) -> int:
        return self.fontMetrics().height() + scaled(ROW_MARGIN)

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        key = self._rows[index.row()].key
        self.chosen.emit(None if key == self._chosen else key)
        # A click selects a row, also one that is chosen no more.
        self.set_chosen(self._chosen)
