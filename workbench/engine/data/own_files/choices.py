"""Checks the user's choices about files: their values, and whether they mean anything for such files."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from workbench.engine.config.tasks import Task
from workbench.engine.errors import UsageError

if TYPE_CHECKING:
    from workbench.engine.data.data_source import DataSource
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.data.own_files.description import Findings

LARGEST_IMAGE: Final = 1024
"""Pixels of height and width."""
NOT_DELIMITERS: Final = frozenset('\r\n\0"')


def check_choices(source: DataSource) -> None:
    """Check what needs no look at the files.

    Raises:
        UsageError: a choice has a value that is none.
    """
    if not 0 < source.test_share < 1:  # also a NaN
        raise UsageError(
            "The share for the test is {share}: give one above 0 and below 1, such as 0.2.", share=source.test_share
        )
    if source.image_size is not None and not 1 <= source.image_size <= LARGEST_IMAGE:
        raise UsageError(
            "The image size is {size}: give a whole number from 1 to {most}.",
            size=source.image_size,
            most=LARGEST_IMAGE,
        )
    if source.colour not in (None, "grey", "rgb"):
        raise UsageError("The colour is {colour!r}: give grey or rgb.", colour=source.colour)
    if source.task not in (None, *(task.value for task in Task)):
        raise UsageError("The task is {task!r}: give classification or regression.", task=source.task)
    if source.delimiter is not None and (len(source.delimiter) != 1 or source.delimiter in NOT_DELIMITERS):
        raise UsageError(
            "The delimiter is {delimiter!r}: give one character, such as a comma or a tab.", delimiter=source.delimiter
        )
    if source.encoding is not None and not _is_encoding(source.encoding):
        raise UsageError("There is no encoding {encoding!r}: choose one such as utf-8.", encoding=source.encoding)


def check_meaning(source: DataSource, spec: DataSpec, findings: Findings) -> None:
    """Check that no choice is about something that the files do not have.

    Args:
        source: the choices as they were made.
        spec: of the samples that were read.
        findings: of their reader.

    Raises:
        UsageError: one is; ignored, it would leave the user to believe that it was followed.
    """
    if spec.is_image and source.standardise:
        raise UsageError("{path} holds images, which are not standardised: leave that out.", path=source.path)
    if source.task not in (None, spec.task.value):
        raise UsageError(
            "{path} is for {own}, not for {task}: leave the task out (--task).",
            path=source.path,
            own=spec.task.value,
            task=source.task,
        )
    if source.label is not None and not findings.has_label_column:
        raise UsageError(
            "{path} has no column {label!r}, since it is no table: leave the label out (--label).",
            path=source.path,
            label=source.label,
        )
    if not spec.is_image and (source.image_size is not None or source.colour is not None):
        raise UsageError(
            "{path} holds no images: leave their size (--image-size) and colour (--colour) out.", path=source.path
        )
    if not findings.is_text and (source.delimiter, source.encoding, source.has_header) != (None, None, None):
        raise UsageError(
            "{path} is no table of text: leave delimiter, encoding and header out (--delimiter, --encoding, --header).",
            path=source.path,
        )


def _is_encoding(name: str) -> bool:
    """Whether Python has this encoding of texts; `rot13` and `zip` are none."""
    try:
        "a,1".encode(name)
        return isinstance(codecs.lookup(name).name, str)
    except (LookupError, ValueError, TypeError):
        return False
