"""What a run leaves behind besides its metrics: evaluations, epoch starts, changes. Only standard types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One pass of `test_loop`.

    Attributes:
        step: optimizer updates done when it was taken; drawn at this place on the step axis.
        epoch: the epoch it closes, counted from 1.
        average_loss: mean of the batch losses, as the tutorial defines it.
        accuracy: share of samples classified correctly, 0 to 1.
    """

    step: int
    epoch: int
    average_loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class EpochStart:
    """Where an epoch begins.

    Attributes:
        epoch: counted from 1.
        step: the first step of the epoch, counted from 0 over the whole run.
    """

    epoch: int
    step: int


@dataclass(frozen=True, slots=True)
class Change:
    """One hyperparameter change during a run.

    Attributes:
        step: the first optimizer update that used the new value, counted from 0.
        name: the hyperparameter's key in the table.
        old: the value before.
        new: the value from `step` on.
    """

    step: int
    name: str
    old: bool | int | float
    new: bool | int | float
