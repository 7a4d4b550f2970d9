"""CommandQueue: any thread puts commands, the training thread takes them."""

from __future__ import annotations

import queue
from collections import deque
from typing import TYPE_CHECKING

from workbench.engine.protocol.commands import (
    Announce,
    Close,
    ContinueCommand,
    LoadData,
    OpenCheckpoint,
    OpenRun,
    Pause,
    PausingCommand,
    RunExperiment,
    SetValue,
    StartRun,
    Stop,
    TrainerCommand,
    VerifyRun,
)

if TYPE_CHECKING:
    from workbench.engine.protocol.commands import RunCommand, SessionCommand

NewWork = StartRun | OpenRun | OpenCheckpoint | VerifyRun | LoadData | RunExperiment
"""A Stop that follows one of these stops it, and not the run before it."""


class CommandQueue:
    """Commands for the training thread. Any thread may call `put`; the training thread calls the rest."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[SessionCommand] = queue.SimpleQueue()
        self._later: deque[SessionCommand] = deque()
        # One entry for each Stop and Close that waits; `put` adds it before they can be taken. A deque needs no lock: a
        # signal handler calls `put`, too, and may interrupt the thread that holds the lock.
        self._stops: deque[None] = deque()

    @property
    def stop_asked(self) -> bool:
        """Whether a Stop or a Close waits; long work that is not training, such as loading data, polls this."""
        return bool(self._stops)

    @property
    def has_commands(self) -> bool:
        """Whether any command waits. The training loop polls this before every batch, so it must be fast."""
        return not self._queue.empty() or bool(self._later)

    def put(self, command: SessionCommand) -> None:
        """Add a command; it is handled between two batches, or as soon as nothing trains."""
        if isinstance(command, Stop | Close):
            self._stops.append(None)
        self._queue.put(command)

    def wait(self) -> SessionCommand:
        """The next command; blocks until there is one."""
        command = self._later.popleft() if self._later else self._queue.get()
        if isinstance(command, Stop):
            self._stops.pop()
        return command

    def drain_for_run(self) -> list[RunCommand]:
        """The commands for the run since the last call, in order, up to the one that pauses or ends it.

        Commands for the session stay in the queue. A Close ends the run as a Stop does, and a command that needs a
        paused run pauses it. After a `RunExperiment` all commands stay, because a Stop is meant for the experiment.
        """
        if not self.has_commands:
            return []
        self._fetch()
        drained: list[RunCommand] = []
        kept: deque[SessionCommand] = deque()
        is_paused = goes_on = False
        for command in self._later:
            if goes_on:
                kept.append(command)  # it is meant for the run that goes on; a Stop, for what it waits for
            elif is_paused:
                self._keep_for_later(command, kept, drained)
            elif isinstance(command, Stop | Pause):
                is_paused = True
                if isinstance(command, Stop):
                    self._stops.pop()
                drained.append(command)
            elif isinstance(command, Close | PausingCommand):
                is_paused = True
                goes_on = isinstance(command, RunExperiment | Announce)
                drained.append(Stop() if isinstance(command, Close) else Pause(goes_on))
                kept.append(command)
            elif isinstance(command, TrainerCommand | ContinueCommand):
                drained.append(command)
            else:
                kept.append(command)
        self._later = kept
        return drained

    def discard_run_commands(self) -> None:
        """Drop the commands for a run that has ended, or for data whose loading was cancelled.

        These are a slider moved after the last batch, or a second Stop. Commands after the start of new work belong to
        that work and stay.
        """
        self._fetch()
        waiting, self._later = self._later, deque()
        is_over = True
        for command in waiting:
            is_over = is_over and not isinstance(command, NewWork)
            if is_over and isinstance(command, Stop):
                self._stops.pop()
            elif not is_over or not isinstance(command, SetValue):
                self._later.append(command)

    def discard_stops(self) -> None:
        """Drop the Stops that wait: what they were to stop is over. A Close stays, and a Stop of new work."""
        self._fetch()
        waiting, self._later = self._later, deque()
        is_over = True
        for command in waiting:
            is_over = is_over and not isinstance(command, NewWork)
            if is_over and isinstance(command, Stop):
                self._stops.pop()
            else:
                self._later.append(command)

    def _fetch(self) -> None:
        while not self._queue.empty():
            self._later.append(self._queue.get())

    def _keep_for_later(self, command: SessionCommand, kept: deque[SessionCommand], drained: list[RunCommand]) -> None:
        """Leave a command after a Pause or Stop to the session. A Stop overrides the Pause; repeats are dropped."""
        if isinstance(command, Stop):
            if isinstance(drained[-1], Pause):
                drained[-1] = command
            self._stops.pop()
        elif not isinstance(command, Pause):
            kept.append(command)
