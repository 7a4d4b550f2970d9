"""Entries of a journal as rows: what is written comes back, and what no entry says is refused."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.engine.history.entries import ENTRIES, asked
from workbench.engine.errors import CONTROL
from workbench.engine.history.history import History
from workbench.engine.history.journal_entries import (
    LONGEST_NOTE,
    annotate,
    asked_columns,
    cleaned_note,
    entry_from,
    row_of,
    utc_text,
    with_asked,
    with_note,
)
from workbench.engine.history.records import Change, Incident, Origin, Refusal

CHANGE = Change(3, "learning_rate", 0.1, 0.2, Origin.UNDO, 1_700_000_000, "too fast")
REFUSAL = Refusal(3, "batch_size", "1", "Batches of one are too small.", Origin.WINDOW, 1_700_000_000)


def same(one, other):
    """Whether two entries agree also in what takes no part in their comparison; NaN is equal to itself."""
    return type(one) is type(other) and repr(one) == repr(other)


@given(ENTRIES)
def test_that_an_entry_comes_back_from_its_row(entry):
    assert same(entry_from(type(entry), json.loads(json.dumps(row_of(entry)))), entry)


@pytest.mark.parametrize("entry", [CHANGE, Incident(9, 2.5, 4), REFUSAL])
def test_that_a_row_of_an_older_version_says_neither_who_asked_nor_when(entry):
    row = {name: value for name, value in row_of(entry).items() if name not in ("origin", "time", "note")}
    again = entry_from(type(entry), row)
    assert again == entry
    # Who sent a run back was known before it was recorded.
    assert again.origin is (Origin.GUARD if isinstance(entry, Incident) else Origin.NOT_RECORDED)
    assert (again.time, again.note) == (None, "")


HOSTILE = {
    "an origin that there is not": {"origin": "oracle"},
    "an origin that is no text": {"origin": 3},
    "an origin that is a list": {"origin": ["window"]},
    "a time before all times": {"time": -1},
    "a time after all times": {"time": 253402214401},
    "a time that is no whole number": {"time": 1.5},
    "a time that is a truth": {"time": True},
    "a time that is a text": {"time": "now"},
    "a note that is too long": {"note": "a" * (LONGEST_NOTE + 1)},
    "a note that moves a cursor": {"note": "\x1b[2J"},
    "a note that turns the text around it": {"note": "a\u202eb"},
    "a note of two lines": {"note": "a\nb"},
    "a note that is no text": {"note": 7},
    "a note that is nothing": {"note": None},
    "another field": {"more": 1},
}


@pytest.mark.parametrize("entry", [CHANGE, Incident(9, 2.5, 4), REFUSAL])
@pytest.mark.parametrize("lie", HOSTILE.values(), ids=HOSTILE)
def test_that_a_row_with_a_lie_about_who_asked_is_refused(entry, lie):
    with pytest.raises((ValueError, TypeError)):
        entry_from(type(entry), {**row_of(entry), **lie})


@pytest.mark.parametrize(
    "lie",
    [{"value": "x" * 101}, {"value": 3}, {"reason": "x" * 601}, {"reason": "a\x07"}, {"step": -1}, {"name": None}],
)
def test_that_a_refusal_with_a_lie_is_refused(lie):
    with pytest.raises(ValueError, match=r".+"):
        entry_from(Refusal, {**row_of(REFUSAL), **lie})


@given(st.text())
@example("a\x1b[31m  b\n\tc")
@example("\ud800")
@example("x" * 199 + " y")
def test_that_a_note_is_one_short_line_and_cleaned_once_for_all(text):
    note = cleaned_note(text)
    assert len(note) <= LONGEST_NOTE
    assert not CONTROL.search(note)
    assert note == note.strip() == cleaned_note(note)
    note.encode()


def test_that_a_note_keeps_what_people_write():
    written = "zu schnell, 너무 빨라 👩\u200d🔬 ≤ 0.1"
    assert cleaned_note(f"  {written} \n noch einmal ") == f"{written} noch einmal"


@given(st.lists(ENTRIES))
def test_that_the_columns_of_many_entries_give_back_what_they_say(entries):
    columns = asked_columns(entries)
    rows = [{"entry": place} for place in range(len(entries))]
    found = list(with_asked(rows, columns))
    assert [(Origin(row["origin"]), row["time"], row["note"]) for row in found] == asked(entries)
    assert [row["entry"] for row in found] == list(range(len(entries)))


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": [-1, 0]},
        {"origin": [0, 9]},
        {"origin": [0]},
        {"time": [5]},
        {"notes": {2: "on nothing"}},
        {"notes": {True: "on a truth"}},
        {"notes": {"0": "on a text"}},
    ],
)
def test_that_columns_that_do_not_belong_to_the_entries_are_refused(lie):
    columns = {**asked_columns([CHANGE, CHANGE]), **lie}
    with pytest.raises((ValueError, LookupError)):
        list(with_asked([{}, {}], columns))


@given(ENTRIES, ENTRIES.map(lambda entry: (entry.origin, entry.time, entry.note)))
def test_that_who_asked_when_and_why_makes_no_other_entry(entry, other):
    origin, time, note = other
    twin = replace(entry, origin=origin, time=time, note=note)
    if not (isinstance(entry, Incident) and math.isnan(entry.loss)):
        assert twin == entry
        assert hash(twin) == hash(entry)


def test_that_a_note_is_put_on_the_entry_it_is_meant_for():
    history = History()
    other = replace(CHANGE, step=4)
    for change in (CHANGE, other):
        history.add_change(change)
    history.add_refusal(REFUSAL)
    assert annotate(history, replace(CHANGE, note=""), "a\nnew one")
    assert [change.note for change in history.changes] == ["a new one", "too fast"]
    assert annotate(history, REFUSAL, "why?")
    assert history.refusals[0].note == "why?"
    assert not annotate(history, replace(CHANGE, step=9), "on nothing")
    assert with_note(history.changes[0], "").note == ""


def test_that_a_change_that_is_refused_again_at_once_is_one_entry():
    history = History()
    for time in (5, 6):
        history.add_refusal(replace(REFUSAL, time=time))
    history.add_refusal(replace(REFUSAL, value="0"))
    history.add_refusal(replace(REFUSAL, time=7))
    assert [(each.value, each.time) for each in history.refusals] == [("1", 5), ("0", 1_700_000_000), ("1", 7)]


def test_that_times_are_written_in_utc():
    assert utc_text(0) == "1970-01-01 00:00:00"
    assert utc_text(253402214400) == "9999-12-31 00:00:00"
    assert utc_text(None) == "–"
