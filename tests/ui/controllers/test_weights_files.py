from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.engine.protocol.commands import CaptureWeights
from workbench.engine.protocol.events import Outcome, RunEnded, WeightsCaptured, WeightsEvaluated
from workbench.ui.controllers.weights_files import WeightsFiles
from workbench.ui.dialogs import file_dialogs as dialogs


class Thread(QObject):
    """Answers a capture as the training thread would."""

    weights_captured = Signal(WeightsCaptured)
    step = 7

    def send(self, command):
        from torch import ones

        if isinstance(command, CaptureWeights):
            self.weights_captured.emit(WeightsCaptured(command.target, {"w": ones(2)}, self.step))


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def keeper(window):
    thread = Thread(window)
    keeper = WeightsFiles(thread, window)
    keeper.thread_of_test = thread
    return keeper


def ended(step, *, has_weights=True):
    return RunEnded(Outcome.STOPPED, step, has_weights=has_weights)


def save(qtbot, keeper, path, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_where_to_save_weights", lambda *_: path)
    with qtbot.waitSignal(keeper.weights_saved, timeout=30_000):
        keeper.ask_and_save()


def test_that_at_first_there_is_nothing_to_save_or_lose(keeper):
    assert not keeper.has_weights
    assert not keeper.is_unsaved


def test_that_a_running_training_is_always_something_to_lose(qtbot, keeper, tmp_path, monkeypatch):
    keeper.begin_run()
    save(qtbot, keeper, tmp_path / "w.pt", monkeypatch)
    assert keeper.has_weights
    assert keeper.is_unsaved


def test_that_weights_are_unsaved_until_those_of_the_last_step_are_written(qtbot, keeper, tmp_path, monkeypatch):
    keeper.begin_run()
    save(qtbot, keeper, tmp_path / "w.pt", monkeypatch)
    keeper.end_run(ended(10))
    assert keeper.is_unsaved
    keeper.thread_of_test.step = 10
    save(qtbot, keeper, tmp_path / "w.pt", monkeypatch)
    assert not keeper.is_unsaved
    assert keeper.folder == tmp_path


def test_that_a_run_that_could_not_begin_leaves_earlier_weights_as_they_were(qtbot, keeper, tmp_path, monkeypatch):
    keeper.begin_run()
    keeper.end_run(ended(7))
    save(qtbot, keeper, tmp_path / "w.pt", monkeypatch)
    keeper.end_run(ended(0))
    assert not keeper.is_unsaved


def test_that_weights_from_a_file_are_in_hand_and_not_unsaved(keeper):
    keeper.note_evaluated(WeightsEvaluated(Path("w.pt"), 1.0, 0.5, kept=True))
    assert keeper.has_weights
    assert not keeper.is_unsaved


def test_that_cancelling_says_so_and_asks_the_thread_for_nothing(qtbot, keeper, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_where_to_save_weights", lambda *_: None)
    with qtbot.waitSignal(keeper.save_cancelled):
        keeper.ask_and_save()


def test_that_a_failed_save_is_told(qtbot, keeper, tmp_path, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_where_to_save_weights", lambda *_: tmp_path / "none" / "w.pt")
    with qtbot.waitSignal(keeper.save_failed, timeout=30_000) as failed:
        keeper.ask_and_save()
    assert "does not exist" in str(failed.args[0])


def test_that_rescued_weights_go_to_the_users_data_folder(qtbot, keeper, own_home):
    with qtbot.waitSignal(keeper.weights_saved, timeout=30_000) as saved:
        keeper.rescue()
    (path,) = saved.args
    assert path.is_relative_to(own_home)
    assert path.exists()


def test_that_a_folder_that_is_gone_is_not_remembered(keeper, tmp_path):
    before = keeper.folder
    keeper.folder = tmp_path / "gone"
    assert keeper.folder == before
