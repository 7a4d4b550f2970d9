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
class RunVerified:
    """A recorded run was trained again, and compared with what was recorded.

    Attributes:
        name: of what it was compared with.
        steps: that came out as recorded.
        weights_sha256: after the last of them; "" where they were not compared.
        differs_at: the first step whose loss, or the loss of whose evaluation, is another one; None if there is none.
        difference: what is another one there, with both numbers; None if nothing is.
        has_other_weights: whether all losses are the recorded ones, but the last weights are not.
        is_left: whether the user changed the run before its end, so that the rest was not compared.
        reasons: why the bits may be others here: what is known to differ.
    """

    name: str
    steps: int
    weights_sha256: str = ""
    differs_at: int | None = None
    difference: UserError | None = None
    has_other_weights: bool = False
    is_left: bool = False
    reasons: tuple[UserError, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The run has trained all recorded steps again, and goes on beyond them."""

    step: int
