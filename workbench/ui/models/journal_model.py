"""The journal of the current run as rows: changes and incidents by step, then the changes that will be made again."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.history.records import Change, Incident
from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import label_of, plain_tool_tip
from workbench.ui.text.numbers import format_value
from workbench.ui.text.run_texts import loss_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from workbench.engine.history.history import History
    from workbench.engine.history.records import EpochStart
    from workbench.ui.style.palette import Palette

Index = QModelIndex | QPersistentModelIndex

_DISPLAY = Qt.ItemDataRole.DisplayRole
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns, in the order of the table."""

    STEP = 0
    EPOCH = 1
    WHAT = 2
    HOW = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the journal.

    Attributes:
        record: what happened.
        epoch: the epoch of its step, from 1; 0 before the first epoch.
        ahead: whether it is recorded after the present step, so that it will be made again.
    """

    record: Change | Incident
    epoch: int
    ahead: bool = False

    @property
    def step(self) -> int:
        """The step that a jump to it goes to: just before a change, or the step to which the guard went back."""
        return _step_of(self.record)


def entries_of(history: History, future: History | None) -> list[Entry]:
    """All rows, by step; at one step, an incident comes before the changes made because of it."""
    done: list[Change | Incident] = sorted([*history.incidents, *history.changes], key=_place)
    entries = [Entry(record, _epoch(history.epoch_starts, record)) for record in done]
    if future is None:
        return entries
    present, made = len(history), set(history.changes)
    ahead = [change for change in future.changes if change.step >= present and change not in made]
    return entries + [Entry(change, _epoch(future.epoch_starts, change), ahead=True) for change in ahead]


class JournalModel(QAbstractTableModel):
    """The rows as a table: step, epoch, what was changed, old and new value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._palette: Palette | None = None

    @property
    def entries(self) -> Sequence[Entry]:
        """The rows."""
        return self._entries

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """One for each entry."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """One for each of `Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The title of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == _DISPLAY:
            return (self.tr("Step"), self.tr("Epoch"), self.tr("What"), self.tr("How"))[section]
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The text, tool tip, colour or icon of a cell."""
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], index.column()
        if role == _DISPLAY:
            return self._text(entry, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(self._tip(entry))
        if self._palette is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(entry, column, self._palette)
        if role == Qt.ItemDataRole.DecorationRole and column == Column.WHAT and isinstance(entry.record, Incident):
            return icon("warning", self._palette.warning)
        return None

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(Column) - 1))

    def set_entries(self, entries: list[Entry]) -> None:
        """Show these rows; unchanged rows at the start and the end keep their selection."""
        old = self._entries
        same = _common(old, entries)
        same_end = _common(old[same:][::-1], entries[same:][::-1])
        if same + same_end < len(old):
            self.beginRemoveRows(QModelIndex(), same, len(old) - same_end - 1)
            self._entries = old[:same] + old[len(old) - same_end :]
            self.endRemoveRows()
        if same + same_end < len(entries):
            self.beginInsertRows(QModelIndex(), same, len(entries) - same_end - 1)
            self._entries = entries
            self.endInsertRows()

    def _text(self, entry: Entry, column: int) -> str:
        if column == Column.STEP:
            return f"{entry.step:,}"
        if column == Column.EPOCH:
            return str(entry.epoch) if entry.epoch else ""
        record = entry.record
        if isinstance(record, Incident):
            if column == Column.WHAT:
                return self.tr("Divergence guard")
            return self.tr("loss {loss} at step {step}").format(loss=loss_text(record.loss), step=f"{record.step:,}")
        row = TABLE[record.name]
        if column == Column.WHAT:
            return label_of(row)
        template = self.tr("again: {old} → {new}") if entry.ahead else self.tr("{old} → {new}")
        return template.format(old=format_value(row, record.old), new=format_value(row, record.new))

    def _tip(self, entry: Entry) -> str:
        step, record = f"{entry.step:,}", entry.record
        if isinstance(record, Incident):
            text = self.tr("A loss of {loss} at step {failed} was not let pass: the run went back to step {step}.")
            return text.format(loss=loss_text(record.loss), failed=f"{record.step:,}", step=step)
        if entry.ahead:
            text = self.tr("Recorded: it will be made again at step {step}, unless you change something before.")
        else:
            text = self.tr("Go to step {step}, just before this change, by a double click.")
        return text.format(step=step)

    @staticmethod
    def _colour(entry: Entry, column: int, palette: Palette) -> Any:
        if entry.ahead:
            return palette.text_disabled
        if column == Column.WHAT and isinstance(entry.record, Incident):
            return palette.warning
        return palette.text if column in {Column.WHAT, Column.HOW} else palette.text_muted


def _alignment(column: int) -> Qt.AlignmentFlag:
    return _RIGHT if column in {Column.STEP, Column.EPOCH} else _LEFT


def _place(record: Change | Incident) -> tuple[int, bool]:
    return _step_of(record), isinstance(record, Change)


def _step_of(record: Change | Incident) -> int:
    return record.step if isinstance(record, Change) else record.returned_to


def _epoch(starts: Sequence[EpochStart], record: Change | Incident) -> int:
    place = bisect_right(starts, _step_of(record), key=lambda start: start.step)
    return starts[place - 1].epoch if place else 0


def _common(one: Sequence[Entry], other: Sequence[Entry]) -> int:
    """The number of equal entries at the start of both."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
