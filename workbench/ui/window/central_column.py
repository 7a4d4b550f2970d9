"""The middle of the window: the notice above the plots, and the slider to look back below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.plotting.plot_rows import LEAST_LOSS_HEIGHT, least_loss_height

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

MARGIN: Final = 8
SPACING: Final = 6
NOTICE_SHARE: Final = 14
"""The notice takes at most the window's height divided by this, and one line in any case."""


class CentralColumn(QWidget):
    """Gives the notice as many lines as it needs and the window allows, the slider its height, and the plots the rest.

    Room for one line is part of its least height also while there is no notice: so a notice takes room from the plots,
    never from the docks, and nothing is left of it when it goes. Only plots that are a strip have none to spare.
    """

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._top: QWidget | None = None
        self._main: QWidget | None = None
        self._below: QWidget | None = None
        self._is_strip = False

    def set_parts(
        self, *, top: QWidget | None = None, main: QWidget | None = None, below: QWidget | None = None
    ) -> None:
        """Show these widgets; those above and below the main one may be hidden."""
        self._top, self._main, self._below = top or self._top, main or self._main, below or self._below
        for part in (top, main, below):
            if part is not None:
                part.setParent(self)
        self._arrange()

    def set_strip(self, is_strip: bool) -> None:
        """Say whether the plots are a strip, which needs no share of the window."""
        self._is_strip = is_strip
        self.updateGeometry()
        self._arrange()

    def least_height(self, window_height: int) -> int:
        """The height at which the loss plot has its share of a window of this height, in pixels."""
        more = 0 if self._is_strip else least_loss_height(window_height) - LEAST_LOSS_HEIGHT
        return self.minimumSizeHint().height() + more

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The plots' and a notice of one line, whether there is one or not."""
        main = QSize() if self._main is None else self._main.minimumSizeHint()
        has_line = self._top is not None and not (self._is_strip and self._top.isHidden())
        line = self._top.minimumSizeHint().height() + SPACING if self._top is not None and has_line else 0
        return QSize(main.width() + 2 * MARGIN, main.height() + line + self._height_below() + MARGIN)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The plots'."""
        return self.minimumSizeHint() if self._main is None else self._main.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Arrange the parts again after one was shown, hidden, or has other contents."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room anew."""
        super().resizeEvent(event)
        self._arrange()
        self.resized.emit()

    def _arrange(self) -> None:
        top, width = MARGIN, max(0, self.width() - 2 * MARGIN)
        if self._top is not None and not self._top.isHidden():
            line = self._top.minimumSizeHint().height()
            height = max(line, min(self._top.heightForWidth(width), self.window().height() // NOTICE_SHARE))
            self._top.setGeometry(MARGIN, top, width, height)
            top += height + SPACING
        below = self._height_below()
        if self._main is not None:
            self._main.setGeometry(MARGIN, top, width, max(0, self.height() - top - below))
        if self._below is not None and below:
            self._below.setGeometry(MARGIN, self.height() - below + SPACING, width, below - SPACING)

    def _height_below(self) -> int:
        if self._below is None or self._below.isHidden():
            return 0
        return self._below.sizeHint().height() + SPACING
