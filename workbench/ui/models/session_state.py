"""The states of the window, and what leads from one to another. No other module changes the state.

LOADING ──torch loaded──▶ READY ──Train──▶ PREPARING ──run started──▶ TRAINING
                            ▲                                          │    ▲
    ┌───run ended───────────┤                                    Pause │    │ Resume, Step, Add epochs
    │                       │                                          ▼    │ (also from READY, where there is a run)
STOPPING ◀──Stop── (any with a run under way)                     PAUSING   │
                                                                       │    │
READY, PAUSED ──Open──▶ OPENING ──run paused──┐        run paused      ▼    │
                                              ├───────────────────▶ PAUSED ─┘
READY, TRAINING, PAUSED ──Go to──▶ TRAVELLING ┘ (travelled)
READY, TRAINING, PAUSED ──Find rate, What if…──▶ EXPERIMENTING ──experiment ended──▶ READY, and from there as it was

A run that ends by itself or is discarded leads to READY from every state of a run; a run that has ended stays the
current run. The divergence guard travels without a request. A transition that `_TRANSITIONS` does not hold for a state
changes nothing: an event that was on its way when the user requested something (the run paused, and Stop had just been
pressed) must not undo the request.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class SessionState(Enum):
    """What the training side is doing, as far as its events and the user's requests say."""

    LOADING = "loading"
    READY = "ready"
    PREPARING = "preparing"
    TRAINING = "training"
    PAUSING = "pausing"
    PAUSED = "paused"
    TRAVELLING = "travelling"
    OPENING = "opening"
    EXPERIMENTING = "experimenting"
    STOPPING = "stopping"

    @property
    def is_running(self) -> bool:
        """Whether a run was requested or started and has not ended; it may be paused."""
        return self not in {SessionState.LOADING, SessionState.READY}

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is being trained or waited for."""
        return self in {SessionState.READY, SessionState.PAUSED}

    @property
    def takes_values(self) -> bool:
        """Whether the user, moving a live control, changes the current run, not only the next one."""
        return self in {SessionState.PREPARING, SessionState.TRAINING, SessionState.PAUSING, SessionState.PAUSED}


class Transition(Enum):
    """What leads from one state to another: requests of the user (…_ASKED), and events of the training side."""

    TORCH_LOADED = auto()
    TRAIN_ASKED = auto()
    CONTINUE_ASKED = auto()
    PAUSE_ASKED = auto()
    TRAVEL_ASKED = auto()
    OPEN_ASKED = auto()
    EXPERIMENT_ASKED = auto()
    STOP_ASKED = auto()
    RUN_STARTED = auto()
    RUN_RESUMED = auto()
    RUN_PAUSED = auto()
    TRAVELLED = auto()
    TRAVEL_FAILED = auto()
    OPEN_FAILED = auto()
    EXPERIMENT_ENDED = auto()
    RUN_ENDED = auto()
    RUN_DISCARDED = auto()
    CRASHED = auto()


def next_state(state: SessionState, transition: Transition) -> SessionState:
    """The state that `transition` leads to from `state`; `state` itself where it leads nowhere."""
    return _TRANSITIONS[transition].get(state, state)


def _from(*states: SessionState, to: SessionState) -> dict[SessionState, SessionState]:
    return dict.fromkeys(states, to)


_S = SessionState
_TRANSITIONS: Final[Mapping[Transition, Mapping[SessionState, SessionState]]] = {
    Transition.TORCH_LOADED: _from(_S.LOADING, to=_S.READY),
    Transition.TRAIN_ASKED: _from(_S.READY, to=_S.PREPARING),
    Transition.CONTINUE_ASKED: _from(_S.READY, _S.PAUSED, to=_S.TRAINING),
    Transition.PAUSE_ASKED: _from(_S.TRAINING, to=_S.PAUSING),
    Transition.TRAVEL_ASKED: _from(_S.READY, _S.TRAINING, _S.PAUSED, to=_S.TRAVELLING),
    Transition.OPEN_ASKED: _from(_S.READY, _S.TRAINING, _S.PAUSED, to=_S.OPENING),
    Transition.EXPERIMENT_ASKED: _from(_S.READY, _S.TRAINING, _S.PAUSED, to=_S.EXPERIMENTING),
    Transition.STOP_ASKED: _from(
        _S.PREPARING,
        _S.TRAINING,
        _S.PAUSING,
        _S.PAUSED,
        _S.TRAVELLING,
        _S.OPENING,
        _S.EXPERIMENTING,
        to=_S.STOPPING,
    ),
    Transition.RUN_STARTED: _from(_S.PREPARING, to=_S.TRAINING),
    Transition.RUN_RESUMED: _from(_S.READY, _S.PAUSED, to=_S.TRAINING),
    Transition.RUN_PAUSED: _from(_S.READY, _S.TRAINING, _S.PAUSING, _S.OPENING, to=_S.PAUSED),
    # To open the run that is the current run already means to travel to its end.
    Transition.TRAVELLED: _from(_S.READY, _S.TRAINING, _S.PAUSING, _S.PAUSED, _S.TRAVELLING, _S.OPENING, to=_S.PAUSED),
    Transition.TRAVEL_FAILED: _from(_S.TRAVELLING, _S.OPENING, to=_S.PAUSED),
    Transition.OPEN_FAILED: _from(_S.OPENING, _S.STOPPING, to=_S.READY),
    # Of a run that does not end with it, `RunModel` says next that it is paused.
    Transition.EXPERIMENT_ENDED: _from(_S.EXPERIMENTING, _S.STOPPING, to=_S.READY),
    # While travelling, opening or experimenting, the end of the run changes nothing: the answer still follows.
    Transition.RUN_ENDED: _from(_S.PREPARING, _S.TRAINING, _S.PAUSING, _S.PAUSED, _S.STOPPING, to=_S.READY),
    Transition.RUN_DISCARDED: _from(*(state for state in _S if state is not _S.LOADING), to=_S.READY),
    Transition.CRASHED: _from(*_S, to=_S.LOADING),
}

ALWAYS = frozenset(SessionState)
CAN_TRAIN = frozenset(_TRANSITIONS[Transition.TRAIN_ASKED])
CAN_EXPERIMENT = frozenset(_TRANSITIONS[Transition.EXPERIMENT_ASKED])
CAN_OPEN = frozenset({SessionState.READY, SessionState.PAUSED})
CAN_TRAVEL = frozenset(_TRANSITIONS[Transition.TRAVEL_ASKED])
CAN_CONTINUE = CAN_TRAVEL
"""Step, Step one epoch, Run steps: while the run trains they say when it pauses."""
CAN_PAUSE = CAN_TRAVEL
"""Pause and Resume are one action."""
CAN_SWITCH_LANGUAGE = CAN_EXPERIMENT
"""Whoever waits for something would not be told when it is there: another window takes the place of this one."""
CAN_ZOOM = CAN_SWITCH_LANGUAGE | {SessionState.LOADING}
"""Another window takes the place of this one here, too; while torch is loaded, nothing is awaited that is shown."""
CAN_STOP = frozenset(_TRANSITIONS[Transition.STOP_ASKED])
CAN_DISCARD = CAN_TRAVEL
CAN_UNDO = CAN_TRAVEL | {SessionState.LOADING}
CAN_USE_WEIGHTS = ALWAYS - {SessionState.LOADING, SessionState.PREPARING, SessionState.OPENING}
