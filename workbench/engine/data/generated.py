"""Data sets that the program makes itself, as a pure function of a seed: points of classes, and noisy curves.

RandomState gives the same numbers in each version of NumPy (NEP 19). The points are computed in float64 and rounded to
float32, so that a last bit of a sine that differs between processors does not make other data.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.random import RandomState
    from numpy.typing import NDArray
    from torch import Tensor

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.dataset import Dataset, Progress

    Floats = NDArray[np.float64]
    Maker = Callable[[int, float, RandomState], tuple[Floats, np.ndarray]]

ACCEPTS: Final = ("data_size", "data_noise", "data_seed")
"""The hyperparameters of each of them."""
TEST_PART: Final = 4
"""Training points for each test point."""
BLOBS: Final = 4
TURNS: Final = 1.75
"""Of each arm of the spirals."""


def _spirals(count: int, noise: float, random: RandomState) -> tuple[Floats, np.ndarray]:
    """Two arms that wind around each other (after Lang and Witbrock, 1988), about 1 in radius."""
    import numpy as np

    labels = np.arange(count) % 2
    along = np.sqrt(random.random_sample(count))
    angle = 2 * math.pi * TURNS * along + math.pi * labels
    points = np.stack([along * np.sin(angle), along * np.cos(angle)], axis=1)
    return points + noise * random.randn(count, 2), labels


def _moons(count: int, noise: float, random: RandomState) -> tuple[Floats, np.ndarray]:
    """Two half circles of radius 1 that reach into each other, as scikit-learn's `make_moons`."""
    import numpy as np

    labels = np.arange(count) % 2
    angle = math.pi * random.random_sample(count)
    sign = 1 - 2 * labels
    points = np.stack([sign * np.cos(angle) + labels, sign * np.sin(angle) + 0.5 * labels], axis=1)
    return points + noise * random.randn(count, 2), labels


def _circles(count: int, noise: float, random: RandomState) -> tuple[Floats, np.ndarray]:
    """A circle of radius 1 around one of radius a half, as scikit-learn's `make_circles` with factor 0.5."""
    import numpy as np

    labels = np.arange(count) % 2
    angle = 2 * math.pi * random.random_sample(count)
    points = (1 - 0.5 * labels)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points + noise * random.randn(count, 2), labels


def _blobs(count: int, noise: float, random: RandomState) -> tuple[Floats, np.ndarray]:
    """Four clouds at the corners of a square with sides of 2."""
    import numpy as np

    labels = np.arange(count) % BLOBS
    centres = np.array([(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)])
    return centres[labels] + noise * random.randn(count, 2), labels


def _sine(count: int, noise: float, random: RandomState) -> tuple[Floats, np.ndarray]:
    """Two periods of a sine: x in -1..1, and the height at x."""
    import numpy as np

    x = 2 * random.random_sample((count, 1)) - 1
    return x, np.sin(2 * math.pi * x) + noise * random.randn(count, 1)


def _plane(count: int, noise: float, random: RandomState) -> tuple[Floats, np.ndarray]:
    """A plane over the square -1..1: the height is half the sum of both coordinates."""
    points = 2 * random.random_sample((count, 2)) - 1
    return points, points.sum(axis=1, keepdims=True) / 2 + noise * random.randn(count, 1)


def _classes(*names: str) -> DataSpec:
    return DataSpec(Task.CLASSIFICATION, (2,), names, feature_names=("x", "y"))


@dataclass(frozen=True, slots=True)
class GeneratedSet:
    """A data set that the program makes.

    Attributes:
        label: its name in the window, in English.
        help: what it is and when to choose it.
        spec: its task and shapes.
        noise: its default of `data_noise`.
        make: from (count, noise, random state) to points (count, F) and labels (count,) or numbers (count, T).
    """

    label: str
    help: str
    spec: DataSpec
    noise: float
    make: Maker

    @property
    def defaults(self) -> Mapping[str, Value]:
        """Of its hyperparameters, where they differ from the table's."""
        return MappingProxyType({"data_noise": self.noise})


GENERATED: Final[Mapping[str, GeneratedSet]] = MappingProxyType(
    {
        "spirals": GeneratedSet(
            "Spirals",
            "Points on two spirals that wind around each other, one class each. No straight line separates them, so "
            "the network needs its hidden layers, and some patience. Made by the program.",
            _classes("first arm", "second arm"),
            0.03,
            _spirals,
        ),
        "moons": GeneratedSet(
            "Moons",
            "Points on two half circles that reach into each other, one class each: easy for a network with a hidden "
            "layer, and not quite possible without one. Made by the program.",
            _classes("upper moon", "lower moon"),
            0.1,
            _moons,
        ),
        "circles": GeneratedSet(
            "Circles",
            "Points on a circle and on a smaller one inside it, one class each: the line between them must close "
            "around the inner one. Made by the program.",
            _classes("outer circle", "inner circle"),
            0.1,
            _circles,
        ),
        "blobs": GeneratedSet(
            "Blobs",
            "Four clouds of points at the corners of a square, one class each: the easiest one, which straight lines "
            "separate. Made by the program.",
            _classes("lower left", "lower right", "upper left", "upper right"),
            0.4,
            _blobs,
        ),
        "sine": GeneratedSet(
            "Sine",
            "Regression: the network learns the height of a sine curve from its place, two periods with noise. Watch "
            "the mean absolute error fall to the noise. Made by the program.",
            DataSpec(Task.REGRESSION, (1,), target_names=("height",), feature_names=("x",)),
            0.1,
            _sine,
        ),
        "plane": GeneratedSet(
            "Plane",
            "Regression: the network learns the height of a plane from two coordinates, with noise: the easiest "
            "regression. Made by the program.",
            DataSpec(Task.REGRESSION, (2,), target_names=("height",), feature_names=("x", "y")),
            0.1,
            _plane,
        ),
    }
)
"""In the order in which the window lists them."""


def make(name: str, values: Mapping[str, Value], progress: Progress) -> Dataset:
    """The data set `name` of `GENERATED`.

    Args:
        name: a key of `GENERATED`.
        values: by the names of `ACCEPTS`; missing ones have their defaults.
        progress: called while its digest is taken; what it raises ends the work.
    """
    import numpy as np
    import torch

    from workbench.engine.config.hyperparameters import defaults
    from workbench.engine.data.data_digest import digest_of
    from workbench.engine.data.dataset import Dataset

    row = GENERATED[name]
    chosen = {**defaults(ACCEPTS, row.defaults), **values}
    size, noise, seed = int(chosen["data_size"]), float(chosen["data_noise"]), int(chosen["data_seed"])
    test_size = max(len(row.spec.class_names), size // TEST_PART)
    random = np.random.RandomState(seed)

    def part(count: int) -> tuple[Tensor, Tensor]:
        points, targets = row.make(count, noise, random)
        order = random.permutation(count)  # the classes alternate, else each batch would hold as many of each
        kind = np.int64 if row.spec.task is Task.CLASSIFICATION else np.float32
        return torch.from_numpy(points[order].astype(np.float32)), torch.from_numpy(targets[order].astype(kind))

    tensors = (*part(size), *part(test_size))
    names = (name, *row.spec.class_names, *row.spec.target_names)
    return Dataset(name, row.spec, *tensors, digest=digest_of(names, tensors, progress))
