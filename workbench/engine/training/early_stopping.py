"""Early stopping: after some epochs without a lower loss, the run goes back to its best epoch.

Source of the rule: Prechelt, "Early Stopping, But When?", 1998, with the patience of Keras' EarlyStopping. Whether a
run ends is a pure function of its evaluations and changes: one that is repeated or resumed ends at the same epoch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.errors import UserError
from workbench.engine.history.records import Origin
from workbench.engine.protocol.events import Outcome, RunEnded, RunPaused, StoppedEarly, Travelled
from workbench.engine.training.time_travel import travel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Evaluation
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.trainer_state import TrainerState


def best_to_return_to(history: History, first_values: Mapping[str, Value]) -> Evaluation | None:
    """The evaluation with the lowest loss, if the last one ends the run; else None.

    The epochs without a lower loss are counted anew after each end, so a run that is trained on gets as many again. A
    change made when an epoch was trained counts from the next epoch on.

    Args:
        history: its evaluations, one of each epoch, and its changes.
        first_values: the hyperparameters at the first step.
    """
    values, changes = dict(first_values), iter(history.changes)
    change = next(changes, None)
    best: Evaluation | None = None
    waited, ends = 0, False
    for evaluation in history.evaluations:
        while change is not None and change.step < evaluation.step:
            values[change.name] = change.new
            change = next(changes, None)
        ends = False
        if best is None or evaluation.watched_loss < best.watched_loss - float(values["least_gain"]):
            best, waited = evaluation, 0
        else:
            waited += 1
            if 0 < int(values["early_stopping"]) <= waited:
                ends, waited = True, 0
    return best if ends else None


def return_to_best(state: TrainerState, best: Evaluation) -> Iterator[TrainerEvent]:
    """Go back to the epoch of `best`; there the run is paused, or has ended where no user can be asked."""
    last = state.history.evaluations[-1]
    has_arrived = False
    for event in travel(state, best.step):
        has_arrived = has_arrived or isinstance(event, Travelled)
        yield event
    if has_arrived:
        state.journal.note_return(last.step, last.watched_loss, best.step, Origin.EARLY_STOPPING)
        yield StoppedEarly(last.epoch, best, _why(last, best))
    if not state.is_attended:
        yield RunEnded(Outcome.FINISHED if has_arrived else Outcome.STOPPED, state.position.step)
    elif not has_arrived:
        yield RunPaused(state.position.step)


def _why(last: Evaluation, best: Evaluation) -> UserError:
    return UserError(
        "The {which} loss has not fallen enough since epoch {best}, so training stopped after epoch {last}, and the "
        "run went back to epoch {best} (step {step}, loss {loss}). The later steps stay recorded: this can be undone.",
        which="test" if best.validation_loss is None else "validation",
        best=best.epoch,
        last=last.epoch,
        step=best.step,
        loss=f"{best.watched_loss:.6g}",
    )
