"""The one source of chance for the drawings and photographs of the built-in data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

T = TypeVar("T")


class Chance:
    """Uniform numbers and what is made of them with exact arithmetic alone: the same on every machine.

    Single numbers are taken from the generator in bulk, for one call of it costs as much as drawing a polygon.
    """

    def __init__(self, seed: int) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seed))
        self._numbers = self._stream()

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * next(self._numbers)

    def happens(self, probability: float) -> bool:
        """True as often as that."""
        return next(self._numbers) < probability

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options, each as likely as the others."""
        return options[int(next(self._numbers) * len(options))]

    def many(self, *shape: int) -> NDArray[np.float32]:
        """Numbers in [0, 1) of that shape."""
        return self._generator.random(shape, dtype=np.float32)

    def order(self, count: int) -> NDArray[np.int64]:
        """The numbers 0 to `count - 1`, shuffled."""
        return np.argsort(self._generator.random(count), kind="stable").astype(np.int64)

    def _stream(self) -> Iterator[float]:
        while True:
            yield from self._generator.random(4096).tolist()
