"""Drags the learning rate with the mouse while a run trains, and takes frames of the window meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from tests.screenshots.pictures import save_animation
from workbench.ui.models.session_state import SessionState
from workbench.ui.widgets.snapping_slider import SnappingSlider

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from tests.screenshots.stage import Stage

WIDTH: Final = 960
FRAME_MS: Final = 100
LAST_MS: Final = 800
STEPS_A_FRAME: Final = 16
"""160 steps a second, a fifth of what two quiet cores train, so that the animation does not depend on the machine."""
STEPS_WHILE_DRAGGING: Final = 5
POINTER: Final = ((0, 0), (0, 17), (4, 13.5), (7, 20), (9.5, 19), (6.5, 12.5), (12, 12))
"""The outline of an arrow, in pixels: a picture of a window has no pointer."""
TOO_LARGE: Final = 5.0
GOOD: Final = 0.1


def steer(stage: Stage, path: Path) -> None:
    """Make the animation: train, drag the rate up until the guard steps in, drag it back, go on.

    Args:
        stage: with a window that is ready to train.
        path: of the animation.
    """
    camera = Camera(stage)
    camera.point_at(stage.find("train_button"))
    camera.record(4)
    stage.press("train")
    slider = stage.find("learning_rate_slider")
    assert isinstance(slider, SnappingSlider)
    stage.train_to(1)
    camera.glide_to(slider, handle_of(slider), frames=6)
    camera.record(12)
    camera.drag(slider, TOO_LARGE, frames=12)
    stage.until(lambda: stage.window.state is SessionState.PAUSED)
    camera.record(12)
    camera.drag(slider, GOOD, frames=12)
    button = stage.find("notice_as_it_was")
    camera.glide_to(button, button.rect().center(), frames=6)
    stage.click(button)
    stage.until(lambda: stage.window.state is SessionState.TRAINING)
    camera.record(22)
    camera.save(path)


def handle_of(slider: SnappingSlider, value: float | None = None) -> QPoint:
    """Where the handle of a slider is, or would be at a value."""
    position = slider.value() if value is None else slider._scale.position_of(value)
    return QPoint(round(slider.column_of(position)), slider.height() // 2)


class Camera:
    """Takes frames of the window, with the pointer drawn where the mouse is.

    While a run trains, a frame is taken every few steps; else every tenth of a second.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._frames: list[QImage] = []
        self._pointer = QPoint()

    def point_at(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Move the pointer to the middle of a widget, or to a place of it."""
        place = widget.rect().center() if place is None else place
        self._pointer = widget.mapTo(self._stage.window, place)

    def record(self, frames: int, steps: int = STEPS_A_FRAME) -> None:
        """Take a number of frames, so many steps apart where the run trains."""
        for _ in range(frames):
            self._pass_time(steps)
            self._take()

    def glide_to(self, widget: QWidget, place: QPoint, *, frames: int) -> None:
        """Move the pointer to a place of a widget, and take frames of it."""
        start, end = self._pointer, widget.mapTo(self._stage.window, place)
        for number in range(1, frames + 1):
            self._pointer = start + (end - start) * _eased(number / frames)
            self.record(1)

    def drag(self, slider: SnappingSlider, value: float, *, frames: int) -> None:
        """Take the handle of a slider, move it to a value, and let it go."""
        start, end = handle_of(slider), handle_of(slider, value)
        self._stage.mouse(slider, QEvent.Type.MouseButtonPress, start)
        for number in range(1, frames + 1):
            place = start + (end - start) * _eased(number / frames)
            self._stage.mouse(slider, QEvent.Type.MouseMove, place)
            self.point_at(slider, place)
            self.record(1, STEPS_WHILE_DRAGGING)
        self._stage.mouse(slider, QEvent.Type.MouseButtonRelease, end)

    def save(self, path: Path) -> None:
        """Write the animation; its last frame stands for a while."""
        save_animation(self._frames, [FRAME_MS] * (len(self._frames) - 1) + [LAST_MS], path)

    def _pass_time(self, steps: int) -> None:
        stage = self._stage
        history, state = stage.window.history, SessionState.TRAINING
        if history is None or stage.window.state is not state:
            stage.wait(FRAME_MS / 1000)
            return
        target = len(history) + steps
        stage.until(lambda: stage.window.state is not state or len(stage.window.history or ()) >= target)
        stage.wait(0.05)  # until it is painted

    def _take(self) -> None:
        picture = self._stage.grab()
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("black"), 1))
        painter.setBrush(QColor("white"))
        painter.drawPolygon(QPolygonF([QPointF(self._pointer) + QPointF(x, y) for x, y in POINTER]))
        painter.end()
        smooth = Qt.TransformationMode.SmoothTransformation
        self._frames.append(picture.toImage().scaledToWidth(WIDTH, smooth))


def _eased(share: float) -> float:
    """Slow at both ends, as a hand is."""
    return 3 * share**2 - 2 * share**3
