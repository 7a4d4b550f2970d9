"""Errors of the program; each is one sentence that also says what to do.

A `UserError` is expected: the user can correct its cause. Any other exception is a defect and is reported as one.
The sentence is a template plus fields, so that the window can translate the template before it fills in the fields.
"""

from __future__ import annotations

import errno
import re
import sys
import traceback
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


LONGEST: Final = 300
"""Characters of a sentence."""
LONGEST_FIELD_KEPT: Final = 120
"""Characters of a field; a shorter one is not cut: a user must find the file that a path names."""
CONTROL: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
"""What a terminal or a window acts on instead of showing it (escape codes, directions of text), and half characters."""


def sentence(template: str, fields: Mapping[str, object]) -> str:
    """`template` with its `fields` filled in: about 300 characters, none of which controls a terminal.

    Paths and names out of files may hold anything. The longest fields lose their middle, for a path ends in its name.

    Raises:
        LookupError, ValueError: the template has a placeholder that no field fills.
    """
    texts = {name: _bounded(value) for name, value in fields.items()}
    filled = template.format(**texts)
    while len(filled) > LONGEST:
        name = max(
            # A sentence in a sentence has its own bound.
            (name for name, text in texts.items() if isinstance(text, str) and not isinstance(fields[name], UserError)),
            key=lambda n: len(str(texts[n])),
            default="",
        )
        text = str(texts.get(name, ""))
        if len(text) <= LONGEST_FIELD_KEPT:
            break  # a long template with several paths; the program itself bounds it
        texts[name] = _without_middle(text, max(LONGEST_FIELD_KEPT, len(text) - (len(filled) - LONGEST)))
        filled = template.format(**texts)
    return CONTROL.sub(lambda found: " " if found[0] in "\n\t\r" else "?", filled)


def _bounded(value: object) -> object:
    """`value` as a text that is not too long to be worked on; numbers stay numbers, which templates may format."""
    if isinstance(value, int) and value.bit_length() > LONGEST:
        return "…"
    if value is None or isinstance(value, int | float | list | tuple):
        return value
    return _without_middle(value if isinstance(value, str) else str(value), 2 * LONGEST)


def _without_middle(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    beginning = most // 3
    return text[:beginning] + "…" + text[beginning + 1 - most :]


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
        return sentence(self.template, self.fields)


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


def say(sentence: object) -> None:
    """Write one line to standard error; a windowed program on Windows has none."""
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()
