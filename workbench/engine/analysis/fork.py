"""A fork: a second training from a state of a run, that leaves no trace in it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.engine.errors import CancelledError
from workbench.engine.models.initial_weights import are_missing
from workbench.engine.runtime.random_state import RandomState
from workbench.engine.training.replay import Replay
from workbench.engine.training.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.training.trainer_state import TrainerState


@contextmanager
def forked(state: TrainerState, start: Snapshot | None = None, *, is_compiled: bool = True) -> Iterator[Stepper]:
    """A stepper of the same recipe and data, with everything copied; trained on, it computes the run's own bits.

    The run must stand still inside the block: both draw from torch's generator, whose state is put back at the end.

    Args:
        state: of the run, between two steps.
        start: where the fork begins; None for the current state.
        is_compiled: whether a network that the run compiles is compiled for the fork, too, which takes seconds. If not,
            the last bits may differ from the run's.
    """
    device = next(state.stepper.model.parameters()).device
    random_state = RandomState.of(device)
    snapshot = state.stepper.snapshot() if start is None else start
    try:
        recipe = state.recipe
        if not is_compiled and recipe["compile"]:
            recipe = replace(recipe, values={**recipe.values, "compile": False})
        fork = Stepper(recipe, state.stepper.data)
        fork.restore(snapshot)
        fork.use_tests(each for each in state.history.evaluations if each.step <= snapshot.step)
        yield fork
    finally:
        random_state.restore(device)


@contextmanager
def forked_at(state: TrainerState, step: int) -> Iterator[Stepper]:
    """A fork at any recorded step: replayed from the last snapshot before it.

    Raises:
        UserError: the start of the run is not known, and no state before the step is kept.
        LossNotFiniteError: a loss on the way is NaN or infinite, which it was not when it was recorded.
        CancelledError: the user presses Stop, or closes the window, before the step is reached.
    """
    start = state.snapshots.nearest(step)
    if start is None and (weights := state.recipe.initial_weights) is not None:
        raise are_missing(weights)
    with forked(state, start) as fork:
        recorded = state.journal.recording or state.history
        with state.adapted_waits():
            for _ in Replay(fork, recorded, step):
                if state.commands.stop_asked:
                    raise CancelledError
        yield fork
