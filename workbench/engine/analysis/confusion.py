"""What a confusion matrix says beyond its counts: shares, orders of the classes, the pairs that are confused most.

NumPy only, as `classification` is. Rows are the true labels, columns the predicted ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.engine.analysis.classification import ClassFigures

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]
    Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ConfusedPair:
    """Samples of one class that were taken for another.

    Attributes:
        true: their label.
        predicted: the label they were given.
        count: how many they are.
    """

    true: int
    predicted: int
    count: int


def most_confused(counts: Counts, limit: int) -> list[ConfusedPair]:
    """At most `limit` pairs of different classes that were confused, the most frequent first.

    As `most_confused` of fastai's `ClassificationInterpretation`; among equal counts, in the order of the labels.
    """
    wrong = counts.copy()
    np.fill_diagonal(wrong, 0)
    true, predicted = np.nonzero(wrong)
    found = wrong[true, predicted]
    first = np.argsort(-found, kind="stable")[:limit]
    rows = zip(true[first].tolist(), predicted[first].tolist(), found[first].tolist(), strict=True)
    return [ConfusedPair(*row) for row in rows]


def shares_of_true(counts: Counts) -> Floats:
    """Each count as a share of its row, the samples of a class; NaN where there are none."""
    return _shares(counts, counts.sum(axis=1, keepdims=True))


def shares_of_predicted(counts: Counts) -> Floats:
    """Each count as a share of its column, the samples that were taken for a class; NaN where there are none."""
    return _shares(counts, counts.sum(axis=0, keepdims=True))


def order_by_confusion(counts: Counts) -> Labels:
    """The labels in an order (classes,) in which those that are confused with each other stand side by side.

    The classes are joined to chains, the pair first that is confused most (the share of the one class that was taken
    for the other, in both directions); a class inside a chain has two neighbours and takes no more. So the two classes
    that are confused most always are neighbours. Chains, and classes that are confused with none, follow one another in
    the order of their smallest labels.
    """
    mixed = np.nan_to_num(shares_of_true(counts))
    mixed = mixed + mixed.T
    one, other = np.triu_indices(len(counts), 1)
    strength = mixed[one, other]
    ranked = np.argsort(-strength, kind="stable")
    ranked = ranked[strength[ranked] > 0]
    chains = [[label] for label in range(len(counts))]
    for first, second in zip(one[ranked].tolist(), other[ranked].tolist(), strict=True):
        left, right = chains[first], chains[second]
        if left is right or first not in (left[0], left[-1]) or second not in (right[0], right[-1]):
            continue
        if left[-1] != first:
            left.reverse()
        if right[0] != second:
            right.reverse()
        left.extend(right)
        for label in right:
            chains[label] = left
    # A chain reads from its smaller end.
    whole = {id(chain): chain if chain[0] <= chain[-1] else chain[::-1] for chain in chains}
    return np.array([label for chain in sorted(whole.values(), key=min) for label in chain], np.int64)


def order_by_recall(figures: ClassFigures) -> Labels:
    """The labels, that with the lowest recall first; classes without samples last."""
    return np.argsort(figures.recall, kind="stable")  # NumPy sorts NaN to the end


def _shares(counts: Counts, sums: Counts) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        shares: Floats = counts / sums
    return shares
