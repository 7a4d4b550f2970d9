"""Since when code of the user's own is running. Nothing here imports torch: the window's thread asks."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class RunningCode:
    """Written by the thread that trains, read by any other.

    Attributes:
        since: when the code was called that has not returned yet, in seconds of the monotonic clock; None where none is
            running.
    """

    def __init__(self) -> None:
        self.since: float | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """The block runs code of the user's own."""
        before = self.since
        self.since = time.monotonic() if before is None else before
        try:
            yield
        finally:
            self.since = before


RUNNING_CODE = RunningCode()
