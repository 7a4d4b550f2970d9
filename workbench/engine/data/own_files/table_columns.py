"""What each column of a table is for: the label, a feature, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.data.own_files.description import ColumnDescription
from workbench.engine.data.own_files.table_form import is_missing, number_in
from workbench.engine.errors import UsageError, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.data.own_files.description import Findings
    from workbench.engine.data.own_files.table_form import TableForm

LABEL_NAMES: Final = ("label", "class", "target", "species", "y")
"""In the order in which they are preferred."""
INDEX_NAMES: Final = ("column 1", "id", "index", "unnamed: 0", "")
PIXEL_WIDTHS: Final = (28 * 28 + 1, 32 * 32 * 3 + 1)
"""Values in a row of a table of images without a header: the label comes first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    Attributes:
        names: of all of them.
        label: the place of the one that is predicted.
        features: the places of those that it is predicted from.
        label_is_number: whether the label is a number.
        is_all_numbers: whether each column holds numbers, so that a block of rows can be read at once.
    """

    names: tuple[str, ...]
    label: int
    features: tuple[int, ...]
    label_is_number: bool
    is_all_numbers: bool

    @property
    def used(self) -> tuple[int, ...]:
        """The places of the features and the label; a row needs a value in each."""
        return (*self.features, self.label)


def columns_of(form: TableForm, rows: Sequence[Sequence[str]], findings: Findings) -> Columns:
    """The columns, from the first `rows` of a table; `findings` gets their descriptions and what is left out.

    Raises:
        UserError: there is no such label, or no feature.
    """
    names = form.header or tuple(f"column {place + 1}" for place in range(form.width))
    cells = [[row[place] for row in rows if place < len(row)] for place in range(form.width)]
    numbers = [_is_number_column(column, form) for column in cells]
    try:
        label = _label_place(names, findings.source.label, form, cells)
    except UsageError:
        _describe(names, None, (), numbers, cells, findings)
        raise
    empty = [place for place, column in enumerate(cells) if all(is_missing(cell) for cell in column)]
    texts = [place for place in range(form.width) if not numbers[place] and place != label and place not in empty]
    features = [place for place in range(form.width) if numbers[place] and place != label and place not in empty]
    if len(features) > 1 and features[0] == 0 and _is_index(names[0], cells[0], has_header=form.header is not None):
        features.pop(0)
        _note(findings, "{name} only counts the rows, so this column is left out.", [names[0]])
    if texts:
        _note(findings, "Columns of texts are left out: {name}.", [names[place] for place in texts])
    if empty:
        _note(findings, "Columns without a value are left out: {name}.", [names[place] for place in empty])
    _describe(names, label, features, numbers, cells, findings)
    if not features:
        raise UserError(
            "{path} has no column of numbers beside the label {label}: choose another label, or another file.",
            path=findings.source.path,
            label=names[label],
        )
    return Columns(names, label, tuple(features), numbers[label], all(numbers))


def _note(findings: Findings, template: str, names: Sequence[str]) -> None:
    findings.notes.append(UserError(template, name=", ".join(names[:8]) + (" …" if len(names) > 8 else "")))


def _is_number_column(cells: Sequence[str], form: TableForm) -> bool:
    """Whether most of the values that are there are numbers."""
    values = [cell for cell in cells if not is_missing(cell)]
    return sum(number_in(value, form.decimal_comma) is not None for value in values) * 2 > len(values)


def _label_place(names: Sequence[str], wanted: str | None, form: TableForm, cells: Sequence[Sequence[str]]) -> int:
    if wanted is not None:
        if wanted in names:
            return names.index(wanted)
        if wanted.isdecimal() and len(wanted) < 10 and 1 <= int(wanted) <= len(names):
            return int(wanted) - 1
        raise UsageError(
            "There is no column {label!r}: choose one of {names}.",
            label=wanted,
            names=", ".join(names[:12]) + (" …" if len(names) > 12 else ""),
        )
    lower = [name.lower() for name in names]
    for name in LABEL_NAMES:
        if name in lower and not (name == "y" and _is_measured(lower, form, cells)):
            return lower.index(name)
    if form.header is None and form.width in PIXEL_WIDTHS and len(set(cells[0])) <= 100:
        return 0
    return len(names) - 1


def _is_measured(names: Sequence[str], form: TableForm, cells: Sequence[Sequence[str]]) -> bool:
    """Whether `y` is no label: a coordinate after x with more to come, or beside a last column of classes in texts."""
    place = names.index("y")
    if place == len(names) - 1:
        return False
    last = [cell for cell in cells[-1] if not is_missing(cell)]
    are_classes = bool(last) and not _is_number_column(last, form) and len(set(last)) * 2 <= len(last)
    return are_classes or (place > 0 and names[place - 1] == "x")


def _is_index(name: str, cells: Sequence[str], *, has_header: bool) -> bool:
    """Whether a first column only counts the rows, from 0 or 1."""
    if len(cells) < 3 or (has_header and name.lower() not in INDEX_NAMES) or cells[0].strip() not in ("0", "1"):
        return False
    start = int(cells[0])
    return all(cell.strip() == str(start + place) for place, cell in enumerate(cells))


def _describe(
    names: Sequence[str],
    label: int | None,
    features: Sequence[int],
    numbers: Sequence[bool],
    cells: Sequence[Sequence[str]],
    findings: Findings,
) -> None:
    roles = dict.fromkeys(features, "feature") | ({} if label is None else {label: "label"})
    findings.columns = [
        ColumnDescription(name, roles.get(place, "unused"), numbers[place], 0, len(set(cells[place])))
        for place, name in enumerate(names)
    ]
