"""The keys that bring panels to the front: Alt+Shift and a letter of the panel's name."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS: Final = {
    "controls": "S",
    "log": "L",
    "journal": "J",
    "data": "D",
    "network": "N",
    "runs": "R",
    "branches": "B",
    "run_values": "V",
    "confusion_matrix": "C",
    "classes": "A",
    "calibration": "K",
    "test_map": "M",
    "layers": "Y",
    "decision_boundary": "U",
    "draw_pad": "P",
    "what_if": "W",
    "lr_finder": "F",
    "checks": "H",
    "gallery": "G",
    "suspected_labels": "E",
    "spike": "T",
}
"""By the keys of the panels; they do not follow the language: what the fingers know stays."""


def panel_keys(panels: Iterable[str]) -> dict[str, str]:
    """The key of each panel, in Qt's portable form: a panel without a letter of its own gets the first that is free.

    Args:
        panels: their keys.
    """
    panels = list(panels)
    letters = {panel: LETTERS[panel] for panel in panels if panel in LETTERS}
    free = [letter for letter in ascii_uppercase if letter not in LETTERS.values()]
    for panel in panels:
        if panel not in letters:
            wanted = [letter for letter in panel.upper() if letter in free]
            letter = (wanted or free or [""])[0]
            if letter:
                letters[panel] = letter
                free.remove(letter)
    return {panel: f"Alt+Shift+{letter}" for panel, letter in letters.items()}
