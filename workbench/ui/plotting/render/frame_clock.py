"""When to draw: as often as drawing stays cheap beside training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtCore import QObject as Parent

SHORTEST_MS = 40
LONGEST_MS = 500
SHARE = 0.035
"""Of the time may go into drawing. Two cores train and draw, and what is drawn costs the training about twice as much:
with this share, and no more than 25 frames a second, it took 1.06 to 1.09 times as long as without a window."""
WEIGHT = 0.15
"""Of the newest cost in the running average: one full redraw does not slow the frames down, a dozen do."""


class FrameClock(QObject):
    """A timer whose interval follows what a frame costs.

    Attributes:
        frame_due: time to draw; answer with `report_cost`.
    """

    frame_due = Signal()

    def __init__(self, parent: Parent | None = None) -> None:
        super().__init__(parent)
        self._cost = 0.0
        self._is_started = False
        self._is_visible = True
        self._timer = QTimer(self)
        # The coarse default would round 40 ms by 5 %, and group frames with other timers.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(SHORTEST_MS)
        self._timer.timeout.connect(self.frame_due)

    @property
    def interval_ms(self) -> int:
        """Milliseconds between two frames at present."""
        return self._timer.interval()

    @property
    def is_started(self) -> bool:
        """Whether frames are asked for, seen or not."""
        return self._is_started

    @property
    def is_ticking(self) -> bool:
        """Whether frames are coming: started, and somebody can see them."""
        return self._timer.isActive()

    def start(self) -> None:
        """Ask for frames."""
        self._is_started = True
        self._run_or_rest()

    def stop(self) -> None:
        """Ask for no more frames."""
        self._is_started = False
        self._run_or_rest()

    def set_visible(self, visible: bool) -> None:
        """Rest while nobody sees the window; on coming back, one frame is due at once."""
        came_back = visible and not self._is_visible and self._is_started
        self._is_visible = visible
        self._run_or_rest()
        if came_back:
            self.frame_due.emit()

    def report_cost(self, seconds: float) -> None:
        """Adapt to what the last frame has cost."""
        self._cost += WEIGHT * (seconds - self._cost)
        interval = min(max(round(1000.0 * self._cost / SHARE), SHORTEST_MS), LONGEST_MS)
        # Setting the interval restarts the timer: only where it makes a difference.
        if abs(interval - self._timer.interval()) > 0.1 * self._timer.interval():
            self._timer.setInterval(interval)

    def _run_or_rest(self) -> None:
        if self._is_started and self._is_visible:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
