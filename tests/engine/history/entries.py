"""Entries of a journal drawn at random, with who asked for them, when, and a note."""

from hypothesis import strategies as st

from workbench.engine.history.journal_entries import LONGEST_NOTE, LONGEST_REASON, LONGEST_VALUE, cleaned_note, refusal
from workbench.engine.history.records import Change, Incident, Origin

ORIGINS = st.sampled_from(Origin)
TIMES = st.none() | st.integers(0, 253402214400)
NOTES = st.text(max_size=2 * LONGEST_NOTE).map(cleaned_note)
ASKED = {"origin": ORIGINS, "time": TIMES, "note": NOTES}
STEPS = st.integers(0, 3)
RATES = st.floats(1e-6, 10)
SIZES = st.integers(1, 1000)
CHANGES = st.builds(Change, STEPS, st.just("learning_rate"), RATES, RATES, **ASKED) | st.builds(
    Change, STEPS, st.just("batch_size"), SIZES, SIZES, **ASKED
)
INCIDENTS = st.builds(Incident, st.integers(9, 2**53), st.floats(), st.integers(0, 9), **ASKED)
REFUSALS = st.builds(
    lambda step, value, reason, origin, time: refusal(step, "batch_size", value, reason, origin, time),
    st.integers(0, 2**53),
    st.text(max_size=2 * LONGEST_VALUE) | st.floats() | st.integers(),
    st.text(max_size=2 * LONGEST_REASON),
    ORIGINS,
    st.integers(0, 253402214400),
)
ENTRIES = CHANGES | INCIDENTS | REFUSALS


def asked(entries):
    """What takes no part in the comparison of entries."""
    return [(each.origin, each.time, each.note) for each in entries]
