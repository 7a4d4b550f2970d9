"""A slider that stops at the stops of a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractSlider, QSlider, QStyle, QStyleOptionSlider

from workbench.ui.style.zoom import scaled
from workbench.ui.system.accessible import SpokenNumber
from workbench.ui.text.numbers import POSITIONS
from workbench.ui.widgets.wheel_steps import WheelSteps

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from workbench.ui.text.numbers import SliderScale

PAGE: Final = 10
TICK_GAP: Final = 9
"""Pixels from the groove to the ticks: the handle lies between."""
TICK_LENGTH: Final = 3
_STEPS: Final = {
    QAbstractSlider.SliderAction.SliderSingleStepAdd.value: 1,
    QAbstractSlider.SliderAction.SliderSingleStepSub.value: -1,
}


class SnappingSlider(QSlider):
    """A horizontal slider whose value is any number, and whose handle picks the stops of `scale`.

    Ticks below it mark the decades of a logarithmic scale, and even parts of a linear one.

    The wheel turns it only while it has the focus: scrolling a panel must not change what lies under the pointer.
    """

    value_picked = Signal(object)

    def __init__(self, scale: SliderScale, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._scale = scale
        self._exact: int | float = scale.stops[0]
        self._wheel = WheelSteps()
        self.setRange(0, POSITIONS)
        self.setSingleStep(max(1, POSITIONS // len(scale.stops)))
        self.setPageStep(PAGE * self.singleStep())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(60)
        self.actionTriggered.connect(self._on_action_triggered)
        self.valueChanged.connect(self._on_value_changed)

    def show_value(self, value: float) -> None:
        """Move the handle to any value, a stop or not, without a signal."""
        self._exact = value
        self.setValue(self._scale.position_of(value))

    def step(self, count: int) -> None:
        """Pick the stop `count` stops up, or down where negative."""
        self._pick(self._scale.stepped(self._exact, count))

    def spoken_number(self) -> SpokenNumber:
        """The value, not the position."""
        stops = self._scale.stops
        return SpokenNumber(float(self._exact), float(stops[0]), float(stops[-1]), self._scale.text_of(self._exact))

    def set_spoken_number(self, value: float) -> None:
        """Pick a value, or the nearest that is allowed."""
        self._pick(self._scale.nearest(value))

    def column_of(self, position: int) -> float:
        """Where the middle of the handle is at `position`, in pixels from the left edge."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, slider = self.style(), QStyle.ComplexControl.CC_Slider
        groove = style.subControlRect(slider, option, QStyle.SubControl.SC_SliderGroove, self)
        handle = style.subControlRect(slider, option, QStyle.SubControl.SC_SliderHandle, self)
        room = groove.width() - handle.width()
        offset = style.sliderPositionFromValue(self.minimum(), self.maximum(), position, room, option.upsideDown)
        return groove.left() + offset + handle.width() / 2

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the ticks, then the slider over them."""
        painter = QPainter(self)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        colour = self.palette().color(group, QPalette.ColorRole.PlaceholderText)
        top = self.height() / 2 + scaled(TICK_GAP)
        for position, _ in self._scale.ticks():
            painter.fillRect(QRectF(round(self.column_of(position)), top, scaled(1), scaled(TICK_LENGTH)), colour)
        painter.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Page Up and Page Down go ten stops; Qt does the rest."""
        match event.key():
            case Qt.Key.Key_PageUp:
                self.step(PAGE)
            case Qt.Key.Key_PageDown:
                self.step(-PAGE)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Step while it has the focus; otherwise let the panel scroll."""
        if notches := self._wheel.count(event, self):
            self.step(notches)

    def _on_action_triggered(self, action: int) -> None:
        # Qt has changed the position but not yet the value, and this slot may set another position.
        if action in _STEPS:
            value = self._scale.stepped(self._exact, _STEPS[action])
        else:
            value = self._scale.value_at(self.sliderPosition())
        self.setSliderPosition(self._scale.position_of(value))
        self._pick(value)

    def _on_value_changed(self, position: int) -> None:
        # Without an action it is not the user, but a program that knows positions alone.
        if position != self._scale.position_of(self._exact):
            self._pick(self._scale.value_at(position))

    def _pick(self, value: float) -> None:
        if value != self._exact:
            self.show_value(value)
            self.value_picked.emit(value)
