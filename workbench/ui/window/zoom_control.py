"""ZoomControl: draws the whole interface larger or smaller, as far as the window then still fits its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QToolBar

from workbench.ui.style.zoom import STEPS, USUAL, next_step, scaled, zoom

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


LEAST_WINDOW: Final = QSize(960, 540)
"""At the usual zoom: in a smaller window, where one is possible, tabs and numbers are cut."""


class ZoomControl(QObject):
    """Asks for another zoom; the program builds the window anew in that size, over the running session.

    Args:
        window: that is drawn larger or smaller.

    Attributes:
        chosen: the zoom that is asked for, in per cent.
        refused: the zoom that the screen has no room for, and the present one, in per cent.
    """

    chosen = Signal(int)
    refused = Signal(int, int)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_asked = False
        self._whole: QSize | None = None

    def larger(self) -> None:
        """Draw everything a step larger."""
        self._ask(next_step(zoom(), 1))

    def smaller(self) -> None:
        """Draw everything a step smaller."""
        self._ask(next_step(zoom(), -1))

    def usual(self) -> None:
        """Draw everything in its usual size."""
        self._ask(USUAL)

    def set_whole(self, least: QSize | None) -> None:
        """While most of the window is hidden, set its least size with all of it; None while nothing is hidden."""
        self._whole = least

    def fits(self, percent: int) -> bool:
        """Whether the window at this zoom fits the screen, as far as can be told from the present one."""
        least = self._window.minimumSizeHint() if self._whole is None else self._whole
        room = self._window.screen().availableSize()
        ratio = percent / zoom()
        return (
            has_room(room, percent)
            and least.width() * ratio <= room.width()
            and least.height() * ratio <= room.height()
        )

    def _ask(self, percent: int) -> None:
        if percent == zoom() or self._is_asked:
            return
        if percent > max(zoom(), USUAL) and not self.fits(percent):
            self.refused.emit(percent, zoom())
            return
        # Once: this window is replaced, and a key that is held down arrives at the next one.
        self._is_asked = True
        self.chosen.emit(percent)


def fitting_zoom(wanted: int) -> int:
    """The zoom `wanted`, or the largest step below it for which one of the screens has room; for the start."""
    rooms = [screen.availableSize() for screen in QGuiApplication.screens()]
    fitting = [step for step in STEPS if step <= USUAL or any(has_room(room, step) for room in rooms)]
    return max((step for step in fitting if step <= wanted), default=USUAL)


def has_room(room: QSize, percent: int) -> bool:
    """Whether a window at this zoom is legible in `room`."""
    least = LEAST_WINDOW * (percent / USUAL)
    return least.width() <= room.width() and least.height() <= room.height()


def scale_icons(window: QMainWindow) -> None:
    """Draw the icons of all buttons of a new window at the present zoom; those of the tool bars are so already."""
    if zoom() == USUAL:
        return
    for button in window.findChildren(QAbstractButton):
        around = button.parentWidget()
        while around is not None and not isinstance(around, QToolBar):
            around = around.parentWidget()
        if around is None or button.objectName().startswith("hint_"):
            size = button.iconSize()
            button.setIconSize(QSize(scaled(size.width()), scaled(size.height())))
