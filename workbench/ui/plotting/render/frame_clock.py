"""When to draw: as often as drawing stays cheap beside training."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

SHORTEST_MS = 40
LONGEST_MS = 500
SHARE = 0.035
"""Of the time that may be spent on drawing. Two cores train and draw, and drawing costs the training about twice as
much: with this share, and at most 25 frames a second, training took 1.06 to 1.09 times as long as without a window."""
WEIGHT = 0.15
"""Of the newest cost in the running average: one full redraw does not slow the frames down, a dozen do."""


class FrameClock(QObject):
    """A timer whose interval follows what a frame costs.

    Attributes:
        frame_due: time to draw; answer with `report_cost`.
    """

    frame_due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
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
    def is_started(self) -> bool:
        """Whether frames are wanted, visible or not."""
        return self._is_started

    def start(self) -> None:
        """Emit `frame_due` from now on."""
        self._is_started = True
        self._start_or_stop()

    def stop(self) -> None:
        """Emit `frame_due` no more."""
        self._is_started = False
        self._start_or_stop()

    def set_visible(self, visible: bool) -> None:
        """Pause while the window is hidden; when it is shown again, one frame is due at once."""
        came_back = visible and not self._is_visible and self._is_started
        self._is_visible = visible
        self._start_or_stop()
        if came_back:
            self.frame_due.emit()

    def report_cost(self, seconds: float) -> None:
        """Adapt the interval to the cost of the last frame."""
        self._cost += WEIGHT * (seconds - self._cost)
        interval = min(max(round(1000.0 * self._cost / SHARE), SHORTEST_MS), LONGEST_MS)
        # Setting the interval restarts the timer: only where it makes a difference.
        if abs(interval - self._timer.interval()) > 0.1 * self._timer.interval():
            self._timer.setInterval(interval)

    def _start_or_stop(self) -> None:
        if self._is_started and self._is_visible:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
