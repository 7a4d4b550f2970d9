"""Overlays: which runs are drawn over the current one, and their histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.engine.errors import UserError
from workbench.engine.store.run_store import DamagedRunError
from workbench.ui.models.run_tree import branch_step
from workbench.ui.plotting.curves.overlay_slots import MOST_OVERLAYS, Overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from workbench.engine.analysis.lr_curve import RateCurve
    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.store.run_store import RunStore
    from workbench.ui.connection.store_worker import StoreWorker
    from workbench.ui.panels.curves import CurvesPanel


class Overlays(QObject):
    """Draws stored runs over the curves of the current run.

    Args:
        worker: reads their histories.
        plots: where they are drawn.
        title: what a run is called.
        metric: of the task of a run.
        rate: the learning rate of a run with this history; None where that is not known.
        parent: the owner.
    """

    changed = Signal()
    """Other runs are overlaid than before."""
    failed = Signal(UserError, str)
    """A history could not be read, so of its run no more is overlaid than was recorded before the damage, if anything;
    the traceback of a defect."""

    def __init__(
        self,
        worker: StoreWorker,
        plots: CurvesPanel,
        title: Callable[[str], str],
        metric: Callable[[str], Metric],
        rate: Callable[[str, History], RateCurve | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._plots = plots
        self._title = title
        self._metric = metric
        self._rate = rate
        self._current: RunIdentity | None = None
        self._identities: Mapping[str, RunIdentity] = {}
        # None until the history has been read.
        self._histories: dict[str, History | None] = {}
        plots.overlay_removed.connect(lambda run: self.remove([run]))

    @property
    def runs(self) -> list[str]:
        """The overlaid runs, by id."""
        return list(self._histories)

    @property
    def lengths(self) -> dict[str, tuple[int, int]]:
        """How many steps and evaluations are drawn of each run whose history is there."""
        return {
            run: (len(history), len(history.evaluations))
            for run, history in self._histories.items()
            if history is not None
        }

    def set_current(self, run: RunIdentity | None) -> None:
        """Draw over another run from now on; without a current run nothing is overlaid."""
        self._current = run
        if run is None:
            self._histories.clear()
        else:
            self._histories.pop(run.id, None)
        self._show()

    def set_runs(self, identities: Mapping[str, RunIdentity]) -> None:
        """Take over the runs that the store holds; their titles may have changed."""
        self._identities = identities
        if self._histories:
            self._show()

    def toggle(self, runs: Sequence[str]) -> None:
        """Overlay `runs` in addition to the present ones; where all of them are overlaid already, remove them."""
        wanted = [run for run in runs if self._current is None or run != self._current.id]
        if all(run in self._histories for run in wanted):
            self.remove(wanted)
        else:
            self._add(wanted)

    def replace(self, among: Iterable[str], runs: Sequence[str]) -> None:
        """Of the runs in `among`, overlay exactly `runs`."""
        for run in set(among).difference(runs):
            self._histories.pop(run, None)
        self._add([run for run in runs if run not in self._histories])

    def remove(self, runs: Iterable[str]) -> None:
        """Overlay these runs no more."""
        for run in runs:
            self._histories.pop(run, None)
        self._show()

    def extend(self, growth: Mapping[str, tuple[int, History]]) -> None:
        """Draw what overlaid runs have gained: for each, the records of the steps from the given one on."""
        grown = False
        for run, (first, later) in growth.items():
            history = self._histories.get(run)
            # It may have been removed and read anew meanwhile.
            if history is not None and len(history) == first:
                append(history, later)
                grown = True
        if grown:
            self._show()

    def _add(self, runs: Sequence[str]) -> None:
        for run in runs:
            self._histories.setdefault(run, None)
        for run in self.runs[:-MOST_OVERLAYS]:
            del self._histories[run]
        self._show()
        if missing := [run for run, history in self._histories.items() if history is None]:
            self._read(missing)

    def _read(self, missing: Sequence[str]) -> None:
        def read(store: RunStore) -> list[tuple[str, History, DamagedRunError | None]]:
            return [(run, *_readable(store, run)) for run in missing]

        def give_up(error: UserError, details: str) -> None:
            self.remove([run for run in missing if self._histories.get(run) is None])
            self.failed.emit(error, details)

        self._worker.submit(read, self._take, give_up)

    def _take(self, read: Iterable[tuple[str, History, DamagedRunError | None]]) -> None:
        for run, history, damage in read:
            if run not in self._histories:
                continue  # it was removed meanwhile
            self._histories[run] = history
            if damage is not None:
                self.failed.emit(damage, "")
                if len(history) == 0:
                    del self._histories[run]
        self._show()

    def _show(self) -> None:
        current, identities = self._current, dict(self._identities)
        if current is not None:
            identities[current.id] = current
        overlays = []
        for run, history in self._histories.items():
            if history is not None:
                step = None if current is None else branch_step(current.id, run, identities)
                rate = self._rate(run, history)
                overlays.append(Overlay(run, self._title(run), history, step, self._metric(run), rate))
        self._plots.set_overlays(overlays)
        self.changed.emit()


def _readable(store: RunStore, run: str) -> tuple[History, DamagedRunError | None]:
    """The history of a run; of a damaged one what was recorded before the damage, and the sentence about it."""
    try:
        return store.history(run), None
    except DamagedRunError as damage:
        return damage.history, damage


def append(history: History, later: History) -> None:
    """Append to `history` the records of its run from its last step on."""
    first = len(history)
    tested = history.evaluations[-1].epoch if history.evaluations else 0
    started = history.epoch_starts[-1].epoch if history.epoch_starts else 0
    history.loss.extend(later.loss.values())
    history.metric.extend(later.metric.values())
    history.evaluations += [each for each in later.evaluations if each.epoch > tested]
    history.epoch_starts += [start for start in later.epoch_starts if start.epoch > started]
    history.changes[:] = [change for change in history.changes if change.step < first] + later.changes
    history.incidents[:] = later.incidents
