"""BusyWatch: whether other programs slow a run down, from its own times of steps and from waiting for the processor."""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from workbench.engine.runtime.thread_waits import LITTLE, MUCH

if TYPE_CHECKING:
    from workbench.engine.runtime.thread_waits import ProcessorTime

SLOWED: Final = 3.0
"""Times as slow from which a run counts as slowed down."""
RECOVERED: Final = 1.5
"""Times as slow below which it no longer does."""
SPAN_S: Final = 2.0
"""Seconds over which the present time of a step is measured."""
QUIET_KEPT: Final = 60
KINDS_KEPT: Final = 20
LEAST_QUIET: Final = 5
"""Times of steps on a quiet machine before there is anything to compare with."""


class Slowdown(NamedTuple):
    """How much other programs slow a run down.

    Attributes:
        factor: how many times.
        was_quiet: whether it was measured against steps on the quiet machine; else it is the processor time that the
            run asks for, in relation to what it gets.
    """

    factor: float
    was_quiet: bool


class _Point(NamedTuple):
    now: float
    steps: int
    time: ProcessorTime


class BusyWatch:
    """Compares the present time of a step with the median of those while the threads did not wait for the processor.

    That the steps are slow is not enough: a test, another batch size or a slower network is no other program. Where
    the machine was busy from the start there is no such median: then the processor time that the threads ask for is
    compared with what they get. That says less, because a thread may also spin while it waits for one without a core.

    Args:
        cores: that the process may use at once: what its own threads take from each other is not due to others.
    """

    def __init__(self, cores: float) -> None:
        self._cores = cores
        # Median of each kind of step: a batch size that comes back has its own again.
        self._quiet: dict[object, deque[float]] = {}
        self._points: deque[_Point] = deque()
        self._is_slowed = False
        self._slowdown: Slowdown | None = None
        self._kind: object = None

    def begin(self) -> None:
        """Another run, or the same one after a pause: what was measured of the present is over."""
        self._points.clear()
        self._is_slowed = False
        self._slowdown = None

    def interrupt(self) -> None:
        """No steps are made for a moment, such as during a test: the time of it is not that of a step."""
        self._points.clear()

    def add(self, now: float, steps: int, time: ProcessorTime | None, kind: object) -> Slowdown | None:
        """Take a measurement a few times a second; returns how much slower the steps are, or None.

        Args:
            now: in seconds.
            steps: of the run so far.
            time: of the process so far; None where the system does not say, and then nothing is said either.
            kind: what a step is, such as run, batch size and device; another one has a median of its own.
        """
        if time is None:
            return None
        if kind != self._kind:
            self._kind = kind
            self.begin()
        if self._points and steps < self._points[-1].steps:
            self.begin()  # the run went back
        self._points.append(_Point(now, steps, time))
        while len(self._points) > 2 and now - self._points[1].now >= SPAN_S:
            self._points.popleft()
        then = self._points[0]
        seconds = now - then.now
        if seconds < SPAN_S or steps <= then.steps:
            return self._slowdown
        ran, waited = time.ran - then.time.ran, time.waited - then.time.waited
        quiet, per_step, share = self._quiet_steps(kind), seconds / (steps - then.steps), waited / seconds
        if share < LITTLE:
            quiet.append(per_step)
        if len(quiet) >= LEAST_QUIET:
            now_is = Slowdown(per_step / median(quiet), was_quiet=True)
        elif ran > 0:
            now_is = Slowdown(min(ran + waited, self._cores * seconds) / ran, was_quiet=False)
        else:
            return None
        if self._is_slowed:
            self._is_slowed = now_is.factor >= RECOVERED and share >= LITTLE
        else:
            self._is_slowed = now_is.factor >= SLOWED and share >= MUCH
        self._slowdown = now_is if self._is_slowed else None
        return self._slowdown

    def _quiet_steps(self, kind: object) -> deque[float]:
        """Times of steps of this kind on the quiet machine."""
        quiet = self._quiet.pop(kind, None) or deque(maxlen=QUIET_KEPT)
        self._quiet[kind] = quiet
        if len(self._quiet) > KINDS_KEPT:
            del self._quiet[next(iter(self._quiet))]  # the one that was used longest ago
        return quiet
