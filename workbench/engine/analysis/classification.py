"""Figures of a classification, from the outputs for the test set and the labels.

NumPy only: the window computes them, before torch may be there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

CALIBRATION_BINS: Final = 15
"""Of equal width, as in Guo and others, "On Calibration of Modern Neural Networks" (2017)."""


def softmax(outputs: NDArray[np.floating]) -> NDArray[np.float32]:
    """The probabilities (N, K) of the classes, for outputs (N, K)."""
    shifted = outputs - outputs.max(axis=1, keepdims=True)
    powers: NDArray[np.float32] = np.exp(shifted, dtype=np.float32)
    powers /= powers.sum(axis=1, keepdims=True)
    return powers


def sample_losses(outputs: NDArray[np.floating], labels: NDArray[np.int64]) -> Floats:
    """The cross-entropy (N,) of each sample; infinite nowhere, as it is computed from the outputs."""
    wide = outputs.astype(np.float64)
    highest = wide.max(axis=1)
    log_sum = highest + np.log(np.exp(wide - highest[:, None]).sum(axis=1))
    own: Floats = log_sum - wide[np.arange(len(labels)), labels]
    return own


def confusion_counts(predicted: NDArray[np.int64], labels: NDArray[np.int64], classes: int) -> Counts:
    """How many samples of each class were taken for each: (classes, classes), rows true, columns predicted.

    As scikit-learn's `confusion_matrix` and MATLAB's `confusionchart` have it.
    """
    places = labels.astype(np.int64) * classes + predicted
    return np.bincount(places, minlength=classes * classes).reshape(classes, classes)


@dataclass(frozen=True, slots=True, eq=False)
class ClassFigures:
    """Figures of each class, (classes,) each; NaN where they are not defined.

    Attributes:
        recall: of the samples of the class, the share that was found.
        precision: of the samples that were taken for the class, the share that is of it.
        f1: the harmonic mean of the two.
        support: samples of the class.
    """

    recall: Floats
    precision: Floats
    f1: Floats
    support: Counts

    @classmethod
    def of(cls, counts: Counts) -> ClassFigures:
        """The figures of a confusion matrix, rows true."""
        right = np.diagonal(counts).astype(np.float64)
        support, taken = counts.sum(axis=1), counts.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            recall, precision = right / support, right / taken
            f1 = 2 * right / (support + taken)
        return cls(recall, precision, f1, support)


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """How far the network's confidence is right; arrays (bins,), NaN for bins without samples.

    Source: Guo and others, "On Calibration of Modern Neural Networks" (2017).

    Attributes:
        edges: (bins + 1,) of the confidences, from 0 to 1.
        confidence: the mean of the highest probability of the samples in a bin.
        accuracy: the share of them that is predicted correctly.
        count: how many they are.
        error: the expected calibration error: the mean difference of the two, weighted by the counts.
    """

    edges: Floats
    confidence: Floats
    accuracy: Floats
    count: Counts
    error: float

    @classmethod
    def of(
        cls, probabilities: NDArray[np.floating], labels: NDArray[np.int64], bins: int = CALIBRATION_BINS
    ) -> Calibration:
        """The calibration of `probabilities` (N, K) for `labels` (N,)."""
        highest = probabilities.max(axis=1).astype(np.float64)
        is_right = probabilities.argmax(axis=1) == labels
        edges = np.linspace(0.0, 1.0, bins + 1)
        # A bin holds its upper edge, not its lower one.
        places = np.clip(np.ceil(highest * bins).astype(np.int64) - 1, 0, bins - 1)
        count = np.bincount(places, minlength=bins)
        with np.errstate(invalid="ignore"):
            confidence = np.bincount(places, highest, bins) / count
            accuracy = np.bincount(places, is_right, bins) / count
        error = float(np.nansum(np.abs(confidence - accuracy) * count) / max(1, len(labels)))
        return cls(edges, confidence, accuracy, count, error)
