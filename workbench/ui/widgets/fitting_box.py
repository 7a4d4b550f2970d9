"""A combo box that is as wide as the entry it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox

from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LEAST_LETTERS: Final = 2
POPUP_ROOM: Final = 40
"""Pixels of the popup beside its widest entry."""


class FittingBox(QComboBox):
    """Wants the width of its present entry, not of the longest: several of them fit beside each other so.

    Its popup is as wide as the longest entry. It can be narrower than it wants, where there is no room.

    Args:
        name: the object name.
        title: what is chosen, in the user's language.
        parent: Qt's parent.
    """

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.view().setTextElideMode(Qt.TextElideMode.ElideNone)
        self.currentTextChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the present entry."""
        return self._size_of(self.fontMetrics().horizontalAdvance(self.currentText()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for a few letters."""
        return self._size_of(LEAST_LETTERS * self.fontMetrics().averageCharWidth())

    def showPopup(self) -> None:  # noqa: N802
        """Open the list, wide enough for each entry."""
        texts = (self.itemText(index) for index in range(self.count()))
        widest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        self.view().setMinimumWidth(widest + scaled(POPUP_ROOM))
        super().showPopup()

    def _size_of(self, text_width: int) -> QSize:
        self.ensurePolished()
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        contents = QSize(text_width, self.fontMetrics().height())
        return self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, contents, self)
