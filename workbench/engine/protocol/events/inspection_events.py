"""Events of an inspection: what was computed from a run's state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.engine.errors import UserError
    from workbench.engine.protocol.queries import Answer, Query


@dataclass(frozen=True, slots=True)
class Inspected:
    """A query was answered.

    Attributes:
        query: what was asked.
        asked_step: the step that was asked for; None for the current one.
        run: the id of the run; "" where there is none.
        step: of the state that was looked at.
        answer: what was computed; None if that failed.
        seconds: that the training stood still for it.
        problem: why there is no answer.
        details: the traceback of a defect.
    """

    query: Query
    asked_step: int | None
    run: str
    step: int
    answer: Answer | None
    seconds: float = 0.0
    problem: UserError | None = None
    details: str = ""
