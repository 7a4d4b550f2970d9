"""DataRequest: which data to load. DataSource: files of the user's own, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Value


@dataclass(frozen=True, slots=True)
class DataSource:
    """Files of the user's own, and the user's choices about them. None means: as the files suggest.

    Attributes:
        path: of the file or folder, absolute.
        task: `classification` or `regression`.
        label: the name of the column that is to be predicted, in a table.
        has_header: whether the first line of a table has the names of its columns.
        delimiter: between two columns.
        encoding: of the text.
        image_size: to which height and width images are brought, in pixels.
        colour: `grey` or `rgb`.
        standardise: whether each feature gets mean 0 and standard deviation 1, as measured on the training samples.
        test_share: of the samples that are held out for the test, where the files have no test set; from 0 to 1.
        split_seed: decides which samples these are.
    """

    path: str
    task: str | None = None
    label: str | None = None
    has_header: bool | None = None
    delimiter: str | None = None
    encoding: str | None = None
    image_size: int | None = None
    colour: str | None = None
    standardise: bool = False
    test_share: float = 0.2
    split_seed: int = 0


@dataclass(frozen=True, slots=True)
class DataRequest:
    """Which data to load.

    Attributes:
        dataset: a name in `DATASETS`.
        values: the hyperparameters that its row accepts.
        source: the files, of a data set of the user's own.
    """

    dataset: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    source: DataSource | None = None
