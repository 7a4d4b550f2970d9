"""The histograms of one layer over the epochs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.models.layer_histograms import Numbers
from workbench.ui.plotting.charts.time_map import TimeMap
from workbench.ui.widgets.fitting_box import FittingBox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QColor

    from workbench.engine.protocol.queries.layers import Distribution
    from workbench.ui.models.layer_histograms import LayerHistograms
    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.style.palette import Palette

SPACING: Final = 6
COLOURS: Final[dict[Numbers, Callable[[PlotColours], QColor]]] = {
    Numbers.WEIGHTS: lambda colours: colours.training,
    Numbers.GRADIENTS: lambda colours: colours.mark,
    Numbers.OUTPUTS: lambda colours: colours.test,
}
"""The same as in the view of the distributions."""


class HistogramsView(QWidget):
    """Draws the histograms of the weights, gradients or outputs of a layer that the user chooses, epoch by epoch."""

    changed = Signal()
    """Another layer, or other numbers, are chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = FittingBox("layers_histogram_layer", self.tr("Layer"), self)
        self._numbers = FittingBox("layers_histogram_numbers", self.tr("What the histograms are of"), self)
        for numbers, text in (
            (Numbers.WEIGHTS, self.tr("Weights")),
            (Numbers.GRADIENTS, self.tr("Gradients")),
            (Numbers.OUTPUTS, self.tr("Outputs")),
        ):
            self._numbers.addItem(text, numbers)
        self._map = TimeMap(self)
        self._map.setObjectName("layers_histograms")
        self._series: list[tuple[int, Distribution]] = []
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self._layer)
        row.addWidget(self._numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(row)
        column.addWidget(self._map, 1)
        for box in (self._layer, self._numbers):
            box.activated.connect(lambda _: self.changed.emit())

    @property
    def layer(self) -> str:
        """The name of the chosen layer."""
        return str(self._layer.currentData() or "")

    @property
    def numbers(self) -> Numbers:
        """What is chosen of it."""
        return Numbers(self._numbers.currentData())

    def show_record(self, kept: LayerHistograms, here: int | None) -> None:
        """Draw what was measured; `here` is the step that is looked at."""
        names = kept.layers
        if names != tuple(self._layer.itemData(place) for place in range(self._layer.count())):
            chosen = self._layer.currentData()
            with QSignalBlocker(self._layer):
                self._layer.clear()
                for name in names:
                    self._layer.addItem(name or self.tr("network"), name)
                self._layer.setCurrentIndex(max(0, self._layer.findData(chosen)))
            self._layer.updateGeometry()
        self._series = kept.series(self.layer, self.numbers)
        self._map.show_histograms(self._series, COLOURS[self.numbers], here)
        name = self.tr("{numbers} of {layer} over the steps")
        self._map.setAccessibleName(name.format(numbers=self._numbers.currentText(), layer=self._layer.currentText()))

    def text(self) -> str:
        """How to read it."""
        if not self._series:
            return QCoreApplication.translate("LayerTexts", "There are no such numbers yet.")
        return QCoreApplication.translate(
            "LayerTexts",
            "A column is the histogram after an epoch, strong where many numbers lie; zeros are left out. Rule of "
            "thumb: it may widen and move slowly, but neither shrink to a line at 0 nor run away (Glorot and Bengio, "
            "2010).",
        )

    def table(self) -> Iterator[Sequence[object]] | None:
        """A row for each histogram: its range, zeros, and the counts of its bins."""
        return self._rows() if self._series else None

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._map.set_palette(palette)

    def _rows(self) -> Iterator[Sequence[object]]:
        bins = len(self._series[0][1].counts)
        yield "step", "low", "high", "zero_share", "not_finite_share", *(f"bin_{place}" for place in range(bins))
        for step, each in self._series:
            yield step, each.low, each.high, each.zero_share, each.broken_share, *each.counts.tolist()
