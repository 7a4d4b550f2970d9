"""Snapshots in memory: which are kept, within a budget, so that every step of a run can be reached soon."""

from __future__ import annotations

import contextlib
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final

from workbench.engine.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from workbench.engine.snapshot import Snapshot

DEFAULT_BUDGET: Final = 1 << 30
"""Bytes: 380 snapshots of the tutorial's network under SGD, 130 under Adam."""
LANDMARK: Final = 3.0
"""Snapshots at epochs and changes, where people travel to, count as that much farther apart."""
AGE_POWER: Final = 0.5
"""How much farther apart old snapshots may lie than recent ones: 0 spaces them evenly, 1 by their age."""


class Timeline:
    """The snapshots of one run, by step. Made by a `SnapshotMemory`.

    A snapshot of step s is the state in which update s was still to come, before any change made at s. On disk there
    may be more of them; those are read when they are the nearest.
    """

    def __init__(self, memory: SnapshotMemory) -> None:
        self._memory = memory
        self._snapshots: list[Snapshot] = []
        self._landmarks: set[int] = set()
        self._stored: list[int] = []
        self._load: Callable[[int], Snapshot] | None = None

    @property
    def steps(self) -> list[int]:
        """The steps of those in memory, ascending."""
        return [snapshot.step for snapshot in self._snapshots]

    def keep(self, snapshot: Snapshot, *, landmark: bool = False) -> None:
        """Keep `snapshot`, unless there is one of its step; a `landmark` stays longer."""
        if landmark:
            self.mark(snapshot.step)
        place = bisect_left(self._snapshots, snapshot.step, key=_step_of)
        if not self.has(snapshot.step):
            self._snapshots.insert(place, snapshot)
            self._memory.hold(snapshot)
            self._memory.thin(self)

    def mark(self, step: int) -> None:
        """People will want to go to `step`: a snapshot of it stays longer."""
        self._landmarks.add(step)

    def has(self, step: int) -> bool:
        """Whether there is one in memory of just this step."""
        place = bisect_left(self._snapshots, step, key=_step_of)
        return place < len(self._snapshots) and self._snapshots[place].step == step

    def know_stored(self, steps: Iterable[int], load: Callable[[int], Snapshot]) -> None:
        """There are snapshots of these steps on disk as well; `load` reads one, or raises a Problem."""
        self._stored = sorted(steps)
        self._load = load

    def nearest(self, step: int) -> Snapshot | None:
        """The last snapshot at or before `step`; None where there is none."""
        place = bisect_right(self._snapshots, step, key=_step_of)
        found = self._snapshots[place - 1] if place else None
        on_disk = bisect_right(self._stored, step)
        if self._load is not None and on_disk and (found is None or self._stored[on_disk - 1] > found.step):
            stored = self._stored.pop(on_disk - 1)
            # One that is damaged or gone costs only a longer way, from the one before it.
            with contextlib.suppress(Problem):
                self.keep(self._load(stored), landmark=True)
            return self.nearest(step)
        return found

    def fork(self, child: Timeline, step: int) -> None:
        """Let `child` have those at or before `step`, too."""
        for snapshot in self._snapshots[: bisect_right(self._snapshots, step, key=_step_of)]:
            child.keep(snapshot, landmark=snapshot.step in self._landmarks)

    def forget_after(self, step: int) -> None:
        """Drop those of later steps."""
        place = bisect_right(self._snapshots, step, key=_step_of)
        for snapshot in self._snapshots[place:]:
            self._memory.release(snapshot)
        del self._snapshots[place:]
        del self._stored[bisect_right(self._stored, step) :]

    def drop_cheapest(self) -> bool:
        """Drop the one that will be missed least; False where only the first and the last are left.

        That is the one whose neighbours are closest to each other, measured against how long ago they were: recent
        steps stay within a short replay, and old ones are never far from a snapshot either.
        """
        steps = self.steps
        if len(steps) <= 2:
            return False
        newest = steps[-1]

        def gap(place: int) -> float:
            apart = float(steps[place + 1] - steps[place - 1])
            age = newest - steps[place] + 1
            return apart / math.pow(age, AGE_POWER) * (LANDMARK if steps[place] in self._landmarks else 1.0)

        place = min(range(1, len(steps) - 1), key=gap)
        self._memory.release(self._snapshots.pop(place))
        return True

    def clear(self) -> None:
        """Drop all of them in memory."""
        for snapshot in self._snapshots:
            self._memory.release(snapshot)
        self._snapshots.clear()


class SnapshotMemory:
    """The timelines of all runs of a session, under one budget; branches share what they have in common.

    Args:
        budget: bytes that the snapshots may take together.
    """

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self._budget = budget
        self._timelines: dict[str, Timeline] = {}
        self._holders: Counter[int] = Counter()
        self._nbytes = 0

    @property
    def nbytes(self) -> int:
        """Bytes taken."""
        return self._nbytes

    @property
    def budget(self) -> int:
        """Bytes that may be taken; lowering it thins at once."""
        return self._budget

    @budget.setter
    def budget(self, nbytes: int) -> None:
        self._budget = nbytes
        for timeline in list(self._timelines.values()):
            self.thin(timeline)

    def timeline(self, run: str) -> Timeline:
        """That of the run called `run`, which becomes the one in use."""
        # Taken out and put in: the order of the dictionary tells which was used last.
        timeline = self._timelines.pop(run, None) or Timeline(self)
        self._timelines[run] = timeline
        return timeline

    def forget(self, run: str) -> None:
        """Drop everything of a run."""
        if timeline := self._timelines.pop(run, None):
            timeline.clear()

    def hold(self, snapshot: Snapshot) -> None:
        """Count `snapshot` once more."""
        self._holders[id(snapshot)] += 1
        if self._holders[id(snapshot)] == 1:
            self._nbytes += snapshot.nbytes

    def release(self, snapshot: Snapshot) -> None:
        """Count it once less."""
        self._holders[id(snapshot)] -= 1
        if not self._holders[id(snapshot)]:
            del self._holders[id(snapshot)]
            self._nbytes -= snapshot.nbytes

    def thin(self, in_use: Timeline) -> None:
        """Get within the budget: other runs give first, the one used longest ago before the rest."""
        others = [timeline for timeline in self._timelines.values() if timeline is not in_use]
        for timeline in (*others, in_use):
            while self._nbytes > self._budget and timeline.drop_cheapest():
                pass


def _step_of(snapshot: Snapshot) -> int:
    return snapshot.step
