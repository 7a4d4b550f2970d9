"""The entries of a journal as rows of plain values, for files and tables, and the notes on them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from workbench.engine.errors import CONTROL, without_control
from workbench.engine.history.records import Change, Incident, Origin, Refusal
from workbench.engine.history.validation import structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbench.engine.history.history import History
    from workbench.engine.history.records import JournalEntry

Entry = TypeVar("Entry", bound=Change | Incident | Refusal)

LONGEST_NOTE: Final = 200
"""Characters."""
LONGEST_REASON: Final = 600
"""Characters of the sentence of a refusal: `sentence` bounds it, but for a long template with several paths."""
LONGEST_VALUE: Final = 100
"""Characters of a value that was refused: a text may be of any length."""
ASKED: Final[Mapping[str, Any]] = {"origin": Origin.NOT_RECORDED.value, "time": None, "note": ""}
"""The fields that decide nothing of what is trained, as an entry has them that was written before there were these."""


def cleaned_note(text: str) -> str:
    """`text` as a note: one line of at most 200 characters, none of which controls a terminal or the text around it."""
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST_NOTE].rstrip()


def refusal(step: int, name: str, value: object, reason: object, origin: Origin, time: int) -> Refusal:
    """The entry that says that a change was refused; its texts are made as short as an entry has them."""
    words = without_control(str(value))[:LONGEST_VALUE]
    return Refusal(step, name, words, without_control(str(reason))[:LONGEST_REASON], origin, time)


def utc_text(time: int | None) -> str:
    """The time of an entry in UTC, to the second, for files that are passed on; a dash where it is not recorded."""
    return "–" if time is None else f"{datetime.fromtimestamp(time, UTC):%Y-%m-%d %H:%M:%S}"


def row_of(entry: JournalEntry) -> dict[str, Any]:
    """The fields of an entry as plain values."""
    return {**asdict(entry), "origin": entry.origin.value}


def entry_from(kind: type[Entry], row: Any) -> Entry:
    """The entry that `row_of` made `row` of. One of an older version does not say who asked for it, nor when.

    Raises:
        ValueError: other fields than those of `kind`, a value that is not of its field's type and range, or a text that
            no entry has.
    """
    if not isinstance(row, dict):
        raise ValueError("an entry of the journal has no fields")
    usual = {**ASKED, "origin": Origin.GUARD.value} if kind is Incident else ASKED
    row = {**usual, **row}
    entry = structure(kind, {**row, "origin": Origin(row["origin"])})
    if entry.note != cleaned_note(entry.note):
        raise ValueError("a note is too long, or holds characters that no note has")
    if isinstance(entry, Refusal):
        for text, longest in ((entry.value, LONGEST_VALUE), (entry.reason, LONGEST_REASON)):
            if len(text) > longest or text != without_control(text):
                raise ValueError("a refusal holds a text that no refusal has")
    return entry


def asked_columns(entries: Sequence[JournalEntry]) -> dict[str, Any]:
    """The fields of `ASKED` in few values, however many entries there are; `with_asked` gives them back.

    Returns:
        `origins`: those that there are; `origin`: for each entry the place of its own among them; `time`: for each, -1
        where it is not recorded; `notes`: by the place of their entry.
    """
    origins = sorted({each.origin.value for each in entries})
    return {
        "origins": origins,
        "origin": [origins.index(each.origin.value) for each in entries],
        "time": [-1 if each.time is None else each.time for each in entries],
        "notes": {place: each.note for place, each in enumerate(entries) if each.note},
    }


def with_asked(rows: Iterable[Any], columns: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """`rows` of the other fields, with those that `asked_columns` returned.

    Raises:
        ValueError, LookupError, TypeError: the columns do not belong to the rows.
    """
    origins, notes = columns["origins"], columns["notes"]
    count = 0
    for row, origin, time in zip(rows, columns["origin"], columns["time"], strict=True):
        if origin < 0:
            raise ValueError("an origin has no place")
        yield {**row, "origin": origins[origin], "time": None if time == -1 else time, "note": notes.get(count, "")}
        count += 1
    if any(type(place) is not int or not 0 <= place < count for place in notes):
        raise ValueError("a note is on no entry")


def with_note(entry: Entry, note: str) -> Entry:
    """The same entry with another note."""
    return replace(entry, note=cleaned_note(note))


def annotate(history: History, entry: JournalEntry, note: str) -> bool:
    """Put another note on an entry of a history, in its place; returns whether the history has this entry."""
    kinds: dict[type, list[Any]] = {Change: history.changes, Incident: history.incidents, Refusal: history.refusals}
    entries = kinds[type(entry)]
    found = [index for index, each in enumerate(entries) if each == entry]
    for index in found:
        entries[index] = with_note(entries[index], note)
    return bool(found)
