"""The views of the layers over the steps, and of the units that give nothing."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from workbench.ui.models.layer_record import ALL, series_of
from workbench.ui.panels.layers.texts import USUAL_HIGH, USUAL_LOW
from workbench.ui.plotting.charts.share_bars import ShareBar, ShareBars
from workbench.ui.plotting.charts.step_curves import Band, StepCurves

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbench.ui.models.layer_record import CountedUnits, CountedUse, Series
    from workbench.ui.style.palette import Palette

BARS_SHARE: Final = 2
CURVES_SHARE: Final = 3


class Quantity(Enum):
    """What is drawn over the steps."""

    UPDATES = "update_ratio"
    GRADIENTS = "gradient_norm"


class OverTimeView(QWidget):
    """Curves of one quantity, one for each layer, over the steps that were looked at.

    Args:
        quantity: of the curves.
        parent: Qt's parent.
    """

    def __init__(self, quantity: Quantity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity = quantity
        self._curves = StepCurves(self)
        self._curves.setObjectName(f"layers_{quantity.value}")
        self._series: list[Series] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._curves)

    def show_record(self, kept: Mapping[int, Mapping[str, float]], here: int | None) -> None:
        """Draw what was measured.

        Args:
            kept: the values by step, then by layer.
            here: the step that is looked at.
        """
        self._series = series_of(kept)
        names = [self.tr("all layers") if each.name == ALL else each.name for each in self._series]
        band = None
        if self._quantity is Quantity.UPDATES:
            band = Band(USUAL_LOW, USUAL_HIGH, self.tr("usual: rule of thumb, CS231n"))
        self._curves.show_series(self._series, names, here=here, is_log=True, band=band)

    def table(self) -> Iterator[Sequence[object]] | None:
        """The values: a row for each step, a column for each layer."""
        return _table_of(self._series) if self._series else None

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._curves.set_palette(palette)


class IdleView(QWidget):
    """The share of dead ReLUs of each layer, now as bars and over the evaluations as curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = ShareBars()
        self._bars.setObjectName("layers_idle_bars")
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Dead and saturated units by layer"))
        scroll.setWidget(self._bars)
        self._curves = StepCurves(self)
        self._curves.setObjectName("layers_idle_curves")
        self._curves.setAccessibleName(self.tr("Share of dead or saturated units over the steps"))
        self._counted: CountedUnits | None = None
        self._series: list[Series] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, BARS_SHARE)
        column.addWidget(self._curves, CURVES_SHARE)

    def show_units(self, counted: CountedUnits, kept: Mapping[int, Mapping[str, float]], here: int | None) -> None:
        """Show what was counted.

        Args:
            counted: at the step that is looked at.
            kept: the shares by step, then by layer.
            here: that step.
        """
        self._counted = counted
        self._bars.show_bars([self._bar_of(use) for use in counted.uses])
        self._series = series_of(kept)
        self._curves.setVisible(bool(self._series))
        self._curves.show_series(self._series, [each.name for each in self._series], here=here, is_share=True)

    def text(self, counted: CountedUnits, total: int) -> str:
        """How to read it.

        Args:
            counted: what is shown.
            total: test samples that will be looked at.
        """
        if not counted.uses:
            return self.tr(
                "No activation function was seen: the network has none after its layers, or writes them in another way "
                "(clamp, maximum, compiled code)."
            )
        samples = f"{counted.samples:,}"
        if counted.samples < total:
            return self.tr("Looked at {count} of {total} test samples so far.").format(
                count=samples, total=f"{total:,}"
            )
        functions = {use.function for use in counted.uses}
        if any(use.idle is not None for use in counted.uses):
            text = self.tr(
                "A ReLU is dead if its output is 0 for each of the {count} test samples: such samples cannot train it "
                "any more. A few are common; as many as 40 % can die if the learning rate is too high (CS231n)."
            )
        elif functions & {"Tanh", "Sigmoid"}:
            text = self.tr(
                "Share of outputs, over {count} test samples, at the ends of the range (tanh beyond ±0.97, as in "
                "Karpathy's makemore; sigmoid at the same place): there the gradient is nearly 0. Many in one layer "
                "slow it down (Glorot and Bengio, 2010)."
            )
        else:
            text = self.tr("These activation functions have no output at which they die: {functions}.")
            return text.format(functions=", ".join(sorted(functions)))
        return text.format(count=samples)

    def table(self) -> Iterator[Sequence[object]] | None:
        """The units of each layer at the step that is looked at, then the shares over the steps."""
        return None if self._counted is None else self._rows(self._counted)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._bars.set_palette(palette)
        self._curves.set_palette(palette)

    def _bar_of(self, use: CountedUse) -> ShareBar:
        name = self.tr("{layer}: {function}").format(layer=use.label, function=use.function)
        if math.isnan(use.share):
            return ShareBar(name, None, self.tr("cannot die"))
        share = f"{use.share:.1%}"
        if use.idle is None:
            return ShareBar(name, use.share, self.tr("{share} saturated").format(share=share))
        text = self.tr("{idle} of {units} dead, {share}")
        return ShareBar(name, use.share, text.format(idle=f"{use.idle:,}", units=f"{use.units:,}", share=share))

    @staticmethod
    def _rows(counted: CountedUnits) -> Iterator[Sequence[object]]:
        yield "layer", "function", "units", "dead", "share", "test_samples"
        for use in counted.uses:
            yield use.label, use.function, use.units, "" if use.idle is None else use.idle, use.share, counted.samples


def _table_of(series: Sequence[Series]) -> Iterator[Sequence[object]]:
    yield "step", *(each.name or "all" for each in series)
    for place, step in enumerate(series[0].steps.tolist()):
        yield int(step), *(float(each.values[place]) for each in series)
