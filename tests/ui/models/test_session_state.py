import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.models.session_state import CAN_STOP, RunState, Turn, after

WISHES = {Turn.TRAIN_ASKED, Turn.FLIGHT_ASKED, Turn.PAUSE_ASKED, Turn.TRAVEL_ASKED, Turn.OPEN_ASKED, Turn.STOP_ASKED}
OF_A_RUN = set(Turn) - WISHES - {Turn.TORCH_LOADED, Turn.CRASHED}


def way(*turns, start=RunState.LOADING):
    state = start
    for turn in turns:
        state = after(state, turn)
    return state


def test_that_a_run_from_its_first_click_to_its_end_leads_back_to_ready():
    assert way(Turn.TORCH_LOADED, Turn.TRAIN_ASKED, Turn.RUN_STARTED) is RunState.TRAINING
    paused = way(Turn.PAUSE_ASKED, Turn.RUN_PAUSED, start=RunState.TRAINING)
    assert paused is RunState.PAUSED
    assert way(Turn.FLIGHT_ASKED, Turn.RUN_RESUMED, Turn.RUN_ENDED, start=paused) is RunState.READY


@given(st.lists(st.sampled_from(list(Turn))))
def test_that_nothing_happens_before_torch_is_there(turns):
    turns = [turn for turn in turns if turn is not Turn.TORCH_LOADED]
    assert way(*turns) is RunState.LOADING


@pytest.mark.parametrize("turn", OF_A_RUN - {Turn.RUN_ENDED, Turn.RUN_DISCARDED, Turn.OPEN_FAILED})
def test_that_news_on_its_way_does_not_undo_a_stop(turn):
    assert after(RunState.STOPPING, turn) is RunState.STOPPING


@pytest.mark.parametrize("state", [RunState.TRAVELLING, RunState.OPENING])
def test_that_a_run_that_ends_on_the_way_elsewhere_does_not_end_the_way(state):
    assert after(state, Turn.RUN_ENDED) is state


@pytest.mark.parametrize("state", [RunState.PAUSING, RunState.TRAVELLING, RunState.OPENING])
def test_that_a_run_that_resumed_before_it_heard_the_next_wish_does_not_undo_the_wish(state):
    assert after(state, Turn.RUN_RESUMED) is state


@given(st.lists(st.sampled_from(sorted(set(Turn) - {Turn.CRASHED}, key=str))))
def test_that_from_everywhere_stop_and_the_runs_end_lead_to_ready(turns):
    state = way(Turn.TORCH_LOADED, *turns)
    if state in CAN_STOP:
        assert way(Turn.STOP_ASKED, Turn.RUN_ENDED, start=state) is RunState.READY
    elif state is not RunState.READY:
        assert after(state, Turn.RUN_ENDED) is RunState.READY


@pytest.mark.parametrize("state", RunState)
def test_that_a_training_side_that_is_gone_leaves_nothing_to_press(state):
    assert after(state, Turn.CRASHED) is RunState.LOADING
