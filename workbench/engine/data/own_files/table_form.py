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
COMMENTS: Final = ("#", "%", "//")
"""What begins a comment, at the beginning of the file."""
MOST_OTHER_LINES: Final = 50
"""Lines before a table that are neither header nor row."""
TRUTHS: Final = {"true": 1.0, "false": 0.0}


@dataclass(frozen=True, slots=True)
class TableForm:
    """The form of a table.

    Attributes:
        delimiter: between two values.
        decimal_comma: whether numbers are written as 0,5.
        width: values in a row.
        header: the names of the columns; None where the table has none.
        lines_before: lines before the first row.
        comments: lines at the beginning that are comments.
        other_lines: lines after these that are neither header nor row.
        first_line: the fields of the first of them; empty where there is none.
        units: the fields of a line below the header that is no row; empty where there is none.
        class_names: those that such a line has in scikit-learn's form: samples, features, names of the classes.
    """

    delimiter: str
    decimal_comma: bool
    width: int
    header: tuple[str, ...] | None
    lines_before: int = 0
    comments: int = 0
    other_lines: int = 0
    first_line: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def reader(lines: Iterator[str], delimiter: str) -> Reader:
    """Python's reader of CSV for this delimiter; several blanks are one."""
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter == " ")


def form_of(lines: Sequence[str], delimiter: str | None, has_header: bool | None) -> TableForm:
    """The form of the table that begins with `lines`; what is given is taken as given."""
    leading = _leading_comments(lines, delimiter)
    comments = [line for line in lines[:leading] if line.strip()]
    table = lines[leading:]
    chosen = delimiter or _delimiter(table)
    rows = rows_in(table, chosen)[:SAMPLE_LINES]
    width = _usual_width(rows)
    class_names: tuple[str, ...] = ()
    others = _other_lines(rows, width)
    if len(rows) > 1 and _counts_samples(rows[0], width):
        others, class_names = 1, tuple(rows[0][2:])
    first_line = tuple(rows[0]) if others else ()
    rows = rows[others:]
    comma = chosen != "," and _has_decimal_commas(rows)
    header, passed = None, others
    units: tuple[str, ...] = ()
    if rows and has_header is not False:
        is_header = not class_names and _is_header(rows, comma)
        if not is_header and (names := _commented_names(comments, chosen, width)):
            header = column_names(names, width)
        elif has_header or is_header:
            header, passed = column_names(rows[0], width), others + 1
            if units := _units(rows[1:], comma):
                passed += 1
    before = leading + _lines_of(table, chosen, passed)
    return TableForm(chosen, comma, width, header, before, len(comments), others, first_line, class_names, units)


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


def _leading_comments(lines: Sequence[str], delimiter: str | None) -> int:
    """How many lines at the beginning are comments, or blank ones before or among these.

    None where these lines are rows like those below, as of colours such as `#ffffff`.
    """
    count = 0
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith(COMMENTS):
            count = number
        elif line.strip():
            break
    chosen = delimiter or _delimiter(lines[count:])
    above, below = rows_in(lines[:count], chosen), rows_in(lines[count:], chosen)
    width = _usual_width(below)
    are_rows = not below or (len(above) > 1 and width > 1 and all(len(row) == width for row in above))
    return 0 if are_rows else count


def _commented_names(comments: Sequence[str], delimiter: str, width: int) -> list[str]:
    """The names of the columns in the last comment, as `numpy.savetxt` writes them; empty where it has none."""
    if not comments or width < 2:
        return []
    rows = rows_in([comments[-1].strip().lstrip("#%/").lstrip()], delimiter)
    names = rows[0] if rows else []
    is_named = len(names) == width and all(number_in(name, decimal_comma=False) is None for name in names)
    return names if is_named and not any(is_missing(name) for name in names) else []


def _other_lines(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many first rows are too narrow or too wide to be rows of the table, as in the head of a report."""
    count = next((number for number, row in enumerate(rows) if len(row) == width), 0)
    return count if count <= MOST_OTHER_LINES and len(rows) > count + 1 else 0


def _units(rows: Sequence[Sequence[str]], comma: bool) -> tuple[str, ...]:
    """The first of the rows below a header, if it has units where the others have numbers; it has no number itself."""
    if len(rows) < 3 or any(number_in(cell, comma) is not None for cell in rows[0]):
        return ()
    for place, cell in enumerate(rows[0]):
        values = [row[place] for row in rows[1:] if place < len(row) and not is_missing(row[place])]
        if not is_missing(cell) and values and all(number_in(value, comma) is not None for value in values):
            return tuple(rows[0])
    return ()


def _lines_of(lines: Sequence[str], delimiter: str, count: int) -> int:
    """The lines of the first `count` rows and of the blank ones before these; a row may have several."""
    parser = reader(iter(lines), delimiter)
    while count:
        count -= any(next(parser))
    return parser.line_num


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
