"""Which samples the gallery shows, and in which order."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.engine.analysis.sample_ranking import Order
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.fitting_box import FittingBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

SPACING = 6
CORNER = 26
"""Pixels on the right of the line of text, which the panel's menu covers."""


class Selection(Enum):
    """Which samples are shown."""

    ALL = "all"
    WRONG = "wrong"
    RIGHT = "right"
    CHANGED = "changed"


class GalleryControls(QWidget):
    """Choices above the gallery, and a line that says what is shown."""

    changed = Signal()
    """The user wants other samples, or another order."""
    pair_cleared = Signal()
    """The user wants the samples of all classes again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = FittingBox("gallery_selection", self.tr("Samples to show"), self)
        self._label = FittingBox("gallery_class", self.tr("Class to show"), self)
        self._order = FittingBox("gallery_order", self.tr("Order of the samples"), self)
        self._text = ElidedLabel(parent=self)
        self._text.setObjectName("gallery_text")
        self._text.setProperty("role", "muted")
        self._clear = QPushButton(self.tr("Show all"), self)
        self._clear.setObjectName("gallery_clear_pair")
        self._clear.setToolTip(plain_tool_tip(self.tr("Show the samples of all classes again.")))
        self._clear.clicked.connect(self.pair_cleared)
        self._boxes = (self._selection, self._label, self._order)
        # As many lines as boxes, for a panel that is as narrow as one of them.
        self._lines = [QHBoxLayout() for _ in self._boxes]
        self._line_of: list[int] = []
        for box in self._boxes:
            box.setToolTip(plain_tool_tip(box.accessibleName()))
            box.activated.connect(lambda _: self.changed.emit())
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, scaled(CORNER), 0)
        line.addWidget(self._text, 1)
        line.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(line)
        for choices in self._lines:
            choices.setSpacing(SPACING)
            column.addLayout(choices)
        self._wrap()

    @property
    def selection(self) -> Selection:
        """Which samples are shown."""
        return Selection(self._selection.currentData() or Selection.ALL.value)

    @property
    def label(self) -> int | None:
        """The class whose samples are shown; None for all."""
        place = self._label.currentIndex()
        return place - 1 if place > 0 else None

    @property
    def order(self) -> Order:
        """Their order."""
        return Order(self._order.currentData() or Order.INDEX.value)

    def set_classes(self, names: Sequence[str]) -> None:
        """Offer these classes; none for a regression, which has mistakes of any size."""
        is_classes = bool(names)
        selections = [(Selection.ALL, self.tr("All"))]
        orders = [(Order.INDEX, self.tr("As in the data"))]
        if is_classes:
            selections += [
                (Selection.WRONG, self.tr("Wrong")),
                (Selection.RIGHT, self.tr("Right")),
                (Selection.CHANGED, self.tr("Changed since the evaluation before")),
            ]
            orders = [
                (Order.LOSS, self.tr("Highest loss")),
                (Order.MISTAKES, self.tr("Confident mistakes")),
                (Order.UNCERTAIN, self.tr("Least certain")),
                *orders,
            ]
        else:
            orders = [(Order.LOSS, self.tr("Largest error")), *orders]
        _fill(self._selection, [(text, selection.value) for selection, text in selections])
        _fill(self._label, [(self.tr("All classes"), None), *((name, place) for place, name in enumerate(names))])
        _fill(self._order, [(text, order.value) for order, text in orders])
        self._selection.setVisible(is_classes)
        self._label.setVisible(is_classes)

    def show_text(self, text: str, *, has_pair: bool) -> None:
        """Say what is shown, and whether it is a pair of classes that was chosen elsewhere."""
        self._text.setText(text)
        self._clear.setVisible(has_pair)
        self._label.setEnabled(not has_pair)

    @property
    def text(self) -> str:
        """What is said to be shown."""
        return self._text.text()

    def event(self, event: QEvent) -> bool:
        """Share the boxes out anew after one has got another width."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._wrap()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the boxes that have no room into further lines."""
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        widths = [0 if box.isHidden() else box.sizeHint().width() for box in self._boxes]
        lines = lines_of(widths, self.width(), SPACING)
        if lines != self._line_of:
            for box, line in zip(self._boxes, self._line_of, strict=False):  # none at first
                self._lines[line].removeWidget(box)
            for box, line in zip(self._boxes, lines, strict=True):
                self._lines[line].addWidget(box)
            self._line_of = lines


def lines_of(widths: Sequence[int], room: int, spacing: int) -> list[int]:
    """For boxes of these widths, in this order, which line each stands in where a line has this room.

    A box of the width 0 is not shown.
    """
    lines, line, used = [], 0, 0
    for width in widths:
        if width and used and used + spacing + width > room:
            line, used = line + 1, 0
        lines.append(line)
        used += width + (spacing if used and width else 0)
    return lines


def _fill(box: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    """Offer these texts with their data; what was chosen stays chosen where it is among them."""
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for text, data in entries:
            box.addItem(text, data)
        box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
    box.updateGeometry()
