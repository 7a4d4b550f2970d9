"""The keys in the plots: a crosshair that goes from step to step, and says what it finds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt

from workbench.ui.system.announcing import announce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from workbench.ui.plotting.curves.traces import Traces
    from workbench.ui.plotting.interaction.inspector import Inspector
    from workbench.ui.plotting.render.plot import Plot

WIDE: Final = 20
"""Page Up and Page Down go the visible width divided by this."""
EDGE: Final = 0.02
"""Of the visible width, left free beside the crosshair where the view moves along."""

_ONE_STEP: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WIDE_STEP: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StepCursor(QObject):
    """Left and Right go by a step, with Shift by an epoch, Page Up and Page Down by a twentieth of the view.

    Enter goes to the step, with Shift it shows the batch of the step; Escape takes the crosshair away.

    Args:
        plots: those over the same steps.
        traces: the curves in them.
        inspector: shows the values at a step.
        parent: Qt's parent.
    """

    def __init__(self, plots: Sequence[Plot], traces: Traces, inspector: Inspector, parent: QObject) -> None:
        super().__init__(parent)
        self._plots = plots
        self._traces = traces
        self._inspector = inspector
        self._last: int | None = None
        for plot in plots:
            plot.key_handler = self._on_key
        inspector.pointer_took_over.connect(self._forget)

    @property
    def step(self) -> int | None:
        """Where the crosshair of the keyboard is; None where there is none."""
        return self._inspector.shown_step

    def _on_key(self, plot: Plot, event: QKeyEvent) -> bool:
        """Whether the key is one of the cursor's."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        by_epoch = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if key in _ONE_STEP:
            self._go(plot, self._by_epoch(_ONE_STEP[key]) if by_epoch else self._present() + _ONE_STEP[key])
        elif key in _WIDE_STEP:
            (low, high), _ = plot.ranges
            self._go(plot, self._present() + _WIDE_STEP[key] * max(1, round((high - low) / WIDE)))
        elif key == Qt.Key.Key_End:
            self._go(plot, self._traces.recorded - 1)
        elif key in _ENTER and self.step is not None:
            self._inspector.choose(self.step, batch=by_epoch)
        elif key == Qt.Key.Key_Escape and self.step is not None:
            self._inspector.leave()
            self._forget()
        else:
            return False
        return True

    def _present(self) -> int:
        """Where the crosshair is or was last; at first at the newest step, one further, so that Left shows it."""
        for step in (self.step, self._last):
            if step is not None:
                return min(step, self._traces.recorded - 1)
        return len(self._traces.history)

    def _by_epoch(self, count: int) -> int:
        """The first step of the next epoch, or of this one or the one before."""
        starts, present = self._traces.history.epoch_starts, self._present()
        if count > 0:
            index = bisect_right(starts, present, key=lambda start: start.step)
            return starts[index].step if index < len(starts) else self._traces.recorded - 1
        index = bisect_left(starts, present, key=lambda start: start.step) - 1
        return starts[index].step if index >= 0 else 0

    def _go(self, plot: Plot, step: int) -> None:
        if self._traces.recorded == 0:
            return
        step = min(max(step, 0), self._traces.recorded - 1)
        self._last = step
        self._follow(plot, step)
        text = self._inspector.show_step(step)
        announce(plot, text)

    def _follow(self, plot: Plot, step: int) -> None:
        """Move the view along where the step is out of sight."""
        (low, high), _ = plot.ranges
        room = EDGE * (high - low)
        if low <= step <= high:
            return
        by = step - high + room if step > high else step - low - room
        plot.set_x_range(low + by, high + by)
        plot.moved_by_hand.emit()

    def _forget(self) -> None:
        self._last = None
