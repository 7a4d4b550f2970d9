"""Which plots have room below the loss plot, which keeps a third of the window's height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

LOSS_SHARE_OF_WINDOW: Final = 3
"""The loss plot takes at least the window's height divided by this."""
LEAST_LOSS_HEIGHT: Final = 180
"""Of the loss plot in the lowest window, in pixels."""
LEAST_HEIGHT: Final = 40
"""Pixels that each plot below the loss needs to be read; the lowest also needs the numbers of the steps below it."""
SPACING: Final = 2
"""Between a header and its plot, in pixels: the plots have margins of their own."""
STEPS_GAP: Final = 6
"""Pixels that the axis of steps takes beside its numbers."""
STRIP_HEIGHT: Final = 96
LOW_STRIP_HEIGHT: Final = 84
"""Of the loss plot where it is a strip above other panels, in pixels; in a low window the panels need the room."""
LOW_WINDOW: Final = 680
"""Pixels of a window's height; see `is_low`."""


class PlotRow(NamedTuple):
    """A plot below the loss plot.

    Attributes:
        key: names it.
        plot: pixels that the plot needs.
        header: pixels that its header needs.
        keeps_header: whether the header stays where the plot has no room: it holds switches.
    """

    key: Hashable
    plot: int
    header: int
    keeps_header: bool = False


class Shown(NamedTuple):
    """What has room.

    Attributes:
        plots: keys of the rows whose plots are shown.
        headers: keys of the rows whose headers are shown.
    """

    plots: frozenset[Hashable]
    headers: frozenset[Hashable]


def least_loss_height(window_height: int) -> int:
    """The height that the loss plot takes first, in pixels."""
    return max(LEAST_LOSS_HEIGHT, -(-window_height // LOSS_SHARE_OF_WINDOW))


def least_stack_height(line: int, *, is_low: bool) -> int:
    """The height of all plots where only the loss is shown, in the lowest window, in pixels.

    Args:
        line: the height of a line of text.
        is_low: whether the readout lies over the axis of steps, for which there is room then.
    """
    return LEAST_LOSS_HEIGHT + line + (STEPS_GAP if is_low else SPACING)


def metric_height(header: int, line: int, *, is_low: bool) -> int:
    """What the plot of the metric needs besides, in pixels.

    Args:
        header: the height of its header.
        line: the height of a line of text.
        is_low: as for `least_stack_height`.
    """
    return SPACING + header + SPACING + LEAST_HEIGHT + (0 if is_low else line + STEPS_GAP)


def is_low(window_height: int) -> bool:
    """Whether a window of this height has fewer or lower rows."""
    return window_height < scaled(LOW_WINDOW)


def strip_height(window_height: int) -> int:
    """The height of the loss plot where it is a strip, in pixels."""
    return scaled(LOW_STRIP_HEIGHT if is_low(window_height) else STRIP_HEIGHT)


def rows_with_room(room: int, rows: Sequence[PlotRow]) -> Shown:
    """What fits into `room` pixels: kept headers first, then each row in the order given that still fits."""
    headers, plots = set(), set()
    for row in rows:
        if row.keeps_header and row.header <= room:
            room -= row.header
            headers.add(row.key)
    for row in rows:
        if row.keeps_header and row.key not in headers:
            continue
        needed = row.plot + (0 if row.key in headers else row.header)
        if needed <= room:
            room -= needed
            headers.add(row.key)
            plots.add(row.key)
    return Shown(frozenset(plots), frozenset(headers))
