"""Glow: lights up a control of the window, without covering it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEasingCurve, QRectF, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from workbench.ui.widgets.follower import Follower

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from workbench.ui.style.palette import Palette

REACH: Final = 9
"""Logical pixels that the glow reaches beyond the control."""
LARGE: Final = QSize(260, 160)
RINGS: Final = 4
RADIUS: Final = 8
PULSE_MS: Final = 700
PULSES: Final = 2
"""It pulses so often, then stays as it is: an endless movement would take time from the training, and the eye."""
SECONDS: Final = 4.0


class Glow(QWidget):
    """A soft ring around a control. The mouse and the keyboard pass through it.

    Args:
        window: over which it lies; the ring goes along where its control lies in another window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("glow")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._colour = QColor("blue")
        self._strength = 1.0
        self._is_inside = False
        self._follower = Follower(self)
        self._follower.moved.connect(self._place)
        self._pulse = QVariantAnimation(self)
        self._pulse.setStartValue(0.3)
        self._pulse.setKeyValueAt(0.5, 1.0)
        self._pulse.setEndValue(1.0)
        self._pulse.setDuration(PULSE_MS)
        self._pulse.setLoopCount(PULSES)
        self._pulse.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._pulse.valueChanged.connect(self._set_strength)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.stop)
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """The control that is lit up; None where none is."""
        return self._follower.target

    def light(self, target: QWidget, seconds: float | None = SECONDS) -> None:
        """Light up `target`, for some seconds or until `stop`."""
        self._follower.follow(target)
        self._end.stop()
        if seconds is not None:
            self._end.start(round(1000 * seconds))
        self._pulse.stop()
        self._pulse.start()
        self._place()

    def stop(self) -> None:
        """Light up nothing."""
        self._end.stop()
        self._pulse.stop()
        self._follower.follow(None)
        self.hide()

    def set_palette(self, palette: Palette) -> None:
        """Glow in the colour of the theme."""
        self._colour = QColor(palette.focus)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw rings that fade away from the control's edge."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = REACH / RINGS
        for ring in range(RINGS):
            colour = QColor(self._colour)
            faint = 0.2 if self._is_inside else 0.45
            colour.setAlphaF(self._strength * (1.0 if ring == 0 else faint / ring))
            painter.setPen(QPen(colour, width))
            inset = width / 2 + ring * width if self._is_inside else REACH - width / 2 - ring * width
            radius = RADIUS if self._is_inside else RADIUS + ring * width
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()

    def _set_strength(self, strength: float) -> None:
        self._strength = strength
        self.update()

    def _place(self) -> None:
        target, seen = self._follower.target, self._follower.seen_rect()
        if target is None or seen.isEmpty():
            self.hide()
            return
        if self.parentWidget() is not target.window():
            self.setParent(target.window())
        # Around a whole panel the ring would lie over what stands close to it: there it is drawn inside its edge.
        self._is_inside = seen.width() > LARGE.width() and seen.height() > LARGE.height()
        reach = 0 if self._is_inside else REACH
        self.setGeometry(seen.adjusted(-reach, -reach, reach, reach))
        self.show()
        self.raise_()
