"""Futures of a run as they are drawn: smoothed in the same way in every plot and table.

Importing this module does not import pyqtgraph, which takes 0.25 s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.lr_finder import smoothed

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMOOTH_OVER: Final = 160
"""The Gaussian is as wide as for a range test of that many steps: 4 steps."""


def smooth(losses: NDArray[np.float32]) -> NDArray[np.float64]:
    """The losses as the charts and the table show them."""
    return smoothed(losses.astype(np.float64), SMOOTH_OVER)


@dataclass(frozen=True, slots=True, eq=False)
class DrawnFutures:
    """What is drawn.

    Attributes:
        start: the step that they begin at.
        losses: of each, smooth, one a step; the place of one is that of its colour.
        chosen: the place of the future that is looked at; None for none.
    """

    start: int
    losses: tuple[NDArray[np.float64], ...]
    chosen: int | None

    @property
    def reach(self) -> int:
        """The last step that one of them has reached."""
        return self.start + max((len(losses) for losses in self.losses), default=0)
