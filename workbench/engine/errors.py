"""Errors of the program; each is one sentence that also says what to do.

A `UserError` is expected: the user can correct its cause. Any other exception is a defect and is reported as one.
The sentence is a template plus fields, so that the window can translate the template before it fills in the fields.
"""

from __future__ import annotations

import contextlib
import errno
import re
import sys
import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from workbench.engine.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


LONGEST: Final = 300
"""Characters of a sentence."""
LONGEST_FIELD_KEPT: Final = 120
"""Characters of a field; a shorter one is not cut before the others: a user must find the file that a path names."""
SHORTEST_FIELD_KEPT: Final = 40
"""Characters of a field that is no path, where that is not enough."""
CONTROL: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
"""What a terminal or a window acts on instead of showing it (escape codes, directions of text), and half characters."""


class _Whole(str):
    """A sentence that stands in another one in another language."""

    __slots__ = ()


def sentence(template: str, fields: Mapping[str, object]) -> str:
    """`template` with its `fields` filled in: about 300 characters, none of which controls a terminal.

    Paths and names out of files may hold anything. The longest fields lose their middle, for a path ends in its name.

    Raises:
        LookupError, ValueError: the template has a placeholder that no field fills.
    """
    texts = {name: _bounded(value) for name, value in fields.items()}
    filled = template.format(**texts)
    # A sentence in a sentence has its own bound.
    whole = (UserError, _Whole)
    cut = [name for name, text in texts.items() if isinstance(text, str) and not isinstance(fields[name], whole)]
    others = [name for name in cut if not isinstance(fields[name], PurePath)]
    for names, kept in ((cut, LONGEST_FIELD_KEPT), (others, SHORTEST_FIELD_KEPT)):
        while len(filled) > LONGEST and names:
            name = max(names, key=lambda name: len(str(texts[name])))
            text = str(texts[name])
            if len(text) <= kept:
                break  # a long template with several paths; the program itself bounds it
            texts[name] = _without_middle(text, max(kept, len(text) - (len(filled) - LONGEST)))
            filled = template.format(**texts)
    return without_control(filled)


def without_control(text: str) -> str:
    """`text` in one line, without the characters that control a terminal."""
    return CONTROL.sub(lambda found: " " if found[0] in "\n\t\r" else "?", text)


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


_ADVICE: Final = {
    errno.ENOSPC: "free some space on its disk",
    errno.EDQUOT: "delete some of your files on its disk, since you have used all the space you may use",
    errno.EROFS: "choose a folder on a disk that is not read-only",
    errno.EACCES: "give yourself the right to write there, or choose another folder",
    errno.EPERM: "give yourself the right to write there, or choose another folder",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "remove the symbolic links on the way to it that lead back to themselves",
    errno.EBUSY: "close the program that uses it",
    errno.EIO: "check its disk, which did not read or write what it should have",
    errno.EMFILE: "close other windows of this program, since it has too many files open",
    errno.ENFILE: "close other programs, since too many files are open on this machine",
    errno.EFBIG: "choose a disk that takes larger files",
    errno.ENOENT: "choose an existing folder",
    errno.ENOTDIR: "choose an existing folder",
    errno.EISDIR: "choose the name of a file, not of a folder",
}
"""The end of a sentence for each kind of failure to write a file: what the user can do.

For translation in the context `Problems`.
"""


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


def advice_on(error: OSError) -> UserError:
    """The end of a sentence about a file that could not be written: what the user can do about `error`."""
    return UserError(_ADVICE.get(error.errno or 0, "choose another place"))


