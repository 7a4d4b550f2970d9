"""RunLibrary: the store of runs from the window's side. It shows the list and the tree of branches, and edits runs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.engine.analysis.lr_curve import RateCurve, known_count
from workbench.engine.config.tasks import ACCURACY
from workbench.engine.errors import UsageError, UserError
from workbench.ui.connection.store_worker import StoreWorker
from workbench.ui.controllers.overlays import Overlays
from workbench.ui.models.run_tree import family
from workbench.ui.text.run_texts import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change, JournalEntry, RunIdentity
    from workbench.engine.store.run_store import RunStore, RunSummary
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.panels.branches import BranchesPanel
    from workbench.ui.panels.curves import CurvesPanel
    from workbench.ui.panels.runs.panel import RunsPanel

POLL_MS: Final = 1000
"""Between two polls of the store: each takes microseconds where nothing has changed."""


@dataclass(frozen=True, slots=True)
class StoreNews:
    """What one poll has read.

    Attributes:
        version: of the store.
        runs: all runs, newest first.
        growth: what overlaid runs have gained, as a run does that another window trains: for each, how many of its
            steps were known, and the records of the later ones.
        changes: for branches among the relatives of the current run, the changes made where they left their parent.
    """

    version: int
    runs: list[RunSummary]
    growth: dict[str, tuple[int, History]] = field(default_factory=dict)
    changes: dict[str, Sequence[Change]] = field(default_factory=dict)


class RunLibrary(QObject):
    """Has the panels show what is in the store, and writes there what the user asks for.

    A `StoreWorker` does all reading and writing, so a locked store never freezes the window.

    Args:
        folder: the folder of the store.
        table: lists all runs.
        tree: shows the relatives of the current run.
        plots: show other runs over the current one.
        current_run: the current run.
        parent: the window.
    """

    runs_changed = Signal()
    """The store holds other runs, or knows something else of them."""
    failed = Signal(UserError, str)
    """The store cannot be read or written, was set aside, or may only be read; the traceback of a defect."""

    def __init__(
        self,
        folder: Path,
        table: RunsPanel,
        tree: BranchesPanel,
        plots: CurvesPanel,
        current_run: RunModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._tree = tree
        self._current_run = current_run
        self._worker = StoreWorker(folder, self)
        self._worker.noticed.connect(self.failed)
        self._overlays = Overlays(self._worker, plots, self.title, self.metric, self.rate, self)
        self._overlays.changed.connect(self._show_ticks)
        self._overlays.failed.connect(self.failed)
        self._version = -1
        self._runs: list[RunSummary] = []
        # Deleted runs too: they can be restored, and messages name them.
        self._known: dict[str, RunSummary] = {}
        self._current: RunIdentity | None = None
        self._changes: dict[str, Sequence[Change]] = {}
        self._is_reading = False
        self._is_stale = False
        self._last_error = ""
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)
        table.rename_requested.connect(self.rename)
        table.note_requested.connect(lambda run, note: self._write(lambda store: store.annotate(run, note)))
        table.star_requested.connect(lambda run, starred: self._write(lambda store: store.star(run, starred)))

    @property
    def runs(self) -> Sequence[RunSummary]:
        """The runs of the store, as it was last read, without deleted ones."""
        return self._runs

    @property
    def overlaid(self) -> list[str]:
        """The runs drawn over the plots, by id."""
        return self._overlays.runs

    def open(self) -> None:
        """Open the store and begin to poll it; where that fails, `failed` says why, and each poll tries again."""
        self._worker.start()
        self.refresh()
        self._timer.start()

    def close(self) -> None:
        """Poll no more; what was asked for is still written."""
        self._timer.stop()
        self._worker.close()

    def on_run_changed(self) -> None:
        """Another run is the current one, or none is, or the current one is at another step."""
        run = self._current_run.run
        if run == self._current:
            self._show_family()
            return
        self._current = run
        self._table.set_current(None if run is None else run.id)
        self._overlays.set_current(run)
        self._show_family()
        self.refresh()

    def refresh(self) -> None:
        """Read the store and show what it holds now."""
        self._version = -1
        self._read()

    def summary(self, run: str) -> RunSummary | None:
        """The summary of a run, deleted or not, as the store was last read; None for one that was not there then."""
        return self._known.get(run)

    def title(self, run: str, unknown: str = "") -> str:
        """The title of a run; `unknown`, or "The run", where the store did not hold it yet when it was last read."""
        summary = self.summary(run)
        return title_of(summary) if summary is not None else unknown or self.tr("The run")

    def metric(self, run: str) -> Metric:
        """The metric of the task of a run."""
        summary = self.summary(run)
        return ACCURACY if summary is None else summary.recipe.task.metric

    def rate(self, run: str, history: History) -> RateCurve | None:
        """The learning rate over a stored run with this history; None where it depends on what only the data say."""
        summary = self.summary(run)
        count = None if summary is None else known_count(summary.recipe)
        return None if summary is None or count is None else RateCurve(summary.recipe, history, count)

    def delete(self, runs: Sequence[str], on_done: Callable[[], None] | None = None) -> None:
        """Delete runs, then call `on_done`; `restore` brings them back. `failed` is emitted where that fails."""
        runs = list(runs)

        def done() -> None:
            self._overlays.remove(runs)
            if on_done is not None:
                on_done()

        self._write(lambda store: store.delete(runs), done)

    def rename(self, run: str, name: str) -> None:
        """Give a run a name."""
        self._write(lambda store: store.rename(run, name))

    def restore(self, runs: Sequence[str]) -> None:
        """Bring deleted runs back."""
        self._write(lambda store: store.restore(runs))

    def annotate_entry(self, run: str, entry: JournalEntry) -> None:
        """Write the note of an entry of a run's journal."""
        self._write(lambda store: store.annotate_entry(run, entry))

    def overlay(self, runs: Sequence[str]) -> None:
        """Draw runs over the plots, in addition to those that are there; where all of them are, remove them."""
        self._overlays.toggle(runs)

    def overlay_relatives(self, runs: Sequence[str]) -> None:
        """Of the relatives of the current run, draw exactly these over the plots."""
        relatives = [] if self._current is None else family(self._current.id, self._runs)
        self._overlays.replace([run.identity.id for run in relatives], runs)

    def _poll(self) -> None:
        """Once a second: show what this window or another process has changed."""
        is_unknown = self._current is not None and self._current.id not in self._known
        if self._table.isVisible() or self._tree.isVisible() or self.overlaid or is_unknown:
            self._read()
        if self._tree.isVisible():
            self._show_family()

    def _read(self) -> None:
        if self._is_reading:
            # One read at a time: while the store is locked, they must not pile up.
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        version, lengths = self._version, self._overlays.lengths
        current, known = self._current, set(self._changes)

        def read(store: RunStore) -> StoreNews | None:
            return read_news(store, version, lengths, current, known)

        self._worker.submit(read, self._show, self._on_read_failed)

    def _show(self, news: StoreNews | None) -> None:
        self._is_reading, self._last_error = False, ""
        if news is not None:
            self._version = news.version
            self._runs = news.runs
            self._known |= {run.identity.id: run for run in news.runs}
            self._changes |= news.changes
            self._table.set_runs(news.runs)
            self._overlays.set_runs({run.identity.id: run.identity for run in news.runs})
            self._overlays.extend(news.growth)
            self._show_family()
            self.runs_changed.emit()
        if self._is_stale:
            self.refresh()

    def _on_read_failed(self, error: UserError, details: str) -> None:
        self._is_reading = False
        # A poll each second: the same sentence once.
        if str(error) != self._last_error:
            self._last_error = str(error)
            self.failed.emit(error, details)

    def _write(self, job: Callable[[RunStore], None], on_done: Callable[[], None] | None = None) -> None:
        def done(_: None) -> None:
            if on_done is not None:
                on_done()
            self.refresh()

        def give_up(error: UserError, details: str) -> None:
            self.failed.emit(error, details)
            self.refresh()

        self._worker.submit(job, done, give_up)

    def _show_family(self) -> None:
        current = None if self._current is None else self._current.id
        self._tree.set_family(self._runs, current, self._current_run.step, self._changes)
        self._show_ticks()

    def _show_ticks(self) -> None:
        self._tree.set_overlaid(dict.fromkeys(self.overlaid))


def read_news(
    store: RunStore,
    version: int,
    lengths: Mapping[str, tuple[int, int]],
    current: RunIdentity | None,
    known: Collection[str],
) -> StoreNews | None:
    """Read what has changed in the store; None where nothing has.

    Args:
        store: the store.
        version: of the store when it was last read; -1 reads in any case.
        lengths: the overlaid runs, and how many steps and evaluations are drawn of each.
        current: the current run.
        known: branches whose first changes are known.
    """
    if (now := store.version()) == version:
        return None
    runs = store.summaries()
    news = StoreNews(now, runs)
    for run in runs:
        recorded = (run.steps, run.epochs)
        drawn = lengths.get(run.identity.id, recorded)
        if drawn != recorded:
            with suppress(UsageError):  # it is damaged
                news.growth[run.identity.id] = drawn[0], store.history(run.identity.id, drawn[0])
    for run in [] if current is None else family(current.id, runs):
        identity = run.identity
        if identity.parent_step is not None and identity.id not in known:
            try:
                changes = store.changes(identity.id)
            except UsageError:  # its journal is damaged
                changes = []
            # The changes of the current run may not be written yet.
            if changes or identity != current:
                news.changes[identity.id] = [each for each in changes if each.step == identity.parent_step]
    return news
