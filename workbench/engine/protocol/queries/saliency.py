"""On which parts of an input an output of the network depends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from workbench.engine.protocol.queries.query import Answer, Query

if TYPE_CHECKING:
    import numpy as np


class SaliencyMethod(Enum):
    """A way to measure it."""

    GRADIENT = "gradient"
    """The size of the gradient (Simonyan and others, "Deep Inside Convolutional Networks", 2014)."""
    SMOOTH_GRAD = "smooth_grad"
    """Its mean over noisy copies of the input (Smilkov and others, "SmoothGrad", 2017)."""
    OCCLUSION = "occlusion"
    """How far the output falls where a part is covered (Zeiler and Fergus, "Visualizing and Understanding
    Convolutional Networks", 2014)."""


@dataclass(frozen=True, slots=True)
class ExplainSample(Query):
    """Measure on what the highest output for a test sample depends, or the first number; `ExplainedSample` answers.

    Attributes:
        sample: its index in the test set.
        method: how to measure.
    """

    sample: int
    method: SaliencyMethod


@dataclass(frozen=True, slots=True, eq=False)
class ExplainedSample(Answer):
    """How much each part of the input matters.

    Attributes:
        sample: its index in the test set.
        output: the output that was explained: the predicted class, or 0 for regression.
        values: (H, W) for an image, the largest over its channels; (F,) for a vector; float32, at least 0. In units of
            the output; for gradients, by unit of the input.
        outputs: (K,) float32, for the sample.
    """

    sample: int
    output: int
    values: np.ndarray
    outputs: np.ndarray
