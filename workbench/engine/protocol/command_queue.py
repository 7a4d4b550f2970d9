"""The queue of commands: many may put, one thread takes."""

from __future__ import annotations

import queue
import threading
from collections import deque
from typing import TYPE_CHECKING, Final, cast

from workbench.engine.protocol.commands import (
    AddEpochs,
    CaptureCheckpoint,
    CaptureWeights,
    Close,
    DiscardRun,
    EvaluateWeights,
    LoadData,
    OpenCheckpoint,
    OpenRun,
    Pause,
    Resume,
    RunEpoch,
    RunSteps,
    SetSnapshotBudget,
    SetValue,
    StartRun,
    Stop,
    Travel,
)

if TYPE_CHECKING:
    from workbench.engine.protocol.commands import ContinueCommand, SessionCommand, TrainerCommand

IN_FLIGHT: Final = (
    SetValue,
    CaptureWeights,
    EvaluateWeights,
    CaptureCheckpoint,
    SetSnapshotBudget,
    Resume,
    RunSteps,
    RunEpoch,
    AddEpochs,
)
"""Served between two batches while the training goes on."""

RESTS_FIRST: Final = (Travel, OpenRun, OpenCheckpoint, DiscardRun)
"""Served by the session, once the run rests: they rest it."""

BEGINS_ANEW: Final = (StartRun, OpenRun, OpenCheckpoint, LoadData)
"""A Stop that follows one of these is for it, whatever is under way meanwhile."""


class CommandQueue:
    """Commands for the training side. `put` may be called from any thread, the rest from the training thread alone."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[SessionCommand] = queue.SimpleQueue()
        self._later: deque[SessionCommand] = deque()
        # How many Stops and Closes are waiting: counted by whoever puts them, before they can be taken.
        self._stops = 0
        self._counting = threading.Lock()

    @property
    def stop_asked(self) -> bool:
        """Whether a Stop or a Close is waiting; what takes long and is no training (loading data) looks here."""
        return self._stops > 0

    @property
    def has_commands(self) -> bool:
        """Whether anything waits to be taken; asked before every batch, so it has to be quick."""
        return not self._queue.empty() or bool(self._later)

    def put(self, command: SessionCommand) -> None:
        """Hand over a command; it is taken between two batches, or as soon as nothing trains."""
        if isinstance(command, Stop | Close):
            self._count(1)
        self._queue.put(command)

    def wait(self) -> SessionCommand:
        """The next command; blocks until there is one."""
        command = self._later.popleft() if self._later else self._queue.get()
        if isinstance(command, Stop):
            self._count(-1)
        return command

    def take(self) -> list[TrainerCommand | ContinueCommand]:
        """What has come for a run since the last call, in order, up to what rests or ends it; asked before every batch.

        A command for the session stays for it; a Close ends the run as a Stop would, and one that needs the run at rest
        pauses it.
        """
        if not self.has_commands:
            return []
        while not self._queue.empty():
            self._later.append(self._queue.get())
        taken: list[TrainerCommand | ContinueCommand] = []
        kept: deque[SessionCommand] = deque()
        resting = False
        for command in self._later:
            if resting:
                self._keep(command, kept, taken)
                continue
            match command:
                case Stop() | Pause():
                    resting = True
                    self._count(-isinstance(command, Stop))
                    taken.append(command)
                case Close():
                    resting = True
                    taken.append(Stop())
                    kept.append(command)
                case _ if isinstance(command, RESTS_FIRST):
                    resting = True
                    taken.append(Pause())
                    kept.append(command)
                case _ if isinstance(command, IN_FLIGHT):
                    taken.append(cast("TrainerCommand | ContinueCommand", command))
                case _:
                    kept.append(command)
        self._later = kept
        return taken

    def discard_run_commands(self) -> None:
        """Forget wishes for a run that is over, or data given up: a slider moved after its last batch, a second Stop.

        What was asked for after something new was begun is meant for that.
        """
        while not self._queue.empty():
            self._later.append(self._queue.get())
        waiting, self._later = self._later, deque()
        is_over = True
        for command in waiting:
            is_over = is_over and not isinstance(command, BEGINS_ANEW)
            if is_over and isinstance(command, Stop):
                self._count(-1)
            elif not is_over or not isinstance(command, SetValue):
                self._later.append(command)

    def _keep(
        self, command: SessionCommand, kept: deque[SessionCommand], taken: list[TrainerCommand | ContinueCommand]
    ) -> None:
        """Leave what came after a rest to the session; a Stop after a Pause still ends the run, a second is none."""
        if isinstance(command, Stop):
            if isinstance(taken[-1], Pause):
                taken[-1] = command
            self._count(-1)
        elif not isinstance(command, Pause):
            kept.append(command)

    def _count(self, more: int) -> None:
        with self._counting:
            self._stops += more
