"""The family of a run as lanes of a drawing: who branched off whom, where, and in which order they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.engine.store.run_store import RunSummary


@dataclass(frozen=True, slots=True)
class Lane:
    """A run in the drawing; its place in the list is its row.

    Attributes:
        summary: the run.
        parent: the run it says it branched off; None where there is none or it has been deleted.
        source: the row whose line it leaves; None for one that begins at step 0. It is an older ancestor than the
            parent where the branch lies in what the parent itself has taken over.
        start: the step at which it leaves that line.
        end: the last step recorded.
    """

    summary: RunSummary
    parent: RunSummary | None
    source: int | None
    start: int
    end: int


def branch_lanes(runs: Sequence[RunSummary], current: str | None) -> list[Lane]:
    """The lanes of all runs related to `current`, each below the line it leaves; empty where it is not among `runs`.

    Of two that leave one line, the later lies nearer: the way down to the other then crosses no lane.
    """
    known = {run.identity.id: run for run in runs}
    if current not in known:
        return []
    sources = {run: _source(summary, known) for run, summary in known.items()}
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
        start = _start(summary) if source is not None else 0
        rows[run] = len(lanes)
        parent = known.get(summary.identity.parent or "")
        lanes.append(Lane(summary, parent, None if source is None else rows[source], start, max(start, summary.steps)))
        # Taken from the end: the one that leaves last comes first.
        waiting += sorted(children.get(run, ()), key=lambda child: (_start(child), -child.number))
    return lanes


def past_of(lanes: Sequence[Lane], row: int) -> list[tuple[int, int, int]]:
    """The way from step 0 to the end of `row`'s lane: (row, first step, last step) of each piece, the oldest first."""
    pieces: list[tuple[int, int, int]] = []
    place: int | None = row
    end = lanes[row].end
    while place is not None:
        lane = lanes[place]
        pieces.append((place, lane.start, end))
        place, end = lane.source, lane.start
    return pieces[::-1]


def _start(summary: RunSummary) -> int:
    return max(summary.identity.parent_step or 0, 0)


def _source(summary: RunSummary, known: Mapping[str, RunSummary]) -> str | None:
    """The run on whose own line the branch of `summary` lies."""
    run, step = summary.identity.parent, _start(summary)
    seen = {summary.identity.id}
    while run is not None and run in known:
        if run in seen:  # a damaged store: ancestors in a circle
            return None
        seen.add(run)
        grandparent = known[run].identity.parent
        if grandparent not in known or step > _start(known[run]):
            return run
        run = grandparent
    return None
