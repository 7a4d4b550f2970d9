"""A crosshair under the pointer in all plots, and the values there in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.ui.plotting.curves.traces import Traces
    from workbench.ui.plotting.interaction.readout import Readout
    from workbench.ui.plotting.render.plot import Plot

INTERVAL_MS: Final = 16
NEARBY: Final = 6.0
"""Logical pixels from the pointer to a mark whose text is read out, or to the last recorded step."""


class Inspector(QObject):
    """At most 60 times a second, however fast the pointer moves.

    A click holds crosshair and readout at its step, until the next click or `leave`; a double click goes to the step.

    Attributes:
        step_clicked: the user wants to go to this step, a recorded one or the last; only while travel is enabled.
        batch_clicked: the user wants to see the batch of this step: a click with Shift, or a plain one where
            `set_shows_batches` says so.
    """

    step_clicked = Signal(int)
    batch_clicked = Signal(object)
    step_shown = Signal(object)
    """The crosshair is at this step, of the current run or of one beside it."""
    pointer_took_over = Signal()
    """The pointer has moved: the crosshair no longer follows the keyboard."""

    def __init__(
        self,
        plots: Mapping[Plot, Callable[[int], list[float]]],
        traces: Traces,
        readout: Readout,
        notes: Callable[[int], list[str]],
        parent: QObject,
    ) -> None:
        """Watch the pointer over `plots`.

        Args:
            plots: each with the values at a step that get a ring in it.
            traces: the curves in the plots.
            readout: shows the values in words.
            notes: further texts about a step.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self._plots = plots
        self._traces = traces
        self._readout = readout
        self._notes = notes
        self._column: float | None = None
        self._step: int | None = None
        self._is_held = False
        self._travels = self._shows_batches = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._show_values)
        for plot in plots:
            plot.range_changed.connect(self._show_soon)
            plot.pointer_moved.connect(self._on_pointer_moved)
            plot.pointer_left.connect(self._on_pointer_left)
            plot.clicked.connect(self._on_clicked)
            plot.double_clicked.connect(self._on_double_clicked)
            plot.shift_clicked.connect(self._on_shift_clicked)

    def set_travel_enabled(self, enabled: bool) -> None:
        """Let a double click go to its step, and show that at the pointer; or not."""
        self._travels = enabled
        if self._column is None:
            self._invite(self._step)
        self._show_soon()

    def set_shows_batches(self, shows_batches: bool) -> None:
        """Let a plain click show the batch of a step instead of holding the crosshair there."""
        self._shows_batches = shows_batches
        self.release()

    @property
    def shown_step(self) -> int | None:
        """The step that the keyboard or a click has led to; None where the crosshair follows the pointer."""
        return self._step

    @property
    def is_held(self) -> bool:
        """Whether a click holds the crosshair where it is, wherever the pointer goes."""
        return self._is_held

    def show_step(self, step: int) -> str:
        """Show crosshair and readout at a recorded step, until the pointer moves; return the readout."""
        self._step = step
        self._column = None
        self._timer.stop()
        self._show_values()
        self._invite(step)
        return self._readout.text()

    def release(self) -> None:
        """Let the crosshair follow the pointer again, from its next move on."""
        self._is_held = False

    def go_to_shown(self) -> None:
        """Go to the step that the keyboard or a click has led to."""
        if self._step is not None and not self._shows_batches:
            self.choose(self._step, batch=False)

    def can_go_to(self, step: int) -> bool:
        """Whether the run can travel to a step."""
        return self._target(step) is not None

    def text_at(self, step: int) -> str:
        """The values at a recorded step, in one line; "" for one that is not recorded."""
        found = self._traces.at(step)
        if found is None:
            return ""
        history, smoothed = found
        metric, is_future = self._traces.metric.metric, history is not self._traces.history
        return self._readout.step_text(history, smoothed, step, self._notes(step), metric, is_future=is_future)

    def choose(self, step: int, *, batch: bool) -> None:
        """Do at a step what a double click on it does; with `batch`, what a click with Shift does."""
        if batch or self._shows_batches:
            self.batch_clicked.emit(step)
        elif (target := self._target(step)) is not None:
            self.step_clicked.emit(target)

    def leave(self) -> None:
        """Hide crosshair and readout."""
        self._column = self._step = None
        self._is_held = False
        self._timer.stop()
        self._hide()
        self._invite(None)

    def _on_pointer_left(self) -> None:
        if not self._is_held:
            self.leave()

    def _on_pointer_moved(self, column: float) -> None:
        if self._is_held:
            return
        if self._step is not None:
            self._step = None
            self.pointer_took_over.emit()
        self._column = column
        self._show_soon()

    def _on_clicked(self, place: float) -> None:
        if self._shows_batches:
            self._on_shift_clicked(place)
        elif 0 <= (step := round(place)) < self._traces.recorded and not (self._is_held and step == self._step):
            self.pointer_took_over.emit()
            self._is_held = True
            self.show_step(step)
        else:
            self.leave()

    def _on_double_clicked(self, place: float) -> None:
        if not self._shows_batches and (step := self._target(place)) is not None:
            self.step_clicked.emit(step)

    def _on_shift_clicked(self, place: float) -> None:
        if (step := self._highest_loss(place)) is not None:
            self.batch_clicked.emit(step)

    def _show_soon(self) -> None:
        if (self._column is not None or self._step is not None) and not self._timer.isActive():
            self._timer.start()

    def _show_values(self) -> None:
        main = next(iter(self._plots))
        view = main.canvas.view
        if view is None or (self._column is None and self._step is None):
            return
        if self._step is not None or self._column is None:
            step = self._step or 0
        else:
            place = view.step(self._column * view.ratio)
            self._invite(place)
            step = round(place)
        if not 0 <= step < max(self._traces.recorded, self._traces.references.reach):
            self._hide()
            return
        column = view.column(step) / view.ratio
        for plot, values_at in self._plots.items():
            if plot.isVisible():
                plot.show_crosshair(column, values_at(step))
        self.step_shown.emit(step)
        found = self._traces.at(step)
        if found is None:  # only other runs have come so far
            self._readout.show_notes(step, self._notes(step))
            return
        history, smoothed = found
        near = self._near()
        marks = [mark.text for mark in self._traces.marks.between(step - near, step + near)]
        is_future = history is not self._traces.history
        notes, metric = [*self._notes(step), *marks], self._traces.metric.metric
        self._readout.show_step(history, smoothed, step, notes, metric, is_future=is_future)

    def _target(self, place: float) -> int | None:
        """The step that a click at `place` goes to; None where it goes nowhere: travel is off, or the run is there."""
        recorded = self._traces.recorded
        if not self._travels or recorded == 0 or not 0 <= round(place) <= recorded + self._near():
            return None
        step = min(round(place), recorded)
        return None if step == len(self._traces.history) else step

    def _highest_loss(self, place: float) -> int | None:
        """The step with the highest loss near `place`: a peak may be a hundredth of a pixel wide."""
        near = self._near() / 2
        if not -near <= place <= self._traces.recorded - 1 + near:
            return None
        found = self._traces.at(min(max(round(place), 0), self._traces.recorded - 1))
        if found is None:
            return None
        losses = found[0].loss
        first, last = max(0, math.ceil(place - near)), min(len(losses), math.floor(place + near) + 1)
        if last <= first:  # steps are wider than the pointer is exact
            return min(max(round(place), 0), len(losses) - 1)
        return first + int(np.argmax(losses.values(first, last)))

    def _near(self) -> float:
        view = next(iter(self._plots)).canvas.view
        return NEARBY * view.ratio * view.steps_per_column if view is not None else 0.0

    def _invite(self, step: float | None) -> None:
        """Say what a click does at a place; None where the pointer is on none."""
        if self._shows_batches:
            is_recorded = self._column is not None and self._traces.recorded > 0
            self._readout.set_hint("")
            for plot in self._plots:
                plot.set_inviting(is_recorded)
            return
        target = None if step is None else self._target(step)
        if target is None:
            text = ""
        elif self._step is None:
            text = self.tr("Double click: go to step {step}").format(step=f"{target:,}")
        else:
            text = self.tr("Go to step {step}").format(step=f"{target:,}")
        self._readout.set_hint(text, is_button=self._step is not None)
        for plot in self._plots:
            plot.set_inviting(step is not None and 0 <= round(step) < self._traces.recorded)

    def _hide(self) -> None:
        self._readout.clear()
        for plot in self._plots:
            plot.crosshair.hide()
