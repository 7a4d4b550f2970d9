"""Reads and writes the store of runs on the window's side: the list, the family tree, what is laid over the plots."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.engine.errors import UserError
from workbench.engine.store.run_store import RunStore
from workbench.ui.models.run_tree import branch_step, family
from workbench.ui.plotting.curves.overlay_slots import MOST_OVERLAYS, Overlay
from workbench.ui.text.run_texts import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change, RunIdentity
    from workbench.engine.store.run_store import RunSummary
    from workbench.ui.panels.branches import BranchesPanel
    from workbench.ui.panels.curves import CurvesPanel
    from workbench.ui.panels.runs.panel import RunsPanel

REFRESH_MS: Final = 1000
"""Between two looks at the store: microseconds where nothing has changed."""


class InHandRun(Protocol):
    """What has to be known of the run in hand."""

    @property
    def run(self) -> RunIdentity | None:
        """Which it is; None if there is none."""

    @property
    def step(self) -> int:
        """Where it is."""


class RunLibrary(QObject):
    """Has the panels show what is in the store, and does there what they ask for.

    Args:
        folder: of the store.
        table: lists all runs.
        tree: shows the family of the run in hand.
        plots: show runs laid over the present one.
        in_hand: the run in hand.
        parent: the window.
    """

    failed = Signal(UserError)
    """The store cannot be read or written, or was set aside."""

    def __init__(
        self,
        folder: Path,
        table: RunsPanel,
        tree: BranchesPanel,
        plots: CurvesPanel,
        in_hand: InHandRun,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._table = table
        self._tree = tree
        self._plots = plots
        self._in_hand = in_hand
        self._store: RunStore | None = None
        self._version = -1
        self._runs: list[RunSummary] = []
        self._current: RunIdentity | None = None
        self._overlaid: dict[str, History] = {}
        self._changes: dict[str, Sequence[Change]] = {}
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._look)
        table.rename_requested.connect(self._rename)
        table.note_requested.connect(self._annotate)
        table.star_requested.connect(self._star)
        plots.overlay_removed.connect(self._remove_overlay)

    @property
    def overlaid(self) -> list[str]:
        """The runs laid over the plots, by id."""
        return list(self._overlaid)

    def open(self) -> None:
        """Open the store and begin to watch it; where that fails, `failed` says why and the list stays empty."""
        with self._told():
            self._store = RunStore(self._folder)
            if self._store.set_aside is not None:
                self.failed.emit(self._store.set_aside)
        if self._store is not None:
            self.refresh()
            self._timer.start()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        if self._store is not None:
            self._store.close()
            self._store = None

    def note_run(self) -> None:
        """Another run is in hand, or none, or it is at another step."""
        run = self._in_hand.run
        if run != self._current:
            self._current = run
            self._table.set_current(None if run is None else run.id)
            if run is None:
                self._overlaid.clear()
            else:
                self._overlaid.pop(run.id, None)
            self.refresh()
            self._show_overlays()
        else:
            self._show_family()

    def refresh(self) -> None:
        """Show what the store holds now."""
        if self._store is None:
            return
        with self._told():
            self._version = self._store.version()
            self._runs = self._store.summaries()
            self._table.set_runs(self._runs)
            self._reload_overlays()
        self._show_family()

    def summary(self, run: str) -> RunSummary | None:
        """What the store knows of a run, deleted or not; None where it does not know it, or not yet."""
        known = next((summary for summary in self._runs if summary.identity.id == run), None)
        if known is None and self._store is not None:
            with suppress(UserError):
                return self._store.summary(run)
        return known

    def title(self, run: str, unknown: str = "") -> str:
        """What people call a run; `unknown`, or as much as "The run", where the store does not hold it yet."""
        summary = self.summary(run)
        return title_of(summary) if summary is not None else unknown or self.tr("The run")

    def delete(self, runs: Sequence[str]) -> None:
        """Delete runs; `restore` brings them back."""
        self._remove_overlays(runs)
        self._write(lambda store: store.delete(runs))

    def restore(self, runs: Sequence[str]) -> None:
        """Bring deleted runs back."""
        self._write(lambda store: store.restore(runs))

    def overlay(self, runs: Sequence[str]) -> None:
        """Lay runs over the plots, besides those that are; where all of them are already, take them away."""
        wanted = [run for run in runs if self._current is None or run != self._current.id]
        if all(run in self._overlaid for run in wanted):
            self._remove_overlays(wanted)
            return
        with self._told():
            for run in wanted:
                if self._store is not None:
                    self._overlaid.setdefault(run, self._store.history(run))
        for run in list(self._overlaid)[:-MOST_OVERLAYS]:
            del self._overlaid[run]
        self._show_overlays()

    def overlay_relatives(self, runs: Sequence[str]) -> None:
        """Of the family of the run in hand, lay these over the plots and no others."""
        if self._current is not None:
            relatives = {run.identity.id for run in family(self._current.id, self._runs)}
            for run in relatives.difference(runs):
                self._overlaid.pop(run, None)
        if new := [run for run in runs if run not in self._overlaid]:
            self.overlay(new)
        else:
            self._show_overlays()

    def _look(self) -> None:
        """Once a second: has anybody, here or in another window, changed anything?"""
        if self._store is None or not (self._table.isVisible() or self._tree.isVisible() or self._overlaid):
            return
        with self._told():
            if self._store.version() != self._version:
                self.refresh()
            elif self._tree.isVisible():
                self._show_family()

    def _rename(self, run: str, name: str) -> None:
        self._write(lambda store: store.rename(run, name))
        self._show_overlays()

    def _annotate(self, run: str, note: str) -> None:
        self._write(lambda store: store.annotate(run, note))

    def _star(self, run: str, starred: bool) -> None:
        self._write(lambda store: store.star(run, starred))

    def _write(self, wish: Callable[[RunStore], None]) -> None:
        if self._store is not None:
            with self._told():
                wish(self._store)
            self.refresh()

    def _remove_overlay(self, run: str) -> None:
        self._remove_overlays([run])

    def _remove_overlays(self, runs: Sequence[str]) -> None:
        for run in runs:
            self._overlaid.pop(run, None)
        self._show_overlays()

    def _reload_overlays(self) -> None:
        """One that trains in another window has grown."""
        assert self._store is not None
        grown = False
        for run, history in self._overlaid.items():
            summary = self.summary(run)
            if summary is not None and summary.steps != len(history):
                self._overlaid[run] = self._store.history(run)
                grown = True
        if grown:
            self._show_overlays()

    def _show_overlays(self) -> None:
        identities = {summary.identity.id: summary.identity for summary in self._runs}
        present = self._current
        if present is not None:
            identities[present.id] = present
        self._plots.set_overlays(
            [
                Overlay(
                    run,
                    self.title(run),
                    history,
                    branch_step(present.id, run, identities) if present is not None else None,
                )
                for run, history in self._overlaid.items()
            ]
        )
        self._tree.set_overlaid(dict.fromkeys(self._overlaid))

    def _show_family(self) -> None:
        run = None if self._current is None else self._current.id
        self._tree.set_family(self._runs, run, self._in_hand.step, self._changes_of(run))
        self._tree.set_overlaid(dict.fromkeys(self._overlaid))

    def _changes_of(self, run: str | None) -> dict[str, Sequence[Change]]:
        """For each branch among the relatives of `run`, what was changed where it left its parent."""
        relatives = [] if run is None else family(run, self._runs)
        for identity in (relative.identity for relative in relatives):
            if identity.parent_step is not None and identity.id not in self._changes and self._store is not None:
                with self._told():
                    changes = self._store.history(identity.id).changes
                    if len(changes) or self._in_hand.run != identity:
                        self._changes[identity.id] = [each for each in changes if each.step == identity.parent_step]
        return self._changes

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Problems within are told, and nothing more comes of them."""
        try:
            yield
        except UserError as problem:
            self.failed.emit(problem)
