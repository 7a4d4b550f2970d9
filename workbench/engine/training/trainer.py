"""The Trainer: trains one run, takes commands between batches, yields events, and travels in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.models.own_failures import explaining
from workbench.engine.protocol.events import Outcome, RunEnded, RunPaused, RunResumed, TravelFailed, Travelled
from workbench.engine.training.fit_loop import FitLoop
from workbench.engine.training.time_travel import travel
from workbench.engine.training.trainer_state import TrainerState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.protocol.commands import ContinueCommand
    from workbench.engine.protocol.events import TrainerEvent


class Trainer(TrainerState):
    """One run of a recipe, with what can be done to it.

    `run` yields events until the run is paused or has ended. After that `resume` trains on, `travel` goes to any
    recorded step, and `serve` carries out a command. Between two events `stepper` and `history` hold the current state.
    """

    def run(self) -> Iterator[TrainerEvent]:
        """Train from the start until the last epoch is tested, or a command or a bad loss pauses or ends the run."""
        yield self.started()
        with explaining():
            yield from FitLoop(self).train()

    def resume(self, command: ContinueCommand) -> Iterator[TrainerEvent]:
        """Train on after a pause or an end, as far as `command` says; without images, say why not and stay paused."""
        if (missing := self.stepper.data.missing) is not None:
            yield TravelFailed(missing)
            yield RunPaused(self.position.step)
            return
        loop = FitLoop(self)
        yield from loop.set_target(command)
        yield RunResumed(self.position.step)
        with explaining():
            yield from loop.train()

    def stop(self) -> Iterator[TrainerEvent]:
        """End a paused run."""
        yield RunEnded(Outcome.STOPPED, self.position.step)

    def travel(self, step: int, *, leave_recording: bool = False) -> Iterator[TrainerEvent]:
        """Go to the state when `step` updates were done, and pause there; see `commands.Travel`.

        A run that arrives at the end of its last epoch has finished, as when it came there by training.
        """
        has_arrived = False
        for event in travel(self, step, leave_recording=leave_recording):
            has_arrived = has_arrived or isinstance(event, Travelled)
            yield event
        if has_arrived and not self.has_more_epochs:
            yield RunEnded(Outcome.FINISHED, step)
