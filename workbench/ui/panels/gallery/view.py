"""The parts of the gallery, and where they stand: the detail below or beside the samples, or in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.ui.panels.gallery.controls import GalleryControls
from workbench.ui.panels.gallery.detail import SampleDetail
from workbench.ui.style.zoom import scaled
from workbench.ui.widgets.sample_list import SampleList

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from workbench.ui.style.palette import Palette

SPACING: Final = 6
WIDE: Final = 640
"""Pixels of width from which on the detail stands beside the samples."""
HIGH: Final = 520
"""Pixels of height from which on it stands below them; in a smaller panel it takes their place."""
LEAST_LIST: Final = 150


class GalleryView(QWidget):
    """Choices, samples and detail.

    Attributes:
        controls: which samples are shown.
        samples: their cards.
        detail: of the chosen one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls = GalleryControls(self)
        self.samples = SampleList("gallery_samples", self)
        self.samples.setAccessibleName(self.tr("Test samples"))
        self.samples.setMinimumHeight(80)
        self.detail = SampleDetail(self)
        self.detail.hide()
        self._above = QWidget(self)
        column = QVBoxLayout(self._above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self.controls)
        column.addWidget(self.samples, 1)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(SPACING)
        self._splitter.addWidget(self._above)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self.samples.set_palette(palette)
        self.detail.set_palette(palette)

    def set_detail_shown(self, shown: bool) -> None:
        """Show the detail, or give its room to the samples."""
        if shown == self.detail.isHidden():
            self.detail.setVisible(shown)
            has_focus = self.samples.hasFocus()
            self._arrange(is_new=True)
            if has_focus and self._above.isHidden():
                self.detail.setFocus()  # the keys go on to move through the samples

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Place the detail where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self, *, is_new: bool = False) -> None:
        is_wide = self.width() >= scaled(WIDE)
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        has_room = is_wide or self.height() >= scaled(HIGH)
        is_new = is_new or orientation is not self._splitter.orientation()
        self._splitter.setOrientation(orientation)
        self._above.setVisible(self.detail.isHidden() or has_room)
        if is_new and has_room:
            room = self.width() if is_wide else self.height()
            first = room // 2 if is_wide else max(scaled(LEAST_LIST), room - scaled(340))
            self._splitter.setSizes([first, room - first])
