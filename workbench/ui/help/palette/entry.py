"""What the palette offers: one entry for each thing that can be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from workbench.ui.help.palette.fuzzy import Name

if TYPE_CHECKING:
    from collections.abc import Callable


class Kind(Enum):
    """What an entry is about; where two fit alike, the earlier kind comes first."""

    SETTING = auto()
    ACTION = auto()
    CHOICE = auto()
    PANEL = auto()
    RUN = auto()
    FILE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be done.

    Attributes:
        key: what is remembered of it, such as `action:train`.
        kind: what it is about.
        title: what is read first.
        detail: what it is, in a few words, such as the value that is set now.
        shortcut: the key for it, as the system writes it; "" for none.
        names: what it is found by: the title, then the aliases.
        act: does it; it is not called while `why_not` says something.
        completes: what Enter puts into the field instead of acting: a setting waits for its value.
        why_not: why it cannot be done now; "" where it can.
        refuses: whether what was typed is no value, rather than the thing impossible.
    """

    key: str
    kind: Kind
    title: str
    act: Callable[[], None]
    detail: str = ""
    shortcut: str = ""
    completes: str = ""
    why_not: str = ""
    refuses: bool = False
    names: tuple[Name, ...] = field(default=(), repr=False)


def names_for(title: str, *aliases: str) -> tuple[Name, ...]:
    """A title and its aliases, ready to be searched."""
    return tuple(Name.of(text) for text in (title, *aliases))
