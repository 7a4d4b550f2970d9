"""The panel of all stored runs: a table to sort and filter, with buttons to open, compare and delete runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from workbench.ui.models.run_list_model import RunsModel
from workbench.ui.models.run_list_row import Column
from workbench.ui.panels.runs.table_view import RunsTable
from workbench.ui.style.icons import icon
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.copied_cells import let_copy
from workbench.ui.widgets.empty_message import EmptyMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from workbench.engine.store.run_store import RunSummary
    from workbench.ui.style.palette import Palette

REFRESH_MS: Final = 30_000
"""How often texts such as "5 min ago" are painted again."""
FILTER_WIDTH: Final = 320
SPACING: Final = 4
BLANK: Final = QSize(16, 16)


@dataclass(frozen=True, slots=True)
class _RunAction:
    """An action on the selected runs; its texts are translated in the context `RunsPanel`.

    Attributes:
        name: the object name of its action.
        text: its title.
        tip: what it does, in one sentence.
        icon: a name in `resources/icons`.
        keys: shortcuts within the table, in Qt's portable form.
        alone: whether it needs exactly one selected run.
        needs_reading: whether it needs runs that this version of the program can read.
    """

    name: str
    text: str
    tip: str
    icon: str
    keys: tuple[str, ...] = ()
    alone: bool = False
    needs_reading: bool = False


_RUN_ACTIONS: Final = (
    _RunAction(
        "run_open",
        "Open",
        "Open the run, with its curves and settings.",
        "open",
        ("Return", "Enter"),
        alone=True,
        needs_reading=True,
    ),
    _RunAction("run_overlay", "Overlay", "Draw the selected runs over the plots.", "overlay", needs_reading=True),
    _RunAction(
        "run_reuse",
        "New run with these settings",
        "Set the controls as they were when this run began.",
        "sliders",
        alone=True,
        needs_reading=True,
    ),
    _RunAction("run_export", "Export…", "Write the selected runs in other forms.", "download", needs_reading=True),
    _RunAction("run_rename", "Rename", "Give the run a name of its own.", "rename", ("F2",), True),
    _RunAction("run_note", "Note", "Write a note on the run.", "note", ("Shift+F2",), True),
    _RunAction("run_star", "Star", "Star the selected runs; if all have a star, remove the stars.", "star"),
    _RunAction("run_delete", "Delete", "Delete the selected runs; this can be undone.", "clear", ("Del",)),
)
WITHOUT_BUTTON: Final = ("run_star", "run_export")
"""Stars have a column of their own, which the user clicks; exports are in the context menu."""


class RunsPanel(QWidget):
    """The table, a line edit to filter it, and a button for each action.

    Attributes:
        open_requested: the user wants to open a run (its id).
        overlay_requested: the user wants to see these runs (a list of ids) over the plots.
        reuse_requested: the user wants the settings of a run (its id) in the controls.
        rename_requested: the user gave a run (its id) this name; "" stands for its number.
        note_requested: the user gave a run (its id) this note.
        star_requested: the user added or removed the star of a run (its id).
        export_requested: the user wants to take these runs (a list of ids) along in other forms.
        delete_requested: the user wants to delete these runs (a list of ids).
    """

    open_requested = Signal(str)
    overlay_requested = Signal(list)
    reuse_requested = Signal(str)
    rename_requested = Signal(str, str)
    note_requested = Signal(str, str)
    star_requested = Signal(str, bool)
    export_requested = Signal(list)
    delete_requested = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runs")
        self._palette: Palette | None = None
        self._model = RunsModel(self)
        self._table = RunsTable(self._model, self)
        self._filter = self._create_filter()
        self._starred = self._create_starred()
        self._count = QLabel(self)
        self._count.setObjectName("runs_count")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("role", "muted")
        self._actions = self._create_actions()
        self._empty = EmptyMessage("runs_empty", "data", parent=self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._table)
        self._lay_out()
        self._connect()
        self._update_page()
        self._update_actions()

    def set_runs(self, runs: Sequence[RunSummary]) -> None:
        """Show these runs; the selection and the visible rows stay the same."""
        self._table.set_runs(runs)
        self._update_page()
        self._update_actions()

    def set_current(self, run: str | None) -> None:
        """Mark the current run; None where there is none."""
        self._model.set_current(run)

    def set_palette(self, palette: Palette) -> None:
        """Use these colours."""
        self._palette = palette
        self._table.set_palette(palette)
        self._empty.set_palette(palette)
        for row in _RUN_ACTIONS:
            self._actions[row.name].setIcon(icon(row.icon, palette.text_muted, disabled=palette.text_disabled))
        self._tint_starred()

    def selected(self) -> list[str]:
        """The selected runs' ids, from the top down."""
        return self._table.selected()

    def select(self, runs: Sequence[str]) -> None:
        """Select those of `runs` that are shown."""
        self._table.select(runs, runs[0] if runs else None)

    def state(self) -> dict[str, Any]:
        """The widths of the columns and the order of the rows, as plain values."""
        return self._table.layout_state()

    def restore(self, state: dict[str, Any]) -> None:
        """Restore what `state` returned; invalid entries are ignored."""
        self._table.restore_layout(state)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Paint the table again: texts such as "5 min ago" are out of date."""
        super().showEvent(event)
        self._table.viewport().update()

    def _open(self) -> None:
        self.open_requested.emit(self.selected()[0])

    def _reuse(self) -> None:
        self.reuse_requested.emit(self.selected()[0])

    def _rename(self) -> None:
        self._table.begin_editing(self.selected()[0], Column.NAME)

    def _note(self) -> None:
        self._table.begin_editing(self.selected()[0], Column.NOTE)

    def _overlay(self) -> None:
        self.overlay_requested.emit(self.selected())

    def _export(self) -> None:
        self.export_requested.emit(self.selected())

    def _delete(self) -> None:
        self.delete_requested.emit(self.selected())

    def _star(self) -> None:
        """Star all selected runs; where all have a star already, remove the stars."""
        runs = [self._model.run_at(row) for row in self._model.rows_of(self.selected())]
        starred = not all(run.starred for run in runs)
        for run in runs:
            if run.starred != starred:
                self.star_requested.emit(run.identity.id, starred)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.STAR:
            run = self._model.run_at(index.row())
            self.star_requested.emit(run.identity.id, not run.starred)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        run = self._model.run_at(index.row())
        if index.column() != Column.STAR and run.problem is None:
            self.open_requested.emit(run.identity.id)

    def _on_filter_changed(self) -> None:
        self._model.set_filter(self._filter.text(), starred_only=self._starred.isChecked())
        self._tint_starred()
        self._update_page()
        self._update_actions()

    def _show_menu(self, place: QPoint) -> None:
        if not self.selected():
            return
        menu = QMenu(self)
        menu.setObjectName("runs_menu")
        menu.addActions(list(self._actions.values()))
        menu.insertSeparator(self._actions["run_rename"])
        menu.insertSeparator(self._actions["run_delete"])
        menu.addSeparator()
        menu.addActions(self._copying)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.viewport().mapToGlobal(place))

    def _update_page(self) -> None:
        total, shown = self._model.run_count, self._model.rowCount()
        if total == 0:
            self._empty.set_text(
                self.tr(
                    "Every run is kept here, with its settings, curves and weights. Press Train to begin the first."
                )
            )
        elif shown == 0:
            self._empty.set_text(self._nothing_found().format(count=f"{total:,}"))
        self._pages.setCurrentWidget(self._table if shown else self._empty)
        count = self.tr("{shown} of {count}")
        if shown == total:
            count = self.tr("1 run") if total == 1 else self.tr("{count} runs")
        self._count.setText(count.format(shown=f"{shown:,}", count=f"{total:,}") if total else "")

    def _nothing_found(self) -> str:
        if not self._starred.isChecked():
            return self.tr("None of {count} runs has all these words: use fewer.")
        if not self._filter.text().strip():
            return self.tr("None of {count} runs has a star: click the one before its name to give it one.")
        return self.tr("None of {count} runs has a star and all these words: use fewer, or show all runs again.")

    def _update_actions(self) -> None:
        runs = [self._model.run_at(row) for row in self._model.rows_of(self.selected())]
        are_readable = all(run.problem is None for run in runs)
        for row in _RUN_ACTIONS:
            is_enabled = len(runs) == 1 or (len(runs) > 1 and not row.alone)
            self._actions[row.name].setEnabled(is_enabled and (are_readable or not row.needs_reading))

    def _tint_starred(self) -> None:
        if self._palette is not None:
            colour = self._palette.warning if self._starred.isChecked() else self._palette.text_muted
            self._starred.setIcon(icon("star_filled" if self._starred.isChecked() else "star", colour))

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._on_filter_changed)
        self._starred.toggled.connect(self._on_filter_changed)
        self._table.clicked.connect(self._on_clicked)
        self._table.doubleClicked.connect(self._on_double_clicked)
        self._table.customContextMenuRequested.connect(self._show_menu)
        self._copying = let_copy(self._table)
        self._table.selectionModel().selectionChanged.connect(self._update_actions)
        self._model.rename_requested.connect(self.rename_requested)
        self._model.note_requested.connect(self.note_requested)
        timer = QTimer(self)
        timer.setInterval(REFRESH_MS)
        timer.timeout.connect(self._table.viewport().update)
        timer.start()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._filter, 1)
        row.addWidget(self._starred)
        row.addSpacing(SPACING)
        row.addWidget(self._count)
        row.addStretch()
        for name, action in self._actions.items():
            if name not in WITHOUT_BUTTON:
                row.addWidget(self._create_button(action))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addLayout(row)
        layout.addWidget(self._pages)

    def _create_filter(self) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName("runs_filter")
        line.setAccessibleName(self.tr("Filter"))
        line.setPlaceholderText(self.tr("Filter by name, settings, note or state"))
        line.setToolTip(plain_tool_tip(self.tr("Shows runs in which every word occurs, such as: adam finished.")))
        line.setClearButtonEnabled(True)
        line.setMaximumWidth(scaled(FILTER_WIDTH))
        return line

    def _create_starred(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("runs_starred")
        button.setText(self.tr("Starred"))
        button.setAccessibleName(self.tr("Starred"))
        button.setToolTip(plain_tool_tip(self.tr("Show starred runs only.")))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        return button

    def _create_actions(self) -> dict[str, QAction]:
        slots: dict[str, Callable[[], None]] = {
            "run_open": self._open,
            "run_overlay": self._overlay,
            "run_reuse": self._reuse,
            "run_rename": self._rename,
            "run_note": self._note,
            "run_star": self._star,
            "run_export": self._export,
            "run_delete": self._delete,
        }
        return {row.name: self._create_action(row, slots[row.name]) for row in _RUN_ACTIONS}

    def _create_action(self, row: _RunAction, slot: Callable[[], None]) -> QAction:
        action = QAction(self.tr(row.text), self)
        action.setObjectName(row.name)
        shortcuts = [QKeySequence(keys) for keys in row.keys]
        action.setShortcuts(shortcuts)
        # Not in the line edit of a name, nor in the filter: there these keys have another meaning.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        tip = self.tr(row.tip)
        native = shortcuts[0].toString(QKeySequence.SequenceFormat.NativeText) if shortcuts else ""
        action.setToolTip(plain_tool_tip(f"{action.text()}. {tip} ({native})" if native else f"{action.text()}. {tip}"))
        action.setIconVisibleInMenu(False)
        # Without any icon its button would show its text, and the layout would keep that width.
        action.setIcon(QIcon(QPixmap(BLANK)))
        action.triggered.connect(slot)
        self._table.addAction(action)
        return action

    def _create_button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{action.objectName()}_button")
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button
