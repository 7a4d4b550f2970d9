"""All points of a run as a Parquet file: the rows and columns of the CSV table, with numbers in full."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError
from workbench.engine.exporters.csv_points import csv_rows, points_of
from workbench.engine.exporters.metadata import metadata_of
from workbench.engine.files.safe_files import check_writable, read_whole, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

MOST_BYTES: Final = 1 << 36
_WHOLE: Final = ("step", "epoch")


def write_parquet(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write every point to `path`, read the file again and compare the tables.

    Raises:
        UserError: the file cannot be written, or does not hold every point.
        CancelledError: the user cancelled.
    """
    import pyarrow
    import pyarrow.parquet

    check_writable(path)
    rows = csv_rows(record, context)
    names = [str(name) for name in next(rows)]
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = []
    for name, column in zip(names, columns, strict=True):
        if name in _WHOLE:
            arrays.append(pyarrow.array(column, pyarrow.int64()))
        else:
            kind = pyarrow.float32() if name.startswith("training_") else pyarrow.float64()
            numbers = [None if value is None else float(str(value)) for value in column]
            arrays.append(pyarrow.array(numbers, kind))
    table = pyarrow.table(dict(zip(names, arrays, strict=True)))
    metadata = {key.encode(): text.encode() for key, text in metadata_of(record, context).items()}
    table = table.replace_schema_metadata(metadata)
    content = io.BytesIO()
    pyarrow.parquet.write_table(table, content)
    write_whole(content.getvalue(), path)
    try:
        is_whole = pyarrow.parquet.read_table(io.BytesIO(read_whole(path, MOST_BYTES))).equals(table)
    except (OSError, ValueError):  # pyarrow's errors are among them
        is_whole = False
    if not is_whole:
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    return points_of(record)
