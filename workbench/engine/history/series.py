"""Series: a growing array that one thread appends to and another reads without a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.history.pyramid import Extremes, Means, Pyramid

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

FIRST_CAPACITY = 1024


class Series:
    """A growing float32 array: one thread appends, another reads.

    No lock is needed because of an order. The writer puts the value into the buffer and publishes the length last; the
    reader takes the length first and the buffer second. A buffer that replaces a full one holds everything the old one
    held, so the reader finds `length` valid values in either of the two.
    """

    __slots__ = ("_buffer", "_length", "_pyramid", "_pyramid_truncations", "_truncations")

    def __init__(self, values: ArrayLike = ()) -> None:
        self._buffer: NDArray[np.float32] = np.empty(FIRST_CAPACITY, np.float32)
        self._length = 0
        self._truncations = 0
        # Touched by the reader only.
        self._pyramid = Pyramid()
        self._pyramid_truncations = 0
        self.extend(values)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> float:
        if not 0 <= index < self._length:
            raise IndexError(index)
        return float(self._buffer[index])

    @property
    def nbytes(self) -> int:
        """Memory held in bytes: values, spare room and pyramid."""
        return self._buffer.nbytes + self._pyramid.nbytes

    @property
    def truncations(self) -> int:
        """How often the series was cut; a reader that finds it changed draws anew."""
        return self._truncations

    def append(self, value: float) -> None:
        """Add one value. 0.1 µs, and the copying when full amortised."""
        length = self._length
        if length == len(self._buffer):
            self._grow(length + 1)
        self._buffer[length] = value
        self._length = length + 1

    def extend(self, values: ArrayLike) -> None:
        """Add many values, shape (n,)."""
        added = np.asarray(values, np.float32)
        end = self._length + len(added)
        if end > len(self._buffer):
            self._grow(end)
        self._buffer[self._length : end] = added
        self._length = end

    def truncate(self, length: int) -> None:
        """Drop everything from index `length` on; call it while nothing is being appended.

        Arrays returned before keep their content: later values go into another buffer.
        """
        if length >= self._length:
            return
        # The whole buffer, also what is dropped: a reader that took the old length finds the old values.
        self._buffer = self._buffer.copy()
        self._length = max(length, 0)
        self._truncations += 1

    def values(self, start: int = 0, stop: int | None = None) -> NDArray[np.float32]:
        """A read-only view of the values `start` … `stop - 1` (to the end if None), shape (n,)."""
        length = self._length
        view = self._buffer[:length][start:stop]
        view.flags.writeable = False
        return view

    def extremes(self, origin: float, spacing: float, first: int, count: int) -> Extremes:
        """The smallest and largest values in equal bins; costs the same at any length. For the reading thread only.

        Bin i covers the indices from `origin + i * spacing` up to, not including, `origin + (i + 1) * spacing`; where
        bins are wide, their edges are rounded up to block edges, by a quarter of a bin at most, so that every value
        still belongs to exactly one bin.

        Args:
            origin: where bin 0 begins, as an index, which can be a fraction.
            spacing: width of a bin in values, positive.
            first: the first bin to return.
            count: how many bins.
        """
        values = self._summarised()
        return self._pyramid.extremes(values, origin, spacing, first, count)

    def means(self, origin: float, spacing: float, first: int, count: int) -> Means:
        """The means in equal bins; as `extremes`."""
        values = self._summarised()
        return self._pyramid.means(values, origin, spacing, first, count)

    def _summarised(self) -> NDArray[np.float32]:
        """All values, after the pyramid has summarised the new ones."""
        truncations = self._truncations
        if truncations != self._pyramid_truncations:
            self._pyramid = Pyramid()
            self._pyramid_truncations = truncations
        values = self.values()
        self._pyramid.extend(values)
        return values

    def _grow(self, least: int) -> None:
        grown = np.empty(max(least, 2 * len(self._buffer)), np.float32)
        grown[: self._length] = self._buffer[: self._length]
        self._buffer = grown
