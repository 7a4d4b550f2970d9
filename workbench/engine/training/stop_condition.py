"""How far a run is to train, and why it rests."""

from __future__ import annotations

import math

from workbench.engine.protocol.commands import ContinueCommand, Pause, RunEpoch, RunSteps, Stop


class StopCondition:
    """Where a flight ends: at a step, after an epoch, or with the last one that is planned.

    Args:
        stop_after: stop by itself when this many steps have been made in total; None for never.

    Attributes:
        rest: what rests the run now, or has rested it; None in flight, and where all that was planned is done.
    """

    def __init__(self, stop_after: int | None = None) -> None:
        self.rest: Pause | Stop | None = None
        self._stop_after: float = math.inf if stop_after is None else stop_after
        self._goal: float = math.inf
        self._ends_with_epoch = False

    @property
    def next_due(self) -> float:
        """The first step at which to look whether to rest; infinite if there is none."""
        return min(self._goal, self._stop_after)

    def take(self, command: ContinueCommand, step: int) -> None:
        """From `step` on, fly as far as `command` says."""
        self.rest = None
        self._goal = step + command.count if isinstance(command, RunSteps) else math.inf
        self._ends_with_epoch = isinstance(command, RunEpoch)

    def look(self, step: int) -> None:
        """Stop, if `step` is where to stop by itself."""
        if step >= self._stop_after:
            self.rest = Stop()

    def is_reached(self, step: int, *, tested: bool = False) -> bool:
        """Whether it ends at `step`, in the middle of an epoch or with one `tested`."""
        return step >= self._goal or (tested and self._ends_with_epoch)
