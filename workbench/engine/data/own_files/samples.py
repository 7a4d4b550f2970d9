"""OwnSamples: what a reader of the user's files returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from workbench.engine.data.data_spec import DataSpec


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The samples for training, for the test or for validation.

    Attributes:
        inputs: images (N, C, H, W), uint8 in 0..255 or float32 in 0..1; or vectors (N, F) float32.
        targets: labels (N,) int64, or numbers (N, T) float32.
    """

    inputs: np.ndarray
    targets: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class OwnSamples:
    """A data set of the user's own.

    Attributes:
        spec: its task and shapes.
        train: the training samples.
        test: the test samples.
        has_own_test: whether the files say which samples are for the test.
        validation: the samples for validation; None where the files say of none that they are.
    """

    spec: DataSpec
    train: Part
    test: Part
    has_own_test: bool
    validation: Part | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Those that there are: for training, for the test, for validation."""
        return (self.train, self.test) if self.validation is None else (self.train, self.test, self.validation)
