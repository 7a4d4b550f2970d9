"""DrawingCanvas: an image of a few pixels, shown large, to draw in with mouse, pen or keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPointingDevice,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.engine.data.single_picture import MOST_PIXELS, RawPicture
from workbench.ui.style.array_images import image_of
from workbench.ui.widgets.brush import Stroke

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QPaintEvent, QTabletEvent

    from workbench.ui.style.palette import Palette

MARGIN: Final = 2
LEAST: Final = QSize(64, 64)
MOST_BYTES: Final = 32 << 20
"""Of the images that Undo can return to."""
LEAST_PRESSURE: Final = 0.25
"""The radius of a pen without pressure, as a share of the brush's."""
ENCODED: Final = ("image/png", "image/jpeg", "image/webp", "image/bmp", "image/tiff", "image/gif")
SHARP: Final = 3
"""Image pixels of at least this many pixels of the screen are drawn with their edges."""


class DrawingCanvas(QWidget):
    """Draws itself. Undo, redo, copy, paste and clear are keys, too: they mean the drawing while it has the focus."""

    changed = Signal()
    """The image is another."""
    stroke_ended = Signal()
    picture_offered = Signal(object)
    """A picture was pasted or dropped: a path, the content of a file, or a `RawPicture`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawing_canvas")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.radius = 1.5
        self.is_erasing = False
        self.hint = ""
        self._palette: Palette | None = None
        self._ground = 0
        self._colour: tuple[int, ...] = (255,)
        self._image: NDArray[np.uint8] = np.zeros((1, 28, 28), np.uint8)
        self._undone: list[NDArray[np.uint8]] = []
        self._before: list[NDArray[np.uint8]] = []
        self._stroke: Stroke | None = None
        self._last = (0.0, 0.0)
        self._pointer: QPointF | None = None
        self._key_place = (13.5, 13.5)

    # The image

    @property
    def image(self) -> NDArray[np.uint8]:
        """(C, H, W): what is drawn. It does not change: each change makes a new one."""
        return self._image

    @property
    def ground(self) -> int:
        """The value of an empty pixel, in every channel."""
        return self._ground

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn."""
        return bool(np.all(self._image == self._ground))

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._before)

    def begin(self, shape: tuple[int, int, int], ground: int) -> None:
        """Make room for images of another form, with nothing drawn.

        Args:
            shape: (C, H, W).
            ground: the value of an empty pixel.
        """
        self._ground = ground
        self._image = np.full(shape, ground, np.uint8)
        self._colour = (255 - ground,) * shape[0]
        self._before.clear()
        self._undone.clear()
        self._stroke = None
        self._key_place = ((shape[2] - 1) / 2, (shape[1] - 1) / 2)
        self._tell()

    def set_colour(self, colour: Sequence[int]) -> None:
        """Draw in this colour (C,)."""
        self._colour = tuple(colour)
        self.update()

    def show_image(self, image: NDArray[np.uint8]) -> None:
        """Draw on from this image (C, H, W); it can be undone."""
        self._remember()
        self._image = np.ascontiguousarray(image)
        self._tell()

    def clear(self) -> None:
        """Remove everything; it can be undone."""
        if not self.is_blank:
            self.show_image(np.full_like(self._image, self._ground))

    def undo(self) -> None:
        """Take the last stroke back, or whatever changed the image."""
        self._go(self._before, self._undone)

    def redo(self) -> None:
        """Make again what was taken back."""
        self._go(self._undone, self._before)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self.update()

    # Sizes

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return LEAST

    def sizeHint(self) -> QSize:  # noqa: N802
        """No more: the layout gives it what is left."""
        return LEAST

    @property
    def image_rect(self) -> QRect:
        """Where the image is drawn: as large as fits, in its proportions."""
        _, height, width = self._image.shape
        room = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        size = QSize(width, height).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        rect = QRect(room.topLeft(), size)
        rect.moveCenter(room.center())
        return rect

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the image, the brush, and the focus."""
        del event
        if self._palette is None:
            return
        rect = self.image_rect
        picture = image_of(self._image)
        with QPainter(self) as painter:
            is_smooth = rect.width() < SHARP * picture.width()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
            painter.drawImage(rect, picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            has_focus = self.hasFocus()
            painter.setPen(
                QPen(self._palette.focus if has_focus else self._palette.border_strong, 2 if has_focus else 1)
            )
            painter.drawRect(rect)
            grey = Qt.GlobalColor.darkGray if self._ground >= 128 else Qt.GlobalColor.lightGray
            if self.hint and self.is_blank and self._stroke is None:
                painter.setPen(grey)
                flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
                painter.drawText(rect.adjusted(8, 8, -8, -8), flags, self.hint)
            if (place := self._brush_place()) is not None:
                radius = self.radius * rect.width() / self._image.shape[2]
                painter.setPen(QPen(grey, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(place, radius, radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._press(event.position(), self.radius, is_erasing=self.is_erasing)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw on."""
        self._move(event.position(), self.radius)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the stroke."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._release()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802
        """Draw with the pen: the harder it is pressed, the wider; its other end erases."""
        is_eraser = event.pointerType() is QPointingDevice.PointerType.Eraser
        radius = self.radius * (LEAST_PRESSURE + (1 - LEAST_PRESSURE) * event.pressure())
        if event.type() is QEvent.Type.TabletPress and event.button() is Qt.MouseButton.LeftButton:
            self._press(event.position(), radius, is_erasing=is_eraser or self.is_erasing)
        elif event.type() is QEvent.Type.TabletRelease:
            self._release()
        else:
            self._move(event.position(), radius)
        # Accepted, it comes not a second time as an event of the mouse.
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Hide the brush."""
        super().leaveEvent(event)
        self._pointer = None
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something for the drawing from the actions that have them too."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._does(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Undo, redo, copy, paste, clear; arrows move the brush, with Shift they draw, and Space makes a dot."""
        if not self._does(event):
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().mimeData())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setImage(image_of(self._image))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            self._key_draw(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take one file, or a picture."""
        if picture_in(event.mimeData(), only_look=True) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Offer the picture."""
        if self.paste(event.mimeData()):
            event.acceptProposedAction()

    def paste(self, data: QMimeData) -> bool:
        """Offer the picture in `data`; returns whether there is one."""
        found = picture_in(data)
        if found is not None:
            self.picture_offered.emit(found)
        return found is not None

    # Internals

    def _press(self, place: QPointF, radius: float, *, is_erasing: bool) -> None:
        colour = (self._ground,) * len(self._colour) if is_erasing else self._colour
        self._remember()
        self._stroke = Stroke(self._image, colour)
        self._last = self._in_image(place)
        self._draw_to(self._last, radius)

    def _move(self, place: QPointF, radius: float) -> None:
        self._pointer = place
        if self._stroke is not None:
            self._draw_to(self._in_image(place), radius)
        self.update()

    def _release(self) -> None:
        if self._stroke is not None:
            self._stroke = None
            self.stroke_ended.emit()

    def _draw_to(self, place: tuple[float, float], radius: float) -> None:
        assert self._stroke is not None
        self._stroke.add(self._last, place, radius)
        self._last = place
        self._image = self._stroke.image
        self._tell()

    def _key_draw(self, event: QKeyEvent) -> None:
        across, down = _ARROWS.get(Qt.Key(event.key()), (0, 0))
        _, height, width = self._image.shape
        before = self._key_place
        self._key_place = min(max(before[0] + across, 0.0), width - 1.0), min(max(before[1] + down, 0.0), height - 1.0)
        self._pointer = self._on_screen(self._key_place)
        draws = event.key() == Qt.Key.Key_Space or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if draws:
            self._press(self._on_screen(before), self.radius, is_erasing=self.is_erasing)
            self._draw_to(self._key_place, self.radius)
            self._release()
        self.update()

    def _does(self, event: QKeyEvent) -> bool:
        keys = QKeySequence.StandardKey
        if any(event.matches(key) for key in (keys.Undo, keys.Redo, keys.Copy, keys.Paste)):
            return True
        others = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return others == Qt.KeyboardModifier.NoModifier and event.key() in _KEYS

    def _brush_place(self) -> QPointF | None:
        """Where the brush is: under the pointer, or where the keys have moved it."""
        if self._pointer is not None:
            return self._pointer
        return self._on_screen(self._key_place) if self.hasFocus() else None

    def _in_image(self, place: QPointF) -> tuple[float, float]:
        rect, (_, height, width) = self.image_rect, self._image.shape
        x = (place.x() - rect.left()) / rect.width() * width - 0.5
        y = (place.y() - rect.top()) / rect.height() * height - 0.5
        return x, y

    def _on_screen(self, place: tuple[float, float]) -> QPointF:
        rect, (_, height, width) = QRectF(self.image_rect), self._image.shape
        x = rect.left() + (place[0] + 0.5) / width * rect.width()
        y = rect.top() + (place[1] + 0.5) / height * rect.height()
        return QPointF(x, y)

    def _remember(self) -> None:
        self._before.append(self._image)
        self._undone.clear()
        most = max(1, MOST_BYTES // self._image.nbytes)
        del self._before[:-most]

    def _go(self, source: list[NDArray[np.uint8]], target: list[NDArray[np.uint8]]) -> None:
        if source and self._stroke is None:
            target.append(self._image)
            self._image = source.pop()
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()


def picture_in(data: QMimeData, *, only_look: bool = False) -> Path | bytes | RawPicture | None:
    """The picture that is offered: a local file, the content of one, or pixels; None where there is none.

    Args:
        data: of the clipboard, or of what is dragged.
        only_look: say only whether there is one; any answer but None means yes.
    """
    urls = data.urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    for name in ENCODED:
        # As it is: the program's own reader bounds what it decodes.
        if data.hasFormat(name):
            return b"" if only_look else bytes(data.data(name).data())
    if not data.hasImage():
        return None
    if only_look:
        return b""
    image = QImage(data.imageData())
    if image.isNull() or image.width() * image.height() > MOST_PIXELS:
        return None if image.isNull() else RawPicture(b"", image.height(), image.width())
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return RawPicture(bytes(image.constBits()), image.height(), image.width())


_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_KEYS: Final = frozenset({*_ARROWS, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
