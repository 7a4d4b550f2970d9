"""JobThread: does slow work, such as writing a file, in a thread of its own, one job after another."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class JobThread:
    """A thread for jobs, started with the first of them.

    Not Qt's QThreadPool: when a window is deleted, its destructor waits for the jobs while it holds Python's lock,
    which the jobs need; then both wait for ever. Only `finish` waits for this thread, which does not keep the process
    from ending.

    Args:
        name: of the thread.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._waiting: deque[None] = deque()
        self._thread: threading.Thread | None = None

    def start(self, job: Callable[[], None]) -> None:
        """Do `job` after those before it. It handles its own errors; signals that it emits arrive in their thread."""
        self._waiting.append(None)
        self._jobs.put(job)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()

    def finish(self, milliseconds: int) -> bool:
        """Wait until no job is left, at most so long; returns whether that is so."""
        deadline = time.monotonic() + milliseconds / 1000
        while self._waiting and time.monotonic() < deadline:
            time.sleep(0.002)
        return not self._waiting

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            # The window whose signal a job emits may be deleted meanwhile.
            with suppress(RuntimeError):
                job()
            del job
            self._waiting.popleft()
