from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.engine.data.data_source import DataSource
from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.protocol.commands import CaptureWeights
from workbench.engine.protocol.events import Outcome, RunEnded, WeightsCaptured, WeightsEvaluated
from workbench.ui.controllers.weights_files import WeightsFiles
from workbench.ui.dialogs import file_dialogs as dialogs


class Connection(QObject):
    """Answers a capture as the training side does."""

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
def files(window):
    connection = Connection(window)
    run = SimpleNamespace(recipe=None)
    files = WeightsFiles(connection, run, window)
    files.connection_of_test, files.run_of_test = connection, run
    return files


def ended(step, *, has_weights=True):
    return RunEnded(Outcome.STOPPED, step, has_weights=has_weights)


def save(qtbot, files, path, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_where_to_save_weights", lambda *_: path)
    with qtbot.waitSignal(files.weights_saved, timeout=30_000):
        files.ask_and_save()


def test_that_at_first_there_is_nothing_to_save_or_lose(files):
    assert not files.has_weights
    assert not files.is_unsaved


def test_that_while_a_run_trains_there_is_always_something_to_lose(qtbot, files, tmp_path, monkeypatch):
    files.on_run_started()
    save(qtbot, files, tmp_path / "w.pt", monkeypatch)
    assert files.has_weights
    assert files.is_unsaved


def test_that_weights_are_unsaved_until_those_of_the_last_step_are_written(qtbot, files, tmp_path, monkeypatch):
    files.on_run_started()
    save(qtbot, files, tmp_path / "w.pt", monkeypatch)
    files.on_run_ended(ended(10))
    assert files.is_unsaved
    files.connection_of_test.step = 10
    save(qtbot, files, tmp_path / "w.pt", monkeypatch)
    assert not files.is_unsaved
    assert files.folder == tmp_path


def test_that_a_run_that_could_not_begin_leaves_earlier_weights_saved(qtbot, files, tmp_path, monkeypatch):
    files.on_run_started()
    files.on_run_ended(ended(7))
    save(qtbot, files, tmp_path / "w.pt", monkeypatch)
    files.on_run_ended(ended(0))
    assert not files.is_unsaved


def test_that_weights_from_a_file_can_be_saved_and_are_not_unsaved(files):
    files.on_weights_evaluated(WeightsEvaluated(Path("w.pt"), True, 1.0, 0.5))
    assert files.has_weights
    assert not files.is_unsaved


def test_that_cancelling_emits_a_signal_and_captures_no_weights(qtbot, files, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_where_to_save_weights", lambda *_: None)
    with qtbot.waitSignal(files.save_cancelled):
        files.ask_and_save()


def test_that_a_failed_save_is_reported(qtbot, files, tmp_path, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_where_to_save_weights", lambda *_: tmp_path / "none" / "w.pt")
    with qtbot.waitSignal(files.save_failed, timeout=30_000) as failed:
        files.ask_and_save()
    assert "does not exist" in str(failed.args[0])


@pytest.mark.parametrize("kind", ["data", "initial weights"])
def test_that_weights_do_not_replace_what_the_run_is_made_from(qtbot, files, tmp_path, monkeypatch, kind):
    data = tmp_path / "mine.pt"
    data.write_text("a,b\n")
    source = DataSource(str(data)) if kind == "data" else None
    weights = InitialWeights(str(data)) if kind == "initial weights" else None
    files.run_of_test.recipe = SimpleNamespace(source=source, network=None, initial_weights=weights)
    monkeypatch.setattr(dialogs, "ask_where_to_save_weights", lambda *_: data)
    with qtbot.waitSignal(files.save_failed, timeout=30_000) as failed:
        files.ask_and_save()
    assert "the run needs it: give another name" in str(failed.args[0])
    assert data.read_text() == "a,b\n"


def test_that_rescued_weights_go_to_the_users_data_folder(qtbot, files, own_home):
    with qtbot.waitSignal(files.weights_saved, timeout=30_000) as saved:
        files.rescue()
    (path,) = saved.args
    assert path.is_relative_to(own_home)
    assert path.exists()


def test_that_a_folder_that_no_longer_exists_is_not_remembered(files, tmp_path):
    before = files.folder
    files.folder = tmp_path / "gone"
    assert files.folder == before
