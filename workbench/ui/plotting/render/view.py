"""Where data lies in the picture: steps and values to device pixels, and the colours it is painted in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.ui.plotting.render.colours import PlotColours

FARTHEST = 20_000.0
"""Pixels outside the picture at which coordinates are cut: Qt's rasterizer counts in 26.6 bits."""


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of data on a rectangle of device pixels.

    Attributes:
        left: the step at the left edge.
        right: the step at the right edge.
        bottom: the value at the lower edge (its base-10 logarithm if `log`).
        top: the value at the upper edge (its base-10 logarithm if `log`).
        width: in device pixels.
        height: in device pixels.
        ratio: device pixels per logical pixel.
        log: whether values are drawn by their logarithm.
        colours: of the theme.
    """

    left: float
    right: float
    bottom: float
    top: float
    width: int
    height: int
    ratio: float
    log: bool
    colours: PlotColours

    @property
    def hairline(self) -> int:
        """About one logical pixel, in device pixels."""
        return max(1, round(self.ratio))

    @property
    def steps_per_column(self) -> float:
        """Steps that share one device pixel column; below 1 where there are more columns than steps."""
        return (self.right - self.left) / self.width

    def column(self, step: float) -> float:
        """Horizontal position of `step`, in device pixels."""
        return (step - self.left) / self.steps_per_column

    def columns(self, steps: NDArray[Any]) -> NDArray[np.float64]:
        """Horizontal positions of `steps`, shape (n,) -> (n,)."""
        return (steps - self.left) / self.steps_per_column

    def step(self, column: float) -> float:
        """The step at a horizontal position."""
        return self.left + column * self.steps_per_column

    def row(self, position: float) -> float:
        """Vertical position of a place on the axis (already a logarithm if `log`), in device pixels."""
        # One logical pixel less than the height: a value on the lower edge is visible, too.
        return (self.top - position) * (self.height - self.ratio) / (self.top - self.bottom)

    def rows(self, values: NDArray[Any], factor: float = 1.0) -> NDArray[np.float64]:
        """Vertical positions of `factor * values`, shape (n,) -> (n,); NaN where there is none."""
        places = np.multiply(values, factor, dtype=np.float64)
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                np.log10(places, out=places)
        rows: NDArray[np.float64] = np.subtract(self.top, places, out=places)
        rows *= (self.height - self.ratio) / (self.top - self.bottom)
        np.minimum(rows, FARTHEST, out=rows)  # np.clip takes three times as long for a few values
        np.maximum(rows, -FARTHEST, out=rows)
        return rows
