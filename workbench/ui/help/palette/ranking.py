"""Which entries fit what was typed, the best first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.ui.help.palette.entry import Kind
from workbench.ui.help.palette.fuzzy import score, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.ui.help.palette.entry import Entry

MOST_SHOWN: Final = 60
RECENT: Final = 0.06
"""Added to the one that was used last; to those before, less and less."""
IMPOSSIBLE: Final = -0.08
"""What cannot be done now comes after what fits about as well."""
STRONG: Final = 0.75
WEAK: Final = 0.52
"""Where something fits well, what fits only by letters in order or with a typo is left out."""
OF_KIND: Final = {
    Kind.SETTING: 0.03,
    Kind.ACTION: 0.03,
    Kind.CHOICE: 0.01,
    Kind.PANEL: 0.015,
    Kind.RUN: 0.0,
    Kind.FILE: 0.0,
}


def ranked(entries: Sequence[Entry], typed: str, recent: Sequence[str]) -> list[Entry]:
    """The entries that fit `typed`, at most `MOST_SHOWN`; without a text all of them, the last used first.

    Args:
        entries: in the order in which they are listed where they fit alike.
        typed: what was typed.
        recent: the keys of those that were used, the last one first.
    """
    ages = {key: age for age, key in enumerate(recent)}
    words = words_of(typed)
    if not words:
        known = {entry.key: entry for entry in entries if entry.key in ages}
        first = [known[key] for key in recent if key in known]
        return [*first, *(entry for entry in entries if entry.key not in known)][:MOST_SHOWN]
    found = []
    for place, entry in enumerate(entries):
        fit = score(words, entry.names)
        if fit is None:
            continue
        fit += OF_KIND[entry.kind] + (IMPOSSIBLE if entry.why_not else 0.0)
        if entry.key in ages:
            fit += RECENT / (1 + ages[entry.key])
        found.append((-fit, place, entry))
    found.sort(key=lambda each: each[:2])
    if found and -found[0][0] >= STRONG:
        found = [each for each in found if -each[0] >= WEAK]
    return [entry for _, _, entry in found[:MOST_SHOWN]]
