"""Positions and texts of the numbers at an axis.

The tree of branches uses them too, which is shown before pyqtgraph is imported (0.25 s).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from workbench.ui.style.zoom import scaled
from workbench.ui.text.numbers import with_minus_sign

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MANTISSAS = (1, 2, 5)
LARGEST_PLAIN = 1e5
SMALLEST_PLAIN = 1e-3
NEAR_ZERO = 1e-9
CLOSEST_ROWS = 28.0
"""Least logical pixels between two numbers of a vertical axis, approximately."""
FEW_ROWS = 5.0
PIXELS_PER_FURTHER_ROW = 100.0
"""A tall plot gets more space between its numbers rather than more numbers."""
LOW_HEIGHT = 84.0
"""In a lower plot with a logarithmic axis, powers of ten may stand closer to one another: `CLOSEST_DECADES`."""
CLOSEST_DECADES = 17.0
CLOSEST_DIGITS = 10.0
"""Least logical pixels between any two numbers: as high as their digits, and a pixel between them."""


class Tick(NamedTuple):
    """One labelled position.

    Attributes:
        position: on the axis (a base-10 logarithm if it is logarithmic).
        label: the text.
    """

    position: float
    label: str


def linear_ticks(low: float, high: float, most: float) -> list[Tick]:
    """At most about `most` round numbers within `low` and `high`."""
    step = _nice_step((high - low) / most)
    if not math.isfinite(step) or step <= 0.0:
        return []
    first, last = math.ceil(low / step - NEAR_ZERO), math.floor(high / step + NEAR_ZERO)
    values = [index * step for index in range(first, last + 1)]
    return [Tick(value, _label(value, step, max(abs(low), abs(high)))) for value in values]


def step_ticks(low: float, high: float, most: float) -> list[Tick]:
    """Round whole numbers within `low` and `high`, thousands set apart: 10,000."""
    step = max(_nice_step((high - low) / most), 1.0)
    if step == 2.5:
        step = 5.0
    first, last = math.ceil(low / step - NEAR_ZERO), math.floor(high / step + NEAR_ZERO)
    return [Tick(index * step, with_minus_sign(f"{round(index * step):,}")) for index in range(first, last + 1)]


def log_ticks(low: float, high: float, most: float) -> list[Tick]:
    """Powers of ten within 10^`low` and 10^`high`; 2 and 5 as well, or round numbers, where those are few."""
    decades = range(math.ceil(low - NEAR_ZERO), math.floor(high + NEAR_ZERO) + 1)
    if high - low > most:
        stride = math.ceil((high - low) / most)
        return [Tick(decade, short_number(10.0**decade)) for decade in decades if decade % stride == 0]
    if len(decades) >= 2 and len(MANTISSAS) * (high - low) >= most:
        return [Tick(decade, short_number(10.0**decade)) for decade in decades]
    ticks = [
        Tick(decade + math.log10(mantissa), short_number(mantissa * 10.0**decade))
        for decade in range(math.floor(low), math.ceil(high))
        for mantissa in MANTISSAS
    ]
    within = [tick for tick in ticks if low - NEAR_ZERO <= tick.position <= high + NEAR_ZERO]
    if len(within) >= 2:
        # In a low plot all of them would overlap.
        return within[:: math.ceil(len(within) / (most + 1.0))]
    values = linear_ticks(10.0**low, 10.0**high, most)
    return [Tick(math.log10(value), label) for value, label in values if value > 0.0]


def decade_ticks(low: float, high: float, height: float) -> list[Tick]:
    """The powers of ten within 10^`low` and 10^`high`, or every second, third … of them, the highest among them."""
    decades = range(math.ceil(low - NEAR_ZERO), math.floor(high + NEAR_ZERO) + 1)
    stride = max(1, math.ceil(scaled(CLOSEST_DECADES) * (high - low) / height))
    return [Tick(decade, short_number(10.0**decade)) for decade in decades[::-1][::stride][::-1]]


def _nice_step(least: float) -> float:
    if least <= 0.0 or not math.isfinite(least):
        return 0.0
    power = 10.0 ** _exponent(least)
    return next(step * power for step in (*STEPS, 100.0) if step * power >= least * (1.0 - NEAR_ZERO))


def _label(value: float, step: float, largest: float) -> str:
    if abs(value) < step * NEAR_ZERO:
        return "0"
    if largest >= LARGEST_PLAIN or largest < SMALLEST_PLAIN:
        digits = max(0, _exponent(abs(value)) - _exponent(step) + _is_quarter(step))
        return _scientific(value, digits)
    decimals = max(0, _is_quarter(step) - _exponent(step))
    return with_minus_sign(f"{value:,.{decimals}f}")


def _is_quarter(step: float) -> int:
    """1 for a step of 2.5 times a power of ten, whose multiples need one digit more; else 0."""
    return int(abs(step / 10.0 ** _exponent(step) - 2.5) < NEAR_ZERO)


def _exponent(value: float) -> int:
    """The power of ten of a positive number's first digit; log10(0.001) may come out a little below -3."""
    return math.floor(math.log10(value) + NEAR_ZERO)


def short_number(value: float) -> str:
    """A positive number to one digit, or to its ones: 0.02, 152, 5e16."""
    if SMALLEST_PLAIN <= value < LARGEST_PLAIN:
        return f"{value:,.{max(0, -_exponent(value))}f}"
    return _scientific(value, 0)


def _scientific(value: float, digits: int) -> str:
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    return with_minus_sign(f"{mantissa}e{int(exponent)}")


def vertical_ticks(low: float, high: float, height: float, *, log: bool) -> list[Tick]:
    """The numbers beside a plot `height` logical pixels high, at this zoom; axis and grid both use it, and so agree."""
    if log and height < scaled(LOW_HEIGHT) and len(decades := decade_ticks(low, high, height)) >= 2:
        return decades
    most = max(2.0, min(height / scaled(CLOSEST_ROWS), FEW_ROWS + height / scaled(PIXELS_PER_FURTHER_ROW)))
    return _apart(log_ticks(low, high, most), height / (high - low)) if log else linear_ticks(low, high, most)


def _apart(ticks: list[Tick], pixels: float) -> list[Tick]:
    """Those of `ticks` that are `CLOSEST_DIGITS` apart: 1, 2 and 5 are not equally far from one another.

    Args:
        ticks: ascending.
        pixels: logical ones, that a unit of their positions takes.
    """
    kept: list[Tick] = []
    for tick in ticks:
        if not kept or (tick.position - kept[-1].position) * pixels >= scaled(CLOSEST_DIGITS):
            kept.append(tick)
    return kept
