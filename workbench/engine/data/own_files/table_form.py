"""The form of a table in a text: its delimiter, its header, and a first line that is no row."""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator, Sequence

DELIMITERS: Final = (",", "\t", ";", "|", " ")
"""In the order in which they are preferred."""
SAMPLE_LINES: Final = 200
MISSING: Final = frozenset(("", "?", "na", "n/a", "nan", "null", "none", "<na>", "#n/a", "nil"))
"""What stands for a value that is missing, in lower case."""
TRUTHS: Final = {"true": 1.0, "false": 0.0}


@dataclass(frozen=True, slots=True)
class TableForm:
    """The form of a table.

    Attributes:
        delimiter: between two values.
        decimal_comma: whether numbers are written as 0,5.
        width: values in a row.
        header: the names of the columns; None where the table has none.
        first_line: the fields of a first line that is neither header nor row; empty where there is none.
        class_names: those that such a line has in scikit-learn's form: samples, features, names of the classes.
    """

    delimiter: str
    decimal_comma: bool
    width: int
    header: tuple[str, ...] | None
    first_line: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()

    @property
    def lines_before(self) -> int:
        """Lines before the first row."""
        return (self.header is not None) + bool(self.first_line)


def reader(lines: Iterator[str], delimiter: str) -> Reader:
    """Python's reader of CSV for this delimiter; several blanks are one."""
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter == " ")


def form_of(lines: Sequence[str], delimiter: str | None, has_header: bool | None) -> TableForm:
    """The form of the table that begins with `lines`; what is given is taken as given."""
    chosen = delimiter or _delimiter(lines)
    rows = rows_in(lines, chosen)[:SAMPLE_LINES]
    width = _usual_width(rows)
    first_line: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    if len(rows) > 1 and (_counts_samples(rows[0], width) or (len(rows[0]) != width and len(rows) > 2)):
        first_line = tuple(rows[0])
        if _counts_samples(rows[0], width):
            class_names = first_line[2:]
        rows = rows[1:]
    comma = chosen != "," and _has_decimal_commas(rows)
    header = None
    if rows and (has_header if has_header is not None else not first_line and _is_header(rows, comma)):
        header = column_names(rows[0], width)
    return TableForm(chosen, comma, width, header, first_line, class_names)


def column_names(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """A name for each column, no two alike; the number of the column where it has none."""
    names: list[str] = []
    for place in range(width):
        name = cells[place].strip() if place < len(cells) else ""
        name = name[:100] or f"column {place + 1}"
        names.append(name)
    counts, seen = Counter(names), Counter[str]()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(f"{name} ({seen[name]})" if counts[name] > 1 else name)
    return tuple(unique)


def number_in(text: str, decimal_comma: bool) -> float | None:
    """The number that `text` means; None where it means none."""
    word = text.strip()
    if decimal_comma:
        word = word.replace(",", ".", 1)
    if "_" in word:
        return None
    try:
        return float(word)
    except ValueError:
        return TRUTHS.get(word.lower())


def is_missing(text: str) -> bool:
    """Whether `text` stands for a missing value."""
    return text.strip().lower() in MISSING


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter with which most lines have the same number of values; of equal ones that with more values."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        rows = rows_in(lines[:SAMPLE_LINES], delimiter)
        width = _usual_width(rows)
        if width > 1:
            score = (round(sum(len(row) == width for row in rows) / len(rows), 1), width if delimiter != " " else 0)
            if score > best_score:
                best, best_score = delimiter, score
    return best


def rows_in(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """The rows in `lines` up to one that cannot be read, without empty ones."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows += (row for row in reader(iter(lines), delimiter) if any(row))
    return rows


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    # The first row may be a header of another width; among equally many, it decides.
    counts = Counter(len(row) for row in (rows[1:] or rows))
    return max(counts, key=lambda width: (counts[width], width == len(rows[0])), default=0)


def _counts_samples(row: Sequence[str], width: int) -> bool:
    """Whether a first line is scikit-learn's: the number of samples, that of features, the names of the classes."""
    if len(row) < 3 or not (row[0].strip().isdecimal() and row[1].strip().isdecimal()):
        return False
    return int(row[1]) == width - 1 and all(number_in(name, decimal_comma=False) is None for name in row[2:])


def _has_decimal_commas(rows: Sequence[Sequence[str]]) -> bool:
    cells = [cell for row in rows[1:] for cell in row if not is_missing(cell)]
    with_comma = [cell for cell in cells if "," in cell]
    numbers = [cell for cell in with_comma if number_in(cell, decimal_comma=True) is not None]
    return bool(with_comma) and len(numbers) == len(with_comma)


def _is_header(rows: Sequence[Sequence[str]], comma: bool) -> bool:
    """Whether the first row names the columns: it has a text where the rows below have numbers."""
    below = rows[1:]
    if not below or any(is_missing(cell) for cell in rows[0][1:]):
        return False
    for place, cell in enumerate(rows[0]):
        if is_missing(cell) or number_in(cell, comma) is not None:
            continue
        values = [row[place] for row in below if place < len(row) and not is_missing(row[place])]
        if values and sum(number_in(value, comma) is not None for value in values) * 2 > len(values):
            return True
    return False
