"""Where things stand in the loss plot, for what floats over it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.ui.plotting.curves.traces import Traces
    from workbench.ui.plotting.render.plot import Plot
    from workbench.ui.plotting.step_lines import StepLines


class LossPlaces:
    """Finds the texts and curves of the loss plot that something over it would cover.

    Args:
        loss: the plot.
        traces: its curves and marks.
        lines: its lines at single steps.
        stack: holds the plot; places are in logical pixels of it.
    """

    def __init__(self, loss: Plot, traces: Traces, lines: StepLines, stack: QWidget) -> None:
        self._loss = loss
        self._traces = traces
        self._lines = lines
        self._stack = stack

    @property
    def area(self) -> QRect:
        """The inside of the plot."""
        inside = self._loss.mapFromScene(self._loss.getViewBox().sceneBoundingRect()).boundingRect()
        return QRect(self._loss.viewport().mapTo(self._stack, inside.topLeft()), inside.size())

    def label_boxes(self) -> list[tuple[str, QRectF]]:
        """All texts in the plot and where they stand, in logical pixels of its inside."""
        view = self._loss.canvas.view
        return [] if view is None else self._traces.logical_labels(view) + self._lines.flags()

    def covered(self, place: QRect) -> float:
        """How much something at `place` would cover of the plot: of its curve, of the texts of marks, of the flag.

        Returns:
            The covered columns of the curve, in logical pixels; a covered text counts as much as its area's root,
            and the flag more than any curve: it says where the run is.
        """
        view = self._loss.canvas.view
        if view is None:
            return 0.0
        box = QRectF(place.translated(-self.area.topLeft()))
        scaled = QRectF(box.topLeft() * view.ratio, box.size() * view.ratio)
        covered = self._traces.columns_within(view, scaled) / view.ratio
        for _, text in self._traces.labelled_marks():
            inside = text.intersected(scaled)
            covered += math.sqrt(max(0.0, inside.width() * inside.height())) / view.ratio
        if any(box.intersects(flag) for _, flag in self._lines.flags()):
            covered += view.width / view.ratio
        return covered
