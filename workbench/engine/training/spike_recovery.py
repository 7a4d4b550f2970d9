"""The ways back: to a step somebody chose, to the last good snapshot after a bad loss, to finite weights."""

from __future__ import annotations

import contextlib
import math
import time
from typing import TYPE_CHECKING, Final

from workbench.engine.checkpoints.snapshot_cache import SNAPSHOT_EVERY
from workbench.engine.errors import CancelledError, UserError
from workbench.engine.history.records import Incident
from workbench.engine.protocol.events import (
    DivergenceStopped,
    LossSpikeNoticed,
    Outcome,
    RunEnded,
    TravelFailed,
    Travelled,
    TravelProgressed,
)
from workbench.engine.training.loops import LossNotFiniteError
from workbench.engine.training.loss_spikes import WINDOW, LossSpikeError
from workbench.engine.training.replay import Replay, settle

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from workbench.engine.history.history import History
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.trainer import Trainer

PROGRESS_AFTER_S: Final = 0.2
PROGRESS_EVERY_S: Final = 0.1


def travel(trainer: Trainer, step: int, *, leave_future: bool = False) -> Iterator[TrainerEvent]:
    """Go to the moment when `step` updates were done, back or forward along what is recorded, and rest there."""
    # A future without a step may hold changes still, made before the first one.
    future = trainer.journal.future
    recorded = trainer.history.copy() if future is None else future
    if not 0 <= step <= len(recorded):
        yield TravelFailed(
            UserError("Step {step} is not recorded: choose one from 0 to {last}.", step=step, last=len(recorded))
        )
        return
    origin, before = trainer.position.step, trainer.stepper.snapshot()
    try:
        differed_at = yield from _replay(trainer, recorded, step)
    except (CancelledError, UserError, LossNotFiniteError) as reason:
        trainer.stepper.restore(before)
        yield TravelFailed(_why_failed(reason, step))
        return
    _arrive(trainer, recorded, step, leave_future=leave_future)
    if differed_at is not None:
        trainer.journal.depart()  # what is here is not what is recorded
    yield Travelled(step, origin, dict(trainer.values), trainer.journal.future, differed_at)


def meet(trainer: Trainer, leap: LossSpikeError) -> None:
    """Let a leap of the loss pass, or not.

    Raises:
        LossSpikeError: it is not to pass.
    """
    if leap.step <= trainer.spikes_allowed_until:
        return
    if trainer.is_attended:
        raise leap
    trainer.spikes_allowed_until = leap.step + WINDOW
    trainer.tell(LossSpikeNoticed(leap.step, leap.loss))


def recover(trainer: Trainer, error: LossNotFiniteError | LossSpikeError) -> Iterator[TrainerEvent]:
    """After a loss that cannot stand: return to the last good snapshot and rest, or end the run with finite weights."""
    if isinstance(error, LossNotFiniteError):
        failed = _failed_step(trainer)
        guarded = trainer.values["guard"] and trainer.is_attended and failed > trainer.spikes_allowed_until
        if not guarded:
            problem = _return_to_finite_weights(trainer, error, failed)
            yield RunEnded(Outcome.DIVERGED, trainer.position.step, problem)
            return
    else:
        failed = error.step
    yield from _return_to_good_snapshot(trainer, failed, error.loss)


def _failed_step(trainer: Trainer) -> int:
    """The step whose loss is no number: the first that the history does not hold."""
    with contextlib.suppress(LossNotFiniteError, LossSpikeError):
        trainer.read()
    return len(trainer.history)


def _return_to_good_snapshot(trainer: Trainer, failed: int, loss: float) -> Iterator[TrainerEvent]:
    # The step before the failed one had a good loss: the snapshot at or before it is the last that is surely good.
    good = trainer.timeline.nearest(max(0, failed - 1))
    step = good.step if good is not None else 0
    trainer.readings.clear()
    trainer.history.add_incident(Incident(failed, loss, step))
    yield from travel(trainer, step)
    yield DivergenceStopped(trainer.history.incidents[-1], _why_returned(failed, loss, step))


