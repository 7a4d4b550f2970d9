from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.history.history import History
from workbench.ui.plotting.curves.overlay_slots import DASHES, MOST_OVERLAYS, Overlay, OverlaySlots

HISTORY = History()


def overlay(key):
    return Overlay(str(key), f"run {key}", HISTORY, None)


def assigned(places, keys):
    return {placed.overlay.key: placed.slot for placed in places.assign(overlay(key) for key in keys)}


@given(st.lists(st.lists(st.integers(0, 20), max_size=12), max_size=8))
def test_that_runs_never_share_a_slot_and_keep_theirs_while_they_stay(choices):
    places, before = OverlaySlots(), {}
    for keys in choices:
        now = assigned(places, keys)
        assert list(now) == [str(key) for key in dict.fromkeys(keys)][:MOST_OVERLAYS]
        assert len(set(now.values())) == len(now)
        assert set(now.values()) <= set(range(MOST_OVERLAYS))
        assert all(now[key] == place for key, place in before.items() if key in now)
        before = now


def test_that_the_first_runs_get_the_first_slots():
    assert assigned(OverlaySlots(), "abc") == {"a": 0, "b": 1, "c": 2}


def test_that_a_slot_that_became_free_is_used_again():
    places = OverlaySlots()
    assigned(places, "abc")
    assert assigned(places, "bcd") == {"b": 1, "c": 2, "d": 0}


def test_that_every_slot_has_a_dash_of_its_own():
    assert len(set(DASHES)) == MOST_OVERLAYS
    assert all(dash and len(dash) % 2 == 0 for dash in DASHES)
