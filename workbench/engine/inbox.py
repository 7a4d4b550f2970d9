"""The queue of commands: many may put, one thread takes."""

from __future__ import annotations

import queue
from collections import deque
from typing import TYPE_CHECKING

from workbench.engine.commands import CaptureWeights, Close, EvaluateWeights, SetValue, Stop

if TYPE_CHECKING:
    from workbench.engine.commands import SessionCommand, TrainerCommand


class Inbox:
    """Commands for the training side. `put` may be called from any thread, the rest from the training thread alone."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[SessionCommand] = queue.SimpleQueue()
        self._later: deque[SessionCommand] = deque()
        self._stop_asked = False

    @property
    def stop_asked(self) -> bool:
        """Whether a Stop is waiting; what takes long and is no training (loading data) looks here."""
        return self._stop_asked

    @property
    def has_news(self) -> bool:
        """Whether anything waits to be taken; asked before every batch, so it has to be quick."""
        return not self._queue.empty() or bool(self._later)

    def put(self, command: SessionCommand) -> None:
        """Hand over a command; it is taken between two batches, or as soon as nothing trains."""
        if isinstance(command, Stop | Close):
            self._stop_asked = True
        self._queue.put(command)

    def wait(self) -> SessionCommand:
        """The next command; blocks until there is one."""
        command = self._later.popleft() if self._later else self._queue.get()
        if isinstance(command, Stop):
            self._stop_asked = False
        return command

    def take(self) -> list[TrainerCommand]:
        """What has come for a run since the last call, in order, up to the first Stop; asked before every batch.

        A command for the session (a Close, say) stays for it and ends the run as a Stop would.
        """
        if not self.has_news:
            return []
        while not self._queue.empty():
            self._later.append(self._queue.get())
        taken: list[TrainerCommand] = []
        kept: deque[SessionCommand] = deque()
        stopping = False
        for command in self._later:
            match command:
                case Stop() if not stopping:
                    stopping = True
                    self._stop_asked = False
                    taken.append(command)
                case Close():
                    if not stopping:
                        stopping = True
                        taken.append(Stop())
                    kept.append(command)
                case SetValue() | CaptureWeights() | EvaluateWeights() if not stopping:
                    taken.append(command)
                case Stop():
                    pass  # pressed twice
                case _:
                    kept.append(command)
        self._later = kept
        return taken

    def discard_run_commands(self) -> None:
        """Forget wishes for a run that is over: a slider moved after its last batch, a second Stop."""
        while not self._queue.empty():
            self._later.append(self._queue.get())
        self._later = deque(command for command in self._later if not isinstance(command, Stop | SetValue))
        self._stop_asked = any(isinstance(command, Close) for command in self._later)
