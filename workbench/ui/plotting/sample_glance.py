"""One sample at a glance: its picture, what it is labelled and taken for, and the way to its place in the gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from workbench.ui.plotting.charts.probability_bars import ProbabilityBars
from workbench.ui.plotting.charts.saliency_view import SaliencyView
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from workbench.ui.style.palette import Palette

SPACING: Final = 6
SIDE: Final = 112
"""Logical pixels of the picture."""


class SampleGlance(QFrame):
    """Shows what it is given.

    Args:
        name: the object name, and what those of its parts begin with.
        parent: Qt's parent.
    """

    gallery_requested = Signal()
    """The user wants to see the sample among the others."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._picture = SaliencyView(self)
        self._picture.setObjectName(f"{name}_picture")
        self._picture.setFixedSize(SIDE, SIDE)
        self._title = WrappedLabel(self)
        self._title.setObjectName(f"{name}_title")
        self._bars = ProbabilityBars(self)
        self._bars.setObjectName(f"{name}_probabilities")
        self._button = QPushButton(self.tr("Show in the gallery"), self)
        self._button.setObjectName(f"{name}_gallery")
        self._button.setToolTip(
            plain_tool_tip(self.tr("There the sample is larger, with its probabilities over the epochs."))
        )
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.gallery_requested)
        column = QVBoxLayout()
        column.setSpacing(SPACING)
        column.addWidget(self._title)
        self._bars.setMaximumHeight(self._bars.minimumSizeHint().height())
        column.addWidget(self._bars)
        column.addWidget(self._button)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    @property
    def title(self) -> str:
        """Which sample is shown."""
        return self._title.text()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._picture.set_palette(palette)
        self._bars.set_palette(palette)

    def show_sample(
        self, title: str, image: QImage | None, names: tuple[str, ...], values: np.ndarray, label: int
    ) -> None:
        """Show a sample.

        Args:
            title: in words.
            image: of it; None for a vector.
            names: of the classes.
            values: (K,) the probabilities of the classes.
            label: the class it is said to be of.
        """
        self._title.setText(title)
        self._picture.setVisible(image is not None)
        self._picture.show_image(image)
        self._picture.setAccessibleDescription(title)
        self._bars.show_values(names, values, label)
