"""The table of all stored runs; it sorts and filters itself, so that ten thousand rows react to every keystroke.

A QSortFilterProxyModel would call Python 260,000 times to sort ten thousand rows; one `sorted` over a list takes a
hundredth of that time.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from workbench.ui.models.run_list_row import (
    KEYS,
    NUMBERS,
    Column,
    Key,
    Row,
    SharedRecipe,
    joined,
    matches,
    mutable_of,
    natural,
    patterns_of,
    texts_of,
)
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.run_texts import (
    Trait,
    moment_text,
    numbered,
    parent_text,
    status_help,
    steered,
    summary_traits,
    title_of,
    traits_of,
    when_text,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtCore import QObject

    from workbench.engine.recipe import Recipe
    from workbench.engine.store.run_store import RunSummary

Index = QModelIndex | QPersistentModelIndex

MOST_SINGLE_CHANGES: Final = 64
"""Up to this many rows are inserted and removed one by one; beyond that, resetting the whole model is quicker."""

_DISPLAY, _EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_TOOL_TIP, _ACCESSIBLE = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

# Combined once: with everything selected, Qt asks for the flags of every cell.
_NO_CELL: Final = Qt.ItemFlag.NoItemFlags
_CELL: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE_CELL: Final = _CELL | Qt.ItemFlag.ItemIsEditable

EDITABLE: Final = frozenset({Column.NAME, Column.NOTE})


class RunsModel(QAbstractTableModel):
    """Shows summaries; editing a cell only emits a request.

    Attributes:
        rename_requested: the user gave a run (its id) another name; "" stands for its number.
        note_requested: the user gave a run (its id) another note.
    """

    rename_requested = Signal(str, str)
    note_requested = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, Row] = {}
        self._shown: list[Row] = []
        self._current: str | None = None
        self._patterns: tuple[re.Pattern[str], ...] = ()
        self._starred_only = False
        self._column = Column.WHEN
        self._descending = True
        self._known_traits: dict[SharedRecipe, tuple[Trait, ...]] = {}
        self._headers = self._header_texts()
        self._tips = self._header_tips()

    @property
    def run_count(self) -> int:
        """The number of runs, including those that the filter hides."""
        return len(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """The number of runs that match the filter."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """The number of columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names and notes can be edited."""
        if not index.isValid():
            return _NO_CELL
        return _EDITABLE_CELL if index.column() in EDITABLE else _CELL

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """The title, alignment and tool tip of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == _DISPLAY:
            return self._headers[section]
        if role == _ALIGNMENT:
            return _RIGHT if section in NUMBERS else _LEFT
        if role == _TOOL_TIP:
            return plain_tool_tip(self._tips[section])
        if role == _ACCESSIBLE:
            return self._headers[section] or self.tr("Starred")
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The texts of a cell; the delegate decides how they look."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _DISPLAY:
            return self.text_at(row, column)
        if role == _TOOL_TIP:
            return plain_tool_tip(*self._tip(self._shown[row], column))
        summary = self._shown[row].summary
        if role == _EDIT:
            return summary.name if column == Column.NAME else summary.note if column == Column.NOTE else None
        if role == _ACCESSIBLE and column == Column.STAR:
            return self.tr("Starred") if summary.starred else self.tr("Not starred")
        return None

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:  # noqa: N802
        """Request another name or note; the table shows it after the next `set_runs`."""
        if role != _EDIT or index.column() not in EDITABLE:
            return False
        summary, text = self._shown[index.row()].summary, str(value).strip()
        if index.column() == Column.NAME and text != summary.name:
            # A user who confirms the default "Run 12" gives no name.
            name = "" if text == numbered(summary.number) else text
            if name != summary.name:
                self.rename_requested.emit(summary.identity.id, name)
        elif index.column() == Column.NOTE and text != summary.note:
            self.note_requested.emit(summary.identity.id, text)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; runs without a value there come last in both orders."""
        self._column, self._descending = Column(column), order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def set_runs(self, runs: Iterable[RunSummary]) -> None:
        """Show these runs. Unchanged ones keep their texts, their row and their selection."""
        known, self._rows = self._rows, {}
        changed = False
        for summary in runs:
            run = summary.identity.id
            row = known.get(run)
            if row is None:
                row = Row(summary)
            elif row.summary is not summary and row.mutable != mutable_of(summary):
                row.update(summary)
                changed = True
            self._rows[run] = row
        if self._current in self._rows and self._current not in known:
            self._clear_traits()
        self._arrange(changed=changed)

    def set_current(self, run: str | None) -> None:
        """Mark the current run; settings of other runs that differ from its own are highlighted."""
        if run == self._current:
            return
        self._current = run
        self._clear_traits()
        self._arrange(changed=True)

    def set_filter(self, text: str, *, starred_only: bool = False) -> None:
        """Show only runs in which every word of `text` occurs: in name, number, settings, state or note."""
        self._patterns = patterns_of(text)
        self._starred_only = starred_only
        self._arrange()

    def run_at(self, row: int) -> RunSummary:
        """The run shown in `row`."""
        return self._shown[row].summary

    def text_at(self, row: int, column: int) -> str:
        """The text of a cell."""
        shown = self._shown[row]
        if column == Column.WHEN:
            return when_text(shown.summary.began, time.time())
        if column == Column.PARENT:
            return self._parent(shown.summary)
        if column == Column.SETTINGS:
            return joined(self._traits(shown))
        if shown.texts is None:
            shown.texts = texts_of(shown.summary)
        return shown.texts[column]

    def traits_at(self, row: int) -> tuple[Trait, ...]:
        """The settings of the run shown in `row`; those that stand out differ from the current run's."""
        return self._traits(self._shown[row])

    def is_current(self, row: int) -> bool:
        """Whether the current run is shown in `row`."""
        return self._shown[row].summary.identity.id == self._current

    def row_of(self, run: str) -> int | None:
        """The row that shows a run; None where none does."""
        return next((place for place, row in enumerate(self._shown) if row.summary.identity.id == run), None)

    def rows_of(self, runs: Iterable[str]) -> list[int]:
        """The rows that show some of `runs`, ascending."""
        wanted = set(runs)
        return [place for place, row in enumerate(self._shown) if row.summary.identity.id in wanted]

    def _tip(self, row: Row, column: int) -> Sequence[str]:
        summary = row.summary
        match column:
            case Column.STAR:
                return (self.tr("Click to remove the star.") if summary.starred else self.tr("Click to star it."),)
            case Column.NAME:
                return (title_of(summary), numbered(summary.number) if summary.name else "")
            case Column.WHEN:
                return (moment_text(summary.began),)
            case Column.SETTINGS:
                return self._settings_tip(row)
            case Column.STATE:
                return (status_help(summary.status),)
            case Column.NOTE:
                return (summary.note,)
            case _:
                return ()

    def _settings_tip(self, row: Row) -> Sequence[str]:
        traits = self._traits(row)
        others = joined([trait for trait in traits if trait.stands_out])
        return (
            joined(traits) or self.tr("The settings of the tutorial."),
            self.tr("Different from the current run: {settings}").format(settings=others) if others else "",
        )

    def _traits(self, row: Row) -> tuple[Trait, ...]:
        if row.traits is None and row.summary.problem is not None:
            row.traits = summary_traits(row.summary)
        if row.traits is None:
            shared = SharedRecipe(row.summary.recipe)
            if shared not in self._known_traits:
                self._known_traits[shared] = traits_of(shared.recipe, self._current_recipe())
            row.traits = (*self._known_traits[shared], *steered(row.summary))
        return row.traits

    def _clear_traits(self) -> None:
        self._known_traits.clear()
        for row in self._rows.values():
            row.traits = None

    def _current_recipe(self) -> Recipe | None:
        current = self._rows.get(self._current) if self._current else None
        return None if current is None or current.summary.problem is not None else current.summary.recipe

    def _parent(self, summary: RunSummary) -> str:
        identity = summary.identity
        if identity.parent is None:
            return ""
        row = self._rows.get(identity.parent)
        return parent_text(None if row is None else row.summary, identity.parent_step)

    def _parent_key(self, summary: RunSummary) -> Key | None:
        identity = summary.identity
        if identity.parent is None:
            return None
        row = self._rows.get(identity.parent)
        return (0 if row is None else row.summary.number, identity.parent_step or 0)

    def _arrange(self, *, changed: bool = False) -> None:
        """Filter and sort the shown rows, with as few signals to the view as possible."""
        wanted = self._wanted()
        if wanted != self._shown:
            self._move_to(wanted)
        if changed:
            # All rows: a renamed run may be the parent of another row, and only visible rows are painted.
            self._emit_changed(0, len(self._shown) - 1)

    def _wanted(self) -> list[Row]:
        patterns, starred_only = self._patterns, self._starred_only
        rows = [
            row
            for row in self._rows.values()
            if (not starred_only or row.summary.starred) and (not patterns or matches(row, patterns))
        ]
        key = self._key()
        keyed = [(value, row) for row in rows if (value := key(row)) is not None]
        keyed.sort(key=lambda pair: pair[0], reverse=self._descending)
        ordered = [row for _, row in keyed]
        return ordered if len(ordered) == len(rows) else ordered + [row for row in rows if key(row) is None]

    def _key(self) -> Callable[[Row], Key | None]:
        match self._column:
            case Column.PARENT:
                return lambda row: self._parent_key(row.summary)
            case Column.SETTINGS:
                return lambda row: natural(joined(self._traits(row))) or None
            case column:
                key = KEYS[column]
                return lambda row: key(row.summary)

    def _move_to(self, wanted: list[Row]) -> None:
        before, after = {id(row) for row in self._shown}, {id(row) for row in wanted}
        if len(before ^ after) > MOST_SINGLE_CHANGES:
            self.beginResetModel()
            self._shown = wanted
            self.endResetModel()
            return
        for place in reversed([place for place, row in enumerate(self._shown) if id(row) not in after]):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._shown[place]
            self.endRemoveRows()
        kept = [row for row in wanted if id(row) in before]
        if kept != self._shown:
            self._permute(kept)
        for place, row in enumerate(wanted):
            if id(row) not in before:
                self.beginInsertRows(QModelIndex(), place, place)
                self._shown.insert(place, row)
                self.endInsertRows()

    def _permute(self, wanted: list[Row]) -> None:
        # Without arguments: given a list and a hint, PySide6 6.11 passes Qt a dangling list and the program crashes.
        self.layoutAboutToBeChanged.emit()
        places = {id(row): place for place, row in enumerate(wanted)}
        old = self.persistentIndexList()
        new = [self.index(places[id(self._shown[index.row()])], index.column()) for index in old]
        self._shown = wanted
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _emit_changed(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _header_texts(self) -> tuple[str, ...]:
        return (
            "",
            self.tr("Run"),
            self.tr("When"),
            self.tr("Settings"),
            self.tr("Accuracy"),
            self.tr("Best"),
            self.tr("Loss"),
            self.tr("Steps"),
            self.tr("Time"),
            self.tr("State"),
            self.tr("Parent"),
            self.tr("Note"),
        )

    def _header_tips(self) -> tuple[str, ...]:
        return (
            self.tr("Starred runs."),
            self.tr("The run's name, or its number in the order in which runs began."),
            self.tr("When the run began."),
            self.tr("Settings that differ from the tutorial; in colour, those that differ from the current run."),
            self.tr("Test accuracy after the last epoch; of a regression, the mean absolute error (MAE)."),
            self.tr("The best of all epochs: the highest accuracy, or the smallest mean absolute error (MAE)."),
            self.tr("The last test loss; before the first test, the last training loss."),
            self.tr("Optimizer updates done."),
            self.tr("Time spent training and testing."),
            self.tr("How the run ended."),
            self.tr("The run it branched off, and the step at which."),
            self.tr("Your own words."),
        )
