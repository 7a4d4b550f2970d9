import threading
from contextlib import closing
from typing import get_args

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from workbench.engine.data.data_source import DataRequest
from workbench.engine.protocol.commands import Close, LoadData, Pause, Resume, RunSteps, StartRun, Stop, Travel
from workbench.engine.protocol.events import EpochStarted, Event, LossReported, Outcome, RunEnded, RunPaused
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import RunStore
from workbench.ui.connection import training_thread as module
from workbench.ui.connection.connection import PRINTED_ONLY, SIGNAL_NAMES
from workbench.ui.connection.training_thread import TrainingThread

PATIENCE = 60_000


@pytest.fixture
def thread(qtbot, tiny_root):
    thread = TrainingThread(tiny_root)
    yield thread
    thread.send(Close())
    assert thread.wait(PATIENCE)


def start(epochs):
    return StartRun(Recipe(values={"epochs": epochs}), dataset_chosen=True)


def test_that_training_happens_in_the_thread_and_signals_arrive_in_the_windows(qtbot, thread, monkeypatch):
    trained_in, heard_in = [], []
    on_event = TrainingThread._on_event

    def noting(self, event):
        trained_in.append(threading.get_ident())
        on_event(self, event)

    monkeypatch.setattr(TrainingThread, "_on_event", noting)
    thread.run_ended.connect(lambda _: heard_in.append(threading.get_ident()))
    thread.start()
    with qtbot.waitSignal(thread.run_ended, timeout=PATIENCE):
        thread.send(start(1))
    assert threading.get_ident() not in trained_in
    assert heard_in == [threading.get_ident()]


def test_that_hundreds_of_epochs_a_second_arrive_in_a_few_deliveries_with_nothing_lost(qtbot, thread):
    blocks, tested = [], []
    thread.text_printed.connect(blocks.append)
    thread.epoch_tested.connect(lambda event: tested.append(event.evaluation.epoch))
    thread.start()
    with qtbot.waitSignal(thread.run_ended, timeout=PATIENCE):
        thread.send(start(40))
    assert tested == list(range(1, 41))
    text = "".join(blocks)
    assert text.count("Test Error") == 40
    assert text.endswith("Done!\n")


def test_that_the_text_is_complete_before_the_end_is_emitted(qtbot, thread):
    story = []
    thread.text_printed.connect(story.append)
    thread.run_ended.connect(story.append)
    thread.start()
    with qtbot.waitSignal(thread.run_ended, timeout=PATIENCE):
        thread.send(start(1))
    assert isinstance(story[-1], RunEnded)
    assert "".join(story[:-1]).endswith("Done!\n")


def test_that_what_comes_often_waits_for_more_of_it_and_lets_nothing_else_wait(qtbot, tiny_root):
    thread = TrainingThread(tiny_root)
    story = []
    for signal in (thread.text_printed, thread.epoch_started, thread.run_paused):
        signal.connect(story.append)
    thread._on_event(LossReported(2.3, 64, 640))
    thread._on_event(LossReported(2.2, 128, 640))
    QApplication.processEvents()
    assert thread._timer.interval() == module.CAN_WAIT_MS[LossReported]
    thread._on_event(EpochStarted(2, 10))
    QApplication.processEvents()
    assert thread._timer.interval() == module.CAN_WAIT_MS[EpochStarted]
    thread._on_event(RunPaused(10))
    QApplication.processEvents()
    started, printed, paused = story
    assert (started, paused) == (EpochStarted(2, 10), RunPaused(10))
    assert printed.index("2.3") < printed.index("2.2") < printed.index("Epoch 2")
    assert not thread._timer.isActive()


def test_that_stop_reaches_a_busy_thread(qtbot, thread):
    thread.start()
    with qtbot.waitSignal(thread.run_started, timeout=PATIENCE):
        thread.send(start(1000))
    with qtbot.waitSignal(thread.run_ended, timeout=PATIENCE) as ended:
        thread.send(Stop())
    assert ended.args[0].outcome is Outcome.STOPPED


def test_that_every_event_has_a_signal_of_its_name(thread):
    assert set(SIGNAL_NAMES) == set(get_args(Event)) - set(PRINTED_ONLY)
    for event, name in SIGNAL_NAMES.items():
        assert str(getattr(thread, name)).startswith(f"<PySide6.QtCore.SignalInstance {name}("), event


def test_that_the_text_is_complete_before_a_pause_is_emitted(qtbot, thread):
    story = []
    thread.text_printed.connect(story.append)
    thread.run_paused.connect(story.append)
    thread.start()
    with qtbot.waitSignal(thread.run_started, timeout=PATIENCE) as started:
        thread.send(start(1000))
    with qtbot.waitSignal(thread.run_paused, timeout=PATIENCE) as paused:
        thread.send(Pause())
    assert story[-1] is paused.args[0]
    # Not one for each ten steps: it may have paused between an epoch's last step and its test.
    assert "".join(story[:-1]).count("Test Error") == len(thread.history(started.args[0].history).evaluations)


def test_that_the_current_run_steps_travels_and_resumes(qtbot, thread):
    thread.start()
    with qtbot.waitSignal(thread.run_ended, timeout=PATIENCE):
        thread.send(start(2))
    with qtbot.waitSignal(thread.travelled, timeout=PATIENCE) as travelled:
        thread.send(Travel(5))
    assert (travelled.args[0].origin, travelled.args[0].step) == (20, 5)
    with qtbot.waitSignals([thread.run_resumed, thread.run_paused], timeout=PATIENCE, order="strict"):
        thread.send(RunSteps(1))
    with qtbot.waitSignals([thread.run_resumed, thread.recording_ended, thread.run_ended], timeout=PATIENCE):
        thread.send(Resume())


def test_that_runs_are_kept_in_the_store_the_thread_was_given(qtbot, tiny_root, tmp_path):
    thread = TrainingThread(tiny_root, tmp_path / "store")
    thread.start()
    with qtbot.waitSignal(thread.run_ended, timeout=PATIENCE):
        thread.send(start(1))
    thread.send(Close())
    assert thread.wait(PATIENCE)
    with closing(RunStore(tmp_path / "store")) as store:
        assert [run.epochs for run in store.summaries()] == [1]


def test_that_data_loads_without_a_run(qtbot, thread):
    thread.start()
    with qtbot.waitSignal(thread.data_loaded, timeout=PATIENCE) as loaded:
        thread.send(LoadData(DataRequest("fashion-mnist")))
    assert loaded.args[0].train_count == 640


def test_that_an_exception_in_the_thread_is_emitted_as_a_crash(qtbot, thread, monkeypatch):
    def broken(self):
        raise RuntimeError("no torch")

    monkeypatch.setattr(module.Session, "run", broken)
    with qtbot.waitSignal(thread.crashed, timeout=PATIENCE) as crashed:
        thread.start()
    assert crashed.args == ["RuntimeError: no torch"]


def test_that_a_closed_thread_ends(qtbot, thread):
    thread.start()
    thread.send(Close())
    assert thread.wait(PATIENCE)
    assert isinstance(thread, QThread)
    assert thread.isFinished()
