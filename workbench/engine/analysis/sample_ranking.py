"""Which samples to look at, and in which order. NumPy only: the window computes it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.analysis.classification import sample_losses, softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Floats = NDArray[np.floating]


class Order(Enum):
    """An order of samples."""

    MISTAKES = "mistakes"
    """Mistakes before hits; of the mistakes the most confident first, of the hits the least confident."""
    UNCERTAIN = "uncertain"
    """The lowest confidence first."""
    LOSS = "loss"
    """The highest loss first."""
    INDEX = "index"
    """As the data have them."""


def ranked(order: Order, outputs: Floats, labels: NDArray[np.int64]) -> Places:
    """All samples of a classification, (N,), in this order; equal ones as the data have them.

    Args:
        order: which one.
        outputs: (N, K), before the softmax.
        labels: (N,).
    """
    match order:
        case Order.INDEX:
            return np.arange(len(labels))
        case Order.LOSS:
            return _descending(sample_losses(outputs, labels))
        case Order.UNCERTAIN:
            return _descending(-softmax(outputs).max(axis=1))
        case Order.MISTAKES:
            confidence = softmax(outputs).max(axis=1)
            is_wrong = outputs.argmax(axis=1) != labels
            return _descending(np.where(is_wrong, 1.0 + confidence, 1.0 - confidence))


def ranked_by_error(order: Order, outputs: Floats, targets: Floats) -> Places:
    """All samples of a regression, (N,), the largest mean absolute error of (N, T) first, or as the data have them."""
    if order is Order.INDEX:
        return np.arange(len(targets))
    return _descending(errors_of(outputs, targets))


def errors_of(outputs: Floats, targets: Floats) -> NDArray[np.float64]:
    """The mean absolute error (N,) of each sample, for outputs and targets (N, T)."""
    errors: NDArray[np.float64] = np.abs(outputs.astype(np.float64) - targets).mean(axis=1)
    return errors


class MeanProbabilities:
    """The mean probability of each class over several evaluations.

    Adding one evaluation takes a few milliseconds for 10,000 samples: a caller adds them one at a time.

    Attributes:
        steps: of the evaluations that were added.
    """

    def __init__(self) -> None:
        self.steps: tuple[int, ...] = ()
        self._sum: NDArray[np.float64] | None = None

    def add(self, step: int, outputs: Floats) -> None:
        """Take in the outputs (N, K) of the evaluation at this step."""
        probabilities = softmax(outputs)
        if self._sum is None:
            self._sum = np.zeros(probabilities.shape)
        self._sum += probabilities
        self.steps = (*self.steps, step)

    @property
    def mean(self) -> NDArray[np.float64]:
        """(N, K); at least one evaluation was added."""
        assert self._sum is not None
        return self._sum / len(self.steps)


def suspected_labels(mean: Floats, labels: NDArray[np.int64]) -> Places:
    """The samples whose label may be wrong, the most suspect first: those for which another class is more probable.

    The lower the mean probability of the given label, the more suspect it is. The idea is that of self-confidence in
    Northcutt and others, "Confident Learning" (2021), here over the epochs as in Pleiss and others, "Identifying
    Mislabeled Data using the Area Under the Margin Ranking" (2020).

    Args:
        mean: probabilities (N, K), over several evaluations.
        labels: (N,), as given.
    """
    given = mean[np.arange(len(labels)), labels]
    places = np.flatnonzero(mean.argmax(axis=1) != labels)
    return places[np.argsort(given[places], kind="stable")]


def _descending(values: Floats) -> Places:
    return np.argsort(-values, kind="stable")
