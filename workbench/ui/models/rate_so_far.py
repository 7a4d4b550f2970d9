"""RateSoFar: the learning rate that the current run has used, at a few steps of its whole length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.lr_curve import RateCurve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.engine.history.history import History
    from workbench.ui.models.run_model import RunModel

MOST_RATES: Final = 160
"""About one for each pixel of a small line."""


class RateSoFar:
    """Reads the rates when it is asked, and again only where the run has gone on or was changed.

    Args:
        run: the current run.
    """

    def __init__(self, run: RunModel) -> None:
        self._run = run
        self._curve: tuple[History, RateCurve] | None = None
        self._known: tuple[int, int] | None = None
        self._rates: NDArray[np.float64] = np.zeros(0)

    def rates(self) -> NDArray[np.float64] | None:
        """The rates from the first step to the present one, at even distances; None without a run or a step."""
        run, history = self._run, self._run.history
        # Of a run whose data are not there the number of samples is not known.
        if history is None or run.recipe is None or not run.train_count or len(history) == 0:
            return None
        if self._curve is None or self._curve[0] is not history:
            self._curve, self._known = (history, RateCurve(run.recipe, history, run.train_count)), None
        curve, count = self._curve[1], len(history)
        if (known := (curve.version, count)) != self._known:
            steps = np.unique(np.linspace(0, count - 1, MOST_RATES).astype(np.int64))
            self._known, self._rates = known, curve.at(steps)[1]
        return self._rates