def _replay(trainer: Trainer, recorded: History, step: int) -> Generator[TrainerEvent, None, int | None]:
    """Have the stepper be at `step` as it was; returns the first step that came out other than recorded, if any did."""
    stepper, position = trainer.stepper, trainer.position
    nearest = trainer.timeline.nearest(step)
    has_changed_here = any(change.step >= position.step for change in trainer.history.changes)
    is_on_the_way = not has_changed_here and position.step == len(trainer.history) <= step
    assert nearest is not None  # that of step 0 is always kept
    if not (is_on_the_way and nearest.step <= position.step):
        stepper.restore(nearest)
    replay = Replay(stepper, recorded, step)
    begin, due = stepper.position.step, time.perf_counter() + PROGRESS_AFTER_S
    for reached in replay:
        if trainer.inbox.stop_asked:
            raise CancelledError
        if reached % SNAPSHOT_EVERY == 0 and not trainer.timeline.has(reached):
            replay.read()
            trainer.timeline.keep(stepper.snapshot())
        if time.perf_counter() > due:
            due = time.perf_counter() + PROGRESS_EVERY_S
            yield TravelProgressed(reached - begin, step - begin)
    return replay.differed_at


def _arrive(trainer: Trainer, recorded: History, step: int, *, leave_future: bool) -> None:
    """Have everything else be as the stepper is."""
    history, journal = trainer.history, trainer.journal
    trainer.readings.clear()
    history.go_to(recorded, step)
    trainer.keep_snapshot()
    trainer.spikes_allowed_until = -1
    is_end = step == len(recorded)
    if is_end and not leave_future:
        # Changes made at rest after the last step: nothing follows them by which they would be made again.
        for change in recorded.changes:
            if change.step == step:
                trainer.stepper.set_value(change.name, change.new)
                history.add_change(change)
    journal.follow(None if is_end else recorded)
    if leave_future and not is_end:
        journal.depart()
    trainer.progress.jump()


def _return_to_finite_weights(trainer: Trainer, error: LossNotFiniteError, failed: int) -> UserError:
    """Put back the last weights that were all finite, and say what happened."""
    stepper, history = trainer.stepper, trainer.history
    trainer.readings.clear()
    where = trainer.position.copy()
    where.batch -= where.step - failed
    tested_too_far = where.epoch > where.tested
    if trainer.position.step != failed or not stepper.is_finite:
        _repeat_while_finite(trainer, failed)
    history.truncate(stepper.position.step)
    trainer.timeline.forget_after(stepper.position.step)
    trainer.progress.update()
    fields = {
        "loss": "NaN" if math.isnan(error.loss) else "infinite",
        "step": failed,
        "kept": stepper.position.step,
    }
    if tested_too_far:
        return UserError(
            "The test loss of epoch {epoch} became {loss} at step {step}. Training stopped, and the weights of "
            "step {kept} are kept: choose a lower learning rate and train again.",
            epoch=where.epoch,
            **fields,
        )
    return UserError(
        "The loss became {loss} at step {step} (epoch {epoch}, batch {batch}). Training stopped, and the weights "
        "of step {kept} are kept: choose a lower learning rate and train again.",
        epoch=where.epoch + 1,
        batch=where.batch + 1,
        **fields,
    )


def _repeat_while_finite(trainer: Trainer, before: int) -> None:
    """Repeat the last steps up to the last one, at most `before`, whose weights are all finite."""
    stepper, recorded = trainer.stepper, trainer.history
    start = trainer.timeline.nearest(max(0, before - 1))
    assert start is not None  # that of step 0 is always kept
    stepper.restore(start)
    good, replay = start, Replay(stepper, recorded, before)
    for _ in replay:
        if not stepper.is_finite:
            break
        replay.read()
        good = stepper.snapshot()
    stepper.restore(good)
    settle(stepper, recorded)


def _why_failed(reason: Exception, step: int) -> UserError:
    if isinstance(reason, UserError):
        return reason
    if isinstance(reason, CancelledError):
        return UserError("The way to step {step} was given up: the run is where it was.", step=step)
    return UserError(
        "Step {step} cannot be reached here: the loss is no number on the way, where it was one when it was recorded. "
        "Open the run on the machine that trained it.",
        step=step,
    )


def _why_returned(failed: int, loss: float, step: int) -> UserError:
    if math.isfinite(loss):
        return UserError(
            "The loss leapt to {loss} at step {failed}, far beyond its range. The run went back to step {step}, before "
            "that; what was trained since stays on the plot. How is it to go on?",
            loss=f"{loss:.4g}",
            failed=failed,
            step=step,
        )
    return UserError(
        "The loss became {loss} at step {failed}. The run went back to step {step}, before that; what was trained "
        "since stays on the plot. How is it to go on?",
        loss="NaN" if math.isnan(loss) else "infinite",
        failed=failed,
        step=step,
    )
