"""StopCondition: how far to train, and what has paused or stopped the run."""

from __future__ import annotations

import math

from workbench.engine.protocol.commands import ContinueCommand, Pause, Resume, RunEpoch, RunSteps, Stop


class StopCondition:
    """Where training ends: at a step, after an epoch, or with the last planned epoch.

    Args:
        stop_after: stop when this many steps have been made in total; None for never.

    Attributes:
        reason: the command that paused or stopped the run; None while it trains, and after the last planned epoch.
    """

    def __init__(self, stop_after: int | None = None) -> None:
        self.reason: Pause | Stop | None = None
        self._stop_after: float = math.inf if stop_after is None else stop_after
        self._target: float = math.inf
        self._ends_with_epoch = False

    @property
    def next_step(self) -> float:
        """The first step at which the condition can be met; infinite if there is none."""
        return min(self._target, self._stop_after)

    def set_target(self, command: ContinueCommand, step: int) -> None:
        """From `step` on, train as far as `command` says."""
        self.reason = None
        self._target = step + command.count if isinstance(command, RunSteps) else math.inf
        self._ends_with_epoch = isinstance(command, RunEpoch)

    def check_stop_after(self, step: int) -> None:
        """Stop if `step` has reached `stop_after`."""
        if step >= self._stop_after:
            self.reason = Stop()

    def is_reached(self, step: int, *, tested: bool = False) -> bool:
        """Whether training ends at `step`; `tested` says that an epoch has just been tested."""
        return step >= self._target or (tested and self._ends_with_epoch)

    def rest(self, step: int) -> ContinueCommand | None:
        """What remains at `step` of the last command, for a run that goes on after a pause; None if nothing does."""
        if math.isfinite(self._target):
            return RunSteps(int(self._target) - step) if step < self._target else None
        return RunEpoch() if self._ends_with_epoch else Resume()
