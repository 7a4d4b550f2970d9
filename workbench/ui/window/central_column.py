"""The middle of the window: figures, plots, the slider to look back below them; the notice floats over the plots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.plotting.plot_rows import LEAST_LOSS_HEIGHT, is_low, least_loss_height
from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

MARGIN: Final = 8
LOW_MARGIN: Final = 2
"""Above everything else in a low window, where the plots need each pixel."""
SPACING: Final = 6
LOW_WINDOW: Final = 720
"""Pixels of the window's height, at the usual zoom, below which the figures are a low line: the plots need it."""
NARROWEST_NOTICE: Final = 380
NOTICE_SHARES: Final = (0.42, 0.5, 0.6, 0.75, 1.0)
"""Of the width of the place where the notice floats: the first at which it is low enough is taken."""
HIGHEST_NOTICE: Final = 0.7
"""Of the height of that place."""


@runtime_checkable
class IsHead(Protocol):
    """A line of figures that is not shown while it has nothing to show."""

    @property
    def is_wanted(self) -> bool:
        """Whether it has something to show."""

    def set_compact(self, is_compact: bool) -> None:
        """Be a low line, or not."""


@runtime_checkable
class HasFreePlace(Protocol):
    """A widget that knows where something may float over it."""

    def floating_place(self) -> QRect:
        """Where something may float, in its own pixels."""

    def free_corner(self, size: QSize) -> QPoint:
        """The upper left corner of the part of that place, of this size, that covers least."""


@runtime_checkable
class HasFurtherPlot(Protocol):
    """A widget with a plot that is shown below its first one where there is room."""

    def further_height(self) -> int:
        """What that plot needs beside the first one, in pixels."""


class CentralColumn(QWidget):
    """Gives the figures and the slider their height, and the plots the rest.

    The notice floats over the plots, where it covers least of the curves: it moves nothing, neither when it comes nor
    when it goes. Room for the figures is part of the least height also while there is no run to show figures of.
    """

    resized = Signal()
    least_changed = Signal()
    """It needs another height, such as for a row that names further runs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._head: QWidget | None = None
        self._notice: QWidget | None = None
        self._main: QWidget | None = None
        self._below: QWidget | None = None
        self._is_strip, self._has_figures = False, True
        self._least = 0

    def set_parts(
        self,
        *,
        head: QWidget | None = None,
        notice: QWidget | None = None,
        main: QWidget | None = None,
        below: QWidget | None = None,
    ) -> None:
        """Show these widgets; all but the main one may be hidden."""
        self._head, self._notice = head or self._head, notice or self._notice
        self._main, self._below = main or self._main, below or self._below
        for part in (head, main, below, notice):
            if part is not None:
                part.setParent(self)
        if notice is not None:
            notice.installEventFilter(self)
        self._arrange()

    @property
    def is_strip(self) -> bool:
        """Whether the plots are a strip."""
        return self._is_strip

    def set_kind(self, *, is_strip: bool, has_figures: bool) -> None:
        """Say whether the plots are a strip, which needs no share of the window, and whether figures are above them."""
        self._is_strip, self._has_figures = is_strip, has_figures
        self.updateGeometry()
        self._arrange()

    def least_height(self, window_height: int) -> int:
        """The height at which the loss plot has its share of a window of this height, in pixels."""
        more = 0 if self._is_strip else least_loss_height(window_height) - LEAST_LOSS_HEIGHT
        return self.minimumSizeHint().height() + more

    @property
    def further_height(self) -> int:
        """What the second plot needs above the least height, in pixels."""
        return self._main.further_height() if isinstance(self._main, HasFurtherPlot) else 0

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The plots' and the figures', whether there are any or not."""
        main = QSize() if self._main is None else self._main.minimumSizeHint()
        top = self._top_with(has_figures=self._head is not None and self._has_figures)
        return QSize(main.width() + 2 * MARGIN, main.height() + top + self._height_above() + self._height_below())

    def sizeHint(self) -> QSize:  # noqa: N802
        """The plots'."""
        return self.minimumSizeHint() if self._main is None else self._main.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Arrange the parts again after one was shown, hidden, or has other contents."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
            if (least := self.minimumSizeHint().height()) != self._least:
                self._least = least
                self.least_changed.emit()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Place the notice when it is shown, and when it says something else."""
        if watched is self._notice and event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place_notice()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room anew."""
        super().resizeEvent(event)
        self._arrange()
        self.resized.emit()

    def _arrange(self) -> None:
        width, top = max(0, self.width() - 2 * MARGIN), MARGIN
        if self._head is not None:
            above = self._height_above()
            is_wanted = not isinstance(self._head, IsHead) or self._head.is_wanted
            self._head.setVisible(is_wanted and self._has_figures)
            top = self._top_with(has_figures=not self._head.isHidden())
            if not self._head.isHidden():
                self._head.setGeometry(MARGIN, top, width, self._head.sizeHint().height())
                top += above
        below = self._height_below()
        if self._main is not None:
            self._main.setGeometry(MARGIN, top, width, max(0, self.height() - top - below))
        if self._below is not None and below:
            self._below.setGeometry(MARGIN, self.height() - below + SPACING, width, below - SPACING)
        self._place_notice()

    def _place_notice(self) -> None:
        """Let the notice float where it covers least, as wide as it must be to be low."""
        notice, main = self._notice, self._main
        if notice is None or main is None or notice.isHidden():
            return
        place = main.floating_place() if isinstance(main, HasFreePlace) else main.rect()
        room = place.width() - 2 * MARGIN
        for share in NOTICE_SHARES:
            width = min(room, max(scaled(NARROWEST_NOTICE), round(share * place.width())))
            height = notice.heightForWidth(width)
            if height <= HIGHEST_NOTICE * place.height():
                break
        # Rather than that a question is cut, it covers the plots below, too.
        size = QSize(width, min(height, self.height()))
        corner = main.free_corner(size) if isinstance(main, HasFreePlace) else place.topLeft()
        top = min(main.y() + corner.y(), max(0, self.height() - height))
        notice.setGeometry(QRect(QPoint(main.x() + corner.x(), top), size))
        notice.raise_()

    def _top_with(self, *, has_figures: bool) -> int:
        """Pixels above the figures, or above the plots where there are none."""
        if is_low(self.window().height()):
            return LOW_MARGIN
        return SPACING if has_figures else MARGIN

    def _height_above(self) -> int:
        if self._head is None or not self._has_figures:
            return 0
        if isinstance(self._head, IsHead):
            self._head.set_compact(self.window().height() < scaled(LOW_WINDOW))
        return self._head.sizeHint().height() + SPACING // 2

    def _height_below(self) -> int:
        if self._below is None or self._below.isHidden():
            return 0
        return self._below.sizeHint().height() + SPACING
