"""Paints and edits the cells of the table of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.ui.models.run_list_row import NUMBERS, Column
from workbench.ui.style.icons import pixmap
from workbench.ui.style.zoom import scaled
from workbench.ui.text.run_texts import STATUSES, numbered

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtWidgets import QWidget

    from workbench.ui.models.run_list_model import RunsModel
    from workbench.ui.style.palette import Palette
    from workbench.ui.text.run_texts import Trait

Index = QModelIndex | QPersistentModelIndex

MUTED: Final = frozenset({Column.WHEN, Column.TIME, Column.PARENT, Column.NOTE})
ICON_SIDE: Final = 16
BAR_WIDTH: Final = 3
PADDING: Final = 8
"""The same as in the headers."""
ICON_GAP: Final = 6
LONGEST_NAME: Final = 120
LONGEST_NOTE: Final = 2_000
SEPARATOR: Final = " · "
ELLIPSIS: Final = "…"

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDE: Final = Qt.TextElideMode.ElideRight


class RunsDelegate(QStyledItemDelegate):
    """Paints every cell itself: with roles and the stylesheet, a screen of rows took five times as long."""

    def __init__(self, model: RunsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._palette: Palette | None = None

    def set_palette(self, palette: Palette) -> None:
        """Paint in these colours."""
        self._palette = palette

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        palette = self._palette
        if palette is None:
            return
        painter.save()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, palette.selection)
        row, column = index.row(), index.column()
        place = rect.adjusted(PADDING, 0, -PADDING, 0)
        match column:
            case Column.STAR:
                self._paint_star(painter, rect, row, selected, palette)
            case Column.SETTINGS:
                self._paint_traits(painter, place, self._model.traits_at(row), selected, palette)
            case Column.STATE:
                self._paint_state(painter, place, row, selected, palette)
            case _:
                self._paint_plain(painter, place, row, column, selected, palette)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A line edit for the name or the note."""
        del option
        editor = QLineEdit(parent)
        editor.setObjectName("run_name_entry" if index.column() == Column.NAME else "run_note_entry")
        editor.setMaxLength(LONGEST_NAME if index.column() == Column.NAME else LONGEST_NOTE)
        if index.column() == Column.NAME:
            editor.setAccessibleName(self.tr("Name of the run"))
            editor.setPlaceholderText(numbered(self._model.run_at(index.row()).number))
        else:
            editor.setAccessibleName(self.tr("Note on the run"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Fill the line edit once: the table is refreshed while the user types."""
        if not editor.property("filled"):
            editor.setProperty("filled", True)
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Pass the text to the model."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def _paint_plain(
        self, painter: QPainter, rect: QRect, row: int, column: int, selected: bool, palette: Palette
    ) -> None:
        text = self._model.text_at(row, column)
        if not text:
            return
        if column == Column.NAME and self._model.is_current(row):
            font = painter.font()
            font.setBold(True)
            painter.setFont(font)
        # On the background of a selection only the strongest text colour is legible.
        painter.setPen(palette.text_muted if column in MUTED and not selected else palette.text)
        text = painter.fontMetrics().elidedText(text, _ELIDE, rect.width())
        painter.drawText(rect, _RIGHT if column in NUMBERS else _LEFT, text)

    def _paint_star(self, painter: QPainter, rect: QRect, row: int, selected: bool, palette: Palette) -> None:
        if self._model.is_current(row):
            painter.fillRect(QRect(rect.left(), rect.top() + 4, BAR_WIDTH, rect.height() - 8), palette.accent)
        outline = palette.text_muted if selected else palette.text_disabled
        starred = self._model.run_at(row).starred
        name, colour = ("star_filled", palette.warning) if starred else ("star", outline)
        _paint_icon(painter, rect.center().x() - scaled(ICON_SIDE) // 2 + 1, rect, name, colour)

    def _paint_state(self, painter: QPainter, rect: QRect, row: int, selected: bool, palette: Palette) -> None:
        status = STATUSES[self._model.run_at(row).status]
        colour = getattr(palette, status.colour)
        _paint_icon(painter, rect.left(), rect, status.icon, colour)
        place = rect.adjusted(scaled(ICON_SIDE) + ICON_GAP, 0, 0, 0)
        text = painter.fontMetrics().elidedText(self._model.text_at(row, Column.STATE), _ELIDE, place.width())
        _paint_text(painter, place, text, palette.text if selected else colour)

    def _paint_traits(
        self, painter: QPainter, rect: QRect, traits: tuple[Trait, ...], selected: bool, palette: Palette
    ) -> None:
        """Paint the settings in a row, those that stand out in the accent colour; an ellipsis where room ends."""
        if not traits:
            _paint_text(painter, rect, self.tr("as in the tutorial"), palette.text if selected else palette.text_muted)
            return
        left = rect.left()
        metrics = painter.fontMetrics()
        for place, trait in enumerate(traits):
            if place:
                left += _paint_text(painter, _from(rect, left), SEPARATOR, palette.text_muted)
            last = place == len(traits) - 1
            room = rect.right() + 1 - left - (0 if last else metrics.horizontalAdvance(SEPARATOR + ELLIPSIS))
            text = metrics.elidedText(trait.text, _ELIDE, max(room, 0))
            colour = palette.accent_text if trait.stands_out and not selected else palette.text
            left += _paint_text(painter, _from(rect, left), text or ELLIPSIS, colour)
            if text != trait.text:
                return


def _paint_text(painter: QPainter, rect: QRect, text: str, colour: QColor) -> int:
    """Paint `text` in one line; returns its width."""
    painter.setPen(colour)
    painter.drawText(rect, _LEFT, text)
    return painter.fontMetrics().horizontalAdvance(text)


def _paint_icon(painter: QPainter, left: int, rect: QRect, name: str, colour: QColor) -> None:
    top = rect.top() + (rect.height() - scaled(ICON_SIDE)) // 2
    picture = pixmap(name, colour, scaled(ICON_SIDE), painter.device().devicePixelRatio())
    painter.drawPixmap(QPoint(left, top), picture)


def _from(rect: QRect, left: int) -> QRect:
    return QRect(left, rect.top(), rect.right() - left + 1, rect.height())
