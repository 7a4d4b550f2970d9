"""The range of an axis that shows numbers of the data. NumPy only: the window draws with the same ranges."""

from __future__ import annotations

from typing import Final

import numpy as np

OUTER: Final = 0.001
"""The share of the points on each side that may lie outside: one far off would press all others together."""


def point_range(values: np.ndarray, room: float) -> tuple[float, float]:
    """The ends of an axis for `values`, numbers of any shape.

    Args:
        values: those that are not finite do not count.
        room: beyond the outermost ones on each side, as a share of the range.
    """
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    low, high = (float(edge) for edge in np.quantile(finite.astype(np.float64), (OUTER, 1 - OUTER)))
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        low, high = low - 1.0, high + 1.0
    margin = room * (high - low)
    return low - margin, high + margin
