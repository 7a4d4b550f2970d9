"""The store from the window's side: shown, edited, and never waited for."""

import itertools
import sqlite3
import time
from contextlib import closing

import numpy as np
import pytest
from filelock import FileLock
from PySide6.QtCore import QObject, QTimer, Signal

from workbench.engine.history.history import History
from workbench.engine.history.records import Change, Evaluation, RunIdentity
from workbench.engine.recipe import Recipe
from workbench.engine.store import connection, database, process_locks, run_reader
from workbench.engine.store.history_tables import CHUNK
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore
from workbench.ui.controllers import run_library
from workbench.ui.controllers.run_library import RunLibrary

FASTER = Change(3, "learning_rate", 0.001, 0.01)


class Table(QObject):
    """In the place of the table of runs."""

    rename_requested = Signal(str, str)
    note_requested = Signal(str, str)
    star_requested = Signal(str, bool)
    runs = ()
    current = None

    def set_runs(self, runs):
        self.runs = runs

    def set_current(self, run):
        self.current = run

    def isVisible(self):  # noqa: N802
        return True


class Tree(QObject):
    """In the place of the tree of branches."""

    family = None
    ticked = ()

    def set_family(self, runs, current, step, changes):
        self.family = (len(runs), current, step, dict(changes))

    def set_overlaid(self, runs):
        self.ticked = list(runs)

    def isVisible(self):  # noqa: N802
        return True


class Plots(QObject):
    """In the place of the curves."""

    overlay_removed = Signal(str)
    overlays = ()
    evaluations = ()
    rates = ()

    def set_overlays(self, overlays):
        self.evaluations = [len(overlay.history.evaluations) for overlay in overlays]
        self.rates = [overlay.rate for overlay in overlays]
        self.overlays = [(overlay.key, len(overlay.history), overlay.branch_step) for overlay in overlays]


class Current:
    """In the place of the run model."""

    run = None
    step = 0


class Window:
    """A library, what it shows, and writing access to its store."""

    def __init__(self, qtbot, folder):
        self.qtbot, self.folder = qtbot, folder
        self.table, self.tree, self.plots, self.current = Table(), Tree(), Plots(), Current()
        self.library = RunLibrary(folder, self.table, self.tree, self.plots, self.current)
        self.problems = []
        self.library.failed.connect(lambda problem, _details: self.problems.append(str(problem)))
        self.store = RunStore(folder)

    def add(self, number, *, parent=None, parent_step=None, steps=5, changes=()):
        identity = RunIdentity(f"{number:016x}", parent, parent_step)
        history = History()
        for step in range(steps):
            history.add_step(1.0 / (step + 1), 0.5)
        for change in changes:
            history.add_change(change)
        self.store.begin(identity, Recipe(), {})
        self.store.write(identity.id, HistoryDelta.of(history, 1.0))
        self.store.end(identity.id, RunStatus.FINISHED)
        return identity

    def open(self):
        self.library.open()
        self.wait(lambda: len(self.table.runs) == len(self.store.summaries()))

    def choose(self, identity):
        self.current.run = identity
        self.library.on_run_changed()

    def wait(self, condition):
        self.qtbot.waitUntil(condition, timeout=20_000)


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(run_library, "POLL_MS", 50)
    window = Window(qtbot, tmp_path / "runs")
    yield window
    window.library.close()
    window.library._worker._thread.join(20)
    window.store.close()
    process_locks.release_process_lock(window.folder)


@pytest.fixture
def heartbeat(qtbot):
    """The longest time, in seconds, for which the event loop did nothing."""
    beats = [time.monotonic()]
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    timer.start()
    yield lambda: max(b - a for a, b in itertools.pairwise(beats))
    timer.stop()


# What is shown


def test_that_the_runs_of_the_store_are_listed_and_those_that_come_later_appear(window):
    window.add(1)
    window.open()
    window.add(2)
    window.wait(lambda: [run.number for run in window.table.runs] == [2, 1])


def test_that_the_tree_shows_the_relatives_of_the_current_run_with_what_was_changed(window):
    parent = window.add(1)
    child = window.add(2, parent=parent.id, parent_step=3, changes=[FASTER, Change(4, "epochs", 5, 6)])
    window.open()
    window.choose(parent)
    assert window.table.current == parent.id
    window.wait(lambda: window.tree.family == (2, parent.id, 0, {child.id: [FASTER]}))


def test_that_a_run_has_the_title_that_the_store_knows(window):
    run = window.add(1)
    window.open()
    assert window.library.title(run.id) == "Run 1"
    assert window.library.title("unknown") == "The run"
    assert window.library.title("unknown", "the run") == "the run"


