"""The glossary: each term in English and Korean side by side, with what it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QStyle, QStyledItemDelegate, QTableView

from workbench.engine.teaching.glossary import glossary
from workbench.engine.teaching.texts import LANGUAGES
from workbench.engine.translation import LANGUAGES as NAMES
from workbench.ui.panel_bases.reading_panel import ReadingPanel
from workbench.ui.text.translation import current_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from workbench.engine.teaching.glossary import Term
    from workbench.engine.teaching.texts import Target
    from workbench.ui.style.palette import Palette

Index = QModelIndex | QPersistentModelIndex
NAME: Final = Qt.ItemDataRole.UserRole
DEFINITION: Final = Qt.ItemDataRole.UserRole + 1
BELONGS: Final = Qt.ItemDataRole.UserRole + 2
ARROW: Final = "→ "
PAD: Final = 6
BETWEEN: Final = 2
_WRAP: Final = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value


class _Terms(QAbstractTableModel):
    """A row for each term, in the order of their names in the language of the window; a column for each language."""

    def __init__(self, terms: tuple[Term, ...], name_of: Callable[[Target], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._own = LANGUAGES.index(current_language()) if current_language() in LANGUAGES else 0
        # Here and not by the filter, which would ask the model for two names at each comparison.
        language = LANGUAGES[self._own]
        self._terms = sorted(terms, key=lambda term: term.name.in_language(language).casefold())
        self._name_of = name_of

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's own default
        return 0 if parent.isValid() else len(self._terms)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(LANGUAGES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return NAMES[LANGUAGES[section]]
        return None

    def data(self, index: Index, role: int = 0) -> object:
        term, language = self._terms[index.row()], LANGUAGES[index.column()]
        name, definition = term.name.in_language(language), term.definition.in_language(language)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}: {definition}"
            case _ if role == NAME:
                return name
            case _ if role == DEFINITION:
                return definition
            case _ if role == BELONGS and term.target is not None and index.column() == self._own:
                return self._name_of(term.target)
        return None

    def term(self, row: int) -> Term:
        return self._terms[row]


class _Cells(QStyledItemDelegate):
    """The term in bold, its definition below, wrapped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.palette: Palette | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self.palette is None:
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(option.rect, self.palette.selection)
        room = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        painter.save()
        bold = _bold(option.font)
        name, definition = str(index.data(NAME)), str(index.data(DEFINITION))
        height = _height(bold, name, room.width())
        painter.setFont(bold)
        painter.setPen(self.palette.text)
        painter.drawText(QRect(room.topLeft(), QSize(room.width(), height)), _WRAP, name)
        painter.setFont(option.font)
        painter.setPen(self.palette.text if is_selected else self.palette.text_muted)
        painter.drawText(room.adjusted(0, height + BETWEEN, 0, 0), _WRAP, definition)
        if belongs := index.data(BELONGS):
            painter.setPen(self.palette.text if is_selected else self.palette.accent_text)
            height += 2 * BETWEEN + _height(option.font, definition, room.width())
            text = option.fontMetrics.elidedText(f"{ARROW}{belongs}", Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room.adjusted(0, height, 0, 0), Qt.AlignmentFlag.AlignLeft.value, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        view = self.parent()
        assert isinstance(view, QTableView)
        width = view.columnWidth(index.column()) - 2 * PAD - 1  # the line between two cells
        height = _height(_bold(option.font), str(index.data(NAME)), width)
        height += BETWEEN + _height(option.font, str(index.data(DEFINITION)), width)
        if index.data(BELONGS):
            height += BETWEEN + option.fontMetrics.height()
        return QSize(width, height + 2 * PAD)


class GlossaryPanel(ReadingPanel):
    """Searches the terms; a click on one, or Enter, shows the control that it belongs to."""

    target_requested = Signal(object)
    """The user wants to see this target in the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("glossary", self.tr("Glossary"), parent)
        self._name_of: Callable[[Target], str] = lambda target: target[1]

    def build(self) -> None:
        """Make the search and the table."""
        self._search = QLineEdit(self)
        self._search.setObjectName("glossary_search")
        self._search.setPlaceholderText(self.tr("Search in both languages"))
        self._search.setAccessibleName(self.tr("Search the glossary"))
        self._search.setToolTip(self.tr("Shows the terms whose name or definition contains what you type."))
        self._search.setClearButtonEnabled(True)
        self._terms = _Terms(glossary(), self._name_of, self)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filter.setFilterKeyColumn(-1)  # every language
        self._filter.setSourceModel(self._terms)
        self._cells = _Cells(self)
        self._table = self._build_table()
        self._cells.setParent(self._table)
        self._table.setItemDelegate(self._cells)
        self._nothing = self.make_text("glossary_nothing", "muted")
        self._nothing.setText(self.tr("No term contains this."))
        self._nothing.hide()
        hint = self.make_text("glossary_hint", "muted")
        hint.setText(self.tr("Click a term, or press Enter: what it belongs to lights up."))
        self.column.addWidget(self._search)
        self.column.addWidget(hint)
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._table, 1)
        # Rows are as high as their texts, which depends on the width; once for all that comes in a row.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._table.resizeRowsToContents)
        self._search.textChanged.connect(self._on_searched)
        self._search.returnPressed.connect(self._go_to_first)
        self._table.clicked.connect(self._show_target)
        self._table.activated.connect(self._show_target)
        self._table.horizontalHeader().sectionResized.connect(lambda *_: self._soon.start())

    def set_names(self, name_of: Callable[[Target], str]) -> None:
        """Say what each target is called in the window, before the contents are made."""
        self._name_of = name_of

    def keyboard_start(self) -> QWidget:
        """The keyboard begins in the search."""
        self.ensure_built()
        return self._search

    def search(self, text: str) -> None:
        """Show the terms with this text."""
        self.ensure_built()
        self._search.setText(text)

    def on_palette(self, palette: Palette) -> None:
        """Draw the terms in these colours."""
        self._cells.palette = palette
        self._table.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Wrap the texts anew."""
        super().resizeEvent(event)
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Wrap the texts in the width that there is now."""
        super().showEvent(event)
        self._soon.start()

    def _build_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("glossary_table")
        table.setAccessibleName(self.tr("Terms"))
        table.setModel(self._filter)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setHighlightSections(False)
        return table

    def _on_searched(self, text: str) -> None:
        self._filter.setFilterFixedString(text.strip())
        self._nothing.setVisible(self._filter.rowCount() == 0)
        self._soon.start()

    def _go_to_first(self) -> None:
        if self._filter.rowCount():
            self._table.setFocus()
            self._table.setCurrentIndex(self._filter.index(0, 0))
            self._show_target(self._filter.index(0, 0))

    def _show_target(self, index: QModelIndex) -> None:
        target = self._terms.term(self._filter.mapToSource(index).row()).target
        if target is not None:
            self.target_requested.emit(target)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _height(font: QFont, text: str, width: int) -> int:
    room = QRect(QPoint(), QSize(max(1, width), 10_000))
    return QFontMetrics(font).boundingRect(room, _WRAP, text).height()
