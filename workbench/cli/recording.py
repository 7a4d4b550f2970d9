"""A headless run in the store of runs: written as it goes; what goes wrong there is told, and training goes on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.cli.terminal import say
from workbench.engine.events import EpochTested, FutureReached, Outcome, RunBranched, RunEnded, RunStarted
from workbench.engine.problems import Problem
from workbench.engine.recorder import Recorder
from workbench.engine.runs import RunStore
from workbench.engine.travel import first_difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workbench.engine.events import TrainerEvent
    from workbench.engine.history import History
    from workbench.engine.records import RunIdentity
    from workbench.engine.trainer import Trainer


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
        if self._stored is not None:
            self._follow(self._stored)
        self._recorder = Recorder(folder, say)

    def take(self, event: TrainerEvent) -> None:
        trainer, recorder = self._trainer, self._recorder
        match event:
            case RunStarted(future=None) | FutureReached():
                self._run = trainer.identity
                if self._stored is None:
                    self._begin()
                else:
                    recorder.resume(trainer.identity, trainer.history, trainer.gauge, len(self._stored))
            case RunBranched(run=run):
                say(f"run {run.id} branches off run {run.parent} at step {run.parent_step}")
                self._run = run
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
        """Repeat what is stored, as long as nothing else is asked for; if this run has left it already, branch off."""
        trainer = self._trainer
        differs = first_difference(trainer.history, 0, stored)
        if differs is not None:
            trainer.branch(differs)
            self._stored = None
        elif len(stored) > trainer.position.step:
            trainer.journal.follow(stored)

    def _begin(self) -> None:
        trainer = self._trainer
        self._recorder.begin(trainer.identity, trainer.recipe, trainer.history, trainer.gauge, trainer.environment)


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
    except Problem:
        return None  # it does not know the run, or is out of order: the Recorder will find out, and say so
