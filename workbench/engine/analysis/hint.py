"""Hint: what the curves of a run may mean, the numbers it rests on, and the one thing to do about it. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.config.tasks import Task
    from workbench.engine.history.records import Incident


class HintKind(Enum):
    """What the curves show; the first is the most urgent."""

    DIVERGED = "diverged"
    """The guard stopped the run."""
    DIVERGING = "diverging"
    """The loss is above the one that the run began with."""
    SAME_OUTPUT = "same output"
    """The outputs are the same for every test sample."""
    GUESSING = "guessing"
    """The loss has moved, and is no better than that of guessing."""
    RATE_TOO_LOW = "rate too low"
    """The loss hardly moves."""
    OVERFITTING = "overfitting"
    OSCILLATING = "oscillating"
    UNDERFITTING = "underfitting"
    PLATEAU = "plateau"
    FIRST_LOSS = "first loss"
    """The first loss is far from that of equal scores for all classes."""
    STILL_FALLING = "still falling"
    """The loss falls, and the planned epochs end."""
    MISSING_CLASS = "missing class"
    """A class is never predicted."""
    FALLING = "falling"
    """The loss falls, and there are epochs left."""
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class AddMoreEpochs:
    """Train `count` more epochs."""

    count: int


@dataclass(frozen=True, slots=True)
class TryValue:
    """Use another value of a hyperparameter from the next step on."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class GoBack:
    """Go back to an earlier step.

    Attributes:
        step: where to go.
        epoch: that ended there; 0 for the start.
        rate: the learning rate to go on with; None for the one in force there.
    """

    step: int
    epoch: int
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class ShowClass:
    """Look at the test samples of class `label` that are taken for class `taken_for`."""

    label: int
    taken_for: int


@dataclass(frozen=True, slots=True)
class SaveTheWeights:
    """Keep the weights in a file."""


@dataclass(frozen=True, slots=True)
class FindTheRate:
    """Measure which learning rates are good."""


@dataclass(frozen=True, slots=True)
class CheckTheNetwork:
    """Check the first loss of a new network."""


Suggestion = AddMoreEpochs | TryValue | GoBack | ShowClass | SaveTheWeights | FindTheRate | CheckTheNetwork


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Attributes:
        kind: what the curves show.
        figures: the numbers it rests on, by name; which there are depends on the kind.
        suggestion: the one thing to do; None where there is none.
        cause: the same for as long as the hint has the same cause: a hint that was dismissed stays away until then.
    """

    kind: HintKind
    figures: Mapping[str, float]
    suggestion: Suggestion | None = None
    cause: Hashable = field(default=0)


@dataclass(frozen=True, slots=True)
class PredictionFacts:
    """What the predictions of one evaluation of a classification show.

    Attributes:
        step: of the evaluation.
        samples: in the test set.
        missing: classes that have samples and are predicted for none: label, samples, the class most of them are taken
            for.
        is_constant: whether the outputs are the same for every sample.
    """

    step: int
    samples: int
    missing: tuple[tuple[int, int, int], ...] = ()
    is_constant: bool = False


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What has to be known of a run beside its curves.

    Attributes:
        task: what is predicted.
        loss: the name of its loss.
        class_count: 0 for regression.
        sample_count: samples trained on in an epoch.
        values: the hyperparameters in force.
        has_schedule: whether a schedule changes the learning rate.
        planned_epochs: how many it will have.
        is_over: whether it has trained them all.
        predictions: of its last evaluation; None where they are not known.
        ended_by: the loss that was not finite and ended the run; None where none has.
        failed_rate: the learning rate that was in force at the loss that ended it, or that the guard did not let pass;
            None where it is the present one.
        is_pretrained: whether it started from the weights of a file: its first loss is not that of a guess.
    """

    task: Task
    loss: str
    class_count: int
    sample_count: int
    values: Mapping[str, Value]
    has_schedule: bool = False
    planned_epochs: int = 0
    is_over: bool = False
    predictions: PredictionFacts | None = None
    ended_by: Incident | None = None
    failed_rate: float | None = None
    is_pretrained: bool = False
