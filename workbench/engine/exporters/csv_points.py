"""All points of a run as a table: a row for each step."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.lr_curve import RateCurve, known_count
from workbench.engine.errors import UserError
from workbench.engine.files.csv_table import csv_text
from workbench.engine.files.safe_files import read_whole, write_whole
from workbench.engine.training.training_samples import TrainingSamples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

MOST_BYTES: Final = 1 << 33
PROGRESS_EVERY: Final = 100_000


def write_csv(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write every point to `path`, read the file again and count them.

    Raises:
        UserError: the file cannot be written, or does not hold every point.
    """
    write_whole(csv_text(csv_rows(record, context)).encode(), path)
    rows = list(csv.reader(io.StringIO(read_whole(path, MOST_BYTES).decode(), newline="")))
    losses = np.array([row[2] for row in rows[1:] if row[2]], np.float32)
    if not np.array_equal(losses, record.history.loss.values(0, record.steps), equal_nan=True):
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    return points_of(record)


def points_of(record: RunRecord) -> UserError:
    """How many points a run has, in words."""
    tests = len(record.history.evaluations)
    if tests == 1:
        return UserError("{steps:,} steps and 1 evaluation", steps=record.steps)
    return UserError("{steps:,} steps and {tests:,} evaluations", steps=record.steps, tests=tests)


def csv_rows(record: RunRecord, context: ExportContext) -> Iterator[Sequence[object]]:
    """The head and the rows: the losses of step s are in the row of s, and the tests after s updates, too."""
    history, metric = record.history, record.recipe.task.metric.name
    rates = rates_of(record, context)
    yield (
        *("step", "epoch", "training_loss", f"training_{metric}", "learning_rate"),
        *("test_loss", f"test_{metric}", "r2", "validation_loss", f"validation_{metric}"),
    )
    losses, metrics = history.loss.values(0, record.steps), history.metric.values(0, record.steps)
    starts = [each.step for each in history.epoch_starts]
    epochs = np.searchsorted(starts, np.arange(record.steps), side="right")
    tests = {each.step: each for each in history.evaluations}
    for step in range(record.steps + 1):
        if step % PROGRESS_EVERY == 0:
            context.progress("Writing the points", step, record.steps)
        test = tests.get(step)
        if step == record.steps and test is None:
            return
        is_trained = step < record.steps
        yield (
            step,
            int(epochs[step]) if is_trained else None,
            # The shortest text that gives the same float32 again.
            str(losses[step]) if is_trained and np.isfinite(losses[step]) else None,
            str(metrics[step]) if is_trained and np.isfinite(metrics[step]) else None,
            None if rates is None or not is_trained else float(rates[step]),
            *(
                (None,) * 5
                if test is None
                else (test.average_loss, test.metric, test.r2, test.validation_loss, test.validation_metric)
            ),
        )


def rates_of(record: RunRecord, context: ExportContext) -> np.ndarray | None:
    """The learning rate of each step; None where it follows an epoch whose number of samples is not known.

    Where samples are held out for validation, each class has its share of them: only the data say how many that are.
    """
    recipe = record.recipe
    count = known_count(recipe)
    if count is None and recipe["validation_share"]:
        try:
            data = context.data()
        except UserError:
            return None
        count = TrainingSamples(data, int(recipe["seed"]), float(recipe["validation_share"])).count
    if count is None:
        return None
    return RateCurve(recipe, record.history, count).at(np.arange(record.steps))[1]
