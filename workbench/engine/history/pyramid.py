"""Minimum, maximum and mean of ever larger blocks of a series: what makes drawing it cost the same at any length."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    Rows: TypeAlias = Sequence[NDArray[np.float32]] | NDArray[np.float32]
    """Minima, maxima and means of some blocks, shape (n,) each."""

FIRST_BLOCK = 8
"""Values per block on the finest level. Three float32 per block: 1.5 bytes a value, 2 with all levels above."""
FAN_OUT = 4
"""Blocks of one level per block of the next."""
LAG = 1024
"""New values to wait for before extending: a frame brings a handful, and each extension costs some 50 µs."""
SLICE = 1 << 18
"""Values summarised at a time when catching up: the temporaries stay in the processor's cache."""
BLOCKS_PER_BIN = 4
"""A bin holds at least this many blocks, so that rounding its edges to blocks moves them by a quarter at most."""

FEW_VALUES = 4096
"""Up to this many values are read directly: a strip of a few columns has no use for summaries."""

MINIMUM, MAXIMUM, MEAN = range(3)
NO_BINS = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Extremes:
    """The smallest and largest finite value in bins of equal width (pixel columns, when drawing).

    Attributes:
        bins: which bins hold values, shape (n,), int64, ascending; the others lie before the start or past the end.
        minimum: of each, shape (n,), float32; NaN where no value is finite.
        maximum: of each, as `minimum`.
    """

    bins: NDArray[np.int64]
    minimum: NDArray[np.float32]
    maximum: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Means:
    """The mean in bins of equal width.

    Attributes:
        bins: which bins hold values, shape (n,), int64, ascending.
        mean: of each, shape (n,), float32; NaN where a value is not finite.
    """

    bins: NDArray[np.int64]
    mean: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Bins laid over a series, as far as both reach.

    Attributes:
        bins: the bins that hold blocks, shape (n,).
        begin: the first block of the first of them.
        end: the block after the last of the last.
        cuts: where each bin begins, in blocks from `begin`, shape (n,).
        widths: blocks in each, shape (n,).
    """

    bins: NDArray[np.int64]
    begin: int
    end: int
    cuts: NDArray[np.int64]
    widths: NDArray[np.int64]


class Pyramid:
    """Block summaries of one growing array, built by the thread that draws it.

    Every call gets the array: the pyramid only remembers how much of it is summarised.
    """

    def __init__(self) -> None:
        self._levels = [_Level(FIRST_BLOCK)]

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return sum(level.rows.nbytes for level in self._levels)

    def extend(self, values: NDArray[np.float32]) -> None:
        """Summarise what `values` (all values so far, shape (n,)) holds beyond the last call."""
        finest = self._levels[0]
        target = len(values) // FIRST_BLOCK
        if (target - finest.count) * FIRST_BLOCK < LAG:
            return
        while finest.count < target:
            count = min(target - finest.count, SLICE // FIRST_BLOCK)
            start = finest.count * FIRST_BLOCK
            finest.push(_fold(_rows_of(values[start : start + count * FIRST_BLOCK]), FIRST_BLOCK))
            self._extend_upper_levels()

    def extremes(self, values: NDArray[np.float32], origin: float, spacing: float, first: int, count: int) -> Extremes:
        """Minimum and maximum of the bins `first` … `first + count - 1`; see `Series.extremes`."""
        bins, rows, cuts, _ = self._rows(values, origin, spacing, first, count)
        return Extremes(bins, np.fmin.reduceat(rows[MINIMUM], cuts), np.fmax.reduceat(rows[MAXIMUM], cuts))

    def means(self, values: NDArray[np.float32], origin: float, spacing: float, first: int, count: int) -> Means:
        """Mean of the bins `first` … `first + count - 1`; see `Series.means`."""
        bins, rows, cuts, widths = self._rows(values, origin, spacing, first, count)
        return Means(bins, _means(rows[MEAN], cuts, widths))

    def _rows(
        self, values: NDArray[np.float32], origin: float, spacing: float, first: int, count: int
    ) -> tuple[NDArray[np.int64], Rows, NDArray[np.int64], NDArray[np.int64]]:
        """The bins that hold values, the rows they are made of, where each begins in them, and how much it has."""
        level, block = self._level_for(spacing)
        grid = _grid(origin, spacing, first, count, math.ceil(len(values) / block), block)
        if level is not None and (grid.end - grid.begin) * block > FEW_VALUES:
            return grid.bins, level.between(values, grid.begin, grid.end), grid.cuts, grid.widths
        rows = _rows_of(values[grid.begin * block : grid.end * block])
        if block == 1 or not len(grid.bins):
            return grid.bins, rows, grid.cuts, grid.widths
        widths = grid.widths * block
        widths[-1] += len(rows[0]) - int(widths.sum())  # the last block may be partial
        return grid.bins, rows, grid.cuts * block, widths

    def _level_for(self, spacing: float) -> tuple[_Level | None, int]:
        """The coarsest level fine enough for bins of `spacing` values, and its block; None is the values themselves.

        Decided by the spacing alone, not by how far the levels reach: a strip drawn now and the whole picture drawn
        later must round alike.
        """
        if spacing < BLOCKS_PER_BIN * FIRST_BLOCK:
            return None, 1
        index = int(math.log(spacing / (BLOCKS_PER_BIN * FIRST_BLOCK), FAN_OUT))
        while index >= len(self._levels):
            self._levels.append(_Level(self._levels[-1].block * FAN_OUT))
            self._extend_upper_levels()
        level = self._levels[index]
        return level, level.block

    def _extend_upper_levels(self) -> None:
        for lower, upper in zip(self._levels, self._levels[1:], strict=False):
            count = lower.count // FAN_OUT - upper.count
            if count > 0:
                start = upper.count * FAN_OUT
                upper.push(_fold(lower.rows[:, start : start + count * FAN_OUT], FAN_OUT))


class _Level:
    """Blocks of one size: row 0 their minima, row 1 their maxima, row 2 their means."""

    def __init__(self, block: int) -> None:
        self.block = block
        self.count = 0
        self.rows = np.empty((3, 64), np.float32)

    def push(self, rows: NDArray[np.float32]) -> None:
        """Append the summaries `rows`, shape (3, n)."""
        end = self.count + rows.shape[1]
        if end > self.rows.shape[1]:
            grown = np.empty((3, max(end, 2 * self.rows.shape[1])), np.float32)
            grown[:, : self.count] = self.rows[:, : self.count]
            self.rows = grown
        self.rows[:, self.count : end] = rows
        self.count = end

    def between(self, values: NDArray[np.float32], first: int, last: int) -> Rows:
        """Summaries of the blocks `first` … `last - 1`, those not yet pushed made on the spot from `values`."""
        if last <= self.count:
            return self.rows[:, first:last]
        begin = max(self.count, first)
        tail = _rows_of(values[begin * self.block : last * self.block])
        cuts = np.arange(0, len(tail[0]), self.block)
        widths = np.minimum(self.block, len(tail[0]) - cuts)
        made = np.stack(
            (
                np.fmin.reduceat(tail[MINIMUM], cuts),
                np.fmax.reduceat(tail[MAXIMUM], cuts),
                _means(tail[MEAN], cuts, widths),
            )
        )
        return np.concatenate((self.rows[:, first:begin], made), axis=1) if first < begin else made


def _rows_of(values: NDArray[np.float32]) -> Rows:
    """The values as blocks of one value each; infinities become NaN, which no minimum sees."""
    if not np.isfinite(values).all():
        values = np.where(np.isfinite(values), values, np.float32(np.nan))
    return values, values, values


@functools.lru_cache(maxsize=8)
def _grid(origin: float, spacing: float, first: int, count: int, blocks: int, block: int) -> _Grid:
    """The bins `first` … `first + count - 1` over a series of `blocks` blocks of `block` values.

    Remembered, because several series are drawn over the same steps in every frame. The arrays are shared: read only.
    """
    places = np.arange(first, first + count + 1, dtype=np.float64)
    places *= spacing / block
    places += origin / block
    edges = np.ceil(places, out=places).astype(np.int64)
    np.maximum(edges, 0, out=edges)
    np.minimum(edges, blocks, out=edges)
    widths = edges[1:] - edges[:-1]
    filled = np.flatnonzero(widths)
    if not len(filled):
        return _Grid(NO_BINS, 0, 0, NO_BINS, NO_BINS)
    begin = int(edges[filled[0]])
    return _Grid(filled + first, begin, int(edges[-1]), edges[filled] - begin, widths[filled])


def _fold(rows: Rows, factor: int) -> NDArray[np.float32]:
    """Every `factor` blocks made into one, shape (3, n * factor) -> (3, n).

    Slices a stride apart, not `reshape(-1, factor).min(axis=1)`: 0.8 against 6 ms per 10^6 values.
    """
    minimum, maximum, mean = rows
    share = np.float32(1 / factor)  # multiplied before adding, so that losses about to overflow still add up
    return np.stack(
        (
            np.fmin.reduce([minimum[start::factor] for start in range(factor)]),
            np.fmax.reduce([maximum[start::factor] for start in range(factor)]),
            np.add.reduce([mean[start::factor] * share for start in range(factor)]),
        )
    )


def _means(values: NDArray[np.float32], cuts: NDArray[np.int64], widths: NDArray[np.int64]) -> NDArray[np.float32]:
    """Mean of each group; summed in float64, where losses about to overflow float32 still add up."""
    return (np.add.reduceat(values, cuts, dtype=np.float64) / widths).astype(np.float32)
