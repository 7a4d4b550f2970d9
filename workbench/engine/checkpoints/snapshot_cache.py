"""Snapshots in memory: which are kept, within a budget, so that every step of a run can be reached soon."""

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
"""Bytes, where nobody travels: enough for the way back after a loss that is no number."""
LANDMARK: Final = 3.0
"""Snapshots at epochs and changes, where people travel to, count as that much farther apart."""
AGE_POWER: Final = 0.5
"""How much farther apart old snapshots may lie than recent ones: 0 spaces them evenly, 1 by their age."""


class RunSnapshots:
    """The snapshots of one run, by step. Made by a `SnapshotCache`.

    A snapshot of step s is the state in which update s was still to come, before any change made at s. On disk there
    may be more of them; those are read when they are the nearest.
    """

    def __init__(self, memory: SnapshotCache) -> None:
        self._memory = memory
        self._snapshots: list[Snapshot] = []
        self._landmarks: set[int] = set()
        self._stored: list[int] = []
        self._load: Callable[[int], Snapshot] | None = None

    @property
    def steps(self) -> list[int]:
        """The steps of those in memory, ascending."""
        return [snapshot.step for snapshot in self._snapshots]

    @property
    def ends(self) -> tuple[Snapshot, ...]:
        """The first and the last of them in memory."""
        return (*self._snapshots[:1], *self._snapshots[1:][-1:])

    def keep(self, snapshot: Snapshot, *, landmark: bool = False) -> None:
        """Keep `snapshot`, unless there is one of its step; a `landmark` stays longer."""
        if landmark:
            self.mark(snapshot.step)
        if not self.has(snapshot.step):
            self._snapshots.insert(self._place(snapshot.step), snapshot)
            self._memory.hold(snapshot)
            self._memory.thin(self, snapshot)

    def mark(self, step: int) -> None:
        """People will want to go to `step`: a snapshot of it stays longer."""
        self._landmarks.add(step)

    def has(self, step: int) -> bool:
        """Whether there is one in memory of just this step."""
        return self._at(step) is not None

    def holds(self, snapshot: Snapshot) -> bool:
        """Whether just this one is among those in memory."""
        return self._at(snapshot.step) is snapshot

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
            try:
                self.keep(self._load(self._stored[on_disk - 1]), landmark=True)
            except UserError:
                # One that is damaged or gone costs only a longer way, from the one before it.
                del self._stored[on_disk - 1]
            return self.nearest(step)
        return found

    def fork(self, child: RunSnapshots, step: int) -> None:
        """Let `child` have those at or before `step`, too."""
        for snapshot in self._snapshots[: bisect_right(self._snapshots, step, key=_step_of)]:
            child.keep(snapshot, landmark=snapshot.step in self._landmarks)
        if self._load is not None:
            child.know_stored(self._stored[: bisect_right(self._stored, step)], self._load)

    def forget_after(self, step: int) -> None:
        """Drop those of later steps."""
        place = bisect_right(self._snapshots, step, key=_step_of)
        for snapshot in self._snapshots[place:]:
            self._memory.release(snapshot)
        del self._snapshots[place:]
        del self._stored[bisect_right(self._stored, step) :]
        self._landmarks = {landmark for landmark in self._landmarks if landmark <= step}

    def cheapest(self, may_go: Callable[[Snapshot], bool]) -> Snapshot | None:
        """Of those that `may_go`, the one that will be missed least; never the first or the last.

        That is the one whose neighbours are closest to each other, measured against how long ago they were: recent
        steps stay within a short replay, and old ones are never far from a snapshot either.
        """
        steps = self.steps
        newest = steps[-1] if steps else 0

        def gap(place: int) -> float:
            apart = float(steps[place + 1] - steps[place - 1])
            age = newest - steps[place] + 1
            return apart / math.pow(age, AGE_POWER) * (LANDMARK if steps[place] in self._landmarks else 1.0)

        places = (place for place in range(1, len(steps) - 1) if may_go(self._snapshots[place]))
        place = min(places, key=gap, default=None)
        return None if place is None else self._snapshots[place]

    def drop(self, snapshot: Snapshot) -> None:
        """Drop just this one, if it is there."""
        if self.holds(snapshot):
            self._memory.release(snapshot)
            del self._snapshots[self._place(snapshot.step)]

    def clear(self) -> None:
        """Drop all of them in memory."""
        for snapshot in self._snapshots:
            self._memory.release(snapshot)
        self._snapshots.clear()

    def _at(self, step: int) -> Snapshot | None:
        place = self._place(step)
        found = self._snapshots[place] if place < len(self._snapshots) else None
        return found if found is not None and found.step == step else None

    def _place(self, step: int) -> int:
        return bisect_left(self._snapshots, step, key=_step_of)


class SnapshotCache:
    """The timelines of all runs of a session, under one budget; branches share what they have in common.

    Args:
        budget: bytes that the snapshots may take together.
    """

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self._budget = budget
        self._timelines: dict[str, RunSnapshots] = {}
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
        if self._timelines:
            self.thin(list(self._timelines.values())[-1])

    def timeline(self, run: str) -> RunSnapshots:
        """That of the run called `run`, which becomes the one in use."""
        # Taken out and put in: the order of the dictionary tells which was used last.
        timeline = self._timelines.pop(run, None) or RunSnapshots(self)
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

    def thin(self, in_use: RunSnapshots, newest: Snapshot | None = None) -> None:
        """Get within the budget.

        Other runs give first, the one used longest ago before the rest, and all they have: opened again, a run finds
        its first step in its recipe. What they share with the run in use they keep, as that would free nothing. The
        run in use keeps its first, its last, and `newest`, even where these alone are beyond the budget.
        """

        def is_others(snapshot: Snapshot) -> bool:
            return not in_use.holds(snapshot)

        for timeline in [timeline for timeline in self._timelines.values() if timeline is not in_use]:
            while self._nbytes > self._budget and (found := timeline.cheapest(is_others)) is not None:
                self._drop(found, in_use)
            if self._nbytes > self._budget:
                for snapshot in filter(is_others, timeline.ends):
                    self._drop(snapshot, in_use)
        while self._nbytes > self._budget:
            found = in_use.cheapest(lambda snapshot: snapshot is not newest)
            if found is None:
                return
            self._drop(found, in_use)

    def _drop(self, snapshot: Snapshot, in_use: RunSnapshots) -> None:
        """Drop it from all timelines: kept by one of them, it would take its bytes still."""
        for timeline in {in_use, *self._timelines.values()}:
            timeline.drop(snapshot)


def _step_of(snapshot: Snapshot) -> int:
    return snapshot.step
