import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.models.session_state import CAN_STOP, SessionState, Transition, next_state

WISHES = {
    Transition.TRAIN_ASKED,
    Transition.CONTINUE_ASKED,
    Transition.PAUSE_ASKED,
    Transition.TRAVEL_ASKED,
    Transition.OPEN_ASKED,
    Transition.EXPERIMENT_ASKED,
    Transition.STOP_ASKED,
}
OF_A_RUN = [turn for turn in Transition if turn not in WISHES | {Transition.TORCH_LOADED, Transition.CRASHED}]
# A Stop may be meant for the opening or the experiment that is over then.
ENDS_OF_A_RUN = {
    Transition.RUN_ENDED,
    Transition.RUN_DISCARDED,
    Transition.OPEN_FAILED,
    Transition.EXPERIMENT_ENDED,
}


def way(*turns, start=SessionState.LOADING):
    state = start
    for turn in turns:
        state = next_state(state, turn)
    return state


def test_that_a_run_from_its_first_click_to_its_end_leads_back_to_ready():
    assert way(Transition.TORCH_LOADED, Transition.TRAIN_ASKED, Transition.RUN_STARTED) is SessionState.TRAINING
    paused = way(Transition.PAUSE_ASKED, Transition.RUN_PAUSED, start=SessionState.TRAINING)
    assert paused is SessionState.PAUSED
    assert (
        way(Transition.CONTINUE_ASKED, Transition.RUN_RESUMED, Transition.RUN_ENDED, start=paused) is SessionState.READY
    )


@given(st.lists(st.sampled_from(list(Transition))))
def test_that_nothing_happens_before_torch_is_there(turns):
    turns = [turn for turn in turns if turn is not Transition.TORCH_LOADED]
    assert way(*turns) is SessionState.LOADING


@pytest.mark.parametrize("turn", [turn for turn in OF_A_RUN if turn not in ENDS_OF_A_RUN])
def test_that_an_event_on_its_way_does_not_undo_a_stop(turn):
    assert next_state(SessionState.STOPPING, turn) is SessionState.STOPPING


@pytest.mark.parametrize("state", [SessionState.TRAVELLING, SessionState.OPENING, SessionState.EXPERIMENTING])
def test_that_a_run_that_ends_during_a_travel_opening_or_experiment_does_not_end_that(state):
    assert next_state(state, Transition.RUN_ENDED) is state


@pytest.mark.parametrize("state", [SessionState.PAUSING, SessionState.TRAVELLING, SessionState.OPENING])
def test_that_a_run_that_resumed_before_the_next_request_does_not_undo_the_request(state):
    assert next_state(state, Transition.RUN_RESUMED) is state


@given(st.lists(st.sampled_from(sorted(set(Transition) - {Transition.CRASHED}, key=str))))
def test_that_from_everywhere_stop_and_the_runs_end_lead_to_ready(turns):
    state = way(Transition.TORCH_LOADED, *turns)
    if state in CAN_STOP:
        assert way(Transition.STOP_ASKED, Transition.RUN_ENDED, start=state) is SessionState.READY
    elif state is not SessionState.READY:
        assert next_state(state, Transition.RUN_ENDED) is SessionState.READY


@pytest.mark.parametrize("state", SessionState)
def test_that_after_a_crash_of_the_training_thread_no_action_is_possible(state):
    assert next_state(state, Transition.CRASHED) is SessionState.LOADING
