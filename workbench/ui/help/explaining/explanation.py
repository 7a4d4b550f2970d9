"""What is said about one thing of the window: its name and value, what they mean, and facts about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Fact(NamedTuple):
    """A line such as `Allowed   1e-6 to 10`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said about one thing; all texts are plain and in the user's language.

    Attributes:
        title: its name with its present value.
        sentences: what the value means, then what the thing is; empty sentences are left out where they are shown.
        facts: such as what is allowed and what was changed last.
        topic: the key of what the glossary or guide says about it; "" for none.
    """

    title: str
    sentences: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    topic: str = ""

    @property
    def text(self) -> str:
        """All of it as lines of plain text, for the clipboard and a screen reader."""
        lines = [self.title, *(sentence for sentence in self.sentences if sentence)]
        return "\n".join([*lines, *(f"{fact.name}: {fact.text}" for fact in self.facts)])


Subject = Callable[[], Explanation]
"""Explains one thing anew each time it is called, with the value of that moment."""
