"""The letters that are underlined in the menus: each entry has one, and no two in a menu the same.

They are chosen when a menu opens, from its texts as they are then: a text may change (`Pause`, `Resume`), name a run or
a file, and is in the user's language. A text without a Latin letter gets one in brackets, as in Korean menus.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu

LETTERS: Final = frozenset(ascii_lowercase + digits)
_IN_BRACKETS = re.compile(r"\s?\(&[A-Z0-9]\)")


def keep_mnemonics(menu: QMenu) -> None:
    """Choose the letters of this menu each time it opens."""
    menu.aboutToShow.connect(lambda: assign(menu))


def assign(menu: QMenu) -> None:
    """Underline a letter in each entry of a menu."""
    actions = [action for action in menu.actions() if not action.isSeparator() and action.text()]
    for action, text in zip(actions, with_mnemonics([action.text() for action in actions]), strict=True):
        if action.text() != text:
            action.setText(text)


def with_mnemonics(texts: Sequence[str]) -> list[str]:
    """The texts with a letter marked in each: the first of a word where it is free, else any other.

    Args:
        texts: of the entries of one menu; marks that they have are chosen anew.
    """
    plain = [without_mnemonic(text) for text in texts]
    owners: dict[str, int] = {}
    # First letters before all others: no entry takes that of another one for a letter in its middle.
    for count in (1, 3, None):
        for index, text in enumerate(plain):
            if index not in owners.values():
                initials = [word[0] for word in text.lower().split()][:count]
                letter = next((each for each in initials if each in LETTERS and each not in owners), "")
                if letter:
                    owners[letter] = index
    for index in range(len(plain)):
        if index not in owners.values():
            _choose(index, plain, owners, set())
    chosen = {index: letter for letter, index in owners.items()}
    left = [letter for letter in ascii_lowercase + digits if letter not in chosen.values()]
    for index in range(len(plain)):
        if index not in chosen and left:
            chosen[index] = left.pop(0)
    return [_marked(text, chosen.get(index, "")) for index, text in enumerate(plain)]


def without_mnemonic(text: str) -> str:
    """The text without the mark of a letter; an ampersand that is meant stays one."""
    return _IN_BRACKETS.sub("", text).replace("&&", "\0").replace("&", "").replace("\0", "&")


def letter_of(text: str) -> str:
    """The letter that is marked, in lower case; "" for none."""
    return QKeySequence.mnemonic(text).toString().removeprefix("Alt+").lower()


def _choose(index: int, texts: Sequence[str], owners: dict[str, int], asked: set[str]) -> bool:
    """Give an entry a letter; where all of its own are taken, another entry moves on to another of its letters.

    Args:
        index: of the entry.
        texts: of all entries, plain.
        owners: the entry of each letter that is taken; changed here.
        asked: letters whose entries have been asked already.
    """
    wanted = _wanted(texts[index])
    for letter in wanted:
        if letter not in owners:
            owners[letter] = index
            return True
    for letter in reversed(wanted):  # the one who moves had better not lose a first letter
        if letter not in asked:
            asked.add(letter)
            if _choose(owners[letter], texts, owners, asked):
                owners[letter] = index
                return True
    return False


def _wanted(text: str) -> list[str]:
    """The letters of a text, the first ones of its words first."""
    lower = text.lower()
    letters = [*(word[0] for word in lower.split()), *lower]
    return [letter for letter in dict.fromkeys(letters) if letter in LETTERS]


def _marked(text: str, letter: str) -> str:
    escaped = text.replace("&", "&&")
    if not letter:
        return escaped
    words = [match.start() for match in re.finditer(r"(?:^|(?<=\s))\S", escaped.lower())]
    places = [place for place in words if escaped[place].lower() == letter]
    place = places[0] if places else escaped.lower().find(letter)
    if place >= 0:
        return f"{escaped[:place]}&{escaped[place:]}"
    ending = "…" if escaped.endswith("…") else ""
    return f"{escaped.removesuffix('…')}(&{letter.upper()}){ending}"
