"""A run for TensorBoard: a folder with one event file that holds every point."""

from __future__ import annotations

import time
from contextlib import suppress
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Final

import numpy as np

from workbench.engine.errors import UserError, why_not_written
from workbench.engine.exporters.csv_points import rates_of
from workbench.engine.exporters.event_records import event, first_event, read_events, records
from workbench.engine.files.atomic_write import write_atomically
from workbench.engine.files.safe_files import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.history.records import Evaluation

    Points = Iterator[tuple[int, dict[str, float]]]

PIECE: Final = 10_000
"""Steps that are written at a time."""
MOST_BYTES: Final = 1 << 36


def write_tensorboard(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write the event file into the folder `path`, which is made if it is missing; read it again, compare every point.

    The name of the file follows from the run, so that a second export replaces it and does not double its points.

    Raises:
        UserError: the folder is a file, or cannot be written, or the file does not hold every point.
        CancelledError: the user cancelled.
    """
    is_new = not path.exists()
    file = path / f"events.out.tfevents.{record.run.id}"
    try:
        path.mkdir(exist_ok=True)
        write_atomically(file, lambda opened_file: _write(record, opened_file, context))
    except BaseException as error:
        if is_new:
            with suppress(OSError):
                path.rmdir()
        if isinstance(error, FileExistsError):
            raise UserError("{path} is a file: choose the name of a folder.", path=path) from error
        if isinstance(error, OSError):
            raise why_not_written(file, error) from error
        raise
    return UserError("{count:,} points at {steps:,} steps", count=_compared(record, file, context), steps=record.steps)


def points_of(record: RunRecord, context: ExportContext) -> Points:
    """The numbers of each step by their tags: what was trained at step s, and what was tested after s updates."""
    metric = record.recipe.task.metric.name
    tests = {each.step: each for each in record.history.evaluations}
    rates = rates_of(record, context)
    for start in range(0, record.steps + 1, PIECE):
        stop = min(start + PIECE, record.steps)
        losses = record.history.loss.values(start, stop).tolist()
        metrics = record.history.metric.values(start, stop).tolist()
        some = None if rates is None else rates[start:stop].tolist()
        for step in range(start, min(start + PIECE, record.steps + 1)):
            place = step - start
            values: dict[str, float] = {}
            if place < len(losses):
                values = {"training/loss": losses[place], f"training/{metric}": metrics[place]}
                if some is not None:
                    values["learning_rate"] = some[place]
            if step in tests:
                values |= _of_test(tests[step], metric)
            if values:
                yield step, values


def _of_test(test: Evaluation, metric: str) -> dict[str, float]:
    values = {
        "test/loss": test.average_loss,
        f"test/{metric}": test.metric,
        "test/r2": test.r2,
        "validation/loss": test.validation_loss,
        f"validation/{metric}": test.validation_metric,
    }
    return {tag: value for tag, value in values.items() if value is not None}


def _write(record: RunRecord, file: IO[bytes], context: ExportContext) -> None:
    # When the steps were made is not recorded: all have the time of the export.
    now = time.time()
    file.write(records([first_event(now)]))
    events: list[bytes] = []
    for step, values in points_of(record, context):
        events.append(event(now, step, values))
        if len(events) == PIECE:
            context.progress("Writing the points", step, record.steps)
            file.write(records(events))
            events = []
    file.write(records(events))


def _compared(record: RunRecord, path: Path, context: ExportContext) -> int:
    """How many points the file holds.

    Raises:
        UserError: they are not those of the run.
    """
    count = 0
    with opened(path, MOST_BYTES) as file:
        try:
            for written, found in zip_longest(points_of(record, context), read_events(file)):
                if written is None or found is None or not _is_equal(written, found):
                    raise ValueError("a point is another one")
                count += len(found[1])
                if written[0] % PIECE == 0:
                    context.progress("Reading the points again", written[0], record.steps)
        except (ValueError, IndexError, KeyError) as error:
            raise UserError("{path} does not hold what was written: try another disk.", path=path) from error
    return count


def _is_equal(written: tuple[int, dict[str, float]], found: tuple[int, dict[str, float]]) -> bool:
    if written[0] != found[0] or list(written[1]) != list(found[1]):
        return False
    expected, there = (np.array(list(each[1].values()), np.float32) for each in (written, found))
    return bool(np.array_equal(expected, there, equal_nan=True))
