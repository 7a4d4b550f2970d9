"""A small icon that says something about the row it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QWidget

from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

SIDE = 16


class IconMark(QWidget):
    """An icon of 16 pixels with a sentence as its tool tip; empty, it keeps its place so that nothing moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(SIDE, SIDE)
        self._icon = QIcon()

    @property
    def sentence(self) -> str:
        """What the mark says; "" while it is empty."""
        return self.accessibleName()

    def show_mark(self, icon: QIcon, sentence: str) -> None:
        """Show `icon`, which means `sentence`; a null icon and "" leave the mark empty."""
        self._icon = icon
        self.setAccessibleName(sentence)
        self.setToolTip(plain_tool_tip(sentence))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """16 by 16 pixels."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the icon, as bright where the row is disabled: the lock is what a disabled row has to say."""
        del event
        self._icon.paint(QPainter(self), self.rect())
