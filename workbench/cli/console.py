"""The terminal, as all commands use it: exit statuses, standard error, progress, signals."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from enum import IntEnum
from io import TextIOWrapper
from typing import TYPE_CHECKING

from workbench.engine.errors import CancelledError
from workbench.engine.protocol.commands import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from workbench.engine.data.image_data import Progress
    from workbench.engine.protocol.command_queue import CommandQueue


class Status(IntEnum):
    """Exit statuses."""

    DONE = 0
    FAILED = 1
    BAD_USAGE = 2
    INTERRUPTED = 130


def replace_unencodable() -> None:
    """Write "?" for a character that the encoding of standard output lacks, such as "…" in Latin-1, and do not fail."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def progress_line(commands: CommandQueue) -> Progress:
    """A progress function that rewrites one line of a terminal; in a log file it writes nothing.

    The function raises `CancelledError` once a Stop is in `commands`.
    """
    last = -1

    def progress(what: str, done: int, total: int) -> None:
        nonlocal last
        if commands.stop_asked:
            raise CancelledError
        percent = 100 * done // total if total else 0
        if sys.stderr.isatty() and percent != last:
            last = percent
            end = "\n" if total and done >= total else ""
            sys.stderr.write(f"\r{what}: {percent} %{end}")
            sys.stderr.flush()

    return progress


@contextmanager
def signals_stop(commands: CommandQueue) -> Iterator[list[int]]:
    """Make the first Ctrl+C or SIGTERM a Stop and add it to the yielded list; a second one ends the process."""
    received: list[int] = []
    previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        commands.put(Stop())
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    for number in previous:
        signal.signal(number, stop)
    try:
        yield received
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
