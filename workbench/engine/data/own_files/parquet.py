"""Parquet files, where pyarrow is installed (the extra `parquet`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from workbench.engine.data.dataset import READING
from workbench.engine.data.own_files.description import MOST_EXAMPLES
from workbench.engine.data.own_files.table_columns import Columns, columns_of
from workbench.engine.data.own_files.table_form import TableForm
from workbench.engine.data.own_files.table_rows import BLOCK_CELLS, RowReader
from workbench.engine.data.own_files.tables import SAMPLE_ROWS, samples_of
from workbench.engine.errors import CancelledError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.description import Findings
    from workbench.engine.data.own_files.samples import OwnSamples
    from workbench.engine.data.own_files.table_rows import Block

LONGEST_TEXT: Final = 100
"""Characters of a value that are looked at, to judge a column."""


def read_parquet(findings: Findings, progress: Progress) -> OwnSamples:
    """The data set in a Parquet file.

    Raises:
        UserError: pyarrow is not installed, the file is damaged, or it has nothing to learn.
    """
    path = findings.source.path
    try:
        import pyarrow.parquet
    except ImportError:
        raise UserError(
            "{path} is a Parquet file, which pyarrow reads: install it (pip install pyarrow), or save it as CSV.",
            path=path,
        ) from None
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            first = next(file.iter_batches(SAMPLE_ROWS), None)
            if first is None or first.num_columns < 2:
                raise UserError("{path} has no rows, or fewer than two columns: choose another file.", path=path)
            names = tuple(first.schema.names)
            sample = [[_text(value) for value in row.values()] for row in first.to_pylist()]
            findings.example_rows = [tuple(row) for row in sample[:MOST_EXAMPLES]]
            form = TableForm(",", decimal_comma=False, width=len(names), header=names)
            columns = columns_of(form, sample, findings)
            return samples_of(_blocks(file, form, columns, path, progress), columns, findings)
    except (UserError, CancelledError):
        raise
    except Exception as error:  # pyarrow raises many types for damaged files
        raise UserError(
            "{path} is damaged ({reason}): replace it by a whole one.", path=path, reason=str(error)[:80]
        ) from error


def _blocks(file: Any, form: TableForm, columns: Columns, path: str, progress: Progress) -> Iterator[Block]:
    rows = RowReader(path, form, columns)
    total, done = file.metadata.num_rows, 0
    for batch in file.iter_batches(max(1, BLOCK_CELLS // form.width)):
        progress(READING, done, total)
        table = np.zeros((batch.num_rows, form.width))
        for place in columns.used if columns.label_is_number else columns.features:
            table[:, place] = _numbers(batch.column(place))
        labels = None
        if not columns.label_is_number:
            labels = [_text(value) for value in batch.column(columns.label).to_pylist()]
            table[[label == "" for label in labels], columns.label] = np.nan
        yield rows.block(table, labels, range(done + 1, done + 1 + batch.num_rows))
        done += batch.num_rows


def _numbers(column: Any) -> np.ndarray:
    """The column as float64, NaN where it has no value."""
    import pyarrow

    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        column = column.dictionary_decode()
    if pyarrow.types.is_boolean(kind):
        column = column.cast(pyarrow.uint8())
    numbers: np.ndarray = column.cast(pyarrow.float64(), safe=False).to_numpy(zero_copy_only=False)
    return numbers


def _text(value: object) -> str:
    return "" if value is None else str(value)[:LONGEST_TEXT]
