"""Time travel: the run goes to any recorded step, back or forward, and pauses there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from workbench.engine.checkpoints.snapshot_cache import SNAPSHOT_EVERY
from workbench.engine.errors import CancelledError, UserError, details_of, problem_of
from workbench.engine.models.own_failures import explained
from workbench.engine.protocol.events import TravelFailed, Travelled, TravelProgressed
from workbench.engine.protocol.live_objects import HISTORIES
from workbench.engine.training.loops import LossNotFiniteError
from workbench.engine.training.replay import Replay

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from workbench.engine.history.history import History
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.trainer_state import TrainerState

PROGRESS_AFTER_S: Final = 0.2
PROGRESS_EVERY_S: Final = 0.1


def travel(state: TrainerState, step: int, *, leave_recording: bool = False) -> Iterator[TrainerEvent]:
    """Bring the run `state`, paused or ended, to another step, and pause there; see `commands.Travel`."""
    # A recording without steps can still hold changes, made before the first step.
    recording = state.journal.recording
    recorded = state.history.copy() if recording is None else recording
    if not 0 <= step <= len(recorded):
        yield TravelFailed(
            UserError("Step {step} is not recorded: choose one from 0 to {last}.", step=step, last=len(recorded))
        )
        return
    origin, before = state.position.step, state.stepper.snapshot()
    try:
        with state.adapted_waits():
            differed_at = yield from _replay(state, recorded, step)
    except Exception as reason:  # noqa: BLE001  # a defect, too, must leave the run paused where it was
        state.stepper.restore(before)
        yield TravelFailed(_why_failed(reason, step), details_of(reason))
        return
    _arrive(state, recorded, step, leave_recording=leave_recording)
    if differed_at is not None:
        state.journal.differ_from_recording()  # the weights here are not the recorded ones
    recording = state.journal.recording
    number = None if recording is None else HISTORIES.number_of(recording)
    yield Travelled(step, origin, dict(state.values), number, differed_at)


def _replay(state: TrainerState, recorded: History, step: int) -> Generator[TrainerEvent, None, int | None]:
    """Bring the stepper to `step`; returns the first step whose loss is not the recorded one, or None."""
    stepper, position = state.stepper, state.position
    nearest = state.snapshots.nearest(step)
    has_changed_here = any(change.step >= position.step for change in state.history.changes)
    is_on_the_way = not has_changed_here and position.step == len(state.history) <= step
    if nearest is None:
        # Else the snapshot of step 0 is always kept.
        assert not stepper.knows_start
        if not stepper.is_held:
            # At step 0 the weights are not those of the run: only a snapshot makes the state one of its own.
            _check_is_known(state, step, is_known=is_on_the_way and position.step > 0)
        elif step > 0:
            raise UserError("Step {step} of this run has no snapshot before it: choose a later one.", step=step)
    elif stepper.is_held or not (is_on_the_way and nearest.step <= position.step):
        stepper.restore(nearest)
    replay = Replay(stepper, recorded, step)
    first, next_report = stepper.position.step, time.perf_counter() + PROGRESS_AFTER_S
    for reached in replay:
        if state.commands.stop_asked:
            raise CancelledError
        if reached % SNAPSHOT_EVERY == 0 and not state.snapshots.has(reached):
            replay.read_losses()
            state.snapshots.add(stepper.snapshot())
        if time.perf_counter() > next_report:
            next_report = time.perf_counter() + PROGRESS_EVERY_S
            yield TravelProgressed(reached - first, step - first)
    return replay.differed_at


def _check_is_known(state: TrainerState, step: int, *, is_known: bool) -> None:
    """Raise where a step can only be reached from the start of the run, whose weights are not there."""
    weights = state.recipe.initial_weights
    if not is_known and weights is not None:
        raise UserError(
            "Step {step} can only be reached from the start of this run, whose weights ({weights}) are not at {path}: "
            "put that file back and open the run again, or choose a later step.",
            step=step,
            weights=str(weights),
            path=weights.path,
        )


def _arrive(state: TrainerState, recorded: History, step: int, *, leave_recording: bool) -> None:
    """Bring history, journal, snapshots and progress to the step that the stepper has reached."""
    history, journal = state.history, state.journal
    state.batch_metrics.clear()
    history.go_to(recorded, step)
    state.keep_snapshot()
    state.spikes_allowed_until = -1
    is_end = step == len(recorded)
    if is_end and not leave_recording:
        # Changes made after the last step: no later step would make them again.
        for change in recorded.changes:
            if change.step == step:
                state.stepper.set_value(change.name, change.new)
                history.add_change(change)
    journal.set_recording(None if is_end else recorded)
    if leave_recording and not is_end:
        journal.leave_recording()
    state.progress_tracker.jump()


def _why_failed(reason: Exception, step: int) -> UserError:
    if isinstance(reason, CancelledError):
        return UserError("Going to step {step} was cancelled: the run is where it was.", step=step)
    if isinstance(reason, LossNotFiniteError):
        return UserError(
            "Step {step} cannot be reached here: on the way the loss becomes NaN or infinite, which it was not when "
            "the run was recorded. Open the run on the machine that trained it.",
            step=step,
        )
    return problem_of(explained(reason))
