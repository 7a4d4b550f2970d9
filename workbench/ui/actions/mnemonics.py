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
    chosen: dict[int, str] = {}
    # Three rounds: no entry takes the first letter of another one for a letter in its middle.
    for wanted in (_first, _initials, _all):
        for index, text in enumerate(plain):
            if index not in chosen:
                free = (letter for letter in wanted(text) if letter in LETTERS and letter not in chosen.values())
                if letter := next(free, ""):
                    chosen[index] = letter
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


def _first(text: str) -> str:
    return text[:1].lower()


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.lower().split())


def _all(text: str) -> str:
    return text.lower()


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
