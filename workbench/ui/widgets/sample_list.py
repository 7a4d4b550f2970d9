"""A list of samples as cards, of which only those in view are painted: ten thousand scroll as smoothly as ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QListView

from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.sample_cards import Mark
from workbench.ui.widgets.sample_delegate import SampleDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from workbench.ui.style.palette import Palette
    from workbench.ui.widgets.sample_cards import SampleCard, SampleCards

    Index = QModelIndex | QPersistentModelIndex

MOST_PICTURES: Final = 400
"""Scaled pictures that are kept: a few screens of them."""
SHARP: Final = 3
"""A picture that is made this many times larger shows its pixels: smoothed, it would be a blur."""
SCROLL_PIXELS: Final = 24
SMALL: Final = 0.88
"""Size of the text, of that around it: the names of classes fit into a tile."""


class SampleList(QListView):
    """Cards in a grid, or below one another over the whole width. Arrow keys move, Enter or a click chooses.

    Args:
        name: the object name.
        is_grid: whether the cards are tiles with the picture above the text; if not, rows with it on the left.
        parent: Qt's parent.
    """

    chosen = Signal(int)
    """The user chose the card in this row."""
    moved = Signal(int)
    """The user moved to the card in this row with a key."""

    def __init__(self, name: str, parent: QWidget | None = None, *, is_grid: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._cards = _CardModel(self)
        self._delegate = SampleDelegate(self._cards.card, self._cards.scaled, self)
        self.setModel(self._cards)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        font = self.font()
        font.setPointSizeF(SMALL * font.pointSizeF())
        self.setFont(font)
        self.setUniformItemSizes(True)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(SCROLL_PIXELS)
        self.setResizeMode(QListView.ResizeMode.Fixed)  # `_fit` lays out anew itself
        self.set_grid(is_grid)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def set_grid(self, is_grid: bool) -> None:
        """Show the cards as tiles, or as rows."""
        self._delegate.is_grid = is_grid
        self.setFlow(QListView.Flow.LeftToRight if is_grid else QListView.Flow.TopToBottom)
        self.setWrapping(is_grid)
        self._fit()

    def set_palette(self, palette: Palette) -> None:
        """Paint in these colours."""
        self._delegate.set_palette(palette)
        self._cards.forget_pictures()
        self.viewport().update()

    def set_names(self, names: tuple[str, ...]) -> None:
        """Make the tiles wide enough for titles with these names, if that is possible."""
        self._delegate.set_names(names)
        self._fit()

    def show_cards(self, cards: SampleCards, current: int | None = None) -> None:
        """Show these cards, at the same height as those before.

        Args:
            cards: what they say.
            current: the row of the one that is chosen.
        """
        place = self.verticalScrollBar().value()
        self._cards.set_cards(cards)
        self.doItemsLayout()
        self.set_current(current, scroll=False)
        self.verticalScrollBar().setValue(place)

    def set_current(self, row: int | None, *, scroll: bool = True) -> None:
        """Mark the card in this row, and scroll to it."""
        selection = self.selectionModel()
        if row is None or not 0 <= row < self._cards.rowCount():
            selection.clear()
            return
        index = self._cards.index(row)
        self.setAutoScroll(scroll)  # Qt itself scrolls to each current index
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.setAutoScroll(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Choose the marked card with Enter; the other keys move."""
        before = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and before >= 0:
            self.chosen.emit(before)
            return
        super().keyPressEvent(event)
        if (row := self.currentIndex().row()) not in (-1, before):
            self.moved.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fill the new width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """One card."""
        return QSize(self._delegate.least_size.width() + self.verticalScrollBar().sizeHint().width(), 80)

    def _fit(self) -> None:
        """Share the width among the cards of a row."""
        # Qt breaks a row already where its cards fill the width exactly.
        width = max(1, self.viewport().width() - 2)
        least = self._delegate.least_size
        columns = max(1, width // least.width()) if self._delegate.is_grid else 1
        size = QSize(width // columns, least.height())
        if size != self.gridSize():
            self._delegate.size = size
            self.setGridSize(size)
            self.doItemsLayout()


class _CardModel(QStringListModel):
    """The texts of the cards are made when they are asked for: the model's own strings, all empty, are their number.

    A model that counts in Python is asked for each card whenever the list is laid out: 9 ms for ten thousand, not 0.4.
    """

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._cards: SampleCards | None = None
        self._pictures: dict[tuple[int, int], QPixmap | None] = {}

    def set_cards(self, cards: SampleCards) -> None:
        self._cards = cards
        self._pictures.clear()
        self.setStringList([""] * len(cards))

    def forget_pictures(self) -> None:
        self._pictures.clear()

    def card(self, row: int) -> SampleCard | None:
        return None if self._cards is None else self._cards.card(row)

    def scaled(self, row: int, side: int, ratio: float) -> QPixmap | None:
        key = row, round(side * ratio)
        if key not in self._pictures:
            while len(self._pictures) >= MOST_PICTURES:
                del self._pictures[next(iter(self._pictures))]
            image = None if self._cards is None else self._cards.picture(row)
            self._pictures[key] = None if image is None else _fitted(image, key[1], ratio)
        return self._pictures[key]

    def flags(self, index: Index) -> Qt.ItemFlag:
        del index
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        card = self.card(index.row())
        if card is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(card.title, card.note, card.details)
        marks = {Mark.RIGHT: self.tr("right"), Mark.WRONG: self.tr("wrong"), Mark.NONE: ""}
        return ", ".join(filter(None, (card.title, card.note, marks[card.mark], card.details)))


def _fitted(image: QImage, side: int, ratio: float) -> QPixmap:
    is_smooth = side < SHARP * max(image.width(), image.height())
    mode = Qt.TransformationMode.SmoothTransformation if is_smooth else Qt.TransformationMode.FastTransformation
    picture = QPixmap.fromImage(image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, mode))
    picture.setDevicePixelRatio(ratio)
    return picture
