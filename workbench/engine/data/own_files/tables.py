"""Tables: CSV, TSV and other texts with a row per line, packed with gzip or not; and Parquet."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.large_arrays import allocated
from workbench.engine.data.own_files.description import MOST_EXAMPLES
from workbench.engine.data.own_files.pictures import brought_to
from workbench.engine.data.own_files.samples import OwnSamples, Part
from workbench.engine.data.own_files.split import held_out
from workbench.engine.data.own_files.table_columns import columns_of
from workbench.engine.data.own_files.table_form import form_of, rows_in
from workbench.engine.data.own_files.table_rows import RowReader
from workbench.engine.data.own_files.targets import classes_of, task_of
from workbench.engine.data.own_files.text_lines import text_lines
from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.description import Findings
    from workbench.engine.data.own_files.table_columns import Columns
    from workbench.engine.data.own_files.table_form import TableForm
    from workbench.engine.data.own_files.table_rows import Block

SAMPLE_ROWS: Final = 1000
"""Rows by which the form and the columns are judged."""
MOST_COLUMNS: Final = 100_000
PIXEL: Final = re.compile(r"(pixel|px|p)[ _]?\d+|\d+x\d+", re.IGNORECASE)
SMALLEST_SIDE: Final = 16
"""Of images in a table; fewer columns are features."""


def read_text_table(findings: Findings, progress: Progress) -> OwnSamples:
    """The data set in a table of text.

    Raises:
        UserError: it cannot be read, or has nothing to learn.
    """
    source = findings.source
    findings.is_text = True
    path = Path(source.path)
    with text_lines(path, source.encoding, progress) as (lines, encoding):
        first = list(islice(lines, SAMPLE_ROWS))
        form = form_of(first, source.delimiter, source.has_header)
        if form.width < 2:
            raise UserError(
                "{path} is no table with two columns or more: name its delimiter (--delimiter), or choose another "
                "file.",
                path=path,
            )
        if form.width > MOST_COLUMNS:
            raise UserError(
                "{path} has {width:,} columns, but at most {most:,} can be read: leave some out.",
                path=path,
                width=form.width,
                most=MOST_COLUMNS,
            )
        findings.source = replace(
            source, encoding=encoding, delimiter=form.delimiter, has_header=form.header is not None
        )
        _note_lines_before(findings, form)
        sample = [row for row in rows_in(first[form.lines_before :], form.delimiter) if len(row) == form.width]
        if not sample:
            raise UserError("{path} has no rows: add some.", path=path)
        findings.example_rows = [tuple(cell[:100] for cell in row) for row in sample[:MOST_EXAMPLES]]
        columns = columns_of(form, sample, findings)
        blocks = RowReader(source.path, form, columns).blocks(islice(chain(first, lines), form.lines_before, None))
        return samples_of(blocks, columns, findings, form.class_names)


def samples_of(
    blocks: Iterable[Block], columns: Columns, findings: Findings, class_names: Sequence[str] = ()
) -> OwnSamples:
    """The data set of the rows in `blocks`, with a share held out for the test.

    Raises:
        UserError: there are too few rows, or the label has no classes and no numbers.
    """
    source = findings.source
    findings.has_label_column = True
    name = columns.names[columns.label]
    features, values = _collected(blocks, columns, findings)
    count = sum(map(len, features))
    findings.source = source = replace(source, label=name)
    if count < 2:
        raise _too_few(columns, findings)
    task = task_of(values, source, name)
    labels = None
    if task is Task.CLASSIFICATION:
        names, labels = classes_of(values, source, name, class_names)
        targets = labels
        spec = DataSpec(task, (len(columns.features),), names, (), _feature_names(columns))
    else:
        targets = np.asarray(values, np.float32)[:, None]
        spec = DataSpec(task, (len(columns.features),), (), (name,), _feature_names(columns))
    places = held_out(count, source.test_share, source.split_seed, labels)
    side = _image_side(columns, features)
    dtype: type[np.generic] = np.float32 if side is None else np.uint8
    parts: list[Part] = []
    for chosen in places:
        inputs = allocated((len(chosen), len(columns.features)), dtype, held=sum(part.inputs.nbytes for part in parts))
        parts.append(Part(inputs, targets[chosen]))
    _distribute(features, places, [part.inputs for part in parts])
    if side is not None:
        return _as_images(parts, spec, side, findings)
    return OwnSamples(spec, parts[0], parts[1], has_own_test=False)


def _collected(
    blocks: Iterable[Block], columns: Columns, findings: Findings
) -> tuple[list[np.ndarray], np.ndarray | list[str]]:
    """The features of the blocks, and the values of the label; `findings` gets the counts."""
    features, numbers, texts = [], [], list[str]()
    missing = np.zeros(len(columns.used), np.int64)
    held = 0
    for block in blocks:
        kept = allocated(block.features.shape, block.features.dtype, held=held)
        kept[:] = block.features
        held += kept.nbytes
        features.append(kept)
        if isinstance(block.labels, np.ndarray):
            numbers.append(block.labels)
        else:
            texts += block.labels
        missing += np.array(block.missing, np.int64)
        findings.rows += block.rows
        findings.left_out += block.rows - len(kept)
    counts = dict(zip(columns.used, missing.tolist(), strict=True))
    findings.columns = [replace(column, missing=counts.get(place, 0)) for place, column in enumerate(findings.columns)]
    if findings.left_out:
        findings.notes.append(
            UserError(
                "{count:,} of {rows:,} rows are left out, because a value is missing in them.",
                count=findings.left_out,
                rows=findings.rows,
            )
        )
    return features, np.concatenate(numbers) if numbers else texts


def _too_few(columns: Columns, findings: Findings) -> UserError:
    if findings.left_out:
        worst = max((findings.columns[place] for place in columns.used), key=lambda column: column.missing)
        return UserError(
            "{path} has fewer than two rows without a missing value; most are missing in the column {name}: fill it, "
            "or delete it.",
            path=findings.source.path,
            name=worst.name,
        )
    return UserError("{path} has fewer than two rows: add some.", path=findings.source.path)


def _feature_names(columns: Columns) -> tuple[str, ...]:
    return tuple(columns.names[place] for place in columns.features)


def _distribute(features: list[np.ndarray], places: Sequence[np.ndarray], targets: Sequence[np.ndarray]) -> None:
    """Copy each row to its place among the training or the test samples; the blocks are dropped on the way."""
    count = sum(map(len, places))
    part = np.empty(count, np.int8)
    position = np.empty(count, np.int64)
    for number, chosen in enumerate(places):
        part[chosen] = number
        position[chosen] = np.arange(len(chosen))
    start = 0
    while features:
        block = features.pop(0)
        rows = slice(start, start + len(block))
        for number, target in enumerate(targets):
            is_here = part[rows] == number
            target[position[rows][is_here]] = block[is_here]
        start += len(block)


def _image_side(columns: Columns, features: list[np.ndarray]) -> int | None:
    """The height and width of the images whose pixels the features are; None where they are no images.

    Kaggle's form of Fashion-MNIST and MNIST: `label, pixel1 … pixel784`.
    """
    side = math.isqrt(len(columns.features))
    if side < SMALLEST_SIDE or side * side != len(columns.features):
        return None
    names = _feature_names(columns)
    are_unnamed = columns.label == 0 and all(name.startswith("column ") for name in names)
    if not are_unnamed and not all(PIXEL.fullmatch(name) for name in names):
        return None
    return side if all(block.dtype == np.uint8 for block in features) else None


def _as_images(parts: Sequence[Part], spec: DataSpec, side: int, findings: Findings) -> OwnSamples:
    findings.form = "images"
    source = findings.source
    findings.notes.append(UserError("The columns are the pixels of grey images of {side} × {side}.", side=side))
    size, colour = source.image_size or side, source.colour or "grey"
    findings.source = replace(source, image_size=size, colour=colour)
    train, test = (
        Part(brought_to(part.inputs.reshape(-1, 1, side, side), size, colour), part.targets) for part in parts
    )
    return OwnSamples(replace(spec, sample_shape=train.inputs.shape[1:], feature_names=()), train, test, False)


def _note_lines_before(findings: Findings, form: TableForm) -> None:
    if form.units:
        findings.notes.append(
            UserError(
                "The line below the names ({line}) has no number, so it is no row and is skipped.",
                line=",".join(form.units)[:60],
            )
        )
    if form.comments == 1:
        findings.notes.append(UserError("The first line is a comment, so it is no row."))
    elif form.comments:
        findings.notes.append(
            UserError("The first {count} lines are comments, so they are no rows.", count=form.comments)
        )
    if form.other_lines > 1:
        findings.notes.append(
            UserError(
                "{count} lines before the table, the first of which is {line}, are no rows and no header, so they are "
                "skipped.",
                count=form.other_lines,
                line=",".join(form.first_line)[:60],
            )
        )
    elif form.other_lines:
        if form.comments and form.class_names:
            template = "The line before the table ({line}) names the classes; it is no row and no header."
        elif form.comments:
            template = "The line before the table ({line}) is no row and no header, so it is skipped."
        elif form.class_names:
            template = "The first line ({line}) names the classes; it is no row and no header."
        else:
            template = "The first line ({line}) is no row and no header, so it is skipped."
        findings.notes.append(UserError(template, line=",".join(form.first_line)[:60]))
