"""The states of the window, and what leads from one to another: drawn here and nowhere else.

LOADING ──torch loaded──▶ READY ──Train──▶ PREPARING ──run started──▶ TRAINING
                            ▲                                          │    ▲
    ┌───run ended───────────┤                                    Pause │    │ Resume, Step, Add epochs
    │                       │                                          ▼    │ (also from READY, with a run in hand)
STOPPING ◀──Stop── (any with a run under way)                     PAUSING   │
                                                                       │    │
READY, PAUSED ──Open──▶ OPENING ──run paused──┐        run paused      ▼    │
                                              ├───────────────────▶ PAUSED ─┘
READY, TRAINING, PAUSED ──Go to──▶ TRAVELLING ┘ (travelled)

A run that comes to its end by itself, or is discarded, leads to READY from wherever it was; a run that has ended stays
in hand. The divergence guard travels without being asked. What is not in `_TURNS` changes nothing: a fact that was on
its way when a wish was expressed (the run paused, while Stop had just been pressed) must not undo the wish.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class RunState(Enum):
    """What the training side is doing, as far as the window has been told or has asked."""

    LOADING = "loading"
    READY = "ready"
    PREPARING = "preparing"
    TRAINING = "training"
    PAUSING = "pausing"
    PAUSED = "paused"
    TRAVELLING = "travelling"
    OPENING = "opening"
    STOPPING = "stopping"

    @property
    def is_running(self) -> bool:
        """Whether a run has been asked for or taken in hand and has not ended; it may rest."""
        return self not in {RunState.LOADING, RunState.READY}

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing is being trained or waited for."""
        return self in {RunState.READY, RunState.PAUSED}

    @property
    def takes_values(self) -> bool:
        """Whether a live control that is moved means the run under way, not the next one."""
        return self in {RunState.PREPARING, RunState.TRAINING, RunState.PAUSING, RunState.PAUSED}


class Turn(Enum):
    """What leads from one state to another: wishes of the person (asked) and facts from the training side."""

    TORCH_LOADED = auto()
    TRAIN_ASKED = auto()
    FLIGHT_ASKED = auto()
    PAUSE_ASKED = auto()
    TRAVEL_ASKED = auto()
    OPEN_ASKED = auto()
    STOP_ASKED = auto()
    RUN_STARTED = auto()
    RUN_RESUMED = auto()
    RUN_PAUSED = auto()
    TRAVELLED = auto()
    TRAVEL_FAILED = auto()
    OPEN_FAILED = auto()
    RUN_ENDED = auto()
    RUN_DISCARDED = auto()
    CRASHED = auto()


def after(state: RunState, turn: Turn) -> RunState:
    """The state that `turn` leads to from `state`; `state` itself where it leads nowhere."""
    return _TURNS[turn].get(state, state)


def _from(*states: RunState, to: RunState) -> dict[RunState, RunState]:
    return dict.fromkeys(states, to)


_S = RunState
_TURNS: Final[Mapping[Turn, Mapping[RunState, RunState]]] = {
    Turn.TORCH_LOADED: _from(_S.LOADING, to=_S.READY),
    Turn.TRAIN_ASKED: _from(_S.READY, to=_S.PREPARING),
    Turn.FLIGHT_ASKED: _from(_S.READY, _S.PAUSED, to=_S.TRAINING),
    Turn.PAUSE_ASKED: _from(_S.TRAINING, to=_S.PAUSING),
    Turn.TRAVEL_ASKED: _from(_S.READY, _S.TRAINING, _S.PAUSED, to=_S.TRAVELLING),
    Turn.OPEN_ASKED: _from(_S.READY, _S.TRAINING, _S.PAUSED, to=_S.OPENING),
    Turn.STOP_ASKED: _from(_S.PREPARING, _S.TRAINING, _S.PAUSING, _S.PAUSED, _S.TRAVELLING, _S.OPENING, to=_S.STOPPING),
    Turn.RUN_STARTED: _from(_S.PREPARING, to=_S.TRAINING),
    Turn.RUN_RESUMED: _from(_S.READY, _S.PAUSED, to=_S.TRAINING),
    Turn.RUN_PAUSED: _from(_S.READY, _S.TRAINING, _S.PAUSING, _S.OPENING, to=_S.PAUSED),
    # To open the run that is in hand already is to travel to its end.
    Turn.TRAVELLED: _from(_S.READY, _S.TRAINING, _S.PAUSING, _S.PAUSED, _S.TRAVELLING, _S.OPENING, to=_S.PAUSED),
    Turn.TRAVEL_FAILED: _from(_S.TRAVELLING, _S.OPENING, to=_S.PAUSED),
    Turn.OPEN_FAILED: _from(_S.OPENING, _S.STOPPING, to=_S.READY),
    # While travelling or opening, that is old news: what was asked for is still to be answered.
    Turn.RUN_ENDED: _from(_S.PREPARING, _S.TRAINING, _S.PAUSING, _S.PAUSED, _S.STOPPING, to=_S.READY),
    Turn.RUN_DISCARDED: _from(*(state for state in _S if state is not _S.LOADING), to=_S.READY),
    Turn.CRASHED: _from(*_S, to=_S.LOADING),
}

ALWAYS = frozenset(RunState)
CAN_TRAIN = frozenset({RunState.READY})
CAN_OPEN = frozenset({RunState.READY, RunState.PAUSED})
CAN_FLY = frozenset({RunState.READY, RunState.TRAINING, RunState.PAUSED})
"""Step, a whole epoch, so many steps: while it trains they say when to rest."""
CAN_PAUSE = frozenset({RunState.READY, RunState.TRAINING, RunState.PAUSED})
"""Pause and Resume are one action."""
CAN_STOP = frozenset(
    {RunState.PREPARING, RunState.TRAINING, RunState.PAUSING, RunState.PAUSED, RunState.TRAVELLING, RunState.OPENING}
)
CAN_TRAVEL = frozenset({RunState.READY, RunState.TRAINING, RunState.PAUSED})
CAN_DISCARD = frozenset({RunState.READY, RunState.TRAINING, RunState.PAUSED})
CAN_UNDO = frozenset({RunState.LOADING, RunState.READY, RunState.TRAINING, RunState.PAUSED})
CAN_USE_WEIGHTS = frozenset(
    {RunState.READY, RunState.TRAINING, RunState.PAUSING, RunState.PAUSED, RunState.TRAVELLING, RunState.STOPPING}
)
