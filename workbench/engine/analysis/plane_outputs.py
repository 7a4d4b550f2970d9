"""The network's outputs over the plane of two features, or along one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from workbench.engine.analysis.point_range import point_range
from workbench.engine.data.preview import MOST_POINTS
from workbench.engine.errors import UserError
from workbench.engine.protocol.queries.plane_outputs import PlaneOutputs, Points, PredictPlane

if TYPE_CHECKING:
    from torch import Tensor

    from workbench.engine.analysis.scope import Scope

ROOM: Final = 0.08
"""Beyond the outermost points on each side, as a share of the range: there one sees how the network goes on."""
MOST_PLACES: Final = 1 << 18


def answer(scope: Scope, query: PredictPlane) -> PlaneOutputs:
    """The outputs on a grid that covers the first points of the training and the test set.

    Raises:
        UserError: the data have more than two features, or the grid is too large.
    """
    features = scope.spec.sample_shape[0] if len(scope.spec.sample_shape) == 1 else 0
    if features not in (1, 2) or not 0 < query.columns * query.rows <= MOST_PLACES:
        raise UserError("Outputs over a plane need data with one or two features: choose other data.")
    data = scope.data
    # The first training points are those that the panel Data shows.
    parts = [data.train_inputs[:MOST_POINTS], data.test_inputs[:MOST_POINTS]]
    inputs = [part.cpu().numpy() for part in parts]
    together = np.concatenate(inputs)
    x = _places(together[:, 0], query.columns)
    y = _places(together[:, 1], query.rows) if features == 2 else np.zeros(0, np.float32)
    grid = np.stack(np.meshgrid(x, y), axis=-1) if features == 2 else x[:, None]
    # One call: the network is asked in full batches.
    asked = [torch.from_numpy(grid.reshape(-1, features)), *(part.cpu() for part in parts if query.with_points)]
    outputs = scope.outputs(torch.cat(asked)).numpy()
    at_grid, *rest = np.split(outputs, np.cumsum([len(part) for part in asked])[:-1])
    training, test = rest or (None, None)
    return PlaneOutputs(
        x,
        y,
        at_grid.reshape(*grid.shape[:-1], -1),
        Points(inputs[0], _targets(data.train_targets), training),
        Points(inputs[1], _targets(data.test_targets), test),
    )


def _places(values: np.ndarray, count: int) -> np.ndarray:
    return np.linspace(*point_range(values, ROOM), count, dtype=np.float32)


def _targets(targets: Tensor) -> np.ndarray:
    shown: np.ndarray = targets[:MOST_POINTS].cpu().numpy()
    return shown
