"""The terminal, as all commands use it: exit statuses, output, progress, signals."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import TYPE_CHECKING

from workbench.engine.errors import CancelledError, UserError, say
from workbench.engine.protocol.commands import Stop
from workbench.engine.runtime.standard_streams import print_text
from workbench.engine.runtime.stop_signals import stop_signals
from workbench.engine.translation import translated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from workbench.engine.data.dataset import Progress
    from workbench.engine.protocol.command_queue import CommandQueue


class Status(IntEnum):
    """Exit statuses."""

    DONE = 0
    FAILED = 1
    BAD_USAGE = 2
    INTERRUPTED = 130


class TrainingOutput:
    """Prints what a run prints; a standard output that fails does not end the run.

    Args:
        commands: of the run. Where the program that reads the output has ended (`| head`), it receives a Stop.

    Attributes:
        has_failed: whether a text could not be written; the later ones are dropped.
    """

    def __init__(self, commands: CommandQueue) -> None:
        self.has_failed = False
        self._commands = commands

    def print(self, text: str) -> None:
        """Write `text` to standard output, unless that has failed before."""
        if self.has_failed:
            return
        try:
            print_text(text)
        except BrokenPipeError:
            self.has_failed = True
            say("the program that reads the output has ended: training stops")
            self._commands.put(Stop())
        except UserError as problem:
            self.has_failed = True
            say(problem)
            say("training goes on without output")


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
            with suppress(OSError):  # the terminal was closed
                sys.stderr.write(f"\r{translated(what, 'Progress')}: {percent} %{end}")
                sys.stderr.flush()

    return progress


@contextmanager
def signals_stop(commands: CommandQueue) -> Iterator[list[int]]:
    """Make the first Ctrl+C, SIGTERM or SIGHUP a Stop and add it to the yielded list.

    A second Ctrl+C or SIGTERM ends the process. A second SIGHUP does not: a terminal that is closed sends several.
    """
    received: list[int] = []
    previous = {number: signal.getsignal(number) for number in stop_signals()}

    def stop(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        commands.put(Stop())
        for other in previous:
            is_ending = other in (signal.SIGINT, signal.SIGTERM)
            signal.signal(other, signal.SIG_DFL if is_ending else signal.SIG_IGN)

    for number in previous:
        signal.signal(number, stop)
    try:
        yield received
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
