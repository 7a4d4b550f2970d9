"""The data sets of a session in memory: those used last are loaded once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

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

MOST_KEPT: Final = 4
"""Data sets that stay in memory, those used last: each value of a slider makes another one."""


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
            data, request, instead_of = self._load(wanted)
        except CancelledError:
            self._commands.discard_run_commands()
            self._emit(DataFailed(None))
            return None
        except Exception as error:  # noqa: BLE001  # the window waits for this answer
            self._emit(DataFailed(problem_of(error)))
            return None
        self._announce(data, request, instead_of)
        return data

    def announce(self) -> None:
        """Emit again what is in memory."""
        for request, data in self._data.items():
            self._announce(data, request, None)

    def _announce(self, data: Dataset, request: DataRequest, instead_of: UserError | None) -> None:
        train_count, test_count = len(data.train_inputs), len(data.test_inputs)
        from workbench.engine.data.datasets import is_users_own
        from workbench.engine.data.preview import preview_of

        preview = preview_of(data)
        self._emit(
            DataLoaded(
                data.name,
                data.spec,
                train_count,
                test_count,
                preview.images,
                instead_of,
                is_users_own(data.name, data.digest),
                replace(request, values=dict(request.values)),
                preview.points,
                preview.targets,
                0 if data.validation_inputs is None else len(data.validation_inputs),
            )
        )

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

    def _load(self, wanted: DataRequest | None) -> tuple[Dataset, DataRequest, UserError | None]:
        from workbench.engine.data.datasets import DATASETS, load_dataset, load_default

        request = wanted or DataRequest(DATASETS.default)
        # Files of the user's own may have changed since.
        if request.source is None and (known := self._data.pop(request, None)) is not None:
            self._data[request] = known
            return known, request, None
        if wanted is None:
            data, instead_of = load_default(self._root, self._progress)
            request = DataRequest(data.name)
        else:
            data, instead_of = load_dataset(request, self._root, self._progress), None
        self._data.pop(request, None)
        self._data[request] = data
        for used_least in list(self._data)[:-MOST_KEPT]:
            del self._data[used_least]
        return data, request, instead_of

    def _progress(self, what: str, done: int, total: int) -> None:
        if self._commands.stop_asked:
            raise CancelledError
        self._emit(DataProgressed(what, done, total))
