"""DataDescriber: has files of the user's own described in a thread, so that the window never waits for them."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from workbench.engine.errors import CancelledError, UserError, problem_of

if TYPE_CHECKING:
    from workbench.engine.data.data_source import DataSource

REPORT_EVERY_S: Final = 0.1


class DataDescriber(QObject):
    """Describes one source at a time: a new one takes the place of the one before, of which nothing is heard any more.

    It uses no torch, so that it can read while a run trains.
    """

    progressed = Signal(str, int, int)
    """What is being done, how much of it, and of how much; 0 while that is not known."""
    described = Signal(object)
    """A `DataDescription`."""
    failed = Signal(UserError)
    _reported = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = 0
        self._reported.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def describe(self, source: DataSource) -> None:
        """Read `source`; one of the signals answers."""
        self._request += 1
        threading.Thread(target=self._work, args=(self._request, source), name="describe", daemon=True).start()

    def cancel(self) -> None:
        """Read no further, and answer nothing."""
        self._request += 1

    def _deliver(self, request: int, found: object) -> None:
        if request != self._request:
            return
        if isinstance(found, UserError):
            self.failed.emit(found)
        elif isinstance(found, tuple):
            self.progressed.emit(*found)
        else:
            self.described.emit(found)

    # In the thread

    def _work(self, request: int, source: DataSource) -> None:
        from workbench.engine.data.own_files.reading import describe

        last = 0.0

        def progress(phase: str, done: int, total: int) -> None:
            nonlocal last
            if request != self._request:
                raise CancelledError
            if (now := time.monotonic()) - last >= REPORT_EVERY_S:
                last = now
                self._report(request, (phase, done, total))

        try:
            self._report(request, describe(source, progress))
        except CancelledError:
            return
        except Exception as error:  # noqa: BLE001  # whatever is in the files, the dialog waits for an answer
            self._report(request, problem_of(error))

    def _report(self, request: int, found: object) -> None:
        # The window may be deleted while files are read.
        with suppress(RuntimeError):
            self._reported.emit(request, found)
