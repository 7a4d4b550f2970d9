"""One test sample in detail: enlarged, its probabilities now and over the epochs, and what matters in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.engine.protocol.queries.saliency import SaliencyMethod
from workbench.ui.plotting.charts.epoch_curves import EpochCurve, EpochCurves
from workbench.ui.plotting.charts.probability_bars import ProbabilityBars
from workbench.ui.plotting.charts.saliency_view import SaliencyView
from workbench.ui.style.icons import icon
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from PySide6.QtGui import QImage, QKeyEvent

    from workbench.ui.style.palette import Palette

SPACING: Final = 6
LEAST_LETTERS: Final = 8
CORNER: Final = 26
"""Pixels on the right of the title, which the panel's menu covers."""


class SampleDetail(QFrame):
    """Shows what it is given; it computes nothing."""

    moved = Signal(int)
    """The user wants the sample that many places further in the gallery: -1 or 1."""
    closed = Signal()
    """The user wants the whole panel for the gallery again."""
    method_changed = Signal()
    """The user wants the saliency measured in another way, or none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sample_detail")
        self._title = ElidedLabel(parent=self)
        self._title.setObjectName("sample_detail_title")
        self._title.setProperty("role", "heading")
        self._previous = self._arrow("sample_detail_previous", self.tr("Previous sample"), -1)
        self._next = self._arrow("sample_detail_next", self.tr("Next sample"), 1)
        self._close = QPushButton(self.tr("Close"), self)
        self._close.setObjectName("sample_detail_close")
        self._close.clicked.connect(self.closed)
        self._picture = SaliencyView(self)
        self._picture.setObjectName("sample_detail_picture")
        self._bars = ProbabilityBars(self)
        self._bars.setObjectName("sample_detail_probabilities")
        self._numbers = QLabel(self)
        self._numbers.setTextFormat(Qt.TextFormat.PlainText)
        self._numbers.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._numbers.setWordWrap(True)
        self._curves = EpochCurves(self)
        self._curves.setObjectName("sample_detail_curves")
        self._method = QComboBox(self)
        self._reading = WrappedLabel(self)
        self._reading.setObjectName("sample_detail_reading")
        self._reading.setProperty("role", "muted")
        self._fill_methods()
        self._place()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def method(self) -> SaliencyMethod | None:
        """How the saliency is measured; None where the user wants none."""
        chosen = self._method.currentData()
        return None if chosen is None else SaliencyMethod(chosen)

    @property
    def reading(self) -> str:
        """The sentence about the saliency."""
        return self._reading.text()

    @property
    def title(self) -> str:
        """Which sample is shown."""
        return self._title.text()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        for part in (self._picture, self._bars, self._curves):
            part.set_palette(palette)
        for button, name in ((self._previous, "chevron_up"), (self._next, "chevron_down")):
            button.setIcon(icon(name, palette.text))

    def show_sample(self, title: str, image: QImage | None, numbers: list[tuple[str, float]]) -> None:
        """Show a sample: its image, or without one its numbers."""
        self._title.setText(title)
        self._picture.setAccessibleDescription(title)
        if image is not None:
            self._picture.show_image(image)
        else:
            self._picture.show_numbers(numbers)

    def show_probabilities(self, names: tuple[str, ...], values: np.ndarray, label: int) -> None:
        """Show the probabilities (K,) of the classes."""
        self._bars.show_values(names, values, label)
        self._bars.show()
        self._numbers.hide()

    def show_numbers(self, text: str) -> None:
        """Show predicted and true numbers in the place of probabilities."""
        self._numbers.setText(text)
        self._numbers.show()
        self._bars.hide()

    def show_curves(
        self,
        steps: tuple[int, ...],
        curves: Sequence[EpochCurve],
        shown_step: int | None,
        *,
        level: float | None,
        is_share: bool,
    ) -> None:
        """Show how the outputs came about; see `EpochCurves`."""
        self._curves.show_curves(steps, curves, shown_step, level=level, is_share=is_share)
        name = self.tr("Probabilities over the steps") if is_share else self.tr("Prediction over the steps")
        self._curves.setAccessibleName(name)

    def show_saliency(self, values: np.ndarray | None, sentence: str) -> None:
        """Lay the saliency over the image, with a sentence on how to read it, or why there is none."""
        self._picture.show_saliency(values)
        self._reading.setText(sentence)
        self._reading.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move through the gallery with the arrow keys, and close with Escape."""
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                event.ignore()

    def _arrow(self, name: str, text: str, places: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(plain_tool_tip(text))
        button.clicked.connect(lambda: self.moved.emit(places))
        return button

    def _fill_methods(self) -> None:
        self._method.setObjectName("saliency_method")
        self._method.setAccessibleName(self.tr("What matters in the sample"))
        self._method.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._method.setMinimumContentsLength(LEAST_LETTERS)
        for text, method in (
            (self.tr("Saliency: gradient"), SaliencyMethod.GRADIENT),
            (self.tr("Saliency: SmoothGrad"), SaliencyMethod.SMOOTH_GRAD),
            (self.tr("Saliency: occlusion"), SaliencyMethod.OCCLUSION),
            (self.tr("No saliency"), None),
        ):
            self._method.addItem(text, None if method is None else method.value)
        self._method.setToolTip(
            plain_tool_tip(
                self.tr("How to measure which parts of the sample matter for the prediction:"),
                self.tr("Gradient: where a small change changes the score most (Simonyan and others, 2014)."),
                self.tr("SmoothGrad: its mean over 50 noisy copies, which is less grainy (Smilkov and others, 2017)."),
                self.tr("Occlusion: how far the score falls where a part is covered (Zeiler and Fergus, 2014)."),
                self.tr("None of them proves what the network looks at; where they agree, the hint is stronger."),
            )
        )
        self._method.activated.connect(lambda _: self.method_changed.emit())

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, scaled(CORNER), 0)
        head.addWidget(self._title, 1)
        for button in (self._previous, self._next, self._close):
            head.addWidget(button)
        grid = QGridLayout()
        grid.setSpacing(SPACING)
        grid.addWidget(self._picture, 0, 0)
        grid.addWidget(self._method, 1, 0)
        grid.addWidget(self._bars, 0, 1)
        grid.addWidget(self._numbers, 0, 1)
        grid.addWidget(self._reading, 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(head)
        column.addLayout(grid, 3)
        column.addWidget(self._curves, 2)
        self._numbers.hide()
