"""The rows of a table as numbers, block by block, with the line where one is wrong."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.data.own_files.table_form import is_missing, number_in, reader
from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbench.engine.data.own_files.table_columns import Columns
    from workbench.engine.data.own_files.table_form import TableForm

BLOCK_CELLS: Final = 1 << 19
"""Values read at a time."""
LARGEST: Final = 3e38
"""Of a number, in float32."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some rows that have a value in each used column.

    Attributes:
        features: (rows, features), uint8 where all are whole numbers from 0 to 255, else float64.
        labels: (rows,) float64, or texts.
        rows: those that were read, with those that were left out.
        missing: for each of the used columns, the rows without a value.
    """

    features: np.ndarray
    labels: np.ndarray | list[str]
    rows: int
    missing: list[int] = field(default_factory=list)


class RowReader:
    """Turns the rows of the table at `path` into blocks.

    Args:
        path: for sentences.
        form: of the table.
        columns: of the table.
    """

    def __init__(self, path: str, form: TableForm, columns: Columns) -> None:
        self._path = path
        self._form = form
        self._columns = columns
        self._most_rows = max(1, BLOCK_CELLS // form.width)

    def blocks(self, lines: Iterator[str]) -> Iterator[Block]:
        """The blocks of the table whose rows are in `lines`, all of which come after the header.

        Raises:
            UserError: a row has another width, or something that is no number.
        """
        if self._columns.is_all_numbers and not self._form.decimal_comma and self._form.delimiter != " ":
            yield from self._blocks_of_numbers(lines)
        else:
            yield from self._blocks_of_texts(lines, self._form.lines_before)

    def _blocks_of_numbers(self, lines: Iterator[str]) -> Iterator[Block]:
        before = self._form.lines_before
        while taken := _take(lines, self._most_rows):
            try:
                table = np.loadtxt(taken, delimiter=self._form.delimiter, ndmin=2, comments=None, quotechar='"')
            except ValueError:
                # A value is missing or wrong somewhere: slower, but it says where.
                yield from self._blocks_of_texts(iter(taken), before)
            else:
                if table.shape[1] != self._form.width:
                    raise self._wrong_width(before + 1, table.shape[1])
                if len(table):
                    yield self.block(table, None, range(before + 1, before + 1 + len(table)))
            before += len(taken)

    def _blocks_of_texts(self, lines: Iterator[str], before: int) -> Iterator[Block]:
        rows: list[list[str]] = []
        numbers: list[int] = []
        counted = _QuoteCount(lines)
        parser = reader(counted, self._form.delimiter)
        end = 0
        try:
            for row in parser:
                start, end = end + 1, parser.line_num
                quotes = counted.take()
                # Within quotes a line may end; without a closing one, all lines to the end are one value.
                is_suspect = quotes > 0 and (quotes % 2 == 1 or len(row) != self._form.width)
                if is_suspect and any("\n" in cell or "\r" in cell for cell in row):
                    raise self._open_quote(before + start)
                if not any(cell.strip() for cell in row):
                    continue
                if self._form.delimiter == " " and row[-1] == "":
                    row.pop()
                if len(row) != self._form.width:
                    raise self._wrong_width(before + parser.line_num, len(row))
                rows.append(row)
                numbers.append(before + parser.line_num)
                if len(rows) == self._most_rows:
                    yield self.from_texts(rows, numbers)
                    rows, numbers = [], []
        except csv.Error as error:
            raise UserError(
                "Line {number:,} of {path} cannot be read ({reason}): correct it, such as a quote that is not closed.",
                path=self._path,
                number=before + parser.line_num,
                reason=error,
            ) from error
        if rows:
            yield self.from_texts(rows, numbers)

    def from_texts(self, rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> Block:
        """The block of `rows` of texts, which stand in the lines `numbers`.

        Raises:
            UserError: a value is no number.
        """
        used = self._columns.used
        table = np.empty((len(rows), self._form.width))
        table[:] = 0.0
        for place in used if self._columns.label_is_number else self._columns.features:
            table[:, place] = self._numbers([row[place] for row in rows], place, numbers)
        labels = None
        if not self._columns.label_is_number:
            labels = [row[self._columns.label].strip() for row in rows]
            table[[is_missing(label) for label in labels], self._columns.label] = np.nan
        return self.block(table, labels, numbers)

    def _numbers(self, cells: list[str], place: int, numbers: Sequence[int]) -> np.ndarray | list[float]:
        if not self._form.decimal_comma:
            try:
                return np.array(cells, dtype=np.float64)
            except ValueError:
                pass
        found = []
        for cell, number in zip(cells, numbers, strict=True):
            value = np.nan if is_missing(cell) else number_in(cell, self._form.decimal_comma)
            if value is None:
                raise UserError(
                    "Line {number:,} of {path} has {value!r} in the column {name}, which is no number: correct it, or "
                    "leave it empty.",
                    path=self._path,
                    number=number,
                    value=cell.strip()[:40],
                    name=self._columns.names[place],
                )
            found.append(value)
        return found

    def block(self, table: np.ndarray, labels: list[str] | None, numbers: Sequence[int]) -> Block:
        """The block of a table of numbers (rows, width), in which a missing value is NaN."""
        used = list(self._columns.used)
        values = table[:, used]
        if (places := np.argwhere(np.abs(values) > LARGEST)).size:
            row, column = places[0].tolist()
            template = (
                "Line {number:,} of {path} has a number in the column {name} that is too large: correct it, or "
                "leave it empty."
            )
            if np.isinf(values[row, column]):
                template = (
                    "Line {number:,} of {path} has an infinite number in the column {name}: correct it, or "
                    "leave it empty."
                )
            raise UserError(
                template,
                path=self._path,
                number=numbers[row],
                name=self._columns.names[used[column]],
            )
        gaps = np.isnan(values)
        is_whole = ~gaps.any(axis=1)
        features = values[is_whole, :-1]
        if labels is None:
            kept: np.ndarray | list[str] = values[is_whole, -1]
        else:
            kept = [label for label, keep in zip(labels, is_whole.tolist(), strict=True) if keep]
        as_bytes = features.clip(0, 255).astype(np.uint8)
        if np.array_equal(as_bytes, features):
            features = as_bytes
        return Block(features, kept, len(table), gaps.sum(axis=0).tolist())

    def _open_quote(self, number: int) -> UserError:
        return UserError(
            "A quote that begins in line {number:,} of {path} is not closed: close it, or remove it.",
            path=self._path,
            number=number,
        )

    def _wrong_width(self, number: int, found: int) -> UserError:
        return UserError(
            "Line {number:,} of {path} has {found:,} values where {width:,} belong: correct it, or name the right "
            "delimiter (--delimiter).",
            path=self._path,
            number=number,
            found=found,
            width=self._form.width,
        )


class _QuoteCount:
    """Lines, with the number of quotes in those that were read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._count += line.count('"')
        return line

    def take(self) -> int:
        """The quotes in the lines since the last call."""
        count, self._count = self._count, 0
        return count


def _take(lines: Iterable[str], most: int) -> list[str]:
    taken = []
    for line in lines:
        taken.append(line)
        if len(taken) == most:
            break
    return taken
