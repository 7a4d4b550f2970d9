"""What goes on inside a network: weights as images, distributions by layer, units that give nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from workbench.engine.protocol.queries.query import Answer, Query

if TYPE_CHECKING:
    import numpy as np


class WeightForm(Enum):
    """What the weights of a unit look like."""

    IMAGE = "image"
    """A weight for each number of an input image: an image of its size."""
    FILTER = "filter"
    """A filter of a convolution, with the channels of the inputs."""
    MEAN_FILTER = "mean_filter"
    """A filter for another number of channels than 1 or 3: the mean over its channels."""
    ROWS = "rows"
    """No image: the units are the rows of one image, the numbers of the input its columns."""


@dataclass(frozen=True, slots=True)
class ShowFirstLayer(Query):
    """The weights of the first layer; `FirstLayer` answers.

    Attributes:
        units: their numbers, in the order in which they are wanted; () for those with the largest norms. Of the same
            units at several steps one sees how they change.
    """

    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FirstLayer(Answer):
    """The weights of the layer that the inputs reach first.

    Attributes:
        name: of the layer in the network, as in the keys of its weights.
        kind: its class.
        form: what the weights of a unit look like.
        tiles: (units, C, H, W) float32, in the order of `units`; for `ROWS` one tile (1, 1, units, inputs).
        units: (units,) the numbers of the units that are shown.
        norms: (units,) the Euclidean norms of their weights.
        total: units of the layer; not more than `MOST_UNITS` are shown.
    """

    name: str
    kind: str
    form: WeightForm
    tiles: np.ndarray
    units: np.ndarray
    norms: np.ndarray
    total: int


@dataclass(frozen=True, slots=True)
class MeasureLayers(Query):
    """The distributions, norms and the next update of each layer; `MeasuredLayers` answers."""


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """How numbers are distributed.

    Attributes:
        low: the smallest finite number.
        high: the largest one.
        counts: (bins,) how many numbers are in each of the bins of equal width from `low` to `high`. Where there are
            zeros beside other numbers, these are in no bin.
        zero_share: of all numbers, the share that is exactly 0.
        broken_share: the share that is NaN or infinite.
    """

    low: float
    high: float
    counts: np.ndarray
    zero_share: float
    broken_share: float


@dataclass(frozen=True, slots=True, eq=False)
class LayerMeasures:
    """One layer; NaN and None for what the next step does not reach.

    Attributes:
        name: of the layer in the network, as in the keys of its weights.
        kind: its class.
        shape: of its weights: those of its largest parameter.
        function: the activation function that its outputs pass next; "" where none was seen.
        weights: of its largest parameter.
        gradients: of the loss of the next batch with respect to these weights.
        outputs: what it passes on in the next batch: after the activation function, where there is one.
        weight_norm: the Euclidean norm of these weights.
        gradient_norm: the Euclidean norm of the gradients of all its parameters, before they are clipped.
        update_ratio: the norm of the next change of these weights over `weight_norm`.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    function: str
    weights: Distribution
    gradients: Distribution | None
    outputs: Distribution | None
    weight_norm: float
    gradient_norm: float
    update_ratio: float


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredLayers(Answer):
    """The layers, in the order in which the network names them.

    The gradients, outputs and updates are those of the batch that is trained on next, with dropout and augmentation.

    Attributes:
        layers: those with weights; normalisation is left out.
        gradient_norm: the Euclidean norm of the gradients of all parameters, before they are clipped, as
            `torch.nn.utils.clip_grad_norm_` returns it; NaN where the loss is not finite.
        samples: in the batch.
        loss: of the batch; NaN or infinite where no update is possible.
        learning_rate: of the update.
        left_out: layers that are not in `layers`, because there are too many.
    """

    layers: tuple[LayerMeasures, ...]
    gradient_norm: float
    samples: int
    loss: float
    learning_rate: float
    left_out: int


@dataclass(frozen=True, slots=True)
class CountIdleUnits(Query):
    """Which units of the activation functions give nothing for a part of the test samples; `IdleUnits` answers.

    The parts follow each other, so that no one takes long.

    Attributes:
        start: where the part begins, in the order of chance in which the samples are looked at.
        seconds: after which the part ends.
    """

    start: int
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class ActivationUse:
    """One call of an activation function while a part of the samples passes the network.

    Attributes:
        layer: whose outputs pass it, as in the keys of its weights.
        number: of the call after that layer, from 0: more than one where the layer is called more than once.
        function: its name.
        units: how many there are; a channel of a convolution is one.
        is_active: (units,) of a ReLU, whether a unit's output is not 0 for some sample; None for other functions.
        saturated: of tanh and sigmoid, the outputs that are near the ends of their range.
        outputs: of tanh and sigmoid, how many outputs were looked at; 0 for other functions.
    """

    layer: str
    number: int
    function: str
    units: int
    is_active: np.ndarray | None
    saturated: int
    outputs: int


@dataclass(frozen=True, slots=True, eq=False)
class IdleUnits(Answer):
    """The calls of activation functions, in their order.

    Attributes:
        uses: of activation functions that were seen.
        stop: where the next part begins.
        total: where the last one ends.
    """

    uses: tuple[ActivationUse, ...]
    stop: int
    total: int
