"""Events of the data sets, and of the networks for such data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from workbench.engine.data.data_source import DataRequest
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.errors import UserError
    from workbench.engine.models.layer_facts import LayerFacts
    from workbench.engine.protocol.commands import DescribeNetwork


@dataclass(frozen=True, slots=True)
class DataProgressed:
    """How far the loading of a data set has come; `total` is 0 where it is not known."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DataLoaded:
    """A data set is in memory.

    Attributes:
        name: the data set's.
        spec: its task and shapes.
        train_count: training samples.
        test_count: test samples.
        samples: some training images of each class, (classes, n, C, H, W) uint8; fewer are padded with black. Those
            of a regression are in one row, as if of one class; vectors have none.
        instead_of: why the default data set is not the one loaded, where that is so.
        is_users_own: whether it is not what was published under that name, but files of the user's own.
        request: which data it is.
        points: some training vectors (n, F) float32; without rows for images.
        targets: of the points, or of the samples of a regression: labels (n,) int64, or numbers (n, T) float32.
        validation_count: samples that the data bring for validation.
    """

    name: str
    spec: DataSpec
    train_count: int
    test_count: int
    samples: np.ndarray
    instead_of: UserError | None
    is_users_own: bool = False
    request: DataRequest | None = None
    points: np.ndarray | None = None
    targets: np.ndarray | None = None
    validation_count: int = 0


@dataclass(frozen=True, slots=True)
class DataFailed:
    """A data set could not be loaded; `problem` is None where the user cancelled."""

    problem: UserError | None


@dataclass(frozen=True, slots=True)
class NetworkDescribed:
    """What a network is like, for the data that it was asked for.

    Attributes:
        asked: the command that this answers.
        count: the numbers that training adjusts; None where it cannot be built.
        layers: in the order in which a sample passes them.
        problem: why it cannot be built, or does not take such samples.
    """

    asked: DescribeNetwork
    count: int | None
    layers: tuple[LayerFacts, ...] = ()
    problem: UserError | None = None
