"""The data at hand: sample images of each class, or the first vectors as a table and in a plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from workbench.ui.plotting.charts.decision_map import has_plane
from workbench.ui.plotting.scatter_view import ScatterView
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import signed_three_digits
from workbench.ui.widgets.sample_images import SampleImages
from workbench.ui.widgets.sample_table import SampleTable

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QResizeEvent

    from workbench.engine.protocol.events import DataLoaded
    from workbench.ui.style.palette import Palette

SPACING: Final = 8
LEAST_FOR_BOTH: Final = 460
"""Pixels for a plot and a table side by side."""


class DatasetPanel(QStackedWidget):
    """Shows the form of the data that was loaded last, or a sentence."""

    boundary_toggled = Signal(bool)
    """The user wants to see the decision boundary, or no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("samples")
        self._images = SampleImages()
        self._scroll_area = QScrollArea(self)
        self._scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll_area.setWidgetResizable(True)
        self._scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll_area.setAccessibleName(self.tr("Samples of each class"))
        self._scroll_area.setWidget(self._images)
        self._scroll_area.viewport().setAutoFillBackground(False)
        self._images.setAutoFillBackground(False)
        self._scatter = ScatterView()
        self._table = SampleTable()
        vectors = QWidget(self)
        line = QHBoxLayout(vectors)
        # The panel reaches to the edge of the window.
        line.setContentsMargins(0, 0, SPACING, 0)
        line.setSpacing(SPACING)
        line.addWidget(self._scatter, 3)
        self._boundary = QPushButton(self.tr("Show boundary"), vectors)
        self._boundary.setObjectName("show_boundary")
        self._boundary.setCheckable(True)
        self._boundary.setToolTip(
            plain_tool_tip(self.tr("Draw what the network says of every point of the plane, live, beside the curves."))
        )
        self._boundary.clicked.connect(self.boundary_toggled)
        right = QVBoxLayout()
        right.setSpacing(SPACING)
        right.addWidget(self._boundary, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self._table, 1)
        line.addLayout(right, 2)
        self._vectors = vectors
        self._has_plane = False
        self.addWidget(self._scroll_area)
        self.addWidget(vectors)
        self.show_message(self.tr("Samples appear here when the data set is loaded."))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """That of the images, whatever is shown: other data move no dock."""
        return self._images.minimumSizeHint()

    def sizeHint(self) -> QSize:  # noqa: N802
        """That of the images, for the same reason."""
        return self._images.sizeHint()

    def show_data(self, data: DataLoaded) -> None:
        """Show samples of the data set that was loaded."""
        spec = data.spec
        if spec.is_image and spec.class_names:
            self.show_samples(spec.class_names[: len(data.samples)], data.samples)
        elif data.targets is None or data.points is None:
            self.show_message("")
        elif spec.is_image:
            numbers = [", ".join(signed_three_digits(number) for number in row) for row in data.targets.tolist()]
            self.show_samples(tuple(numbers), data.samples[0, : len(numbers), None])
        else:
            self._has_plane = ScatterView.can_show(spec)
            self._boundary.setVisible(has_plane(spec))
            self._share_room()
            if self._has_plane:
                self._scatter.show_points(spec, data.points, data.targets)
            self._table.show_rows(spec, data.points, data.targets)
            self._describe(self.tr("Samples of the data"), ", ".join(spec.class_names or spec.target_names))
            self.setCurrentWidget(self._vectors)

    def set_boundary_shown(self, is_shown: bool) -> None:
        """Show whether the decision boundary can be seen."""
        self._boundary.setChecked(is_shown)

    def show_samples(self, names: tuple[str, ...], samples: np.ndarray) -> None:
        """Show images of each class, (classes, n, C, H, W) uint8."""
        self._images.show_samples(names, samples)
        self._describe(self.tr("Sample images"), ", ".join(names))
        self.setCurrentWidget(self._scroll_area)
        self._scroll_area.verticalScrollBar().setValue(0)

    def show_message(self, text: str) -> None:
        """Show a sentence in place of the samples."""
        self._images.show_message(text)
        self._describe(self.tr("Sample images"), text)
        self.setCurrentWidget(self._scroll_area)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._images.set_palette(palette)
        self._scatter.set_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the table out where there is no room for both."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        self._scatter.setVisible(self._has_plane)
        self._table.setVisible(not self._has_plane or self.width() >= scaled(LEAST_FOR_BOTH))

    def _describe(self, name: str, text: str) -> None:
        self.setAccessibleName(name)
        self.setAccessibleDescription(text)
