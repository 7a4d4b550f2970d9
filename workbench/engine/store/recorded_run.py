"""What the Recorder works on: the run that is being recorded, and the jobs of the writer's thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.engine.store.history_tables import HistoryDelta
from workbench.engine.store.run_summary import RunStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.run_progress import RunProgress
    from workbench.engine.recipe import Recipe
    from workbench.engine.store.run_store import RunStore


@dataclass(slots=True, eq=False)
class RecordedRun:
    """The run that is being recorded, and how much of it is written.

    Attributes:
        identity: which run.
        history: what training appends to.
        progress: where the run is.
        recipe: what a new run trains; None for one that is in the store already.
        environment: on what it is trained; empty where what the store says of it stays.
        seconds_before: what `progress` counted when recording began.
        expected: steps that the store must hold of a resumed run; None where this is not known.
        store: the store object in which the run is marked as this process's. This field and the ones below belong to
            the writer's thread.
        status: what the store said of the run before; None for a new run.
        steps_before: steps in the store before this process trained it.
        seconds_stored: seconds in the store before this process trained it.
        written: steps in the store.
        written_state: `state_of` the history when it was last written.
        refused: the store refuses the run, and nothing more is tried.
    """

    identity: RunIdentity
    history: History
    progress: RunProgress
    recipe: Recipe | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds_before: float = 0.0
    expected: int | None = None
    store: RunStore | None = None
    status: RunStatus | None = None
    steps_before: int = 0
    seconds_stored: float = 0.0
    written: int = 0
    written_state: tuple[object, ...] = ()
    refused: bool = False

    @property
    def has_news(self) -> bool:
        """Whether the history holds something that is not written."""
        return state_of(self.history, len(self.history)) != self.written_state

    def job(self, action: Callable[[RunStore], None] | None = None) -> Job:
        """A job that first writes what the history holds now beyond what is written."""
        delta = HistoryDelta.of(self.history, self.progress.seconds - self.seconds_before, self.written)
        return Job(self, delta, action)

    def status_when_replaced(self) -> RunStatus:
        """The status when another run is recorded next; the old one, where the run was only opened to branch."""
        if self.status in (None, RunStatus.RUNNING) or self.written > self.steps_before:
            return RunStatus.STOPPED
        return self.status


@dataclass(slots=True, eq=False)
class Job:
    """Something to do in the writer's thread.

    Attributes:
        run: the recorded run to bring up to date first, if there is one.
        delta: what its history held when the job was submitted.
        action: what to do then.
        is_snapshot: whether the job may be dropped for a newer one of its kind.
        is_optional: whether it is given up where it fails: its file may be too big for what is left of the disk.
        done: set when the job is over, whether it succeeded or not.
    """

    run: RecordedRun | None = None
    delta: HistoryDelta | None = None
    action: Callable[[RunStore], None] | None = None
    is_snapshot: bool = False
    is_optional: bool = False
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def nbytes(self) -> int:
        """Memory that its copy of the history takes, in bytes; records are few beside the steps."""
        return 0 if self.delta is None else self.delta.loss.nbytes + self.delta.metric.nbytes


def state_of(records: History | HistoryDelta, length: int) -> tuple[object, ...]:
    """Differs where there is something new to write; quick, however long the run."""
    lists = (records.evaluations, records.epoch_starts, records.changes, records.incidents, records.refusals)
    return (length, tuple(map(len, lists)), tuple(records.changes[-1:]))