def test_that_a_store_that_may_only_be_read_is_listed_with_one_sentence_until_it_may_be_written(window, monkeypatch):
    run = window.add(1)
    with monkeypatch.context() as protected:
        for module in (database, run_reader):
            protected.setattr(module, "may_be_written", lambda _: False)
        window.open()
        window.library.refresh()
        window.table.rename_requested.emit(run.id, "name")
        window.wait(lambda: len(window.problems) == 2)
        assert window.problems[0] == window.problems[1]  # of the opening, and of the renaming
        assert "may only be read: runs are listed, but none is kept or changed" in window.problems[0]
    window.table.rename_requested.emit(run.id, "name")
    window.wait(lambda: window.table.runs[0].name == "name")
    assert len(window.problems) == 2


# What is overlaid


def test_that_runs_are_drawn_over_the_current_one_and_removed_again(window):
    parent = window.add(1)
    child, other = window.add(2, parent=parent.id, parent_step=3), window.add(3, steps=7)
    window.open()
    window.choose(parent)
    window.library.overlay([parent.id, child.id, other.id])
    assert window.tree.ticked == [child.id, other.id]
    window.wait(lambda: window.plots.overlays == [(child.id, 5, 3), (other.id, 7, None)])
    window.library.overlay([child.id, other.id])
    assert window.plots.overlays == []
    assert window.library.overlaid == []


def test_that_a_run_that_another_window_trains_grows_over_the_plots(window):
    one, other = window.add(1), window.add(2)
    window.open()
    window.choose(one)
    window.library.overlay([other.id])
    window.wait(lambda: window.plots.overlays == [(other.id, 5, None)])
    longer = window.store.history(other.id)
    longer.add_step(0.1, 0.9)
    window.store.resume(other.id)
    window.store.write(other.id, HistoryDelta.of(longer, 2.0))
    window.wait(lambda: window.plots.overlays == [(other.id, 6, None)])
    longer.add_evaluation(Evaluation(6, 1, 0.1, 0.9))
    window.store.write(other.id, HistoryDelta.of(longer, 2.0))
    window.wait(lambda: window.plots.evaluations == [1])


def test_that_damaged_runs_are_drawn_up_to_the_damage_with_a_sentence_and_hide_no_other(window):
    one, sound = window.add(1), window.add(2)
    cut, empty = window.add(3, steps=CHUNK + 5), window.add(4)
    window.open()
    window.choose(one)
    with closing(sqlite3.connect(window.store.path)) as connection, connection:
        connection.execute("UPDATE steps SET digest = zeroblob(16) WHERE run = 3 AND first > 0")
        connection.execute("UPDATE steps SET digest = zeroblob(16) WHERE run = 4")
    window.library.overlay([sound.id, cut.id, empty.id])
    window.wait(lambda: window.plots.overlays == [(sound.id, 5, None), (cut.id, CHUNK, None)])
    assert window.tree.ticked == [sound.id, cut.id]
    first, second = window.problems
    assert f"Run 3 cannot be opened, since it is damaged in the store from step {CHUNK:,} on" in first
    assert "Run 4 cannot be opened, since it is damaged in the store from step 0 on" in second


def test_that_a_run_that_was_unticked_before_it_was_read_is_not_drawn(window):
    one, other = window.add(1), window.add(2)
    window.open()
    window.choose(one)
    window.library.overlay([other.id])
    window.plots.overlay_removed.emit(other.id)
    window.library.overlay_relatives([])
    window.qtbot.wait(100)
    assert window.plots.overlays == []


def test_that_of_the_relatives_exactly_the_ticked_ones_are_drawn(window):
    parent = window.add(1)
    child, stranger = window.add(2, parent=parent.id, parent_step=3), window.add(3)
    window.open()
    window.choose(parent)
    window.library.overlay([child.id, stranger.id])
    window.wait(lambda: len(window.plots.overlays) == 2)
    window.library.overlay_relatives([])
    assert window.library.overlaid == [stranger.id]
    window.library.overlay_relatives([child.id])
    window.wait(lambda: [run for run, *_ in window.plots.overlays] == [stranger.id, child.id])


def test_that_without_a_current_run_nothing_is_overlaid(window):
    one, other = window.add(1), window.add(2)
    window.open()
    window.choose(one)
    window.library.overlay([other.id])
    window.choose(None)
    assert window.library.overlaid == []


# What is written


