"""Which reader is for which files: their content decides, not their names."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from typing import TYPE_CHECKING, Final

from workbench.engine.data.own_files.text_lines import GZIP_MAGIC
from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.description import Findings
    from workbench.engine.data.own_files.samples import OwnSamples

    Reader = Callable[[Findings, Progress], OwnSamples]

MOST_BYTES: Final = 1 << 44
BEGINNING: Final = 512
PARQUET: Final = b"PAR1"
OTHERS: Final = {
    b"\x89PNG": "one picture: choose the folder that holds a folder of pictures for each class",
    b"\xff\xd8\xff": "one picture: choose the folder that holds a folder of pictures for each class",
    b"GIF8": "one picture: choose the folder that holds a folder of pictures for each class",
    b"\x89HDF": "an HDF5 file: save its arrays with numpy.savez, and choose that file",
    b"%PDF": "a PDF: choose a table, a folder of pictures, or arrays",
    b"\x80\x02": "a pickle, which could run code: save its arrays with numpy.savez, and choose that file",
    b"\x80\x03": "a pickle, which could run code: save its arrays with numpy.savez, and choose that file",
    b"\x80\x04": "a pickle, which could run code: save its arrays with numpy.savez, and choose that file",
    b"\x80\x05": "a pickle, which could run code: save its arrays with numpy.savez, and choose that file",
    b"\xd0\xcf\x11\xe0": "an Excel workbook: save its sheet as CSV, and choose that file",
    b"SQLite": "an SQLite database: save a table of it as CSV, and choose that file",
    b"{": "JSON: save it as CSV, and choose that file",
    b"<": "HTML or XML: save it as CSV, and choose that file",
}
"""What is not read, and what to do instead."""


def reader_of(path: Path, findings: Findings) -> Reader:
    """The reader for the file or folder at `path`; `findings.form` says its form.

    Raises:
        UserError: there is nothing at `path`, or it has no known form.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise UserError("There is no file or folder {path}: give its path, or put it back.", path=path) from None
    except (OSError, ValueError) as error:
        raise UserError(
            "{path} cannot be read ({reason}): choose another one.",
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    if stat.S_ISDIR(mode):
        raise UserError("{path} is a folder: choose a file in it.", path=path)
    start = _beginning(path)
    if start.startswith(PARQUET):
        findings.form = "table"
        from workbench.engine.data.own_files.parquet import read_parquet

        return read_parquet
    for magic, what in OTHERS.items():
        if start.startswith(magic):
            raise UserError("{path} is {what}.", path=path, what=what)
    findings.form = "table"
    from workbench.engine.data.own_files.tables import read_text_table

    return read_text_table


def _beginning(path: Path) -> bytes:
    """The first bytes of the file, unpacked where gzip has packed it.

    Raises:
        UserError: it cannot be read, or is damaged.
    """
    with opened(path, MOST_BYTES) as file:
        if os.fstat(file.fileno()).st_size == 0:
            raise UserError("{path} is empty: choose another file.", path=path)
        start = file.read(BEGINNING)
        if not start.startswith(GZIP_MAGIC):
            return start
        file.seek(0)
        try:
            return gzip.GzipFile(fileobj=file).read(BEGINNING)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UserError(
                "{path} is damaged ({reason}): replace it by a whole one.", path=path, reason=error
            ) from error
