"""A list of the classes with their markers, which switches them on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.scatter_view import paint_marker
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QWidget

    from workbench.ui.style.palette import Palette

SIDE: Final = 14
RADIUS: Final = 4.6
WIDEST: Final = 110
"""Logical pixels of a name; a longer one is cut, and whole in its tooltip."""
MOST_ROWS: Final = 12
"""The height of the panel follows from it: the map would be as high as all classes of a large data set."""


class ClassLegend(QListWidget):
    """A row for each class. A check mark shows it; the pointer or the keyboard on a row emphasises it."""

    shown_changed = Signal()
    """Other classes are shown."""
    emphasis_changed = Signal(object)
    """The pointer or the focus is on a class: its label; None for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setAccessibleName(self.tr("Classes on the map"))
        self._colours: PlotColours | None = None
        self._names: tuple[str, ...] = ()
        self.itemChanged.connect(lambda _: self.shown_changed.emit())
        self.itemEntered.connect(lambda item: self.emphasis_changed.emit(self.row(item)))
        self.currentRowChanged.connect(self._on_current)
        self.itemDoubleClicked.connect(lambda item: self.show_only(self.row(item)))

    def set_palette(self, palette: Palette) -> None:
        """Draw the markers in these colours."""
        self._colours = PlotColours.of(palette)
        self.blockSignals(True)
        for label in range(self.count()):
            self.item(label).setIcon(self._icon(label))
        self.blockSignals(False)

    def show_classes(self, names: Sequence[str]) -> None:
        """List these classes, all of them shown."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        self.blockSignals(True)
        self.clear()
        tip = self.tr("{name}: click the box to hide or show it; double-click to show it alone, and again for all.")
        for label, name in enumerate(names):
            item = QListWidgetItem(self._icon(label), name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setToolTip(plain_tool_tip(tip.format(name=name)))
            self.addItem(item)
        self.blockSignals(False)
        self.updateGeometry()

    @property
    def is_shown(self) -> NDArray[np.bool_]:
        """(classes,) which are shown."""
        checked = Qt.CheckState.Checked
        return np.array([self.item(label).checkState() is checked for label in range(self.count())], np.bool_)

    def show_only(self, label: int) -> None:
        """Show this class alone; all where it is alone already."""
        shown = self.is_shown
        is_alone = bool(shown[label]) and int(shown.sum()) == 1
        self.blockSignals(True)
        for each in range(self.count()):
            is_on = is_alone or each == label
            self.item(each).setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.shown_changed.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Emphasise none."""
        super().leaveEvent(event)
        self.emphasis_changed.emit(self.currentRow() if self.hasFocus() and self.currentRow() >= 0 else None)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as the longest name, and as high as its rows, both within reason: a hundred classes scroll."""
        names = [self.fontMetrics().horizontalAdvance(name) for name in self._names]
        height = self.sizeHintForRow(0) * min(self.count(), MOST_ROWS) + 2 * self.frameWidth() + 2
        bar = self.verticalScrollBar().sizeHint().width() if self.count() > MOST_ROWS else 0
        return QSize(min(max(names, default=0), scaled(WIDEST)) + 2 * SIDE + 40 + bar, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(60, 60)

    def _on_current(self, row: int) -> None:
        if self.hasFocus():
            self.emphasis_changed.emit(row if row >= 0 else None)

    def _icon(self, label: int) -> QIcon:
        if self._colours is None:
            return QIcon()
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(SIDE, SIDE) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_marker(painter, self._colours, QPointF(SIDE / 2, SIDE / 2), label, RADIUS)
        return QIcon(pixmap)
