"""What all commands need of a terminal: exit statuses, standard error, progress, signals."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

from workbench.engine.errors import CancelledError
from workbench.engine.protocol.commands import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from workbench.engine.data.datasets import Progress
    from workbench.engine.protocol.command_queue import CommandQueue


class Status(IntEnum):
    """Exit statuses."""

    DONE = 0
    FAILED = 1
    BAD_USAGE = 2
    INTERRUPTED = 130


def say(what: object) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()


def progress_line(inbox: CommandQueue) -> Progress:
    """Progress on one line of a terminal; elsewhere nothing, so that a log file stays readable."""
    last = -1

    def progress(what: str, done: int, total: int) -> None:
        nonlocal last
        if inbox.stop_asked:
            raise CancelledError
        percent = 100 * done // total if total else 0
        if sys.stderr.isatty() and percent != last:
            last = percent
            end = "\n" if total and done >= total else ""
            sys.stderr.write(f"\r{what}: {percent} %{end}")
            sys.stderr.flush()

    return progress


@contextmanager
def signals_stop(inbox: CommandQueue) -> Iterator[list[int]]:
    """The first Ctrl+C or SIGTERM is a Stop and is noted in the list given; a second one ends the process."""
    noted: list[int] = []
    previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _frame: FrameType | None) -> None:
        noted.append(number)
        inbox.put(Stop())
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    for number in previous:
        signal.signal(number, stop)
    try:
        yield noted
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
