"""Snapshots in memory: which ones are kept within a budget, so that every step of a run can be reached fast."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbench.engine.checkpoints.snapshot import Snapshot

SNAPSHOT_EVERY: Final = 100
"""Steps between two snapshots: one takes about 0.4 ms, a hundred steps about 150."""
DEFAULT_BUDGET: Final = 1 << 30
"""Bytes: 380 snapshots of the tutorial's network under SGD, 130 under Adam."""
UNATTENDED_BUDGET: Final = 64 << 20
"""Bytes, for a run without a window: enough to go back after a loss that is NaN or infinite."""
PINNED: Final = 3.0
"""Pinned snapshots, at epochs and changes, which users travel to, count as this many times farther apart."""
AGE_POWER: Final = 0.5
"""How much farther apart old snapshots may be than recent ones: 0 spaces them evenly, 1 by their age."""


class RunSnapshots:
    """The snapshots of one run, by step. A `SnapshotCache` creates it.

    A snapshot of step s is the state before update s, and before any change made at s. There may be more snapshots on
    disk; they are read when they are the nearest.
    """

    def __init__(self, cache: SnapshotCache) -> None:
        self._cache = cache
        self._snapshots: list[Snapshot] = []
        self._pinned: set[int] = set()
        self._stored: list[int] = []
        self._load: Callable[[int], Snapshot] | None = None

    @property
    def steps(self) -> list[int]:
        """The steps of the snapshots in memory, ascending."""
        return [snapshot.step for snapshot in self._snapshots]

    @property
    def ends(self) -> tuple[Snapshot, ...]:
        """The first and the last snapshot in memory."""
        return (*self._snapshots[:1], *self._snapshots[1:][-1:])

    def add(self, snapshot: Snapshot, *, pinned: bool = False) -> None:
        """Add `snapshot`, unless there is one of its step; a pinned one is evicted later than others."""
        if pinned:
            self.pin(snapshot.step)
        if not self.has(snapshot.step):
            self._snapshots.insert(self._index(snapshot.step), snapshot)
            self._cache.retain(snapshot)
            self._cache.evict(self, snapshot)

    def pin(self, step: int) -> None:
        """Evict a snapshot of `step` later than others."""
        self._pinned.add(step)

    def has(self, step: int) -> bool:
        """Whether a snapshot of exactly this step is in memory."""
        return self._at(step) is not None

    def contains(self, snapshot: Snapshot) -> bool:
        """Whether this very object is in memory."""
        return self._at(snapshot.step) is snapshot

    def add_stored(self, steps: Iterable[int], load: Callable[[int], Snapshot]) -> None:
        """Add snapshots on disk, of these steps; `load` reads one, or raises a UserError."""
        self._stored = sorted(steps)
        self._load = load

    def nearest(self, step: int) -> Snapshot | None:
        """The last snapshot at or before `step`; None if there is none."""
        index = bisect_right(self._snapshots, step, key=_step_of)
        found = self._snapshots[index - 1] if index else None
        on_disk = bisect_right(self._stored, step)
        if self._load is not None and on_disk and (found is None or self._stored[on_disk - 1] > found.step):
            try:
                self.add(self._load(self._stored[on_disk - 1]), pinned=True)
            except UserError:
                # If it is damaged or gone, the replay starts from the one before it and takes longer.
                del self._stored[on_disk - 1]
            return self.nearest(step)
        return found

    def copy_to(self, child: RunSnapshots, step: int) -> None:
        """Add the snapshots at or before `step` to `child`."""
        for snapshot in self._snapshots[: bisect_right(self._snapshots, step, key=_step_of)]:
            child.add(snapshot, pinned=snapshot.step in self._pinned)
        if self._load is not None:
            child.add_stored(self._stored[: bisect_right(self._stored, step)], self._load)

    def drop_after(self, step: int) -> None:
        """Drop the snapshots of later steps."""
        index = bisect_right(self._snapshots, step, key=_step_of)
        for snapshot in self._snapshots[index:]:
            self._cache.release(snapshot)
        del self._snapshots[index:]
        del self._stored[bisect_right(self._stored, step) :]
        self._pinned = {pinned for pinned in self._pinned if pinned <= step}

    def least_useful(self, can_go: Callable[[Snapshot], bool]) -> Snapshot | None:
        """The snapshot to evict next, of those for which `can_go` is true; never the first or the last.

        It is the one whose neighbours are closest to each other, relative to its age: recent steps stay within a short
        replay, and old steps are not far from a snapshot either.
        """
        steps = self.steps
        newest = steps[-1] if steps else 0

        def gap(index: int) -> float:
            distance = float(steps[index + 1] - steps[index - 1])
            age = newest - steps[index] + 1
            return distance / math.pow(age, AGE_POWER) * (PINNED if steps[index] in self._pinned else 1.0)

        indices = (index for index in range(1, len(steps) - 1) if can_go(self._snapshots[index]))
        index = min(indices, key=gap, default=None)
        return None if index is None else self._snapshots[index]

    def drop(self, snapshot: Snapshot) -> None:
        """Drop this very object, if it is in memory."""
        if self.contains(snapshot):
            self._cache.release(snapshot)
            del self._snapshots[self._index(snapshot.step)]

    def clear(self) -> None:
        """Drop all snapshots in memory."""
        for snapshot in self._snapshots:
            self._cache.release(snapshot)
        self._snapshots.clear()

    def _at(self, step: int) -> Snapshot | None:
        index = self._index(step)
        found = self._snapshots[index] if index < len(self._snapshots) else None
        return found if found is not None and found.step == step else None

    def _index(self, step: int) -> int:
        return bisect_left(self._snapshots, step, key=_step_of)


