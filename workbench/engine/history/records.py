"""What a run leaves behind besides its metrics: who it is, evaluations, epoch starts, changes, incidents.

Only standard types.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunIdentity:
    """Which run something belongs to.

    Attributes:
        id: 16 hexadecimal digits, drawn by `new`.
        parent: the id of the run it branched off; None for one that began from its recipe.
        parent_step: the step at which it left its parent: the updates before it are the parent's own.
    """

    id: str
    parent: str | None = None
    parent_step: int | None = None

    @classmethod
    def new(cls, parent: str | None = None, parent_step: int | None = None) -> RunIdentity:
        """A run that has not been before."""
        return cls(secrets.token_hex(8), parent, parent_step)


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


@dataclass(frozen=True, slots=True)
class ScheduledChange:
    """A change known beforehand, made before the optimizer update of step `step` as a slider moved then would."""

    step: int
    name: str
    value: bool | int | float


@dataclass(frozen=True, slots=True)
class Incident:
    """A loss that the divergence guard would not let pass.

    Attributes:
        step: the step whose loss it was.
        loss: that loss, NaN and infinity included.
        returned_to: the step the run went back to.
    """

    step: int
    loss: float
    returned_to: int
