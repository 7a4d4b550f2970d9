"""Events of an experiment, which trains copies of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.engine.errors import UserError
    from workbench.engine.protocol.experiments import Experiment, Finding


@dataclass(frozen=True, slots=True)
class ExperimentProgressed:
    """An experiment has found more.

    Attributes:
        experiment: what is tried.
        done: steps trained.
        total: steps that there may be.
        finding: by now; None before the first.
    """

    experiment: Experiment
    done: int
    total: int
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class ExperimentEnded:
    """An experiment is over; the run is as it was.

    Attributes:
        experiment: what was tried.
        run: the id of the run; "" where it began from a new network.
        step: of the state that it began from.
        finding: all that was found; None if nothing was.
        was_cancelled: whether the user ended it before its end.
        problem: why it failed.
        details: the traceback of a defect.
    """

    experiment: Experiment
    run: str
    step: int
    finding: Finding | None
    was_cancelled: bool = False
    problem: UserError | None = None
    details: str = ""
