"""The journal of the current run as rows: its entries by step, then the changes that will be made again."""

from __future__ import annotations

import time
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.history.journal_entries import cleaned_note
from workbench.engine.history.records import Change, Incident, Refusal
from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import label_of, plain_tool_tip
from workbench.ui.text.journal_texts import origin_text, time_text
from workbench.ui.text.numbers import format_value, with_minus_sign
from workbench.ui.text.run_texts import loss_text, moment_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from workbench.engine.history.history import History
    from workbench.engine.history.records import EpochStart, JournalEntry, Origin
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
    WHO = 4
    WHEN = 5
    NOTE = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the journal.

    Attributes:
        record: what happened.
        epoch: the epoch of its step, from 1; 0 before the first epoch.
        ahead: whether it is recorded after the present step, so that it will be made again.
        asked: who asked for it, when, and the note, which take no part in the comparison of records.
    """

    record: JournalEntry
    epoch: int
    ahead: bool = False
    asked: tuple[Origin, int | None, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", (self.record.origin, self.record.time, self.record.note))

    @property
    def step(self) -> int:
        """The step that a jump to it goes to: just before a change, or the step to which the run went back."""
        return _step_of(self.record)


def entries_of(history: History, future: History | None) -> list[Entry]:
    """All rows, by step; at one step, an incident comes before the changes made because of it."""
    done: list[JournalEntry] = sorted([*history.incidents, *history.changes, *history.refusals], key=_place)
    entries = [Entry(record, _epoch(history.epoch_starts, record)) for record in done]
    if future is None:
        return entries
    present, made = len(history), set(history.changes)
    ahead = [change for change in future.changes if change.step >= present and change not in made]
    return entries + [Entry(change, _epoch(future.epoch_starts, change), ahead=True) for change in ahead]


class JournalModel(QAbstractTableModel):
    """The rows as a table: step, epoch, what was changed, old and new value, who asked, when, and a note."""

    note_edited = Signal(object, str)
    """The user wants this note on this entry. The row changes once the entry has it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._palette: Palette | None = None
        self.can_annotate = True

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
            return self._titles()[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The notes can be edited."""
        flags = super().flags(index)
        is_note = index.isValid() and index.column() == Column.NOTE
        return flags | Qt.ItemFlag.ItemIsEditable if is_note and self.can_annotate else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Ask for another note."""
        if role != Qt.ItemDataRole.EditRole or index.column() != Column.NOTE:
            return False
        record, note = self._entries[index.row()].record, cleaned_note(str(value))
        if note != record.note:
            self.note_edited.emit(record, note)
        return True

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The text, tool tip, colour or icon of a cell."""
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], index.column()
        if role in {_DISPLAY, Qt.ItemDataRole.EditRole}:
            return self._text(entry, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(*self._tip(entry))
        if self._palette is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(entry, column, self._palette)
        if role == Qt.ItemDataRole.DecorationRole and column == Column.WHAT and not isinstance(entry.record, Change):
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
        if [_without_asked(each) for each in old] == [_without_asked(each) for each in entries]:
            self._entries = entries
            for row, (before, after) in enumerate(zip(old, entries, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(row, Column.WHO), self.index(row, Column.NOTE))
            return
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

    def _titles(self) -> tuple[str, ...]:
        changed = (self.tr("Step"), self.tr("Epoch"), self.tr("What"), self.tr("How"))
        return (*changed, self.tr("Who"), self.tr("When"), self.tr("Note"))

    def _text(self, entry: Entry, column: int) -> str:
        match column:
            case Column.STEP:
                return f"{entry.step:,}"
            case Column.EPOCH:
                return str(entry.epoch) if entry.epoch else ""
            case Column.WHAT:
                return self._what(entry.record)
            case Column.HOW:
                return self._how(entry)
            case Column.WHO:
                return origin_text(entry.record.origin)
            case Column.WHEN:
                return time_text(entry.record.time, time.time())
        return entry.record.note

    def _what(self, record: JournalEntry) -> str:
        if isinstance(record, Incident):
            return self.tr("Divergence guard") if record.is_of_guard else self.tr("Early stopping")
        return label_of(TABLE[record.name])

    def _how(self, entry: Entry) -> str:
        record = entry.record
        if isinstance(record, Incident):
            return self.tr("loss {loss} at step {step}").format(loss=loss_text(record.loss), step=f"{record.step:,}")
        if isinstance(record, Refusal):
            return self.tr("{value} refused").format(value=with_minus_sign(record.value))
        row = TABLE[record.name]
        template = self.tr("again: {old} → {new}") if entry.ahead else self.tr("{old} → {new}")
        return template.format(old=format_value(row, record.old), new=format_value(row, record.new))

    def _tip(self, entry: Entry) -> list[str]:
        """What happened, then who asked and when, and the note, each in a paragraph of its own."""
        record = entry.record
        lines = [self._what_happened(entry)]
        if record.time is not None:
            who = self.tr("Asked for by: {who}, {when}")
            lines.append(who.format(who=origin_text(record.origin), when=moment_text(record.time)))
        if record.note:
            lines.append(self.tr("Note: {note}").format(note=record.note))
        return lines

    def _what_happened(self, entry: Entry) -> str:
        step, record = f"{entry.step:,}", entry.record
        if isinstance(record, Refusal):
            return self.tr("Refused at step {step}: {reason}").format(step=step, reason=record.reason)
        if isinstance(record, Incident) and not record.is_of_guard:
            text = self.tr(
                "After step {last}, the loss had not fallen for long enough: the run went back to step {step}."
            )
            return text.format(last=f"{record.step:,}", step=step)
        if isinstance(record, Incident):
            text = self.tr("The guard refused a loss of {loss} at step {failed}: the run went back to step {step}.")
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
        if column == Column.WHAT and isinstance(entry.record, Incident | Refusal):
            return palette.warning
        return palette.text if column in {Column.WHAT, Column.HOW, Column.NOTE} else palette.text_muted


def _alignment(column: int) -> Qt.AlignmentFlag:
    return _RIGHT if column in {Column.STEP, Column.EPOCH} else _LEFT


def _without_asked(entry: Entry) -> tuple[object, ...]:
    return entry.record, entry.epoch, entry.ahead


def _place(record: JournalEntry) -> tuple[int, bool]:
    return _step_of(record), not isinstance(record, Incident)


def _step_of(record: JournalEntry) -> int:
    return record.returned_to if isinstance(record, Incident) else record.step


def _epoch(starts: Sequence[EpochStart], record: JournalEntry) -> int:
    place = bisect_right(starts, _step_of(record), key=lambda start: start.step)
    return starts[place - 1].epoch if place else 0


def _common(one: Sequence[Entry], other: Sequence[Entry]) -> int:
    """The number of equal entries at the start of both."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
