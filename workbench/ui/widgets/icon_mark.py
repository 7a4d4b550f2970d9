"""A small icon with a meaning, beside the name of a control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import QWidget

from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

SIDE = 16


class IconMark(QWidget):
    """An icon with a sentence as its tool tip; it keeps its place while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(scaled(SIDE), scaled(SIDE))
        self._icon = QIcon()

    def show_mark(self, icon: QIcon, sentence: str) -> None:
        """Show `icon`, which means `sentence` (its accessible name); a null icon and "" leave the mark empty."""
        self._icon = icon
        self.setAccessibleName(sentence)
        self.setToolTip(plain_tool_tip(sentence))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the icon, with the same colour if the row is disabled: the lock explains why the row is disabled."""
        del event
        self._icon.paint(QPainter(self), self.rect())
