"""StoreWorker: opens, reads and writes the store of runs in a thread of its own, so that the window never waits for it.

Another process may hold the store's lock: opening then waits up to 20 s, a transaction up to 5 s.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from workbench.engine.errors import UserError, details_of, problem_of
from workbench.engine.store.run_store import RunStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Value = TypeVar("Value")

CLOSE_WITHIN_S: Final = 0.25
"""How long closing waits for what is left to write; normally that takes milliseconds."""


class StoreWorker(QObject):
    """Does jobs on the store in `folder`, one after another; their results come back in the thread that made it."""

    noticed = Signal(UserError, str)
    """On opening, a newer, foreign or damaged store was moved aside, or the store may only be read, which is said once;
    the second value is always empty."""
    _done = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._is_closed = False
        # Used in the worker's thread only.
        self._store: RunStore | None = None
        self._said: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Start to work on what was submitted."""
        self._thread.start()

    def submit(
        self,
        job: Callable[[RunStore], Value],
        on_result: Callable[[Value], None],
        on_error: Callable[[UserError, str], None],
    ) -> None:
        """Call `job` with the store in the worker's thread, then one of the others in the owner's thread.

        Args:
            job: reads or writes.
            on_result: called with what `job` returned.
            on_error: called with what it raised, as a sentence, and with the traceback of a defect.
        """

        def work() -> None:
            try:
                result = job(self._opened())
            except Exception as error:  # noqa: BLE001  # a defect must not end the thread of all later jobs
                self._report(on_error, problem_of(error), details_of(error))
            else:
                self._report(on_result, result)

        self._jobs.put(work)

    def close(self) -> None:
        """Deliver nothing from now on, and end the thread after the jobs that were submitted."""
        self._is_closed = True
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(CLOSE_WITHIN_S)

    @Slot(object)
    def _deliver(self, call: tuple[Callable[..., None], tuple[Any, ...]]) -> None:
        if not self._is_closed:
            callback, values = call
            callback(*values)

    # In the worker's thread

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        if self._store is not None:
            self._store.close()

    def _opened(self) -> RunStore:
        if self._store is not None and not self._store.is_there:
            self._store.close()
            self._store = None
        if self._store is None:
            self._store = RunStore(self._folder)
            for notice in (self._store.set_aside, self._store.read_only):
                if notice is not None and str(notice) not in self._said:
                    self._said.add(str(notice))
                    self._report(self.noticed.emit, notice, "")
        return self._store

    def _report(self, callback: Callable[..., None], *values: object) -> None:
        if not self._is_closed:
            # The window may be deleted while a job waits for a lock.
            with suppress(RuntimeError):
                self._done.emit((callback, values))
