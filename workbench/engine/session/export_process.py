"""Exports a run in a process of its own, which the window starts: `python -m workbench.engine.session.export_process`.

Some exports build the network and compute with it. In the process of the window that would draw from the random state
that the run trains with, start a second OpenMP pool, and hold the interpreter lock; here it does none of these, and
whatever a library does, it ends this process at most.

Standard input carries one line, the request as JSON; where it is closed, the exports are cancelled. Standard output
carries a line of JSON for each report.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.errors import CancelledError, UserError, problem_of
from workbench.engine.exporters.plots.options import PlotChoice
from workbench.engine.exporters.registry import EXPORTS
from workbench.engine.paths import resource_path
from workbench.engine.translation import current_language, use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.models.weights import StateDict
    from workbench.engine.recipe import Recipe

MODULE: Final = "workbench.engine.session.export_process"
REPORT_EVERY_S: Final = 0.1
DEEPEST: Final = 3
"""Sentences in sentences."""
NICENESS: Final = 10
"""More than the training thread has: training goes first."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a run is read from.

    Attributes:
        name: of the run, for people; "" where it is read with the run.
        checkpoint: a file with the run as it stands; "" for a run of the store.
        run: the id of a run of the store.
    """

    name: str = ""
    checkpoint: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One file to write.

    Attributes:
        source: the index of the run in the request.
        row: the name of the export.
        path: of the file or folder.
    """

    source: int
    row: str
    path: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be exported.

    Attributes:
        root: the folder of the data sets.
        store: the folder of the runs.
        sources: the runs.
        targets: the files, in the order in which they are written.
        may_replace: whether the user was asked about files that are written beside them.
        plot: the size and the colours of curves that are drawn.
        language: of what people read, such as a report; that of the process that asks.
    """

    root: str
    store: str
    sources: tuple[Source, ...]
    targets: tuple[Target, ...]
    may_replace: bool = False
    plot: PlotChoice = field(default_factory=PlotChoice)
    language: str = field(default_factory=current_language)

    def to_line(self) -> str:
        """The request as a line of JSON."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Request:
        """The request that `to_line` has written."""
        fields = json.loads(line)
        return cls(
            fields["root"],
            fields["store"],
            tuple(Source(**each) for each in fields["sources"]),
            tuple(Target(**each) for each in fields["targets"]),
            fields["may_replace"],
            PlotChoice(**fields["plot"]),
            fields["language"],
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What happened to the target with this index: how far it is, that it is checked, or why it could not be written.

    Attributes:
        target: its index in the request.
        phase: what is being done; "" for a report of the end.
        done: how much of it.
        total: of how much; 0 where that is not known.
        checked: what was checked after writing.
        problem: why it could not be written.
    """

    target: int
    phase: str = ""
    done: int = 0
    total: int = 0
    checked: UserError | None = None
    problem: UserError | None = None

    def to_line(self) -> str:
        """The report as a line of JSON."""
        fields = {"target": self.target, "phase": self.phase, "done": self.done, "total": self.total}
        found = {"checked": self.checked, "problem": self.problem}
        return json.dumps({**fields, **{key: _plain(value) for key, value in found.items()}}) + "\n"

    @classmethod
    def from_line(cls, line: str) -> Report:
        """The report that `to_line` has written.

        Raises:
            ValueError, LookupError, TypeError: it is none.
        """
        fields = json.loads(line)
        numbers = [fields[name] for name in ("target", "done", "total")]
        if not all(type(number) is int for number in numbers):
            raise TypeError(fields)
        checked, problem = (_sentence(fields[name]) for name in ("checked", "problem"))
        return cls(numbers[0], str(fields["phase"]), numbers[1], numbers[2], checked, problem)


@dataclass(slots=True)
class Exporting:
    """Carries out a request.

    Args:
        request: what to do.
        emit: called with each report.
        is_cancelled: whether the user has cancelled.
    """

    request: Request
    emit: Callable[[Report], None]
    is_cancelled: Callable[[], bool] = lambda: False
    _records: dict[int, RunRecord | UserError] = field(default_factory=dict)
    _data: dict[int, Dataset] = field(default_factory=dict)

    def run(self) -> None:
        """Write all targets; one that fails does not keep the others from being written."""
        for index in range(len(self.request.targets)):
            if self.is_cancelled():
                return
            try:
                checked = self._export(index)
            except CancelledError:
                return
            except Exception as error:  # noqa: BLE001  # a defect of one export must not end the others
                self.emit(Report(index, problem=_problem_of(error)))
            else:
                self.emit(Report(index, checked=checked))

    def _export(self, index: int) -> UserError:
        from workbench.engine.exporters.context import ExportContext
        from workbench.engine.exporters.registry import export
        from workbench.engine.files.source_files import check_is_no_source

        target = self.request.targets[index]
        progress = self._progress(index)
        progress("Reading the run", 0, 0)
        record = self._record(target.source)
        recipe, path = record.recipe, Path(target.path)
        check_is_no_source(
            path,
            None if recipe.source is None else recipe.source.path,
            None if recipe.network is None else recipe.network.path,
            None if recipe.initial_weights is None else recipe.initial_weights.path,
        )
        progress("Writing", 0, 0)
        context = ExportContext(
            lambda: self._data_of(target.source, record, progress),
            progress,
            self.request.plot.options,
            self.request.may_replace,
            self._initial_weights,
        )
        return export(EXPORTS[target.row], record, path, context)

    def _progress(self, index: int) -> Callable[[str, int, int], None]:
        last = 0.0

        def progress(what: str, done: int, total: int) -> None:
            nonlocal last
            if self.is_cancelled():
                raise CancelledError
            if (now := time.monotonic()) - last >= REPORT_EVERY_S:
                last = now
                self.emit(Report(index, what, done, total))

        return progress

    def _record(self, index: int) -> RunRecord:
        if index not in self._records:
            try:
                self._records[index] = self._read(self.request.sources[index])
            except UserError as problem:
                self._records[index] = problem
        found = self._records[index]
        if isinstance(found, UserError):
            raise found
        return found

    def _read(self, source: Source) -> RunRecord:
        from workbench.engine.checkpoints.checkpoint import load_checkpoint
        from workbench.engine.exporters.run_record import record_of_checkpoint, record_of_store

        if source.checkpoint:
            return record_of_checkpoint(load_checkpoint(Path(source.checkpoint)), source.name)
        return record_of_store(Path(self.request.store), source.run)

    def _initial_weights(self, record: RunRecord) -> StateDict | None:
        from workbench.engine.session.starting_weights import StartingWeights

        return StartingWeights(Path(self.request.store)).of_run(record.recipe, record.recipe.spec)

    def _data_of(self, index: int, record: RunRecord, progress: Callable[[str, int, int], None]) -> Dataset:
        if index not in self._data:
            self._data.clear()  # two large sets at once may be too much
            self._data[index] = data_of(record, self.request.root, progress)
        return self._data[index]


def data_of(record: RunRecord, root: str, progress: Callable[[str, int, int], None]) -> Dataset:
    """The data that the run was trained on.

    Raises:
        UserError: they are not there, or are other data.
    """
    from workbench.engine.data.datasets import load_dataset, retired_shapes
    from workbench.engine.session.own_data import own_data

    recipe: Recipe = record.recipe
    data = retired_shapes(recipe.dataset) or load_dataset(recipe.data_request, Path(root), progress)
    data = own_data(recipe, record.history, data)
    data.check_present()
    return data


def main() -> int:
    """Read the request, and report; returns the exit status."""
    # What a network of the user's own prints must not come between the reports.
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICENESS)
    request = Request.from_line(sys.stdin.readline())
    with suppress(FileNotFoundError):  # the texts stay English
        use_language(request.language, resource_path("translations"))
    cancelled = threading.Event()
    threading.Thread(target=_wait_for_end, args=(cancelled,), daemon=True).start()

    def emit(report: Report) -> None:
        try:
            reports.write(report.to_line())
            reports.flush()
        except OSError:  # the window is gone
            cancelled.set()

    import torch

    torch.set_num_threads(1)  # the other processors go on training
    Exporting(request, emit, cancelled.is_set).run()
    return 0


def _wait_for_end(cancelled: threading.Event) -> None:
    with suppress(OSError, ValueError):
        while sys.stdin.readline():
            pass
    cancelled.set()


def _problem_of(error: Exception) -> UserError:
    from workbench.engine.models.own_failures import explained

    return problem_of(explained(error))


def _plain(problem: UserError | None) -> dict[str, Any] | None:
    if problem is None:
        return None
    return {"template": problem.template, "fields": dict(_plain_fields(problem))}


def _plain_fields(problem: UserError) -> Iterator[tuple[str, Any]]:
    for name, value in problem.fields.items():
        match value:
            case UserError():
                yield name, _plain(value)
            case None | bool() | int() | float() | str():
                yield name, value
            case _:
                yield name, str(value)


def _sentence(plain: Any, depth: int = 0) -> UserError | None:
    if plain is None:
        return None
    if depth > DEEPEST:
        raise ValueError(plain)
    fields = {
        str(name): _sentence(value, depth + 1) if isinstance(value, dict) else value
        for name, value in plain["fields"].items()
    }
    return UserError(str(plain["template"]), **fields)


if __name__ == "__main__":
    raise SystemExit(main())
