"""The metric series of a run: append-only arrays, written by the training thread, read by the window without locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.history.pyramid import Extremes, Means, Pyramid

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident

FIRST_CAPACITY = 1024


class Series:
    """A growing float32 array: one thread appends, another reads.

    No lock is needed because of an order. The writer puts the value into the buffer and publishes the length last; the
    reader takes the length first and the buffer second. A buffer that replaces a full one holds everything the old one
    held, so whichever of the two the reader gets, it finds `length` valid values in it.
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

        Arrays handed out before keep their content: the values to come go into a buffer of their own.
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
            origin: where bin 0 begins, as an index, fractions welcome.
            spacing: width of a bin in values, positive.
            first: the first bin asked for.
            count: how many bins.
        """
        values = self._summarised()
        return self._pyramid.extremes(values, origin, spacing, first, count)

    def means(self, origin: float, spacing: float, first: int, count: int) -> Means:
        """The means in equal bins; as `extremes`."""
        values = self._summarised()
        return self._pyramid.means(values, origin, spacing, first, count)

    def _summarised(self) -> NDArray[np.float32]:
        """All values, after the pyramid has taken in those that are new."""
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


class History:
    """All metrics of a run, step by step, and what happened along the way.

    One thread writes, another may read without a lock. The lists only grow; going back puts other lists in their place.
    A reader takes a list once (`evaluations = history.evaluations`) and uses that one: it never gets shorter.

    Attributes:
        loss: training loss of each batch.
        accuracy: running training accuracy within the epoch after each batch, 0 to 1.
        evaluations: in the order they were taken.
        epoch_starts: in order.
        changes: in order.
        incidents: losses that the guard would not let pass, in order.
    """

    def __init__(self) -> None:
        self.loss = Series()
        self.accuracy = Series()
        self.evaluations: list[Evaluation] = []
        self.epoch_starts: list[EpochStart] = []
        self.changes: list[Change] = []
        self.incidents: list[Incident] = []

    def __len__(self) -> int:
        """Steps recorded whole, with loss and accuracy."""
        return min(len(self.loss), len(self.accuracy))

    @property
    def nbytes(self) -> int:
        """Memory held by the series, in bytes."""
        return self.loss.nbytes + self.accuracy.nbytes

    def add_step(self, loss: float, accuracy: float) -> None:
        """Record one optimizer update.

        Args:
            loss: training loss of the batch.
            accuracy: training accuracy within the epoch so far, 0 to 1.
        """
        self.loss.append(loss)
        self.accuracy.append(accuracy)

    def add_evaluation(self, evaluation: Evaluation) -> None:
        """Record one pass of `test_loop`."""
        self.evaluations.append(evaluation)

    def add_epoch_start(self, start: EpochStart) -> None:
        """Record where an epoch begins."""
        self.epoch_starts.append(start)

    def add_change(self, change: Change) -> None:
        """Record a hyperparameter change."""
        self.changes.append(change)

    def add_incident(self, incident: Incident) -> None:
        """Record a loss that the guard would not let pass."""
        self.incidents.append(incident)

    def copy(self) -> History:
        """The same history, on its own from now on."""
        twin = History()
        length = len(self)
        twin.loss.extend(self.loss.values(0, length))
        twin.accuracy.extend(self.accuracy.values(0, length))
        twin.evaluations += self.evaluations
        twin.epoch_starts += self.epoch_starts
        twin.changes += self.changes
        twin.incidents += self.incidents
        return twin

    def truncate(self, step: int) -> None:
        """Go back to the moment when `step` updates were done; in place, while nothing is being added.

        Steps, changes and epoch starts from `step` on are dropped (they come again when training goes on), and the
        evaluations after it; one taken exactly then stays. Incidents stay: they tell of what is not in the series.
        """
        self.loss.truncate(step)
        self.accuracy.truncate(step)
        self.evaluations = [evaluation for evaluation in self.evaluations if evaluation.step <= step]
        self.epoch_starts = [start for start in self.epoch_starts if start.step < step]
        self.changes = [change for change in self.changes if change.step < step]

    def go_to(self, recorded: History, step: int) -> None:
        """Hold what `recorded` held when `step` updates were done; in place, while nothing is being added.

        The two agree in the steps both have. Incidents stay, as in `truncate`.
        """
        self.truncate(step)
        length = len(self)
        self.loss.extend(recorded.loss.values(length, step))
        self.accuracy.extend(recorded.accuracy.values(length, step))
        self.evaluations = [evaluation for evaluation in recorded.evaluations if evaluation.step <= step]
        self.epoch_starts = [start for start in recorded.epoch_starts if start.step < step]
        self.changes = [change for change in recorded.changes if change.step < step]
