"""The registry of losses: functions that measure the outputs of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.config.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    LossFunction = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class LossRow:
    """A loss.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        help: what it measures and when to choose it.
        build: returns the function from (logits (N, 10), labels (N,)) to a scalar.
    """

    name: str
    label: str
    help: str
    build: Callable[[], LossFunction]


def _cross_entropy() -> LossFunction:
    from torch.nn.functional import cross_entropy

    # The function, not its module: a call of the module takes 1 % of a step.
    return cross_entropy


def _nll() -> LossFunction:
    from torch.nn.functional import log_softmax, nll_loss

    return lambda logits, labels: nll_loss(log_softmax(logits, dim=1), labels)


def _mse() -> LossFunction:
    from torch.nn.functional import mse_loss, one_hot

    return lambda logits, labels: mse_loss(logits, one_hot(labels, logits.shape[1]).to(logits.dtype))


LOSSES: Final[Registry[LossRow]] = Registry(
    "loss",
    LossRow(
        name="cross-entropy",
        label="Cross-entropy",
        help="Turns the ten outputs into probabilities and measures how little of it went to the right class. The "
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
        help="Compares the ten raw outputs (no softmax) with 1 for the right class and 0 for the others, squares the "
        "differences and takes their mean. Made for regression; on classes it works, but learns slowly at small "
        "learning rates because its gradients are small.",
        build=_mse,
    ),
)
