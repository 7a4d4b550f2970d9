"""The data sets of a session in memory: each is loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.data.data_source import DataRequest
from workbench.engine.errors import CancelledError, UserError, problem_of
from workbench.engine.protocol.events import DataFailed, DataLoaded, DataProgressed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.events import Event
    from workbench.engine.recipe import Recipe

SAMPLES_PER_CLASS = 24
"""Training images of each class that `DataLoaded` shows."""


class DatasetCache:
    """Data sets by request. Loading emits its progress and its result; a Stop that waits in `commands` cancels it."""

    def __init__(self, commands: CommandQueue, root: Path, emit: Callable[[Event], None]) -> None:
        self._commands = commands
        self._root = root
        self._emit = emit
        self._data: dict[DataRequest, Dataset] = {}

    def load(self, wanted: DataRequest | None) -> Dataset | None:
        """The data that are wanted, or the default data set if None; the result is emitted as an event.

        Returns:
            None if it failed or was cancelled.
        """
        try:
            data, instead_of = self._load(wanted)
        except CancelledError:
            self._commands.discard_run_commands()
            self._emit(DataFailed(None))
            return None
        except Exception as error:  # noqa: BLE001  # the window waits for this answer
            self._emit(DataFailed(problem_of(error)))
            return None
        train_count, test_count = len(data.train_inputs), len(data.test_inputs)
        from workbench.engine.data.datasets import is_users_own

        samples = data.samples(SAMPLES_PER_CLASS) if data.spec.is_image else np.zeros((0, 0, 1, 1, 1), np.uint8)
        is_own = is_users_own(data.name, data.digest)
        self._emit(DataLoaded(data.name, data.spec, train_count, test_count, samples, instead_of, is_own))
        return data

    def of(self, recipe: Recipe, *, is_chosen: bool = True) -> Dataset | None:
        """The data set of `recipe`, loaded if it is not in memory.

        Args:
            recipe: names the data set.
            is_chosen: whether the user chose it; if not, the built-in one may be loaded instead.

        Returns:
            None if it cannot be loaded; an event has said why.
        """
        request = recipe.data_request
        return self._data.get(request) or self.load(request if is_chosen else None)

    def _load(self, wanted: DataRequest | None) -> tuple[Dataset, UserError | None]:
        from workbench.engine.data.datasets import DATASETS, load_dataset, load_default

        request = wanted or DataRequest(DATASETS.default)
        if request in self._data:
            return self._data[request], None
        if wanted is None:
            data, instead_of = load_default(self._root, self._progress)
            request = DataRequest(data.name)
        else:
            data, instead_of = load_dataset(request, self._root, self._progress), None
        self._data[request] = data
        return data, instead_of

    def _progress(self, what: str, done: int, total: int) -> None:
        if self._commands.stop_asked:
            raise CancelledError
        self._emit(DataProgressed(what, done, total))
