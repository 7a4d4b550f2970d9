"""Who comes from whom: the tree that runs and their branches make."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbench.engine.history.records import RunIdentity
    from workbench.engine.store.run_store import RunSummary


def branch_step(one: str, other: str, runs: Mapping[str, RunIdentity]) -> int | None:
    """The first step at which two runs of one family may differ: they have seen the same up to there.

    Args:
        one: a run's id.
        other: another's.
        runs: the runs there are, by id; a parent that is not among them ends a line.

    Returns:
        None where they have no ancestor in common, or are the same run.
    """
    shared = dict(_ancestry(other, runs))
    for ancestor, steps in _ancestry(one, runs):
        if ancestor in shared:
            step = min(steps, shared[ancestor])
            return None if math.isinf(step) else int(step)
    return None


def family(member: str, runs: Iterable[RunSummary]) -> list[RunSummary]:
    """The runs that come from the same first run as `member`, itself included, in the order given."""
    runs = list(runs)
    identities = {run.identity.id: run.identity for run in runs}
    founders: dict[str, str] = {}

    def founder(run: str) -> str:
        line: list[str] = []
        # A store is a file that anybody may have written: a circle in it must not hold up the window.
        while run not in founders and run not in line:
            identity = identities.get(run)
            if identity is None or identity.parent is None:
                break
            line.append(run)
            run = identity.parent
        first = founders.get(run, run)
        founders.update(dict.fromkeys(line, first))
        return first

    first = founder(member)
    return [run for run in runs if founder(run.identity.id) == first]


def _ancestry(run: str, runs: Mapping[str, RunIdentity]) -> Iterator[tuple[str, float]]:
    """`run`, its parent, its parent's parent …, each with how many steps of it are also `run`'s."""
    steps = math.inf
    seen = set()
    while run not in seen:  # see above
        seen.add(run)
        yield run, steps
        identity = runs.get(run)
        if identity is None or identity.parent is None:
            return
        steps = min(steps, identity.parent_step or 0)
        run = identity.parent
