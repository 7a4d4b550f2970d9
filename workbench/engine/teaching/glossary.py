"""The glossary: the terms of training in English and Korean, from `resources/glossary.toml`."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.paths import resource_path
from workbench.engine.teaching.texts import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.teaching.texts import Table, Target, Text


@dataclass(frozen=True, slots=True)
class Term:
    """A term.

    Attributes:
        name: in each language.
        definition: one sentence.
        target: the control, panel or action that it belongs to; None for none.
    """

    name: Text
    definition: Text
    target: Target | None


@functools.cache
def glossary() -> tuple[Term, ...]:
    """All terms, in the order of their English names; read once.

    Raises:
        TextError: the file is damaged.
    """
    return read_glossary(resource_path("glossary.toml"))


def read_glossary(path: Path) -> tuple[Term, ...]:
    """Read a file of terms.

    Raises:
        TextError: it cannot be read, or an entry is missing, unknown or malformed.
    """
    terms = read_table(path, lambda table: [_term(each) for each in table.tables("terms")])
    return tuple(sorted(terms, key=lambda term: term.name.en.casefold()))


def _term(table: Table) -> Term:
    term = Term(table.text("name"), table.text("definition"), table.target("belongs_to"))
    table.end()
    return term