class SnapshotCache:
    """The snapshots of all runs of a session, within one budget in bytes; a branch shares them with its parent."""

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self._budget = budget
        self._runs: dict[str, RunSnapshots] = {}
        self._references: Counter[int] = Counter()
        self._nbytes = 0

    @property
    def nbytes(self) -> int:
        """Bytes that all snapshots take now."""
        return self._nbytes

    @property
    def budget(self) -> int:
        """Bytes that all snapshots together may take; a lower value evicts at once."""
        return self._budget

    @budget.setter
    def budget(self, nbytes: int) -> None:
        self._budget = nbytes
        if self._runs:
            self.evict(list(self._runs.values())[-1])

    def of_run(self, run: str) -> RunSnapshots:
        """The snapshots of the run with the id `run`, which becomes the current one."""
        # Removed and added again: the order of the dictionary is the order of use.
        snapshots = self._runs.pop(run, None) or RunSnapshots(self)
        self._runs[run] = snapshots
        return snapshots

    def drop_run(self, run: str) -> None:
        """Drop all snapshots of a run."""
        if snapshots := self._runs.pop(run, None):
            snapshots.clear()

    def retain(self, snapshot: Snapshot) -> None:
        """Add a reference to `snapshot`."""
        self._references[id(snapshot)] += 1
        if self._references[id(snapshot)] == 1:
            self._nbytes += snapshot.nbytes

    def release(self, snapshot: Snapshot) -> None:
        """Remove a reference to `snapshot`."""
        self._references[id(snapshot)] -= 1
        if not self._references[id(snapshot)]:
            del self._references[id(snapshot)]
            self._nbytes -= snapshot.nbytes

    def evict(self, current: RunSnapshots, newest: Snapshot | None = None) -> None:
        """Drop snapshots until all together are within the budget.

        Those of other runs go first, from the run used longest ago on, and all of them: when such a run is opened
        again, its first state comes from its recipe. Snapshots that the current run shares stay, because dropping them
        frees nothing. The current run keeps its first, its last, and `newest`, also where these exceed the budget.
        """

        def is_not_shared(snapshot: Snapshot) -> bool:
            return not current.contains(snapshot)

        for other in [snapshots for snapshots in self._runs.values() if snapshots is not current]:
            while self._nbytes > self._budget and (found := other.least_useful(is_not_shared)) is not None:
                self._drop(found, current)
            if self._nbytes > self._budget:
                for snapshot in filter(is_not_shared, other.ends):
                    self._drop(snapshot, current)
        while self._nbytes > self._budget:
            found = current.least_useful(lambda snapshot: snapshot is not newest)
            if found is None:
                return
            self._drop(found, current)

    def _drop(self, snapshot: Snapshot, current: RunSnapshots) -> None:
        """Drop it from all runs: as long as one of them holds it, its memory is not free."""
        for snapshots in {current, *self._runs.values()}:
            snapshots.drop(snapshot)


def _step_of(snapshot: Snapshot) -> int:
    return snapshot.step
