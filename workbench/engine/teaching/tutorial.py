"""The tutorial beside the window: PyTorch's "Optimizing Model Parameters" by sections, in the program's own words."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.paths import resource_path
from workbench.engine.teaching.texts import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.teaching.texts import Table, Target, Text

ORIGINALS: Final = {
    "en": "https://pytorch.org/tutorials/beginner/basics/optimization_tutorial.html",
    "ko": "https://tutorials.pytorch.kr/beginner/basics/optimization_tutorial.html",
}
"""Where the tutorial itself is read, by language."""


@dataclass(frozen=True, slots=True)
class TutorialSection:
    """A section.

    Attributes:
        title: a few words.
        text: paragraphs, with an empty line between them.
        targets: the controls, panels and actions that it describes, the most important one first.
    """

    title: Text
    text: Text
    targets: tuple[Target, ...]


@functools.cache
def tutorial() -> tuple[TutorialSection, ...]:
    """All sections in their order; read once.

    Raises:
        TextError: the file is damaged.
    """
    return read_tutorial(resource_path("tutorial.toml"))


def read_tutorial(path: Path) -> tuple[TutorialSection, ...]:
    """Read a file of sections.

    Raises:
        TextError: it cannot be read, or an entry is missing, unknown or malformed.
    """
    return tuple(read_table(path, lambda table: [_section(each) for each in table.tables("sections")]))


def _section(table: Table) -> TutorialSection:
    section = TutorialSection(table.text("title"), table.text("text"), table.targets("describes"))
    if not section.targets:
        raise table.error("describes", "is empty")
    table.end()
    return section
