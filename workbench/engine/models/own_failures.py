"""Explains what goes wrong in a network of the user's own: the sentence that names its line."""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = "workbench_own_network_"
"""Of the names of the modules that hold sources: a line of a traceback is the user's own where it is in one."""


class NetworkFailedError(UserError):
    """The code of a network of the user's own raised an exception."""


def failed_in(line: int, path: str, error: BaseException) -> NetworkFailedError:
    """The sentence for an `error` in that line of the file."""
    return NetworkFailedError(
        "The network failed in line {line} of {path} ({reason}): correct the file, then open it again.",
        line=line,
        path=path,
        reason=_reason(error),
    )


def failed(error: Exception) -> Exception:
    """What `explained` makes of an error of a call of the network; also where no line of the user's own is known."""
    problem = explained(error)
    if isinstance(problem, UserError | MemoryError):
        return problem
    return NetworkFailedError(
        "The network failed ({reason}): correct its file, then open it again.", reason=_reason(error)
    )


def explained(error: Exception) -> Exception:
    """`error` itself, or the sentence that names the line of the user's own network where it was raised."""
    if isinstance(error, UserError):
        return error
    if (own := own_failure(error)) is not None:
        return own
    if "more than 1 value per channel when training" in str(error):  # torch's sentence
        return UserError(
            "Batch normalization needs batches of two samples or more, but the last batch of the epoch has one: choose "
            "a batch size that leaves no single sample, or turn batch normalization off."
        )
    return error


def own_failure(error: BaseException) -> NetworkFailedError | None:
    """The sentence that names the line of the user's own network where `error` was raised; None if none raised it.

    Also for a SystemExit or KeyboardInterrupt that the network raises; Ctrl+C raises none, since it is a signal that
    becomes a Stop.
    """
    own = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if str(frame.f_globals.get("__name__", "")).startswith(PREFIX)
    ]
    if not own:
        return None
    path, line = own[-1]
    return failed_in(line, path, error)


@contextmanager
def explaining() -> Iterator[None]:
    """Raise what `explained` makes of an exception inside."""
    try:
        yield
    except Exception as error:
        if (problem := explained(error)) is error:
            raise
        raise problem from error
    except BaseException as error:
        if (own := own_failure(error)) is None:
            raise
        raise own from error


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
