import pytest
from PySide6.QtWidgets import QLabel, QProgressBar

from workbench.engine.protocol.run_progress import RunProgress
from workbench.ui.models.busy_watch import Slowdown
from workbench.ui.panels import status as module
from workbench.ui.panels.status import StatusPanel


@pytest.fixture
def panel(qtbot):
    panel = StatusPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""

    class Clock:
        now = 100.0

    monkeypatch.setattr(module.time, "monotonic", lambda: Clock.now)
    return Clock


def text(panel, name):
    return panel.findChild(QLabel, f"status_{name}").text()


def bar(panel):
    return panel.findChild(QProgressBar, "status_progress")


def test_that_the_progress_of_a_run_is_shown_in_words_and_figures(panel, clock):
    progress = RunProgress(epoch=2, batch=400, sample=25_600, trained=85_600, planned_epochs=10, planned_steps=9380)
    panel.begin_run()
    panel.show_progress(progress, 60_000)
    clock.now += 1
    progress.trained += 40_000
    progress.sample += 20_000
    panel.show_progress(progress, 60_000)
    assert text(panel, "state") == "Epoch 2 of 10 · batch 400"
    assert text(panel, "speed") == "40,000 samples/s"
    # 9 epochs of 60,000 less the 45,600 trained of this one, at 40,000 a second.
    assert text(panel, "time_left") == "0:12 left"
    # Of 600,000 samples, 105,600 are trained.
    assert (bar(panel).value(), bar(panel).maximum()) == (176, 1000)


def test_that_a_test_is_named_a_test(panel):
    panel.show_progress(RunProgress(epoch=3, testing=True, planned_epochs=10, planned_steps=10), 100)
    assert text(panel, "state") == "Testing epoch 3 of 10"


def test_that_a_standstill_gives_no_speed_and_no_crash(panel, clock):
    progress = RunProgress(planned_epochs=1, planned_steps=0)
    for _ in range(3):
        panel.show_progress(progress, 100)
        clock.now += 1
    assert text(panel, "speed") == ""


def test_that_waiting_without_a_known_end_shows_a_moving_bar(panel):
    panel.show_busy("Loading…")
    assert (bar(panel).minimum(), bar(panel).maximum()) == (0, 0)
    assert bar(panel).isVisible()


def test_that_a_download_shows_how_far_it_is(panel):
    panel.show_busy("Downloading", 15 << 20, 30 << 20)
    assert bar(panel).value() * 2 == bar(panel).maximum()


def test_that_a_state_hides_the_figures_of_the_run_before(panel, clock):
    panel.show_progress(RunProgress(planned_epochs=1, planned_steps=10), 100)
    panel.show_state("Ready")
    assert text(panel, "state") == "Ready"
    assert not bar(panel).isVisible()


def test_that_hours_read_as_hours():
    assert module.duration_text(3725) == "1:02:05"
    assert module.duration_text(59.6) == "1:00"


def test_that_a_paused_run_shows_its_progress_and_no_speed(panel):
    panel.show_progress(RunProgress(epoch=2, sample=50, planned_epochs=4, planned_steps=40), 100)
    panel.show_rest("Paused at step 15", RunProgress(epoch=2, sample=50, planned_epochs=4, planned_steps=40), 100)
    assert text(panel, "state") == "Paused at step 15"
    assert bar(panel).value() / bar(panel).maximum() == pytest.approx(150 / 400, abs=0.01)
    assert text(panel, "speed") == text(panel, "time_left") == ""


@pytest.mark.parametrize(("threads", "words"), [(1, "cpu · 1 thread"), (2, "cpu · 2 threads")])
def test_that_the_machine_is_named(panel, threads, words):
    panel.show_machine("cpu", threads)
    assert text(panel, "machine") == words


@pytest.mark.parametrize(("sleeping", "words"), [(None, ""), (False, "keep their cores"), (True, "sleep")])
def test_that_the_tooltip_of_the_machine_says_how_threads_wait(panel, sleeping, words):
    panel.show_progress(RunProgress(planned_epochs=1, planned_steps=10, sleeping=sleeping), 100)
    tip = panel.findChild(QLabel, "status_machine").toolTip()
    assert words in tip
    assert bool(tip) == bool(words)


def test_that_figures_and_words_have_room_however_long_they_are(panel, qtbot):
    state = panel.findChild(QLabel, "status_state")
    panel.resize(1200, panel.height())

    def has_room():
        return state.width() >= state.fontMetrics().horizontalAdvance(state.text())

    progress = RunProgress(epoch=99_999, batch=123_456_789, planned_epochs=99_999, planned_steps=10)
    panel.show_progress(progress, 100)
    qtbot.waitUntil(has_room)
    width = state.width()
    progress.batch = 1
    panel.show_progress(progress, 100)
    qtbot.wait(10)
    assert state.width() == width
    panel.show_state("A sentence that is longer than any of the figures that have stood here before it.")
    qtbot.waitUntil(has_room)


def test_that_a_run_that_other_programs_slow_down_says_so_and_what_helps_until_it_is_over(qtbot):
    panel = StatusPanel()
    qtbot.addWidget(panel)
    panel.show_slowed(Slowdown(4.2, was_quiet=True))
    label = panel.findChild(QLabel, "status_slowed")
    assert not label.isHidden()
    assert "4×" in label.text()
    assert "Close other programs" in label.toolTip()
    assert "last bits" in label.accessibleDescription()
    panel.show_slowed(Slowdown(3.1, was_quiet=False))
    assert "asks for 3 times as much processor time" in label.accessibleDescription()
    panel.show_slowed(None)
    assert label.isHidden()