def test_that_names_notes_and_stars_are_written(window):
    run = window.add(1)
    window.open()
    window.table.rename_requested.emit(run.id, "warm")
    window.table.note_requested.emit(run.id, "a note")
    window.table.star_requested.emit(run.id, True)
    window.wait(lambda: [(r.name, r.note, r.starred) for r in window.table.runs] == [("warm", "a note", True)])
    assert window.problems == []


def test_that_deleted_runs_disappear_once_they_are_deleted_and_can_be_restored(window):
    run = window.add(1)
    window.open()
    done = []
    window.library.delete([run.id], lambda: done.append(len(window.store.summaries())))
    window.wait(lambda: window.table.runs == [])
    assert done == [0]
    assert window.library.title(run.id) == "Run 1"
    window.library.restore([run.id])
    window.wait(lambda: len(window.table.runs) == 1)


def test_that_what_was_asked_for_before_closing_is_written(window):
    run = window.add(1)
    window.open()
    window.table.rename_requested.emit(run.id, "last words")
    window.library.close()
    assert window.store.summary(run.id).name == "last words"


def test_that_a_defect_is_reported_and_later_jobs_are_done(window, monkeypatch):
    run = window.add(1)
    window.open()
    with monkeypatch.context() as patch:
        patch.setattr(RunStore, "rename", lambda *_: 1 / 0)
        window.table.rename_requested.emit(run.id, "warm")
        window.wait(lambda: len(window.problems) == 1)
    assert "ZeroDivisionError" in window.problems[0]
    window.table.rename_requested.emit(run.id, "warm")
    window.wait(lambda: [r.name for r in window.table.runs] == ["warm"])


# A locked store


def test_that_a_locked_store_does_not_freeze_the_window_and_a_failed_deletion_is_reported(
    window, monkeypatch, heartbeat
):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.5)
    run = window.add(1)
    window.open()
    done = []
    with closing(sqlite3.connect(window.folder / "runs.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        window.library.delete([run.id], lambda: done.append(True))
        window.table.rename_requested.emit(run.id, "warm")
        window.wait(lambda: len(window.problems) == 2)
        other.execute("ROLLBACK")
    assert all("locked" in problem for problem in window.problems)
    assert done == []
    assert heartbeat() < 0.4
    window.table.rename_requested.emit(run.id, "warm")
    window.wait(lambda: [r.name for r in window.table.runs] == ["warm"])


def test_that_a_window_shows_its_runs_while_another_process_holds_the_stores_lock(window, heartbeat):
    window.add(1)
    with FileLock(window.folder / "opening.lock", thread_local=False):
        window.library.open()
        window.wait(lambda: len(window.table.runs) == 1)
        assert heartbeat() < 0.4
    assert window.problems == []


def test_that_a_store_that_is_moved_aside_is_reported(qtbot, tmp_path):
    folder = tmp_path / "runs"
    folder.mkdir()
    (folder / "runs.sqlite").write_bytes(b"not a database" * 100)
    library = RunLibrary(folder, Table(), Tree(), Plots(), Current())
    with qtbot.waitSignal(library.failed) as failed:
        library.open()
    assert "set aside" in str(failed.args[0])
    library.close()
    library._worker._thread.join(20)


def test_that_a_run_with_a_damaged_history_hides_no_other(tmp_path):
    with closing(RunStore(tmp_path)) as store:
        parent, branch = RunIdentity("0" * 16), RunIdentity("1" * 16, "0" * 16, 2)
        history = History()
        for _ in range(5):
            history.add_step(1.0, 0.5)
        history.add_change(Change(2, "learning_rate", 0.001, 0.01))
        for identity in (parent, branch):
            store.begin(identity, Recipe(), {})
            store.write(identity.id, HistoryDelta.of(history, 1.0))
        with closing(sqlite3.connect(store.path)) as connection, connection:
            connection.execute("UPDATE changes SET name = 'oracle' WHERE run = 2")
        news = run_library.read_news(store, -1, {parent.id: (0, 0), branch.id: (0, 0)}, parent, ())
    process_locks.release_process_lock(tmp_path)
    assert [run.identity for run in news.runs] == [branch, parent]
    assert list(news.growth) == [parent.id]
    assert news.changes == {branch.id: []}


def test_that_the_learning_rate_of_an_overlaid_run_goes_with_it(window):
    one, other = window.add(1), window.add(2, steps=6, changes=[FASTER])
    window.open()
    window.choose(one)
    window.library.overlay([other.id])
    window.wait(lambda: window.plots.overlays == [(other.id, 6, None)])
    assert window.plots.rates[0].at(np.arange(6))[1].tolist() == [0.001] * 3 + [0.01] * 3
    assert window.library.rate("unknown", History()) is None
