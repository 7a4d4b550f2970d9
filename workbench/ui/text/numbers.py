"""Numbers in the short form that people write, and the values at which a slider stops."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.config.hyperparameters import Scale
from workbench.engine.errors import UsageError

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Hyperparameter, Value

STOPS_PER_DECADE: Final = 40
POSITIONS: Final = 100_000
"""The number of positions of a slider; many more than pixels, so that every stop has its own position."""

LINEAR_PARTS: Final = 4
"""Even parts of a linear slider that are marked."""

MINUS: Final = "\N{MINUS SIGN}"

_SMALLEST_PLAIN: Final = 1e-3
_NEAR: Final = 1e-9
_ZERO_GAP: Final = 0.04
"""The part of a logarithmic slider between 0, which a logarithmic scale does not contain, and the next value."""

_GROUPED = re.compile(r"[+-]?(?!0)\d{1,3}(?:([ ,'’])\d{3})(?:\1\d{3})*")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?")
_SEPARATORS = re.compile(r"[ ,'’]")
_SIGN_OF_NUMBER = re.compile(rf"{MINUS}(?=[\d.∞])")


def format_value(row: Hyperparameter, value: Value) -> str:
    """`value` in the fewest characters that mean exactly this value, as it is typed: `0.001`, `1e-6`, `64`, `on`."""
    if row.kind is bool:
        translate = QCoreApplication.translate
        return translate("Hyperparameters", "on") if value else translate("Hyperparameters", "off")
    if isinstance(value, str):
        return value
    return format_number(int(value) if row.kind is int else value)


def value_in_words(row: Hyperparameter, value: Value, automatic: int = 0) -> str:
    """`value` as a sentence has it; a 0 that leaves the number to PyTorch is `automatic (2)`.

    Args:
        row: of the table.
        value: of the row.
        automatic: the number that PyTorch uses for 0; 0 where it is not known.
    """
    if not row.zero_is_automatic or value != 0:
        return format_value(row, value)
    translate = QCoreApplication.translate
    if not automatic:
        return translate("Hyperparameters", "automatic")
    return translate("Hyperparameters", "automatic ({count})").format(count=automatic)


def with_minus_sign(number: str) -> str:
    """A formatted number as the window shows it: with a minus sign, which is as wide as a plus, for the hyphen.

    The hyphen of an exponent stays: a number such as `1e-5` is typed in this form.
    """
    return f"{MINUS}{number[1:]}" if number.startswith("-") else number


def with_hyphens(text: str) -> str:
    """A text of the window with the numbers as programs read them: with hyphens for minus signs."""
    return _SIGN_OF_NUMBER.sub("-", text)


def format_number(number: float) -> str:
    """A number in the fewest characters that mean exactly this number: `10`, `−0.00123`, `3.1e-5`."""
    if isinstance(number, int):
        return with_minus_sign(str(number))
    if number == 0:
        return "0"  # never -0
    # repr is the shortest text that reads back as the same number, but writes 1.0, 1e-06 and 1e+16.
    mantissa, e, exponent = repr(number).partition("e")
    return with_minus_sign(mantissa.removesuffix(".0")) + (f"e{int(exponent)}" if e else "")


def rounded_number(number: float, digits: int = 4) -> str:
    """A number with at most `digits` significant digits, in the fewest characters: `0.001`, `3.162e-5`."""
    return format_number(float(f"{number:.{digits}g}"))


def parse_value(row: Hyperparameter, text: str) -> Value:
    """The value of `row` that the user typed: `1e-3`, `0.001`, and for whole numbers also `1,000` and `1 000`.

    In a number that need not be whole, a comma is a decimal comma only if it cannot be a separator of thousands
    (`0,01`); `1,000` is ambiguous and refused.

    Raises:
        UsageError: the text is not a value of this row.
    """
    # Full-width digits (from an Asian keyboard), and pasted non-breaking spaces and minus signs, are accepted.
    plain = unicodedata.normalize("NFKC", text).replace(MINUS, "-").strip()
    if row.kind is int and _GROUPED.fullmatch(plain):
        plain = _SEPARATORS.sub("", plain)
    elif row.kind is float and _DECIMAL_COMMA.fullmatch(plain) and not _GROUPED.fullmatch(plain):
        plain = plain.replace(",", ".")
    try:
        return row.parse(plain)
    except OverflowError:  # hundreds of digits: too large to compare with a float
        raise UsageError("{name} is {value!r}: give a finite number.", name=row.name, value=text) from None


class SliderScale:
    """Maps the values of a row to the positions of a slider, 0 to `POSITIONS`, and back.

    The handle stops only at *stops*: values of three significant digits, evenly spaced on the scale, with exact
    decades; whole numbers also stop at the powers of two. A typed value between two stops has its own position.

    Attributes:
        stops: ascending.
    """

    def __init__(self, row: Hyperparameter) -> None:
        self._row = row
        self.stops = _logarithmic_stops(row) if row.scale is Scale.LOGARITHMIC else _linear_stops(row)
        self._places = [self.position_of(stop) for stop in self.stops]

    def text_of(self, value: float) -> str:
        """A value in the fewest characters, as the row writes it."""
        return format_value(self._row, value)

    def nearest(self, value: float) -> int | float:
        """The value itself where the row allows it, else the nearest that a slider can pick."""
        within = min(max(value, self.stops[0]), self.stops[-1])
        exact = round(within) if self._row.kind is int else within
        return exact if self._row.allows(exact) else self.value_at(self.position_of(within))

    def position_of(self, value: float) -> int:
        """The position of any allowed value."""
        row = self._row
        if row.scale is Scale.LINEAR:
            part = (value - row.minimum) / (row.offered_maximum - row.minimum)
        else:
            gap = _ZERO_GAP if row.zero_below else 0.0
            part = 0.0 if value <= 0 else gap + (1 - gap) * _log_part(value, row.minimum, row.offered_maximum)
        return round(POSITIONS * min(1.0, max(0.0, part)))

    def ticks(self) -> list[tuple[int, str]]:
        """The positions that are marked below a slider, and their numbers: exact decades, or even parts of a range."""
        row = self._row
        if row.scale is Scale.LOGARITHMIC:
            first = math.ceil(math.log10(row.minimum) - _NEAR)
            values = [10.0**power for power in range(first, math.floor(math.log10(row.offered_maximum) + _NEAR) + 1)]
            values = [0.0, *values] if row.zero_below else values
        else:
            part = (row.offered_maximum - row.minimum) / LINEAR_PARTS
            values = [row.minimum + index * part for index in range(LINEAR_PARTS + 1)]
        return [(self.position_of(value), _tick_text(value)) for value in values]

    def value_at(self, position: int) -> int | float:
        """The stop nearest to a position."""
        above = bisect_left(self._places, position)
        if above == 0:
            return self.stops[0]
        if above == len(self.stops):
            return self.stops[-1]
        nearer_below = position - self._places[above - 1] < self._places[above] - position
        return self.stops[above - 1 if nearer_below else above]

    def stepped(self, value: float, count: int) -> int | float:
        """The stop `count` stops above `value` (below it, if negative), at most the last one of the scale."""
        if count > 0:
            above = bisect_right(self.stops, value)
            return value if above == len(self.stops) else self.stops[min(above + count, len(self.stops)) - 1]
        below = bisect_left(self.stops, value)
        return value if below == 0 else self.stops[max(below + count, 0)]


def _tick_text(value: float) -> str:
    """`0.001`, and `1e-4` where that is shorter: the numbers of decades stand close together."""
    if 0.0 < value < _SMALLEST_PLAIN * (1.0 - _NEAR):
        return f"1e{round(math.log10(value))}"
    return format_number(float(f"{value:.6g}"))


def _log_part(value: float, minimum: float, maximum: float) -> float:
    return math.log(value / minimum) / math.log(maximum / minimum)


def _linear_stops(row: Hyperparameter) -> tuple[int | float, ...]:
    count = math.floor((row.offered_maximum - row.minimum) / row.step + 1e-9)
    # Through text: 57 * 0.01 is 0.5700000000000001.
    values = [float(f"{row.minimum + step * row.step:.12g}") for step in range(count + 1)]
    return _finished(row, {*values, row.offered_maximum})


def _logarithmic_stops(row: Hyperparameter) -> tuple[int | float, ...]:
    first = math.ceil(STOPS_PER_DECADE * math.log10(row.minimum) - 1e-9)
    last = math.floor(STOPS_PER_DECADE * math.log10(row.offered_maximum) + 1e-9)
    values = {float(f"{10 ** (step / STOPS_PER_DECADE):.3g}") for step in range(first, last + 1)}
    fixed = {row.minimum, row.offered_maximum}
    if row.kind is int:
        values = {float(round(value)) for value in values}
        # Powers of two are the usual batch sizes; another stop right beside one makes it hard to hit.
        fixed |= {2.0**power for power in range(int(row.offered_maximum).bit_length())}
        decades = {10.0**power for power in range(len(str(int(row.offered_maximum))))}
        values = {value for value in values if value in decades or not _is_beside(value, fixed)}
    return _finished(row, values | fixed | ({0} if row.zero_below else set()))


def _is_beside(value: float, fixed: set[float]) -> bool:
    return any(abs(math.log10(value / other)) < 0.5 / STOPS_PER_DECADE for other in fixed)


def _finished(row: Hyperparameter, values: set[float]) -> tuple[int | float, ...]:
    kind = int if row.kind is int else float
    return tuple(sorted({kind(value) for value in values if row.allows(value)}))
