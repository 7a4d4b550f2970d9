"""The tree that runs and their branches form: relatives, common steps, and the lanes in which it is drawn."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbench.engine.history.records import RunIdentity
    from workbench.engine.store.run_store import RunSummary


@dataclass(frozen=True, slots=True)
class Lane:
    """A run in the drawing of the tree; its index in the list of lanes is its row.

    Attributes:
        summary: the run.
        parent: the run that its identity names as parent; None where there is none or it was deleted.
        source: the row from whose line it branches; None for the lane that begins at step 0. It is an older ancestor
            than the parent where the branch begins at a step that the parent itself took over from that ancestor.
        start: the step at which it leaves that line.
        end: the last step recorded.
    """

    summary: RunSummary
    parent: RunSummary | None
    source: int | None
    start: int
    end: int


def branch_step(one: str, other: str, runs: Mapping[str, RunIdentity]) -> int | None:
    """The first step at which two related runs may differ: up to there they are the same.

    Args:
        one: a run's id.
        other: another run's id.
        runs: all known runs, by id; a parent that is not among them ends the line of ancestors.

    Returns:
        None where they have no common ancestor, or are the same run.
    """
    shared = dict(_shared_steps(other, runs))
    for ancestor, steps in _shared_steps(one, runs):
        if ancestor in shared:
            step = min(steps, shared[ancestor])
            return None if math.isinf(step) else int(step)
    return None


def family(member: str, runs: Iterable[RunSummary]) -> list[RunSummary]:
    """The runs that descend from the same first run as `member`, `member` included, in the order given."""
    runs = list(runs)
    children: defaultdict[str | None, list[str]] = defaultdict(list)
    for run in runs:
        children[run.identity.parent].append(run.identity.id)
    *_, root = _line(member, {run.identity.id: run.identity for run in runs})
    relatives: set[str] = set()
    waiting = [root]
    while waiting:
        run_id = waiting.pop()
        if run_id not in relatives:
            relatives.add(run_id)
            waiting += children[run_id]
    return [run for run in runs if run.identity.id in relatives]


def branch_lanes(runs: Sequence[RunSummary], current: str | None) -> list[Lane]:
    """The lanes of all runs related to `current`, each below the line it leaves; empty where it is not among `runs`.

    Of two runs that leave one line, the one that leaves later is nearer: so the connection to the other crosses no
    lane.
    """
    known = {run.identity.id: run for run in runs}
    if current not in known:
        return []
    identities = {run: summary.identity for run, summary in known.items()}
    sources = {run: _source(run, identities) for run in known}
    children: dict[str | None, list[RunSummary]] = {}
    for run, summary in known.items():
        children.setdefault(sources[run], []).append(summary)
    root: str = current
    while (source := sources[root]) is not None:
        root = source
    lanes: list[Lane] = []
    rows: dict[str, int] = {}
    waiting = [known[root]]
    while waiting:
        summary = waiting.pop()
        run = summary.identity.id
        source = sources[run]
        start = _start(summary.identity) if source is not None else 0
        rows[run] = len(lanes)
        parent = known.get(summary.identity.parent or "")
        lanes.append(Lane(summary, parent, None if source is None else rows[source], start, max(start, summary.steps)))
        # `pop` takes from the end: the child that leaves last comes first.
        waiting += sorted(children.get(run, ()), key=lambda child: (_start(child.identity), -child.number))
    return lanes


def past_of(lanes: Sequence[Lane], row: int) -> list[tuple[int, int, int]]:
    """The line from step 0 to the end of `row`'s lane: (row, first step, last step) of each piece, the oldest first."""
    pieces: list[tuple[int, int, int]] = []
    place: int | None = row
    end = lanes[row].end
    while place is not None:
        lane = lanes[place]
        pieces.append((place, lane.start, end))
        place, end = lane.source, lane.start
    return pieces[::-1]


def _line(run: str, runs: Mapping[str, RunIdentity]) -> Iterator[str]:
    """`run`, its parent, its parent's parent …; the last may be an id that is not in `runs`.

    Another program may have written the store: parents in a circle end the line.
    """
    seen: set[str] = set()
    ancestor: str | None = run
    while ancestor is not None and ancestor not in seen:
        seen.add(ancestor)
        yield ancestor
        identity = runs.get(ancestor)
        ancestor = None if identity is None else identity.parent


def _shared_steps(run: str, runs: Mapping[str, RunIdentity]) -> Iterator[tuple[str, float]]:
    """`run` and its ancestors, each with the number of its steps that are also steps of `run`."""
    steps = math.inf
    for ancestor in _line(run, runs):
        yield ancestor, steps
        if ancestor in runs:
            steps = min(steps, runs[ancestor].parent_step or 0)


def _start(identity: RunIdentity) -> int:
    return max(identity.parent_step or 0, 0)


def _source(run: str, runs: Mapping[str, RunIdentity]) -> str | None:
    """The run on whose own steps `run` branched off; None where its parents are not known or form a circle."""
    for ancestor in islice(_line(run, runs), 1, None):
        identity = runs.get(ancestor)
        if identity is None:
            return None
        if identity.parent not in runs or _start(runs[run]) > _start(identity):
            return ancestor
    return None
