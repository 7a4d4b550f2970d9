"""The network's outputs over the plane of two features, or along one, and for the points of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.protocol.queries.query import Answer, Query

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class PredictPlane(Query):
    """Run the network over a grid of inputs; `PlaneOutputs` answers.

    Attributes:
        columns: places along the first feature.
        rows: places along the second feature; 1 where the data have one.
        with_points: whether the outputs for the points are wanted, too.
    """

    columns: int
    rows: int
    with_points: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The first samples of the training or the test set.

    Attributes:
        inputs: (n, F) float32, memory of the data set itself: read only.
        targets: labels (n,) int64, or numbers (n, T) float32.
        outputs: (n, K) float32; None where they were not asked for.
    """

    inputs: np.ndarray
    targets: np.ndarray
    outputs: np.ndarray | None


@dataclass(frozen=True, slots=True, eq=False)
class PlaneOutputs(Answer):
    """The outputs on the grid.

    Attributes:
        x: (columns,) the values of the first feature, ascending, float32.
        y: (rows,) of the second feature; without elements where the data have one.
        outputs: (rows, columns, K) float32, or (columns, K) where the data have one feature.
        training: points of the training set.
        test: points of the test set.
    """

    x: np.ndarray
    y: np.ndarray
    outputs: np.ndarray
    training: Points
    test: Points
