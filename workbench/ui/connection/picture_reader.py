"""PictureReader: has a picture read in a thread, so that the window never waits for it."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from workbench.engine.errors import UserError, problem_of

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.data.single_picture import RawPicture


class PictureReader(QObject):
    """Reads one picture at a time: a new one takes the place of the one before, of which nothing is heard any more."""

    read = Signal(object)
    """A `FittedPicture`."""
    failed = Signal(UserError)
    _reported = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = 0
        self._reported.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def begin(self, source: Path | bytes | RawPicture, shape: tuple[int, int, int], *, is_ground_light: bool) -> None:
        """Read `source` into an image of `shape` (C, H, W); one of the signals answers."""
        self._request += 1
        work = (self._request, source, shape, is_ground_light)
        threading.Thread(target=self._work, args=work, name="picture", daemon=True).start()

    def cancel(self) -> None:
        """Answer nothing."""
        self._request += 1

    def _deliver(self, request: int, found: object) -> None:
        if request != self._request:
            return
        if isinstance(found, UserError):
            self.failed.emit(found)
        else:
            self.read.emit(found)

    # In the thread

    def _work(
        self, request: int, source: Path | bytes | RawPicture, shape: tuple[int, int, int], is_ground_light: bool
    ) -> None:
        from workbench.engine.data.single_picture import fitted_picture

        found: object
        try:
            found = fitted_picture(source, shape, is_ground_light=is_ground_light)
        except Exception as error:  # noqa: BLE001  # whatever is in the file, the pad waits for an answer
            found = problem_of(error)
        # The window may be deleted while the file is read.
        with suppress(RuntimeError):
            self._reported.emit(request, found)