def why_not_written(path: Path, error: OSError) -> UserError:
    """The sentence for a file that could not be written; an older file there is untouched."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            template = (
                "The disk is full, so {path} was not written (an older file there is untouched): "
                "free some space or choose another disk, then save again."
            )
        case errno.EACCES | errno.EPERM:
            template = "{path} may not be written here: choose a folder you can write to, then save again."
        case errno.ENOENT | errno.ENOTDIR:
            template = "The folder of {path} does not exist: choose an existing folder, then save again."
        case errno.EISDIR:
            template = "{path} is a folder: choose a file name, then save again."
        case _:
            template = "{path} was not written ({reason}; an older file there is untouched): {advice}, then save again."
    return UserError(template, path=path, reason=error.strerror or str(error), advice=advice_on(error))


def problem_of(error: Exception) -> UserError:
    """`error` itself, if it is a `UserError`; else the sentence for a defect."""
    if isinstance(error, UserError):
        return error
    return UserError(
        "An unexpected error occurred ({reason}): what was trained so far is kept; save it, then try again.",
        reason=f"{type(error).__name__}: {error}",
    )


def details_of(error: Exception) -> str:
    """The traceback of a defect, for its report; "" for a `UserError`."""
    return "" if isinstance(error, UserError) else "".join(traceback.format_exception(error))


def why_ended(error: Exception) -> UserError:
    """The sentence for an error that ended the program: `error` itself if it is a `UserError`."""
    if isinstance(error, UserError):
        return error
    reason = f"{type(error).__name__}: {error}"
    if (package := _package_not_loaded(error)) is not None:
        return UserError(
            "{package} cannot be loaded ({reason}): install it again (pip install --force-reinstall {package}); if the "
            "memory of this process is limited (ulimit -v), raise the limit.",
            package=package,
            reason=reason,
        )
    if isinstance(error, MemoryError):
        return UserError(
            "The memory is not enough ({reason}): close other programs, or raise the limit.", reason=reason
        )
    if isinstance(error, OSError):
        return UserError(
            "The system refused a file or another resource ({reason}): correct the cause, then start again.",
            reason=str(error),
        )
    return UserError(
        "An unexpected error occurred ({reason}): set WORKBENCH_TRACEBACK=1 and start again to see where, "
        "then report it.",
        reason=reason,
    )


def _package_not_loaded(error: Exception) -> str | None:
    """The package whose import raised `error`; None if it was not raised by an import."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    names = [str(frame.f_globals.get("__name__", "")).partition(".")[0] for frame in frames]
    # The body of a module runs when the module is imported.
    importing = any(
        frame.f_code.co_name == "<module>" and name != "__main__" for frame, name in zip(frames, names, strict=True)
    )
    if not isinstance(error, ImportError) and not importing:
        return None
    if isinstance(error, ModuleNotFoundError) and error.name is not None:
        return error.name.partition(".")[0]
    own = {"__main__", "workbench", *sys.stdlib_module_names}
    return next((name for name in reversed(names) if name not in own), "A package")


def sentence_in(translate: Callable[[str], str], problem: UserError) -> str:
    """What went wrong and what to do, in another language.

    Args:
        translate: gives the translation of a template.
        problem: its fields may be problems as well.
    """
    fields = {
        name: _Whole(sentence_in(translate, value)) if isinstance(value, UserError) else value
        for name, value in problem.fields.items()
    }
    try:
        return sentence(translate(problem.template), fields)
    except (LookupError, ValueError):  # a translation with a wrong placeholder
        return str(problem)


def localized(problem: UserError) -> str:
    """What went wrong and what to do, in the language of this process."""
    return sentence_in(lambda template: translated(template, "Problems"), problem)


def say(words: object, **fields: object) -> None:
    """Write one line to standard error; where it cannot be written, there is no other place to write to.

    It is in the language of this process where there is a translation.

    Args:
        words: an error, a sentence, or the template of one.
        **fields: the values of the template's placeholders.
    """
    if sys.stderr is None:  # a windowed program on Windows
        return
    if isinstance(words, UserError):
        text = localized(words)
    elif fields:
        inner = {name: localized(value) if isinstance(value, UserError) else value for name, value in fields.items()}
        text = sentence(translated(str(words)), inner)
    else:
        text = without_control(_without_middle(translated(str(words)), 2 * LONGEST))
    with contextlib.suppress(OSError, ValueError):  # the terminal or the disk has gone; the stream is closed
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
