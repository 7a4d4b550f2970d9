"""A headless run in the store of runs: written as it goes; what goes wrong there is told, and training goes on."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.cli.console import say
from workbench.engine.errors import UserError
from workbench.engine.protocol.events import EpochTested, FutureReached, Outcome, RunBranched, RunEnded, RunStarted
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import RunStore
from workbench.engine.training.replay import first_difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.training.trainer import Trainer


@contextmanager
def recorded(trainer: Trainer, folder: Path) -> Iterator[Callable[[TrainerEvent], None]]:
    """Record the run of `trainer` into the store in `folder`; give each of its events to the function handed out.

    A run that is in the store already goes on there. While it repeats what the store holds, nothing is written, and
    where it leaves that it is a run of its own.
    """
    recording = _Recording(trainer, folder)
    try:
        yield recording.take
    except BrokenPipeError:
        recording.end(Outcome.STOPPED)
        raise
    except BaseException:
        recording.end(Outcome.FAILED)
        raise
    finally:
        recording.close()


class _Recording:
    def __init__(self, trainer: Trainer, folder: Path) -> None:
        self._trainer = trainer
        self._run: RunIdentity | None = None
        """The run being recorded; None while what is trained is recorded already."""
        self._stored = _stored(trainer, folder)
        self._parting: int | None = None
        """Where the run leaves what is stored of it; None where it does not."""
        if self._stored is not None:
            self._follow(self._stored)
        self._recorder = Recorder(folder, say)

    def take(self, event: TrainerEvent) -> None:
        trainer, recorder = self._trainer, self._recorder
        match event:
            case RunStarted() if trainer.journal.has_departed:
                pass  # this machine came to something else than is stored: a branch follows
            case RunStarted(future=None) | FutureReached():
                if self._parting == trainer.position.step:
                    self._leave(trainer.branch())
                if self._stored is None:
                    self._begin()
                else:
                    self._run = trainer.identity
                    recorder.resume(trainer.identity, trainer.history, trainer.gauge, len(self._stored))
            case RunBranched():
                self._leave(event)
                self._begin()
            case EpochTested() if self._run is not None:
                recorder.keep_snapshot(self._run, trainer.arrival())
            case RunEnded(outcome=outcome) if self._run is not None:
                recorder.keep_snapshot(self._run, trainer.arrival())
                self.end(outcome)

    def end(self, outcome: Outcome) -> None:
        if self._run is not None:
            self._recorder.end(self._run, outcome)
            self._run = None

    def close(self) -> None:
        self._recorder.close()

    def _follow(self, stored: History) -> None:
        """Repeat what is stored up to where something else was asked for, from which on it is a run of its own."""
        trainer = self._trainer
        differs = first_difference(trainer.history, 0, stored)
        if differs is not None:
            self._leave(trainer.branch(differs))
            return
        self._parting = _parting(trainer, stored)
        future = stored.copy()
        future.truncate(len(stored) if self._parting is None else self._parting)
        if len(future) > trainer.position.step:
            trainer.journal.follow(future)

    def _leave(self, event: RunBranched) -> None:
        say(f"run {event.run.id} branches off run {event.run.parent} at step {event.run.parent_step}")
        self._stored = self._parting = None

    def _begin(self) -> None:
        trainer = self._trainer
        self._run = trainer.identity
        self._recorder.begin(self._run, trainer.recipe, trainer.history, trainer.gauge, trainer.environment)


def _parting(trainer: Trainer, stored: History) -> int | None:
    """The first step before whose update another value is to be in force than was; None if there is none."""
    now = trainer.position.step
    theirs, mine = dict(trainer.recipe.values), dict(trainer.values)
    changes: defaultdict[int, list[tuple[dict[str, Value], str, Value]]] = defaultdict(list)
    changes[now] = []
    for made in stored.changes:
        changes[max(made.step, now)].append((theirs, made.name, made.new))
    for planned in trainer.journal.scheduled:
        changes[max(planned.step, now)].append((mine, planned.name, planned.value))
    for step in sorted(step for step in changes if step < len(stored)):
        for values, name, value in changes[step]:
            values[name] = value
        if mine != theirs:
            return step
    return None


def _stored(trainer: Trainer, folder: Path) -> History | None:
    """What the store holds of the run; None where it does not know it."""
    if len(trainer.history) == 0:
        return None
    try:
        store = RunStore(folder)
        try:
            return store.history(trainer.identity.id)
        finally:
            store.close()
    except UserError:
        return None  # it does not know the run, or is out of order: the Recorder will find out, and say so
