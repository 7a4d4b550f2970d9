"""PredictionLog: a network's outputs for the test set, evaluation by evaluation, and the samples they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np

    from workbench.engine.data.data_spec import DataSpec

BUDGET: Final = 96 << 20
"""Bytes that the outputs of one run may take: 250 evaluations of 10,000 samples and ten classes."""


class PredictionLog:
    """What a run's network said about every test sample, at every evaluation. A live object, as a History is.

    The training thread writes, the window reads without a lock: arrays do not change once they are here, and a new
    dictionary takes the place of the old one.

    Attributes:
        spec: the task and shapes of the data.
        inputs: the test samples: images (N, C, H, W), uint8 or float32 in 0..1, or vectors (N, F) float32. Memory of
            the data set itself: read only.
        targets: labels (N,), or the numbers to predict (N, T).
    """

    def __init__(self, spec: DataSpec, inputs: np.ndarray, targets: np.ndarray, budget: int = BUDGET) -> None:
        self.spec = spec
        self.inputs = inputs
        self.targets = targets
        self._budget = budget
        self._outputs: dict[int, np.ndarray] = {}

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps of the evaluations that are kept, ascending."""
        return tuple(self._outputs)

    @property
    def nbytes(self) -> int:
        """Bytes that the outputs take."""
        return sum(outputs.nbytes for outputs in self._outputs.values())

    def outputs(self, step: int) -> np.ndarray | None:
        """The outputs (N, K) float32 of the evaluation after `step` updates; None where they are not kept."""
        return self._outputs.get(step)

    def has_room(self, count: int) -> bool:
        """Whether the outputs for one pass over the test set, `count` numbers of float32, would be kept."""
        return 4 * count <= self._budget // 2

    def add(self, step: int, outputs: np.ndarray) -> None:
        """Keep the outputs of an evaluation; where there is no room, some of those between older ones go."""
        kept = {**self._outputs, step: outputs}
        kept = {each: kept[each] for each in sorted(kept)}
        total = sum(each.nbytes for each in kept.values())
        while total > self._budget and len(kept) > 2:
            total -= kept.pop(_least_missed(tuple(kept))).nbytes
        self._outputs = kept

    def copy(self, last: int) -> PredictionLog:
        """A log of its own with the outputs up to the step `last`, which the two share."""
        twin = PredictionLog(self.spec, self.inputs, self.targets, self._budget)
        twin._outputs = {step: outputs for step, outputs in self._outputs.items() if step <= last}
        return twin


def _least_missed(steps: tuple[int, ...]) -> int:
    """Of the steps between the first and the last, the one whose neighbours are closest to each other."""
    gaps = {step: after - before for before, step, after in zip(steps, steps[1:], steps[2:], strict=False)}
    return min(gaps, key=gaps.__getitem__)
