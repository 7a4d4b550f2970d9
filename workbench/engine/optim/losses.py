"""The registry of losses: functions that measure the outputs of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.config.registry import Registry
from workbench.engine.config.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from workbench.engine.data.data_spec import DataSpec

    LossFunction = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class LossRow:
    """A loss.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        help: what it measures and when to choose it.
        build: returns the function from (outputs (N, classes), labels (N,)), or (outputs (N, T), targets (N, T)) for
            regression, to a scalar.
        tasks: those that it is for.
    """

    name: str
    label: str
    help: str
    build: Callable[[DataSpec], LossFunction]
    tasks: frozenset[Task] = frozenset((Task.CLASSIFICATION,))


def _cross_entropy(_spec: DataSpec) -> LossFunction:
    from torch.nn.functional import cross_entropy

    # The function, not its module: a call of the module takes 1 % of a step.
    return cross_entropy


def _nll(_spec: DataSpec) -> LossFunction:
    from torch.nn.functional import log_softmax, nll_loss

    return lambda logits, labels: nll_loss(log_softmax(logits, dim=1), labels)


def _mse(spec: DataSpec) -> LossFunction:
    from torch.nn.functional import mse_loss, one_hot

    if spec.task is Task.REGRESSION:
        return mse_loss
    return lambda logits, labels: mse_loss(logits, one_hot(labels, logits.shape[1]).to(logits.dtype))


def _mae(_spec: DataSpec) -> LossFunction:
    from torch.nn.functional import l1_loss

    return l1_loss


def _huber(_spec: DataSpec) -> LossFunction:
    from torch.nn.functional import huber_loss

    return huber_loss


def losses_for(task: Task) -> tuple[str, ...]:
    """The names of the losses for a task; the first is its default."""
    return tuple(row.name for row in LOSSES if task in row.tasks)


LOSSES: Final[Registry[LossRow]] = Registry(
    "loss",
    LossRow(
        name="cross-entropy",
        label="Cross-entropy",
        help="Turns the outputs into probabilities and measures how little of it went to the right class. The "
        "tutorial's choice, and the usual one for classification. Guessing evenly among ten classes costs 2.303.",
        build=_cross_entropy,
    ),
    LossRow(
        name="nll",
        label="Negative log-likelihood",
        help="The same measure as cross-entropy, built from its two halves: a log-softmax of the outputs, then the "
        "negative log-likelihood of the right class. The curves agree; it shows what cross-entropy is made of.",
        build=_nll,
    ),
    LossRow(
        name="mse",
        label="Mean squared error",
        help="Squares the differences between outputs and targets and takes their mean: the usual loss for regression; "
        "the text of its tests then has the average loss alone, as the accuracy in the tutorial's is one of classes. "
        "With classes it compares the raw outputs (no softmax) with 1 for the right class and 0 for the others, which "
        "works, but learns slowly at small learning rates because its gradients are small.",
        build=_mse,
        tasks=frozenset(Task),
    ),
    LossRow(
        name="mae",
        label="Mean absolute error",
        help="Takes the mean of the absolute differences between outputs and targets. A few samples that are far off "
        "count less than with mean squared error; close to the target its gradients do not get smaller.",
        build=_mae,
        tasks=frozenset((Task.REGRESSION,)),
    ),
    LossRow(
        name="huber",
        label="Huber",
        help="Squares differences below 1 and takes larger ones as they are (Huber, 1964): smooth near the target as "
        "mean squared error, and like mean absolute error hardly moved by samples that are far off.",
        build=_huber,
        tasks=frozenset((Task.REGRESSION,)),
    ),
)
