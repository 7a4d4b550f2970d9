"""Errors of the program; each is one sentence that also says what to do.

A `UserError` is expected: the user can correct its cause. Any other exception is a defect and is reported as one.
The sentence is a template plus fields, so that the window can translate the template before it fills in the fields.
"""

from __future__ import annotations

import errno
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class UserError(Exception):
    """An error whose cause the user can correct; `str(problem)` is the English sentence.

    Args:
        template: the sentence, with `{name}` placeholders.
        **fields: the values of the placeholders.
    """

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(template, fields)
        self.template = template
        self.fields = fields

    def __str__(self) -> str:
        return self.template.format(**self.fields)


class UsageError(UserError):
    """An invalid choice or value; the command line exits with status 2."""


class DatasetUnavailableError(UserError):
    """A data set is missing and could not be downloaded; another may replace it."""


class CancelledError(Exception):
    """The user cancelled a long operation; not a failure."""


def why_not_written(path: Path, error: OSError) -> UserError:
    """The sentence for a file that could not be written; an older file there is untouched."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            template = (
                "The disk is full, so {path} was not written (an older file there is untouched): "
                "free some space or choose another disk, then save again."
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            template = "{path} may not be written here: choose a folder you can write to, then save again."
        case errno.ENOENT | errno.ENOTDIR:
            template = "The folder of {path} does not exist: choose an existing folder, then save again."
        case errno.EISDIR:
            template = "{path} is a folder: choose a file name, then save again."
        case _:
            template = "{path} could not be written ({reason}): choose another place, then save again."
    return UserError(template, path=path, reason=error.strerror or str(error))


def problem_of(error: Exception) -> UserError:
    """`error` itself, if it is a `UserError`; else the sentence for a defect."""
    if isinstance(error, UserError):
        return error
    return UserError(
        "Something went wrong that should not have ({reason}): what was trained so far is kept; "
        "save it, then try again.",
        reason=f"{type(error).__name__}: {error}",
    )


def details_of(error: Exception) -> str:
    """The traceback of a defect, for its report; "" for a `UserError`."""
    return "" if isinstance(error, UserError) else "".join(traceback.format_exception(error))
