"""The histories of overlaid runs grow by what was recorded since they were read."""

import random
from contextlib import closing

import pytest

from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, RunIdentity
from workbench.engine.recipe import Recipe
from workbench.engine.store import process_locks
from workbench.engine.store.history_tables import CHUNK
from workbench.engine.store.run_store import HistoryDelta, RunStore
from workbench.ui.controllers.overlays import append

EPOCH = 10


def recorded(steps):
    """A run of this many steps with a change every 7; of a whole epoch it is not known yet whether it is tested."""
    history = History()
    for step in range(steps):
        if step % EPOCH == 0:
            history.add_epoch_start(EpochStart(step // EPOCH + 1, step))
            if step:
                history.add_evaluation(Evaluation(step, step // EPOCH, 0.5, 0.5))
        if step % 7 == 0:
            history.add_change(Change(step, "seed", step + 1, step + 2))
        history.add_step(1 / (step + 1), 0.5)
    return history


def contents(history):
    return (
        history.loss.values().tobytes(),
        history.metric.values().tobytes(),
        history.evaluations,
        history.epoch_starts,
        history.changes,
        history.incidents,
    )


@pytest.mark.parametrize("seed", range(8))
def test_that_a_history_read_in_parts_equals_the_whole_history(tmp_path, seed):
    chance = random.Random(seed)
    lengths = sorted(chance.choices([*range(1, 60), CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 5], k=6))
    identity = RunIdentity.new()
    known = History()
    with closing(RunStore(tmp_path / "runs")) as store:
        store.begin(identity, Recipe(), {})
        for length in lengths:
            history = recorded(length)
            if chance.random() < 0.5:
                # A change at the present step, which may still become another one.
                history.add_change(Change(length, "momentum", 0.0, chance.random()))
            if chance.random() < 0.5 and length % EPOCH == 0:
                history.add_evaluation(Evaluation(length, length // EPOCH, 0.5, 0.5))
            history.add_incident(Incident(1, 9.0, 0))
            store.write(identity.id, HistoryDelta.of(history, 1.0))
            append(known, store.history(identity.id, len(known)))
            assert contents(known) == contents(store.history(identity.id))
    process_locks.release_process_lock(tmp_path / "runs")
