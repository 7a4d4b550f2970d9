"""Trains made-up runs into a store until it is killed: `python -m tests.end_to_end.recording FOLDER SEED`.

What a run records is a function of its step alone, so that whoever finds the store knows what must be in it.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart, Evaluation, RunIdentity
from workbench.engine.protocol.events import Outcome, RunProgress
from workbench.engine.recipe import Recipe
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import RunStatus, RunStore

EPOCH = 50
"""Steps."""
CHANGES = 70
"""A change every so many steps."""
WAITING = "recording\n"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Stands for a real one, which would need torch."""

    step: int


def snapshot_to_bytes(snapshot: Snapshot) -> bytes:
    """A snapshot's content, known from its step, and long enough to be caught half written."""
    return random.Random(snapshot.step).randbytes(200_000)


def take_step(history: History) -> None:
    """What one step leaves in a history, in the order of the real training."""
    step = len(history)
    if step % EPOCH == 0:
        history.add_epoch_start(EpochStart(step // EPOCH + 1, step))
    if step % CHANGES == 0:
        history.add_change(Change(step, "learning_rate", step, step + 1))
    history.add_step(1 / (step + 1), step % EPOCH / EPOCH)
    if (step + 1) % EPOCH == 0:
        history.add_evaluation(Evaluation(step + 1, (step + 1) // EPOCH, 1 / (step + 1), 0.5))


def history_of(steps: int) -> History:
    """A run's history after so many steps."""
    history = History()
    for _ in range(steps):
        take_step(history)
    return history


def main(folder: Path, seed: int) -> None:
    """Record until killed: new runs, runs that were interrupted, rewinds, branches, snapshots, ends, deletions."""
    stand_in = ModuleType("workbench.engine.checkpoints.checkpoint")
    stand_in.snapshot_to_bytes = snapshot_to_bytes
    sys.modules[stand_in.__name__] = stand_in
    chance = random.Random(seed)
    recorder = Recorder(folder, lambda problem: sys.exit(str(problem)), interval=0.002)
    store = RunStore(folder)
    identity, history, gauge = RunIdentity.new(), History(), RunProgress()
    interrupted = [each for each in store.summaries() if each.status is RunStatus.INTERRUPTED]
    if interrupted and chance.random() < 0.5:
        identity = chance.choice(interrupted).identity
        history = store.history(identity.id)
        recorder.resume(identity, history, gauge, len(history))
        history.truncate(len(history) - 1)  # as the real training would: the last epoch may not be tested yet
    else:
        recorder.begin(identity, Recipe(), history, gauge, {})
    sys.stdout.write(WAITING)
    sys.stdout.flush()
    while True:
        for _ in range(chance.randrange(40)):
            take_step(history)
        time.sleep(0.001)
        deed = chance.random()
        if deed < 0.2:
            recorder.keep_snapshot(identity, Snapshot(len(history)))
        elif deed < 0.3:
            recorder.flush()
            history.truncate(chance.randrange(len(history) + 1))
        elif deed < 0.34:
            identity = RunIdentity.new(identity.id, len(history))
            recorder.begin(identity, Recipe(), history, gauge, {})
        elif deed < 0.38:
            recorder.end(identity, Outcome.FINISHED)
            recorder.resume(identity, history, gauge)
        elif deed < 0.4:
            recorder.forget(identity)
            recorder.flush()
            store.purge()
            identity, history = RunIdentity.new(), History()
            recorder.begin(identity, Recipe(), history, gauge, {})


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
