"""Paints the cards of a list of samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from workbench.ui.style.icons import pixmap
from workbench.ui.style.zoom import scaled
from workbench.ui.widgets.sample_cards import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

    from workbench.ui.style.palette import Palette
    from workbench.ui.widgets.sample_cards import SampleCard

    Index = QModelIndex | QPersistentModelIndex

TILE: Final = 64
"""Side of the picture of a tile, in logical pixels."""
THUMBNAIL: Final = 40
"""Of that of a row."""
PADDING: Final = 4
GAP: Final = 4
MARK: Final = 16
RADIUS: Final = 6
NARROWEST, WIDEST = 96, 128
"""Of a tile."""

MARKS: Final = {Mark.RIGHT: ("check", "success"), Mark.WRONG: ("close", "danger_text")}
"""Icon and colour, in the corner of the card."""

_CENTRE: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE: Final = Qt.TextElideMode.ElideRight


class SampleDelegate(QStyledItemDelegate):
    """A mistake has a cross and a strong frame, a hit a tick: they differ by their form, too.

    Args:
        card_of: what the card of a row says.
        picture_of: the picture of a row, for the side of a square in logical pixels and the ratio of the screen.
        view: whose cards are painted.

    Attributes:
        is_grid: whether the picture is above the text, or on its left.
        size: of a card.
    """

    def __init__(
        self,
        card_of: Callable[[int], SampleCard | None],
        picture_of: Callable[[int, int, float], QPixmap | None],
        view: QAbstractItemView,
    ) -> None:
        super().__init__(view)
        self._card_of = card_of
        self._picture_of = picture_of
        self._view = view
        self._palette: Palette | None = None
        self._width = scaled(NARROWEST)
        self.is_grid = True
        self.size = QSize(self._width, self._width)

    def set_palette(self, palette: Palette) -> None:
        """Paint in these colours."""
        self._palette = palette

    def set_names(self, names: tuple[str, ...]) -> None:
        """Let the longest of these names fit into a tile with a percentage, where that does not make it too wide."""
        metrics = QFontMetrics(self._view.font())
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        wanted = widest + metrics.horizontalAdvance(" 100%") + 2 * PADDING + 2 * GAP
        self._width = min(max(wanted, scaled(NARROWEST)), scaled(WIDEST))

    @property
    def least_size(self) -> QSize:
        """Of a card, before the width is shared."""
        lines = 2 * QFontMetrics(self._view.font()).height()
        if self.is_grid:
            return QSize(self._width, scaled(TILE) + lines + 2 * PADDING + 2 * GAP)
        return QSize(scaled(180), max(scaled(THUMBNAIL), lines) + 2 * PADDING)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """All cards are alike."""
        del option, index
        return self.size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        card = self._card_of(index.row())
        if card is None or self._palette is None:
            return
        painter.save()
        rect = option.rect.adjusted(2, 2, -2, -2)
        self._paint_frame(painter, rect, bool(option.state & QStyle.StateFlag.State_Selected), card, self._palette)
        inner = rect.adjusted(PADDING, GAP, -PADDING, -GAP)
        side = scaled(TILE if self.is_grid else THUMBNAIL)
        picture = self._picture_of(index.row(), side, painter.device().devicePixelRatioF())
        if picture is not None:
            room = QRect(inner.left(), inner.top(), inner.width() if self.is_grid else side, side)
            if not self.is_grid:
                room.moveTop(inner.top() + (inner.height() - side) // 2)
            place = QRect(room.topLeft(), picture.deviceIndependentSize().toSize())
            place.moveCenter(room.center())
            painter.drawPixmap(place, picture)
            if self.is_grid:
                inner.setTop(room.bottom() + 1 + GAP // 2)
            else:
                inner.setLeft(room.right() + 1 + 2 * GAP)
        self._paint_texts(painter, inner, card, self._palette)
        if (mark := MARKS.get(card.mark)) is not None:
            icon, colour = mark
            side = scaled(MARK)
            picture = pixmap(icon, getattr(self._palette, colour), side, painter.device().devicePixelRatioF())
            left = rect.left() + GAP if self.is_grid else rect.right() - GAP - side
            painter.drawPixmap(left, rect.top() + GAP, picture)
        painter.restore()

    def _paint_frame(self, painter: QPainter, rect: QRect, is_chosen: bool, card: SampleCard, palette: Palette) -> None:
        is_wrong = card.mark is Mark.WRONG
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(QPen(palette.focus, 2))
        else:
            painter.setPen(QPen(palette.danger_text if is_wrong else palette.border, 1))
        painter.setBrush(palette.selection if is_chosen else palette.raised)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)

    def _paint_texts(self, painter: QPainter, room: QRect, card: SampleCard, palette: Palette) -> None:
        metrics = painter.fontMetrics()
        height = metrics.height()
        lines = 2 if card.note else 1
        top = room.top() + (0 if self.is_grid else max(0, (room.height() - lines * height) // 2))
        line = QRect(room.left(), top, room.width(), height)
        painter.setPen(palette.text)
        title = metrics.elidedText(card.title, _ELIDE, line.width())
        painter.drawText(line, _CENTRE if self.is_grid else _LEFT, title)
        if card.note:
            painter.setPen(palette.text_muted)
            note = metrics.elidedText(card.note, _ELIDE, line.width())
            painter.drawText(line.translated(0, height), _CENTRE if self.is_grid else _LEFT, note)
