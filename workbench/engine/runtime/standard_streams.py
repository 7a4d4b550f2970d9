"""Standard output and standard error, which the shell or another program may have closed or filled."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, TextIO

from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DESCRIPTORS = (0, 1, 2)
"""Standard input, standard output and standard error."""
_kept_apart: TextIO | None = None
"""Where `print_text` writes while standard output is kept apart."""


def prepare_streams() -> None:
    """Make standard output and standard error usable, whatever the program was started with.

    - A stream that is closed (`>&-`) discards its text. Python has None in its place, and without a replacement the
      next file that is opened would get its descriptor: the messages of C libraries would be written into that file.
    - A character that the encoding lacks, such as "…" in Latin-1, becomes "?".
    """
    _open_closed_descriptors()
    if sys.stdout is None:
        sys.stdout = _discarding(1)
    if sys.stderr is None:
        sys.stderr = _discarding(2)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def print_text(text: str) -> None:
    """Write `text` to standard output at once; a character that its encoding lacks becomes "?".

    Raises:
        BrokenPipeError: the program that read it has ended.
        UserError: it cannot be written: the disk is full, the terminal is closed.
    """
    stream = _kept_apart or sys.stdout
    try:
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        discard_output()
        raise
    except OSError as error:
        discard_output()
        raise UserError(
            "Standard output cannot be written ({reason}): free some space, or send it to another place.",
            reason=error.strerror or str(error),
        ) from error


def discard_output() -> None:
    """From now on, discard standard output; text that waits for a stream that is broken would fail again and again."""
    _discard(_kept_apart or sys.stdout)


@contextlib.contextmanager
def output_kept_apart() -> Iterator[None]:
    """In the block, only `print_text` writes to standard output; what others write there goes to standard error.

    Also what is written to its descriptor, past Python's stream, as C libraries and `os.write` do.
    """
    global _kept_apart
    if not _has_descriptor(sys.stdout, 1):  # a stream of a test
        yield
        return
    with contextlib.suppress(OSError):  # a terminal that was closed; `print_text` says so
        sys.stdout.flush()
    descriptor = os.dup(1)
    with os.fdopen(descriptor, "w", encoding=sys.stdout.encoding, errors="replace") as stream:
        os.dup2(2, 1)
        _kept_apart = stream
        try:
            yield
        finally:
            _kept_apart = None
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
            os.dup2(descriptor, 1)


def _has_descriptor(stream: TextIO, descriptor: int) -> bool:
    try:
        return stream.fileno() == descriptor
    except (OSError, ValueError):
        return False


def flush_streams() -> None:
    """Write out the text that waits. Where that fails, discard it: Python would report it as it exits."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _discard(stream)


def _open_closed_descriptors() -> None:
    for descriptor in _DESCRIPTORS:
        try:
            os.fstat(descriptor)
        except OSError:
            with _null_device() as opened:
                if opened != descriptor:
                    os.dup2(opened, descriptor)


def _discarding(descriptor: int) -> TextIO:
    return open(descriptor, "w", encoding="utf-8", errors="replace", closefd=False)


def _discard(stream: TextIO) -> None:
    # A stream of a test has no descriptor.
    with contextlib.suppress(OSError, ValueError), _null_device() as opened:
        os.dup2(opened, stream.fileno())


@contextlib.contextmanager
def _null_device() -> Iterator[int]:
    """A descriptor of the null device, closed at the end unless it is one of the standard ones."""
    opened = os.open(os.devnull, os.O_RDWR)
    try:
        yield opened
    finally:
        if opened not in _DESCRIPTORS:
            os.close(opened)
