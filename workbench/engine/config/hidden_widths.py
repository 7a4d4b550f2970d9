"""The text that says how many units each hidden layer of a network has: `512,512`."""

from __future__ import annotations

import re
from typing import Final

WIDEST: Final = 8192
"""Units in one hidden layer."""
MOST_LAYERS: Final = 12


def canonical_widths(text: str) -> str:
    """`text` as a recipe keeps it: whole numbers with commas between them; empty for no hidden layer.

    Raises:
        ValueError: it is not that, with a sentence that begins with what to give.
    """
    # A comma or a space between two widths, as people write lists; "512, 512" has both.
    words = [word for word in re.split(r"[\s,]+", text.strip()) if word]
    if not all(word.isascii() and word.isdecimal() for word in words):
        raise ValueError("give whole numbers with commas between them, such as 512,512, or nothing for no hidden layer")
    if len(words) > MOST_LAYERS:
        raise ValueError(f"give at most {MOST_LAYERS} widths")
    # A text of a thousand digits is not turned into a number.
    if not all(len(word) <= 6 and 1 <= int(word) <= WIDEST for word in words):
        raise ValueError(f"give widths from 1 to {WIDEST}")
    return ",".join(str(int(word)) for word in words)


def widths_of(text: str) -> tuple[int, ...]:
    """The widths that a text of `canonical_widths` says, from the first hidden layer to the last."""
    return tuple(int(word) for word in text.split(",") if word)
