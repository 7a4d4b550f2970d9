"""The states of the window, and what may be done in each: drawn here and nowhere else.

LOADING ──torch loaded──▶ READY ──Train──▶ PREPARING ──first batch──▶ TRAINING
                            ▲                  │ Stop                   │ Stop
                            │                  ▼                        ▼
                            └──run ended── STOPPING ◀───────────────────┘
(a run that ends by itself goes from TRAINING straight to READY)
"""

from __future__ import annotations

from enum import Enum


class RunState(Enum):
    """What the training side is doing, as far as the window has been told."""

    LOADING = "loading"
    READY = "ready"
    PREPARING = "preparing"
    TRAINING = "training"
    STOPPING = "stopping"

    @property
    def is_running(self) -> bool:
        """Whether a run has been asked for and has not ended."""
        return self in {RunState.PREPARING, RunState.TRAINING, RunState.STOPPING}


ALWAYS = frozenset(RunState)
CAN_TRAIN = frozenset({RunState.READY})
CAN_STOP = frozenset({RunState.PREPARING, RunState.TRAINING})
CAN_USE_WEIGHTS = frozenset({RunState.READY, RunState.TRAINING, RunState.STOPPING})
