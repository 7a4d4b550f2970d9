"""The canvas with its tools: brush, colour, eraser, undo, clear, test image, centre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.engine.data.single_picture import centred
from workbench.ui.style.array_images import image_of
from workbench.ui.style.icons import icon
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.drawing_canvas import DrawingCanvas

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    from workbench.ui.style.palette import Palette

SPACING: Final = 6
THINNEST: Final = 0.5
WIDEST_SHARE: Final = 0.25
"""The radius of the widest brush, as a share of the image's side."""
FIRST_SHARE: Final = 0.045
"""Of the first brush: at 28 pixels as thick as the digits of MNIST."""
LEAST_FIRST: Final = 1.05
"""Pixels: a thinner line covers no pixel wholly in most places."""
SLIDER_STEPS: Final = 100
THUMB: Final = 28
NARROW: Final = 245
ICON: Final = 18


class DrawingPad(QWidget):
    """Draw one image of the form of a data set."""

    changed = Signal()
    """`content` is another."""
    test_image_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = DrawingCanvas(self)
        self.canvas.setAccessibleName(self.tr("Drawing"))
        self.canvas.setAccessibleDescription(
            self.tr("Draw with the mouse or a pen. Arrow keys move the brush, with Shift they draw; Space makes a dot.")
        )
        self.canvas.hint = self.tr("Draw here, or paste or drop a picture")
        self._side = 28
        self._palette: Palette | None = None
        self._size = QSlider(Qt.Orientation.Horizontal, self)
        self._size.setObjectName("brush_size")
        self._size.setRange(0, SLIDER_STEPS)
        self._size.setMinimumWidth(48)
        self._size.setAccessibleName(self.tr("Brush size"))
        self._size.setToolTip(self.tr("Brush size"))
        self._size.valueChanged.connect(self._on_size)
        self._colour = self._tool("brush_colour", self.tr("Colour of the brush"))
        self._colour.clicked.connect(self._ask_colour)
        self._eraser = self._tool("eraser", self.tr("Eraser"))
        self._eraser.setCheckable(True)
        self._eraser.toggled.connect(self._on_eraser)
        self._undo = self._tool("undo_stroke", self.tr("Undo the last stroke (Ctrl+Z in the drawing)"))
        self._undo.clicked.connect(self.canvas.undo)
        self._clear = self._tool("clear_drawing", self.tr("Clear (Del in the drawing)"))
        self._clear.clicked.connect(self.canvas.clear)
        self._take = QPushButton(self.tr("Test image"), self)
        self._take.setAccessibleName(self.tr("Take a test image"))
        self._take.setObjectName("take_test_image")
        self._take.setToolTip(
            plain_tool_tip(self.tr("Put the chosen test image on the pad to edit it, or another one at random."))
        )
        self._take.clicked.connect(self.test_image_requested)
        self._centre = QCheckBox(self.tr("Centre"), self)
        self._centre.setObjectName("centre_drawing")
        self._centre.setToolTip(
            plain_tool_tip(
                self.tr(
                    "Give the network the drawing with its centre of mass in the middle, as the digits of MNIST are. "
                    "The small picture shows what it is given."
                )
            )
        )
        self._centre.toggled.connect(self._tell)
        self._thumb = QLabel(self)
        self._thumb.setObjectName("given_image")
        self._thumb.setFixedSize(scaled(THUMB), scaled(THUMB))
        self._thumb.setAccessibleName(self.tr("What the network is given"))
        tools, below = QHBoxLayout(), QHBoxLayout()
        for line in (tools, below):
            line.setSpacing(SPACING)
        for widget in (self._size, self._colour, self._eraser, self._undo, self._clear):
            tools.addWidget(widget, 1 if widget is self._size else 0)
        below.addWidget(self._take)
        below.addStretch(1)
        below.addWidget(self._thumb)
        below.addWidget(self._centre)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self.canvas, 1)
        column.addLayout(tools)
        column.addLayout(below)
        self.canvas.changed.connect(self._tell)

    def begin(self, shape: tuple[int, int, int], ground: int, *, is_centred: bool) -> None:
        """Make room for images of another form (C, H, W) with nothing drawn."""
        self._side = max(shape[1:])
        self._colour.setVisible(shape[0] == 3)
        self._eraser.setChecked(False)
        self._centre.setChecked(is_centred)
        self._size.setValue(round(SLIDER_STEPS * _place_of(max(LEAST_FIRST, FIRST_SHARE * self._side), self._side)))
        self._on_size()
        self.canvas.begin(shape, ground)
        self._choose_colour(QColor(*(255 - ground,) * 3))

    @property
    def content(self) -> NDArray[np.uint8]:
        """(C, H, W): what the network is given."""
        canvas = self.canvas
        return centred(canvas.image, canvas.ground) if self._centre.isChecked() else canvas.image

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Say less where there is less room."""
        super().resizeEvent(event)
        self._take.setText(self.tr("Test image") if self.width() < scaled(NARROW) else self.tr("Take a test image"))

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self.canvas.set_palette(palette)
        for button, name in ((self._eraser, "eraser"), (self._undo, "undo"), (self._clear, "trash")):
            button.setIcon(icon(name, palette.text, disabled=palette.text_disabled))

    # Internals

    def _tool(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setIconSize(QSize(ICON, ICON))
        return button

    def _tell(self) -> None:
        canvas = self.canvas
        self._undo.setEnabled(canvas.can_undo)
        self._clear.setEnabled(not canvas.is_blank)
        content = self.content
        self._thumb.setVisible(content is not canvas.image and not np.array_equal(content, canvas.image))
        if not self._thumb.isHidden():
            mode, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            side = scaled(THUMB)
            self._thumb.setPixmap(QPixmap.fromImage(image_of(content)).scaled(side, side, mode, smooth))
        self.changed.emit()

    def _on_size(self) -> None:
        share = self._size.value() / SLIDER_STEPS
        widest = max(2 * THINNEST, WIDEST_SHARE * self._side)
        self.canvas.radius = THINNEST * (widest / THINNEST) ** share
        self.canvas.update()

    def _on_eraser(self, is_erasing: bool) -> None:
        self.canvas.is_erasing = is_erasing

    def _ask_colour(self) -> None:
        dialog = QColorDialog(self._chosen, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Colour of the brush"))
        dialog.colorSelected.connect(self._choose_colour)
        dialog.open()

    def _choose_colour(self, colour: QColor) -> None:
        self._chosen = QColor(colour)
        swatch = QPixmap(ICON, ICON)
        swatch.fill(colour)
        self._colour.setIcon(QIcon(swatch))
        channels = len(self.canvas.image)
        self.canvas.set_colour(colour.getRgb()[:3] if channels == 3 else (255 - self.canvas.ground,) * channels)  # type: ignore[index]
        self._eraser.setChecked(False)


def _place_of(radius: float, side: int) -> float:
    """Where on the slider, 0..1, a brush of this radius is."""
    widest = max(2 * THINNEST, WIDEST_SHARE * side)
    share: float = np.log(max(radius, THINNEST) / THINNEST) / np.log(widest / THINNEST)
    return min(1.0, share)
