"""Futures of the run as lines over its loss, from the step that they begin at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.ui.plotting.render.dashed_line import draw_lines
from workbench.ui.plotting.render.layers import Layer
from workbench.ui.plotting.render.line_layer import polylines

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPolygonF

    from workbench.ui.plotting.futures import DrawnFutures
    from workbench.ui.plotting.render.view import View

DASH: Final = (4.0, 3.0)
USUAL: Final = 1.0
STRONG: Final = 2.2
"""Logical pixels: the widths of a line and of that of the chosen future."""


class FanLayer(Layer):
    """Dashed lines, each in a colour of its own; the chosen one is solid and on top.

    They do not widen the range of the axis: what leaves it is cut off, as a future that diverges.
    """

    def __init__(self) -> None:
        self._futures: DrawnFutures | None = None
        self._view: View | None = None
        self._lines: list[tuple[int, list[QPolygonF]]] | None = None

    @property
    def futures(self) -> DrawnFutures | None:
        """What is drawn."""
        return self._futures

    @property
    def reach(self) -> int:
        """Steps that the plot must show."""
        return 0 if self._futures is None else self._futures.reach

    def set_futures(self, futures: DrawnFutures | None) -> None:
        """Draw these from the next picture on; None draws nothing."""
        self._futures, self._lines = futures, None

    def arrange(self, view: View) -> None:
        """Lay the lines anew with the next paint if the view has changed."""
        if view != self._view:
            self._view, self._lines = view, None

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Draw the lines; the painter is clipped to the columns."""
        futures = self._futures
        if futures is None or view.column(futures.reach) < first or view.column(futures.start) > last:
            return
        if self._lines is None:
            self._lines = self._laid(view, futures)
        for place, lines in self._lines:
            dash = () if place == futures.chosen else [length * view.ratio for length in DASH]
            draw_lines(painter, lines, view.colours.overlays[place % len(view.colours.overlays)], dash)

    @staticmethod
    def _laid(view: View, futures: DrawnFutures) -> list[tuple[int, list[QPolygonF]]]:
        order = sorted(range(len(futures.losses)), key=lambda place: place == futures.chosen)
        laid = []
        for place in order:
            losses = futures.losses[place]
            columns = view.columns(futures.start + np.arange(len(losses)))
            width = STRONG if place == futures.chosen else USUAL
            laid.append((place, polylines(columns, view.rows(losses), width * view.ratio)))
        return laid
