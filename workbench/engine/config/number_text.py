"""Reads numbers as users type them; the options of the command line and the fields of the window share these rules."""

from __future__ import annotations

import re
from typing import Final

_WHOLE: Final = re.compile(r"([+-]?\d+)(?:[eE]\+?(\d{1,3}))?")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_NOT_FINITE: Final = re.compile(r"[+-]?(?:inf|infinity|nan)", re.IGNORECASE)
_MOST_DIGITS: Final = 400
"""Longer numbers count as infinite: a float has 309 digits before the point, and `int` reads at most 4,300."""

LARGEST_WHOLE: Final = 2**63 - 1
"""The largest whole number that the store of runs and the tensors of a checkpoint hold."""


def read_whole(text: str) -> int | float:
    """The whole number that `text` means: `64`, `1e3`; infinity for one of hundreds of digits.

    A point or a comma in a whole number is refused, even in `64.0`: `1.000` is one thousand to some readers and one to
    others.

    Raises:
        ValueError: `text` is not a whole number.
    """
    word = text.strip()
    found = _WHOLE.fullmatch(word)
    if found is None:
        raise ValueError(f"{word!r} is not a whole number")
    if len(word) > _MOST_DIGITS:
        return float(found[1])
    zeros: int = 10 ** int(found[2] or 0)
    return int(found[1]) * zeros


def read_number(text: str) -> int | float:
    """The number that `text` means: `0.001`, `1e-3`, `.5`; an int if it is written without point and exponent.

    The result may be infinite or NaN.

    Raises:
        ValueError: `text` is not a number.
    """
    word = text.strip()
    if _NUMBER.fullmatch(word) is None and _NOT_FINITE.fullmatch(word) is None:
        raise ValueError(f"{word!r} is not a number")
    # Not through float: a whole number of 63 bits does not survive it.
    is_whole = _WHOLE.fullmatch(word) is not None and len(word) <= _MOST_DIGITS and "e" not in word.lower()
    return int(word) if is_whole else float(word)
