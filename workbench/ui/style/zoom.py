"""How large the whole interface is drawn, in per cent of its usual size; the same for all windows of the program."""

from __future__ import annotations

from typing import Final

USUAL: Final = 100
STEPS: Final = (80, 90, 100, 110, 125, 150, 175, 200)
"""What the keys step through, in per cent."""

_percent = USUAL


def zoom() -> int:
    """The present size in per cent, from 80 to 200."""
    return _percent


def set_zoom(percent: int) -> None:
    """Use another size for what is made from now on; `Theme.set_zoom` also applies it to what is there.

    Raises:
        ValueError: it is not within the smallest and the largest step.
    """
    global _percent  # one size for the whole program, as with the application's font
    if not STEPS[0] <= percent <= STEPS[-1]:
        raise ValueError(f"a zoom of {percent} % is not within {STEPS[0]} and {STEPS[-1]} %")
    _percent = percent


def remembered(percent: object) -> int:
    """The size that was stored: `percent` if it is one of `STEPS`, else the usual one."""
    return percent if isinstance(percent, int) and percent in STEPS else USUAL


def scaled(pixels: float) -> int:
    """A distance of `pixels` at the usual size in the present one, at least one pixel where it was one."""
    return max(1 if pixels >= 1 else 0, round(pixels * _percent / USUAL))


def next_step(percent: int, direction: int) -> int:
    """The step after `percent` (direction 1) or before it (-1); `percent` itself at the end of the steps."""
    if direction > 0:
        return next((step for step in STEPS if step > percent), percent)
    return next((step for step in reversed(STEPS) if step < percent), percent)
