"""Paints the entries of the palette: the title and the key, and below them what it is or why it cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from workbench.ui.help.palette.list_model import EntryModel
    from workbench.ui.style.palette import Palette

    Index = QModelIndex | QPersistentModelIndex

PADDING: Final = 10
VERTICAL: Final = 5
RADIUS: Final = 5
GAP: Final = 12
SMALL: Final = 0.9

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDE: Final = Qt.TextElideMode.ElideRight


class EntryDelegate(QStyledItemDelegate):
    """Two lines for each entry; grey where it cannot be used."""

    def __init__(self, model: EntryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._palette: Palette | None = None

    def set_palette(self, palette: Palette) -> None:
        """Paint in these colours."""
        self._palette = palette

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """All entries are alike."""
        del index
        lines = QFontMetrics(option.font).height() + QFontMetrics(_small(option.font)).height()
        return QSize(100, lines + 2 * VERTICAL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        colours, entry = self._palette, self._model.entries[index.row()]
        if colours is None:
            return
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection)
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), RADIUS, RADIUS)
        small = _small(option.font)
        metrics, small_metrics = QFontMetrics(option.font), QFontMetrics(small)
        room = rect.adjusted(PADDING, VERTICAL, -PADDING, -VERTICAL)
        first = QRect(room.left(), room.top(), room.width(), metrics.height())
        second = QRect(room.left(), first.bottom() + 1, room.width(), small_metrics.height())
        painter.setFont(small)
        painter.setPen(colours.text_muted)
        right = entry.shortcut or self._model.kind_text(entry.kind)
        painter.drawText(first, _RIGHT, right)
        first.setRight(first.right() - small_metrics.horizontalAdvance(right) - GAP)
        painter.setFont(option.font)
        painter.setPen(colours.text_muted if entry.why_not else colours.text)
        painter.drawText(first, _LEFT, metrics.elidedText(entry.title, _ELIDE, first.width()))
        painter.setFont(small)
        painter.setPen(colours.danger_text if entry.refuses else colours.text_muted)
        detail = entry.why_not or entry.detail
        painter.drawText(second, _LEFT, small_metrics.elidedText(detail, _ELIDE, second.width()))
        painter.restore()


def _small(font: QFont) -> QFont:
    small = QFont(font)
    if font.pointSizeF() > 0.0:  # not so for a font that was set in pixels
        small.setPointSizeF(font.pointSizeF() * SMALL)
    return small
