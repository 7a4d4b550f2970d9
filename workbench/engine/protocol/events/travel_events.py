"""Events of a run that goes to another of its steps, and follows or leaves what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.errors import UserError
    from workbench.engine.history.records import RunIdentity


@dataclass(frozen=True, slots=True)
class TravelProgressed:
    """How many of how many steps have been trained again on the way to another step; emitted if it takes over 0.2 s."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Travelled:
    """The run is at another step, in the state it had there; its history ends there, and the run is paused.

    Attributes:
        step: updates done.
        origin: the step it came from.
        values: the hyperparameters in force.
        recording: as in `RunStarted`.
        differed_at: the first step whose loss differs from the recorded one (another machine, another torch); None if
            every loss is the recorded one, bit for bit.
    """

    step: int
    origin: int
    values: Mapping[str, Value]
    recording: int | None
    differed_at: int | None = None


@dataclass(frozen=True, slots=True)
class TravelFailed:
    """The run could not be brought to another step; it is where it was."""

    problem: UserError
    details: str = ""


@dataclass(frozen=True, slots=True)
class RunBranched:
    """The run has left what was recorded: from here on it is another run, which goes on in the same History.

    Attributes:
        run: the new run; its `parent` and `parent_step` say where it comes from.
        recording: the number of the parent's whole History, which the run no longer follows.
        predictions: the number of its own PredictionLog.
    """

    run: RunIdentity
    recording: int
    predictions: int | None = None


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The run has trained all recorded steps again, and goes on beyond them."""

    step: int
