"""The test set as a map: its samples by the two directions in which a layer's outputs differ most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.protocol.queries.query import Answer, Query

if TYPE_CHECKING:
    import numpy as np

LAST_HIDDEN: Final = "\0last hidden"
"""Stands for what the last layer receives. No layer has such a name."""
MOST_SAMPLES: Final = 20_000
"""The number of samples that a map shows at most; of a larger test set this many are chosen."""
INPUTS: Final = "\0inputs"
"""Stands for the inputs of the network."""


@dataclass(frozen=True, slots=True, eq=False)
class MapAxes:
    """The first two principal components of a layer's outputs. Two are equal only if they are the same object.

    Attributes:
        layer: whose outputs they are of.
        mean: (features,) float32 of the outputs.
        components: (2, features) float32, of length 1; the largest number of each is positive.
        shares: (2,) of the variance of the outputs, the part along each.
        low: (2,) and
        high: (2,) the range of nearly all samples along each, for the axes of a plot.
        step: of the state that they were computed from.
    """

    layer: str
    mean: np.ndarray
    components: np.ndarray
    shares: np.ndarray
    low: np.ndarray
    high: np.ndarray
    step: int


@dataclass(frozen=True, slots=True)
class MapTestSet(Query):
    """Where the test samples are on the map; `MappedTestSet` answers.

    Attributes:
        layer: its name in the network, `LAST_HIDDEN` or `INPUTS`.
        axes: None to compute them from the state that is looked at.
        seconds: after which no further samples are looked at.
        most: samples that are looked at.
    """

    layer: str
    axes: MapAxes | None
    seconds: float
    most: int = MOST_SAMPLES


@dataclass(frozen=True, slots=True)
class MapLayer:
    """A layer that can be mapped.

    Attributes:
        name: in the network.
        kind: its class, and the activation function that its outputs pass.
    """

    name: str
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class MappedTestSet(Answer):
    """The samples on the map.

    Attributes:
        axes: on which they are.
        samples: (n,) indices of the samples, in an order of chance.
        points: (n, 2) float32.
        predicted: (n,) the predicted class of each, or for a regression the first predicted number.
        confidence: (n,) float32, the probability of the predicted class; NaN for a regression.
        layers: that can be mapped, in the order in which a sample passes them.
        features: numbers for each sample that the map is made of: the mean over the pixels, for a convolution.
    """

    axes: MapAxes
    samples: np.ndarray
    points: np.ndarray
    predicted: np.ndarray
    confidence: np.ndarray
    layers: tuple[MapLayer, ...]
    features: int
