"""What the predictions of one evaluation show at a glance: classes that are never predicted, outputs all the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.hint import PredictionFacts

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_SUPPORT: Final = 5
"""Samples of a class: with fewer it can be missed by chance."""
SAME: Final = 1e-6
"""Outputs that differ by no more than this share of the largest one are the same, but for rounding."""


def prediction_facts(
    step: int, outputs: NDArray[np.floating], targets: NDArray[np.generic], class_count: int
) -> PredictionFacts:
    """What the outputs (N, K) of an evaluation show, for labels (N,), or numbers (N, T) where `class_count` is 0."""
    spread = float(np.ptp(outputs, axis=0).max()) if len(outputs) > 1 else math.inf
    is_constant = spread <= SAME * max(1.0, float(np.abs(outputs).max(initial=0.0)))
    if not class_count:
        return PredictionFacts(step, len(outputs), (), is_constant)
    predicted, labels = outputs.argmax(axis=1), targets.astype(np.int64)
    support, taken = np.bincount(labels, minlength=class_count), np.bincount(predicted, minlength=class_count)
    missing = tuple(
        (label, int(support[label]), int(np.bincount(predicted[labels == label]).argmax()))
        for label in np.flatnonzero((taken == 0) & (support >= LEAST_SUPPORT)).tolist()
    )
    return PredictionFacts(step, len(outputs), missing, is_constant)
