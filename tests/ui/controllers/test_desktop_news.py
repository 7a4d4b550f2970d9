from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import RunParts
from workbench.engine.errors import UserError
from workbench.engine.history.records import Evaluation, Incident
from workbench.engine.protocol.events import DivergenceStopped, Outcome, RunEnded, RunPaused, RunResumed
from workbench.ui.controllers.desktop_news import DesktopNews


class Desktop:
    """Keeps what it is to show."""

    def __init__(self, has_place=True):
        self.has_place = has_place
        self.notes = []
        self.progress = []

    def notify(self, title, text):
        self.notes.append((title, text))

    def show_progress(self, share):
        self.progress.append(share)
        return self.has_place


class Window(QWidget):
    is_active = False

    def isActiveWindow(self):  # noqa: N802
        return self.is_active


class Watched:
    def __init__(self, qtbot, has_place=True):
        self.window = Window()
        qtbot.addWidget(self.window)
        self.training = RunParts(self.window)
        self.now = 0.0
        self.desktop = Desktop(has_place)
        library = SimpleNamespace(title=lambda run, unknown: "Run 12")
        self.news = DesktopNews(
            self.training.model, library, self.training.connection, self.desktop, self.window, lambda: self.now
        )
        self.percents = []
        self.news.percent_changed.connect(self.percents.append)

    def end(self, outcome=Outcome.FINISHED):
        self.training.emit(RunEnded(outcome, len(self.training.history)))


@pytest.fixture
def watched(qtbot):
    return Watched(qtbot)


def test_that_the_end_of_a_long_run_is_told_with_its_result(watched):
    watched.training.train()
    watched.training.history.add_evaluation(Evaluation(12, 1, 0.5, 0.873))
    watched.now = 75.0
    watched.end()
    assert watched.desktop.notes == [("Run 12 has finished", "Last test: accuracy 87.3%; trained for 1:15.")]


@pytest.mark.parametrize("outcome", [Outcome.DIVERGED, Outcome.FAILED])
def test_that_a_bad_end_is_named(watched, outcome):
    watched.training.train()
    watched.now = 75.0
    watched.end(outcome)
    assert outcome.value in watched.desktop.notes[0][0]


def test_that_the_end_of_a_short_run_is_not_told_and_pauses_do_not_count(watched):
    watched.training.train()
    watched.now = 30.0
    watched.training.controller.pause_or_resume()
    watched.training.emit(RunPaused(12))
    watched.now = 500.0
    watched.training.emit(RunResumed(12))
    watched.now = 520.0
    watched.end()
    assert watched.desktop.notes == []


def test_that_what_the_user_stopped_or_looks_at_is_not_told(watched):
    watched.training.train()
    watched.now = 100.0
    watched.end(Outcome.STOPPED)
    watched.training.train()
    watched.now = 300.0
    watched.window.is_active = True
    watched.end()
    assert watched.desktop.notes == []


def test_that_the_guard_is_told_however_short_the_run_was(watched):
    watched.training.train()
    watched.training.emit(DivergenceStopped(Incident(12, 150.0, 8), UserError("The loss leapt.")))
    assert watched.desktop.notes == [("The guard has paused Run 12", "The loss leapt.")]


def test_that_nothing_is_told_when_it_is_switched_off_and_this_is_remembered(watched, qtbot):
    watched.news.set_notifies(False)
    watched.training.train()
    watched.now = 100.0
    watched.end()
    assert watched.desktop.notes == []
    other = Watched(qtbot)
    other.news.restore(watched.news.state())
    assert (other.news.notifies, other.news.shows_progress) == (False, True)
    other.news.restore({"notifies": 3, "shows_progress": "no"})
    assert (other.news.notifies, other.news.shows_progress) == (False, True)


def test_that_progress_is_shown_while_a_run_is_under_way_and_goes_with_it(watched):
    watched.training.train()
    watched.training.progress.planned_steps = 24
    watched.news.update_progress()
    assert watched.desktop.progress[-1] == 0.5
    count = len(watched.desktop.progress)
    watched.news.update_progress()
    assert len(watched.desktop.progress) == count  # the desktop hears only of another per cent
    watched.end()
    assert watched.desktop.progress[-1] is None
    assert watched.percents == []


def test_that_the_title_has_the_progress_where_the_desktop_has_no_place_for_it(qtbot):
    watched = Watched(qtbot, has_place=False)
    watched.training.train()
    watched.training.progress.planned_steps = 24
    watched.news.update_progress()
    assert watched.percents[-1] == 50
    watched.end()
    assert watched.percents[-1] is None


def test_that_progress_that_is_switched_off_goes_at_once(watched):
    watched.training.train()
    watched.news.set_shows_progress(False)
    assert watched.desktop.progress[-1] is None
    count = len(watched.desktop.progress)
    watched.news.update_progress()
    assert len(watched.desktop.progress) == count
