"""What went wrong first before a loss that the guard would not let pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from workbench.engine.protocol.queries.query import Answer, Query


@dataclass(frozen=True, slots=True)
class FindFirstBad(Query):
    """Train a fork through the last steps before `step` and through it; `FirstBad` answers.

    Attributes:
        step: of an `Incident` of the run.
    """

    step: int


class Part(Enum):
    """What of a layer was out of range."""

    OUTPUT = "output"
    GRADIENT = "gradient"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class BadLayer:
    """The layer that was the first out of range.

    Attributes:
        name: of its module in the network; "" for the network itself.
        kind: the class of the module.
        part: what of it was out of range.
        step: at which it was.
        size: the largest absolute number in it; NaN or infinite where it holds such a number.
        times: `size` in relation to the same number `steps_before` steps before; infinite where `size` is not finite.
        steps_before: 0 where there is no step to compare with.
    """

    name: str
    kind: str
    part: Part
    step: int
    size: float
    times: float
    steps_before: int


@dataclass(frozen=True, slots=True)
class BadSample:
    """The sample with the highest loss, of the batch with which a layer left its range, or with the bad loss.

    Attributes:
        step: of the batch.
        place: in the training set, counted from 0.
        label: its class; None for a regression.
        loss: of it alone; NaN or infinite where it is the first whose loss is.
        others: the mean loss of the other samples whose loss is finite; NaN where there is none.
        count: samples in the batch.
        bad_count: of them, those whose loss is NaN or infinite.
    """

    step: int
    place: int
    label: int | None
    loss: float
    others: float
    count: int
    bad_count: int


@dataclass(frozen=True, slots=True)
class FirstBad(Answer):
    """What was the first out of range.

    Attributes:
        step: of the loss.
        layer: None where no layer left its range by an order of magnitude.
        sample: None where none stands out: all losses are NaN, or infinite.
    """

    step: int
    layer: BadLayer | None
    sample: BadSample | None
