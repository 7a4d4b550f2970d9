"""The lines and marks of single steps: the current one, the one looked at, the one whose batch is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

from workbench.ui.plotting.render.vertical_lines import END_ROOM, CurrentStepLine, StepMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from workbench.ui.plotting.curves.traces import Traces
    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.plot import Plot


class StepLines:
    """A line in every plot at the current step of a run that went back; in the loss plot, the steps that panels show.

    Args:
        plots: from top to bottom; the loss plot is the first.
        traces: the curves of the run.
        colours: see `set_colours`.
        font: of the text at a line.
        text: stands at the line of the current step, in the loss plot.
    """

    def __init__(self, plots: Sequence[Plot], traces: Traces, colours: PlotColours, font: QFont, text: str) -> None:
        self._loss = plots[0]
        self._traces = traces
        self._looked_at: int | None = None
        self._batch_step: int | None = None
        self._shows_batch = False
        self._current = {
            plot: CurrentStepLine(plot.getViewBox(), colours, font, text if plot is self._loss else "")
            for plot in plots
        }
        self._looked_at_line = CurrentStepLine(self._loss.getViewBox(), colours, font, "", self._taken)
        self._batch_mark = StepMark(self._loss.getViewBox(), colours)
        self._loss.covers += [self._looked_at_line, self._batch_mark]
        for plot, line in self._current.items():
            plot.covers.append(line)
            plot.range_changed.connect(self.place)

    def flags(self) -> list[tuple[str, QRectF]]:
        """The texts at the current step and at the one looked back at, and their places in the loss plot."""
        lines = {"flag": self._current[self._loss], "looked at": self._looked_at_line}
        return [
            (name, line.flag.translated(line.pos()))
            for name, line in lines.items()
            if line.isVisible() and line.has_flag
        ]

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        for line in (*self._current.values(), self._looked_at_line, self._batch_mark):
            line.set_colours(colours)

    def set_looked_at(self, step: int | None, text: str) -> None:
        """Mark the step that other panels look back at; None removes the line."""
        self._looked_at = step
        self._looked_at_line.set_text(text)
        self.place()

    def set_batch_step(self, step: int | None) -> None:
        """Mark the step whose batch is looked at; None removes the mark."""
        self._batch_step = step
        self._place_batch_mark()

    def set_shows_batch(self, is_shown: bool) -> None:
        """Show the mark of the batch, or not."""
        self._shows_batch = is_shown
        self._place_batch_mark()

    def place(self) -> None:
        """Place the lines again, after steps were added or other ones are shown.

        The line at the current step is there while steps are recorded beyond it.
        """
        present = len(self._traces.history)
        view = self._loss.canvas.view
        end = None if view is None else self._traces.end_row(view)
        for plot, line in self._current.items():
            place = plot.column_of(present) if present < self._traces.recorded else None
            line.show_at(place, end if plot is self._loss else None)
        looked_at = self._looked_at
        self._looked_at_line.show_at(None if looked_at is None else self._loss.column_of(looked_at))
        self._place_batch_mark()
        if view is not None and self._traces.has_crossed_text(view):
            self._loss.canvas.invalidate()

    def _taken(self) -> list[QRectF]:
        """What the text at the step looked back at must not cover: other texts, and the end of the curve."""
        view, line = self._loss.canvas.view, self._current[self._loss]
        if view is None:
            return []
        taken = [box for _, box in self._traces.logical_labels(view)]
        if line.isVisible() and line.has_flag:
            taken.append(line.flag.translated(line.pos()))
        row, column = self._traces.end_row(view), self._loss.column_of(len(self._traces.smoothed) - 1)
        if row is not None and column is not None:
            taken.append(QRectF(column - END_ROOM, row - END_ROOM, 2 * END_ROOM, 2 * END_ROOM))
        return taken

    def _place_batch_mark(self) -> None:
        step = self._batch_step if self._shows_batch else None
        found = None if step is None else self._traces.at(step)
        column, view = None if step is None else self._loss.column_of(step), self._loss.canvas.view
        width = self._loss.getViewBox().rect().width()
        if step is None or found is None or view is None or column is None or not 0.0 <= column <= width:
            self._batch_mark.hide()
            return
        loss = np.array([found[0].loss[step]])
        self._batch_mark.show_at(column, (view.rows(loss) / view.ratio).tolist())
