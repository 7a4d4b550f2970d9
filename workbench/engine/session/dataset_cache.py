"""The data sets a session holds in memory: each is loaded once, and told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.errors import CancelledError, UserError, problem_of
from workbench.engine.protocol.events import DataFailed, DataLoaded, DataProgressed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.data.datasets import ImageData
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.events import Event
    from workbench.engine.recipe import Recipe

SAMPLES_PER_CLASS = 24
"""Training images of each class that `DataLoaded` shows."""


class DatasetCache:
    """Data sets by name.

    Args:
        inbox: a Stop that waits in it cancels loading.
        root: the folder of the data sets.
        tell: called with what becomes of each loading.
    """

    def __init__(self, inbox: CommandQueue, root: Path, tell: Callable[[Event], None]) -> None:
        self._inbox = inbox
        self._root = root
        self._tell = tell
        self._data: dict[str, ImageData] = {}

    def load(self, dataset: str | None) -> ImageData | None:
        """The data set called `dataset`, or the default one; tells of it in any case.

        Returns:
            None if it failed or was cancelled, which is told too.
        """
        try:
            data, instead_of = self._fetched(dataset)
        except CancelledError:
            self._inbox.discard_run_commands()
            self._tell(DataFailed(None))
            return None
        except Exception as error:  # noqa: BLE001  # a defect must not end the thread that everything runs in
            self._tell(DataFailed(problem_of(error)))
            return None
        train_count, test_count = len(data.train_images), len(data.test_images)
        samples = data.samples(SAMPLES_PER_CLASS)
        self._tell(DataLoaded(data.name, data.class_names, train_count, test_count, samples, instead_of))
        return data

    def of(self, recipe: Recipe, *, is_chosen: bool = True) -> ImageData | None:
        """What `recipe` trains on, loaded if need be.

        Args:
            recipe: which data set.
            is_chosen: whether a person chose it; if not, the offline one may stand in for it.

        Returns:
            None if it cannot be had, as has been told.
        """
        return self._data.get(recipe.dataset) or self.load(recipe.dataset if is_chosen else None)

    def _fetched(self, dataset: str | None) -> tuple[ImageData, UserError | None]:
        from workbench.engine.data.datasets import DATASETS, load_dataset, load_default

        name = dataset or DATASETS.default
        if name in self._data:
            return self._data[name], None
        if dataset is None:
            data, instead_of = load_default(self._root, self._progress)
        else:
            data, instead_of = load_dataset(dataset, self._root, self._progress), None
        self._data[data.name] = data
        return data, instead_of

    def _progress(self, what: str, done: int, total: int) -> None:
        if self._inbox.stop_asked:
            raise CancelledError
        self._tell(DataProgressed(what, done, total))
