"""The network's outputs for one input that the user makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.protocol.queries.query import Answer, Query

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class PredictSample(Query):
    """Run the network on one input; `SampleOutputs` answers. Queries with equal numbers are equal.

    Attributes:
        content: the numbers in the order of `shape`, last dimension first: bytes 0..255, or float32 in the machine's
            order of bytes.
        shape: (C, H, W) of an image, (F,) of a vector.
        is_float: whether the numbers are float32.
    """

    content: bytes
    shape: tuple[int, ...]
    is_float: bool = False

    @classmethod
    def of(cls, values: np.ndarray) -> PredictSample:
        """The query about `values`, uint8 or float32 of the shape of one input."""
        return cls(values.tobytes(), values.shape, values.dtype.kind == "f")


@dataclass(frozen=True, slots=True, eq=False)
class SampleOutputs(Answer):
    """The outputs for the input.

    Attributes:
        outputs: (K,) float32: a score for each class before the softmax, or the predicted numbers.
    """

    outputs: np.ndarray
