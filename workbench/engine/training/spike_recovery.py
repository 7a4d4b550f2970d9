"""After a bad loss: back to the last good snapshot, or to the last finite weights."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING

from workbench.engine.errors import UserError
from workbench.engine.history.records import Incident, Origin
from workbench.engine.protocol.events import DivergenceStopped, Outcome, RunEnded
from workbench.engine.training.loops import LossNotFiniteError
from workbench.engine.training.loss_spikes import LossSpikeError
from workbench.engine.training.replay import Replay, sync_epoch_counters
from workbench.engine.training.time_travel import travel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.trainer_state import TrainerState


def recover(state: TrainerState, error: LossNotFiniteError | LossSpikeError) -> Iterator[TrainerEvent]:
    """Go back to the last good snapshot and pause; where no user can be asked, end the run with finite weights."""
    if isinstance(error, LossNotFiniteError):
        failed = _failed_step(state)
        # Before the first update no other rate and no earlier step can help.
        can_help = failed > max(0, state.spikes_allowed_until)
        can_ask = state.values["guard"] and state.is_attended and can_help
        if not can_ask:
            problem = _return_to_finite_weights(state, error, failed)
            incident = Incident(failed, error.loss, state.position.step)
            yield RunEnded(Outcome.DIVERGED, state.position.step, problem, incident=incident)
            return
    else:
        failed = error.step
    yield from _return_to_good_snapshot(state, failed, error.loss)


def _failed_step(state: TrainerState) -> int:
    """The step whose loss is NaN or infinite: the first that the history does not hold."""
    with contextlib.suppress(LossNotFiniteError, LossSpikeError):
        state.read_losses()
    return len(state.history)


def _return_to_good_snapshot(state: TrainerState, failed: int, loss: float) -> Iterator[TrainerEvent]:
    # The step before the failed one had a good loss, so the snapshot at or before it is good too.
    good = _snapshot_before(state, failed)
    step = good.step if good is not None else 0
    state.batch_metrics.clear()
    incident = state.journal.note_return(failed, loss, step, Origin.GUARD)
    yield from travel(state, step)
    yield DivergenceStopped(incident, _why_returned(failed, loss, step))


def _return_to_finite_weights(state: TrainerState, error: LossNotFiniteError, failed: int) -> UserError:
    """Restore the last weights that were all finite; returns the sentence that explains it."""
    stepper, history = state.stepper, state.history
    state.batch_metrics.clear()
    where = state.position.copy()
    where.batch -= where.step - failed
    failed_in_test = where.epoch > where.tested
    if state.position.step != failed or not stepper.is_finite:
        _repeat_while_finite(state, failed)
    history.truncate(stepper.position.step)
    state.snapshots.drop_after(stepper.position.step)
    state.progress_tracker.update()
    fields = {
        "loss": "NaN" if math.isnan(error.loss) else "infinite",
        "step": failed,
        "kept": stepper.position.step,
    }
    if failed == 0 and state.recipe.initial_weights is not None:
        return UserError(
            "The loss of the first batch is {loss}, before any update, so another learning rate does not help: numbers "
            "in the weights that the run starts from ({weights}), or in the data, are too large for it. Start from "
            "other weights, or correct the data.",
            loss=fields["loss"],
            weights=str(state.recipe.initial_weights),
        )
    if failed == 0 and state.recipe.network is not None:
        return UserError(
            "The loss of the first batch is {loss}, before any update, so another learning rate does not help: the "
            "network itself gives numbers that are not finite. Check its file (a division by 0, a logarithm of 0), or "
            "the data.",
            loss=fields["loss"],
        )
    if failed == 0:
        return UserError(
            "The loss of the first batch is {loss}, before any update, so another learning rate does not help: some "
            "numbers in the data are too large for it. Standardise the data, or correct them.",
            loss=fields["loss"],
        )
    if failed_in_test:
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


def _repeat_while_finite(state: TrainerState, before: int) -> None:
    """Repeat the last steps up to the last one, at most `before`, whose weights are all finite."""
    stepper, recorded = state.stepper, state.history
    start = _snapshot_before(state, before)
    assert start is not None  # there is one where training began, at the latest
    stepper.restore(start)
    good, replay = start, Replay(stepper, recorded, before)
    for _ in replay:
        if not stepper.is_finite:
            break
        replay.read_losses()
        good = stepper.snapshot()
    stepper.restore(good)
    sync_epoch_counters(stepper, recorded)


def _snapshot_before(state: TrainerState, step: int) -> Snapshot | None:
    """The last snapshot before `step`; the one at `step`, where training began there and nothing before is known."""
    return state.snapshots.nearest(max(0, step - 1)) or state.snapshots.nearest(step)


def _why_returned(failed: int, loss: float, step: int) -> UserError:
    if math.isfinite(loss):
        return UserError(
            "The loss rose to {loss} at step {failed}, far above its range. The run went back to step {step}. How "
            "should training continue?",
            loss=f"{loss:.4g}",
            failed=failed,
            step=step,
        )
    return UserError(
        "The loss became {loss} at step {failed}. The run went back to step {step}. How should training continue?",
        loss="NaN" if math.isnan(loss) else "infinite",
        failed=failed,
        step=step,
    )
