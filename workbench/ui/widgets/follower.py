"""Follower: says where a widget is seen in its window, and when that has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOVING: Final = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ParentChange,
        QEvent.Type.WindowStateChange,
    }
)


class Follower(QObject):
    """Watches one widget and all that it lies in: a scroll area, a dock that is moved, the window itself.

    It costs nothing while nothing moves. Several changes within one turn of the event loop are one `moved`.
    """

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._on_moved)

    @property
    def target(self) -> QWidget | None:
        """The widget that is followed; None where there is none, or no more."""
        return self._target if self._target is not None and isValid(self._target) else None

    def follow(self, target: QWidget | None) -> None:
        """Follow another widget, or none."""
        self._target = target
        self._watch()

    def seen_rect(self) -> QRect:
        """The part of the widget that is seen, in the coordinates of its window; empty where nothing is seen."""
        target = self.target
        if target is None or not target.isVisible():
            return QRect()
        seen = target.visibleRegion().boundingRect()
        return QRect() if seen.isEmpty() else QRect(target.mapTo(target.window(), seen.topLeft()), seen.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Notice that something has moved; the widgets are laid out only when the event loop runs."""
        if event.type() in _MOVING and not self._soon.isActive():
            self._soon.start()
        return super().eventFilter(watched, event)

    def _on_moved(self) -> None:
        self._watch()  # a dock may lie in another window now
        self.moved.emit()

    def _watch(self) -> None:
        chain: list[QWidget] = []
        widget = self.target
        while widget is not None:
            chain.append(widget)
            widget = None if widget.isWindow() else widget.parentWidget()
        if chain == self._watched:
            return
        for each in self._watched:
            if isValid(each):
                each.removeEventFilter(self)
        for each in chain:
            each.installEventFilter(self)
        self._watched = chain
