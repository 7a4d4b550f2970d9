"""Records made-up runs in a store until it is killed: `python -m tests.end_to_end.recording FOLDER SEED`.

The records of a run depend on its step alone, so that the test knows what the store must hold.
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
from workbench.engine.protocol.events import Outcome
from workbench.engine.protocol.run_progress import RunProgress
from workbench.engine.recipe import Recipe
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import RunStatus, RunStore

EPOCH = 50
"""Steps."""
CHANGES = 70
"""Steps between two changes."""
WAITING = "recording\n"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Takes the place of a real snapshot, which needs torch."""

    step: int


def snapshot_to_bytes(snapshot: Snapshot) -> bytes:
    """The content of a snapshot: known from its step, and long enough for a kill in the middle of its writing."""
    return random.Random(snapshot.step).randbytes(200_000)


def take_step(history: History) -> None:
    """Append the records of one step to `history`, in the order of real training."""
    step = len(history)
    if step % EPOCH == 0:
        history.add_epoch_start(EpochStart(step // EPOCH + 1, step))
    if step % CHANGES == 0:
        history.add_change(Change(step, "seed", step, step + 1))
    history.add_step(1 / (step + 1), step % EPOCH / EPOCH)
    if (step + 1) % EPOCH == 0:
        history.add_evaluation(Evaluation(step + 1, (step + 1) // EPOCH, 1 / (step + 1), 0.5))


def history_of(steps: int) -> History:
    """The history of a run after `steps` steps."""
    history = History()
    for _ in range(steps):
        take_step(history)
    return history


def main(folder: Path, seed: int) -> None:
    """Record until killed: new and interrupted runs, rewinds, branches, snapshots, ends, deletions."""
    stand_in = ModuleType("workbench.engine.checkpoints.checkpoint")
    stand_in.snapshot_to_bytes = snapshot_to_bytes
    sys.modules[stand_in.__name__] = stand_in
    chance = random.Random(seed)
    recorder = Recorder(folder, lambda event: sys.exit(str(event)), interval=0.002)
    store = RunStore(folder)
    identity, history, progress = RunIdentity.new(), History(), RunProgress()
    interrupted = [each for each in store.summaries() if each.status is RunStatus.INTERRUPTED]
    if interrupted and chance.random() < 0.5:
        identity = chance.choice(interrupted).identity
        history = store.history(identity.id)
        recorder.resume(identity, history, progress, len(history))
        history.truncate(len(history) - 1)  # as real training does: the last epoch may not be tested yet
    else:
        recorder.begin(identity, Recipe(), history, progress, {})
    sys.stdout.write(WAITING)
    sys.stdout.flush()
    while True:
        for _ in range(chance.randrange(40)):
            take_step(history)
        time.sleep(0.001)
        action = chance.random()
        if action < 0.2:
            recorder.keep_snapshot(identity, Snapshot(len(history)))
        elif action < 0.3:
            recorder.flush()
            history.truncate(chance.randrange(len(history) + 1))
        elif action < 0.34:
            identity = RunIdentity.new(identity.id, len(history))
            recorder.begin(identity, Recipe(), history, progress, {})
        elif action < 0.38:
            recorder.end(identity, Outcome.FINISHED)
            recorder.resume(identity, history, progress)
        elif action < 0.4:
            recorder.delete(identity)
            recorder.flush()
            store.purge()
            identity, history = RunIdentity.new(), History()
            recorder.begin(identity, Recipe(), history, progress, {})


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
