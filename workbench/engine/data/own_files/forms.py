"""Which reader is for which files: their content decides, not their names."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from functools import partial
from typing import TYPE_CHECKING, Final

from workbench.engine.data.own_files.text_lines import GZIP_MAGIC
from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.description import Findings
    from workbench.engine.data.own_files.idx_sets import IdxSet
    from workbench.engine.data.own_files.samples import OwnSamples

    Reader = Callable[[Findings, Progress], OwnSamples]

MOST_BYTES: Final = 1 << 44
BEGINNING: Final = 512
PARQUET: Final = b"PAR1"
ZIP: Final = b"PK\x03\x04"
NPY: Final = b"\x93NUMPY"
IDX: Final = (b"\0\0\x08\x01", b"\0\0\x08\x03", b"\0\0\x08\x04")
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
        return _folder_reader(path, findings)
    start = _beginning(path)
    if start.startswith(IDX):
        return _idx_reader(path, findings)
    if start.startswith((ZIP, NPY)):
        return _array_reader(path, findings, is_archive=start.startswith(ZIP))
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


def _folder_reader(path: Path, findings: Findings) -> Reader:
    from workbench.engine.data.own_files.arrays import group_of, read_array_folder
    from workbench.engine.data.own_files.idx_sets import idx_sets_in
    from workbench.engine.data.own_files.image_folders import class_folders, read_image_folders

    try:
        if sets := idx_sets_in(path):
            return _chosen_idx(sets, path, findings)
        if group_of(file.stem for file in path.glob("*.npy")) is not None:
            findings.form = "arrays"
            return read_array_folder
        if class_folders(path):
            findings.form = "images"
            return read_image_folders
    except OSError as error:
        raise UserError(
            "{path} cannot be read ({reason}): give yourself the right to read it, or choose another one.",
            path=path,
            reason=error.strerror or error,
        ) from error
    raise UserError(
        "{path} holds no folder of pictures for each class, no IDX files, and no x.npy beside y.npy: choose a file in "
        "it, or another folder.",
        path=path,
    )


def _chosen_idx(sets: Mapping[str, IdxSet], path: Path, findings: Findings) -> Reader:
    from workbench.engine.data.own_files.idx_sets import read_idx

    if len(sets) > 1:
        raise UserError(
            "{path} holds the IDX files of several data sets ({names}): choose the training images of one of them.",
            path=path,
            names=", ".join(list(sets)[:6]),
        )
    findings.form = "idx"
    return partial(read_idx, next(iter(sets.values())))


def _idx_reader(path: Path, findings: Findings) -> Reader:
    from workbench.engine.data.own_files.idx_sets import idx_set_of, read_idx

    if (files := idx_set_of(path)) is None:
        raise UserError(
            "{path} is an IDX file without the others of its data set: put train-images-idx3-ubyte and "
            "train-labels-idx1-ubyte into one folder, and choose that.",
            path=path,
        )
    findings.form = "idx"
    return partial(read_idx, files)


def _array_reader(path: Path, findings: Findings, *, is_archive: bool) -> Reader:
    from workbench.engine.data.own_files.arrays import group_of, read_archive, read_array, read_array_folder

    findings.form = "arrays"
    if is_archive:
        return read_archive
    group = group_of(file.stem for file in path.parent.glob("*.npy"))
    return read_array_folder if group is not None and path.stem in group else read_array


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
