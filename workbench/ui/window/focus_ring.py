"""FocusRing: a frame around the widget that the keyboard has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QRegion
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPushButton, QTabBar, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.style.palette import Palette

WIDTH: Final = 2
RADIUS: Final = 5.0
DRAWS_ITS_OWN: Final = (QAbstractSpinBox, QComboBox, QLineEdit, QPushButton)
"""Their frame becomes the ring, by the stylesheet."""

_FOLLOWED: Final = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show})
_ENDS: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.Hide})


class FocusRing(QWidget):
    """Lies over the window, and lets the mouse through. It is shown only where the focus came by a key.

    It is cut to the ring itself: what moves below it, such as a curve, is painted without it.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._palette: Palette | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def target(self) -> QWidget | None:
        """The widget that the ring is around; None while it is hidden."""
        return self._target

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self.update()

    def show_around(self, widget: QWidget) -> None:
        """Show the ring around a widget that has the focus."""
        self._leave()
        if widget.window() is not self._window or not widget.hasFocus() or isinstance(widget, DRAWS_ITS_OWN):
            return
        self._target = widget
        above: QWidget | None = widget
        while above is not None and above is not self._window:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()
        if isinstance(widget, QTabBar):
            widget.currentChanged.connect(self._place)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the widget; a click in it shows that the mouse has taken over."""
        if event.type() in _FOLLOWED:
            self._place()
        elif event.type() in _ENDS and (watched is self._target or event.type() is QEvent.Type.Hide):
            self._leave()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the ring."""
        del event
        if self._palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._palette.focus, WIDTH))
        half = WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), RADIUS, RADIUS)
        painter.end()

    def _place(self, *_: object) -> None:
        target = self._target
        if target is None:
            return
        inside = target.rect()
        if isinstance(target, QTabBar) and target.currentIndex() >= 0:
            inside = target.tabRect(target.currentIndex()).adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)
        place = self._seen(target, inside)
        if place.isEmpty():
            self.hide()
            return
        self.setGeometry(place.adjusted(-WIDTH, -WIDTH, WIDTH, WIDTH) & self._window.rect())
        outer = QPainterPath()
        outer.addRoundedRect(QRectF(self.rect()), RADIUS + 1, RADIUS + 1)
        hole = self.rect().adjusted(WIDTH + 2, WIDTH + 2, -WIDTH - 2, -WIDTH - 2)
        self.setMask(QRegion(outer.toFillPolygon().toPolygon()).subtracted(QRegion(hole)))
        self.show()
        self.raise_()

    def _seen(self, target: QWidget, inside: QRect) -> QRect:
        """Where this part of the target is in the window, as far as it is not scrolled out of sight."""
        place = QRect(inside)
        widget = target
        while widget is not self._window and (parent := widget.parentWidget()) is not None:
            place = place.translated(widget.pos()) & parent.rect()
            widget = parent
        return place

    def _leave(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        if isinstance(self._target, QTabBar):
            self._target.currentChanged.disconnect(self._place)
        self._watched, self._target = [], None
        self.hide()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Without a focus, another window has it: the user comes back to the same place.
        if self._target is not None and new is not None and new is not self._target:
            self._leave()
