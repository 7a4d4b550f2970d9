"""Tables as CSV text, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a text that begins so for a formula, and runs it (OWASP, "CSV Injection")."""

_NEGATIVE = re.compile(r"-[0-9][0-9,]*(\.[0-9]+)?(e[+-]?[0-9]+)?%?")


def csv_text(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """`rows` as CSV, as RFC 4180 has it.

    Numbers are written with a point and all their digits, whatever the locale; NaN and None are empty fields; a text
    that a spreadsheet would take for a formula gets an apostrophe before it, but not one that is a negative number.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for row in rows:
        writer.writerow([_field(value) for value in row])
    return text.getvalue()


def _field(value: object) -> str:
    match value:
        case None:
            return ""
        case float():
            return "" if math.isnan(value) else repr(value)
        case str():
            is_formula = value.startswith(FORMULA_STARTS) and _NEGATIVE.fullmatch(value) is None
            return f"'{value}" if is_formula else value
    return str(value)
