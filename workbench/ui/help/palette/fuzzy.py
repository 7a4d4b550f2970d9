"""How well what was typed fits the name of something: whole words before beginnings, beginnings before letters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT: Final = 1.0
BEGINNING: Final = 0.85
INITIALS: Final = 0.75
WITHIN: Final = 0.6
IN_ORDER: Final = 0.45
ONE_TYPO: Final = 0.4
WHOLE_NAME: Final = 0.2
"""Added where what was typed is a whole name or alias, such as `lr`."""
ALIAS: Final = 0.97
"""A word of an alias counts a little less than one of the name itself."""
EARLY: Final = 0.02
"""Added for the first word of a name."""
COVERAGE: Final = 0.1
"""Added in so far as the words of the name were typed: of two names with the same word, the shorter comes first."""
LEAST_FOR_TYPO: Final = 4
LEAST_IN_ORDER: Final = 3

_WORDS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """`text` without accents and upper case; a syllable of Hangul becomes its letters, so that half of one fits."""
    return "".join(each for each in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(each))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, plain."""
    return tuple(_WORDS.findall(plain(text)))


@dataclass(frozen=True, slots=True)
class Name:
    """A name, ready to be compared.

    Attributes:
        words: plain, in order.
        whole: the words in one.
        initials: their first letters.
    """

    words: tuple[str, ...]
    whole: str
    initials: str

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, text: str) -> Name:
        """Read a name; kept, because the palette asks for the same ones each time it opens."""
        words = words_of(text)
        return cls(words, "".join(words), "".join(word[0] for word in words))


def score(typed: Sequence[str], names: Sequence[Name]) -> float | None:
    """How well the words that were typed fit something; None where one of them does not fit at all.

    Args:
        typed: plain words.
        names: the name first, then the aliases.

    Returns:
        0 to about 1.3; 1 or more only where each word fits a whole word.
    """
    total, covered = 0.0, 0
    for word in typed:
        best = max((_of_name(word, name) * (ALIAS if index else 1.0) for index, name in enumerate(names)), default=0.0)
        if best <= 0.0:
            return None
        total += best
        covered += best >= INITIALS
    if not typed:
        return 0.0
    result = total / len(typed)
    result += COVERAGE * min(1.0, covered / max(1, len(names[0].words)))
    whole = "".join(typed)
    return result + (WHOLE_NAME if any(whole == name.whole for name in names) else 0.0)


def _of_name(word: str, name: Name) -> float:
    best = INITIALS if len(word) > 1 and name.initials.startswith(word) else 0.0
    for index, other in enumerate(name.words):
        fit = _of_word(word, other)
        if fit:
            best = max(best, fit + (EARLY if index == 0 else 0.0))
    if not best and len(word) >= LEAST_IN_ORDER and name.whole[:1] == word[0] and is_in_order(word, name.whole):
        best = IN_ORDER * len(word) / len(name.whole)
    return best


def _of_word(word: str, other: str) -> float:
    if word == other:
        return EXACT
    if other.startswith(word):
        return BEGINNING + 0.1 * len(word) / len(other)
    if len(word) > 1 and word in other:
        return WITHIN
    if len(word) >= LEAST_FOR_TYPO and is_one_typo(word, other):
        return ONE_TYPO
    return 0.0


def is_in_order(letters: str, text: str) -> bool:
    """Whether `text` contains all these letters, in this order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def is_one_typo(word: str, other: str) -> bool:
    """Whether `word` is `other`, or its beginning, with one letter too many, missing, wrong, or swapped with the next.

    The first letter is right: so few wrong words fit by chance.
    """
    if word[0] != other[0]:
        return False
    place = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, other_rest = word[place:], other[place:]
    return (
        other_rest.startswith(rest[1:])  # one too many
        or other_rest[1:].startswith(rest)  # one missing
        or other_rest[1:].startswith(rest[1:])  # a wrong one
        or (len(rest) > 1 and other_rest.startswith(rest[1] + rest[0]) and other_rest[2:].startswith(rest[2:]))
    )
