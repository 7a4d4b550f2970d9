"""BusyWatch: whether other programs slow a run down, from its own times of steps and from waiting for the processor."""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import Final

from workbench.engine.runtime.thread_waits import LITTLE, MUCH

SLOWED: Final = 3.0
"""Times the quiet median from which a run counts as slowed down."""
RECOVERED: Final = 1.5
"""Times the quiet median below which it no longer does."""
SPAN_S: Final = 2.0
"""Seconds over which the present time of a step is measured."""
QUIET_KEPT: Final = 60
LEAST_QUIET: Final = 5
"""Times of steps on a quiet machine before there is anything to compare with."""


class BusyWatch:
    """Compares the present time of a step with the median of those while the threads did not wait for the processor.

    That the steps are slow is not enough: a test, another batch size or a slower network is no other program.
    """

    def __init__(self) -> None:
        self._quiet: deque[float] = deque(maxlen=QUIET_KEPT)
        self._points: deque[tuple[float, int, float]] = deque()
        self._is_slowed = False
        self._factor: float | None = None
        self._kind: object = None

    def begin(self) -> None:
        """Another run, or the same one after a pause: what was measured of the present is over."""
        self._points.clear()
        self._is_slowed = False
        self._factor = None

    def interrupt(self) -> None:
        """No steps are made for a moment, such as during a test: the time of it is not that of a step."""
        self._points.clear()

    def add(self, now: float, steps: int, waited: float | None, kind: object) -> float | None:
        """Take a measurement a few times a second; returns how many times slower the steps are, or None.

        Args:
            now: in seconds.
            steps: of the run so far.
            waited: seconds that all threads of the process together have waited for a processor; None where the system
                does not say, and then nothing is said either.
            kind: what a step is, such as run, batch size and device; another one has a median of its own.
        """
        if waited is None:
            return None
        if kind != self._kind:
            self._kind = kind
            self._quiet.clear()
            self.begin()
        if self._points and steps < self._points[-1][1]:
            self.begin()  # the run went back
        self._points.append((now, steps, waited))
        while len(self._points) > 2 and now - self._points[1][0] >= SPAN_S:
            self._points.popleft()
        then, steps_then, waited_then = self._points[0]
        seconds = now - then
        if seconds < SPAN_S or steps <= steps_then:
            return self._factor
        per_step, share = seconds / (steps - steps_then), (waited - waited_then) / seconds
        if share < LITTLE:
            self._quiet.append(per_step)
        if len(self._quiet) < LEAST_QUIET:
            return None
        factor = per_step / median(self._quiet)
        if self._is_slowed:
            self._is_slowed = factor >= RECOVERED and share >= LITTLE
        else:
            self._is_slowed = factor >= SLOWED and share >= MUCH
        self._factor = factor if self._is_slowed else None
        return self._factor
