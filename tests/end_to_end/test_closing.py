import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMessageBox

from tests.end_to_end.conftest import kept_runs
from workbench.engine.store.run_store import RunStatus
from workbench.ui.models.session_state import SessionState

MAIN = Path(__file__).parents[2] / "main.py"


def training(person):
    person.set(epochs=1000)
    person.click("train_button")
    person.wait_until_training()
    return person


@pytest.fixture
def unkept(open_window, tiny_root, tmp_path, monkeypatch):
    """A user whose runs cannot be kept: a file stands in the place of the store."""
    (tmp_path / "store").write_text("no folder")
    monkeypatch.setenv("WORKBENCH_STORE", str(tmp_path / "store"))
    user = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    user.wait_until_ready()
    user.wait_for(lambda: "store" in user.notice)
    return user


def test_that_closing_while_training_does_not_ask_since_runs_are_kept(person):
    training(person)
    steps = len(person.window.history)
    assert person.window.close()
    person.wait_for(lambda: not person.window.is_training_thread_running)
    (kept,) = kept_runs()
    assert kept.status is RunStatus.STOPPED
    assert kept.steps >= steps


def test_that_closing_a_paused_run_keeps_it_as_stopped(person):
    training(person)
    person.press("pause")
    person.wait_for(lambda: person.window.state is SessionState.PAUSED)
    steps = len(person.window.history)
    assert person.window.close()
    (kept,) = kept_runs()
    assert (kept.status, kept.steps) == (RunStatus.STOPPED, steps)


def test_that_closing_after_a_finished_run_does_not_ask(person):
    person.train(epochs=1)
    assert person.window.close()
    (kept,) = kept_runs()
    assert (kept.status, kept.epochs) == (RunStatus.FINISHED, 1)


def test_that_closing_while_training_asks_and_cancel_continues_the_training(unkept):
    training(unkept)
    assert not unkept.window.close()
    unkept.click("close_cancel")
    unkept.wait_for(lambda: unkept.window.findChild(QMessageBox, "close_dialog") is None)
    assert unkept.window.isVisible()
    assert unkept.window.state is SessionState.TRAINING


def test_that_closing_asks_only_once(unkept):
    training(unkept)
    unkept.window.close()
    unkept.window.close()
    assert len(unkept.window.findChildren(QMessageBox, "close_dialog")) == 1


def test_that_stop_and_close_ends_training_and_window(unkept):
    training(unkept)
    unkept.window.close()
    unkept.click("close_discard")
    unkept.wait_for(lambda: not unkept.window.isVisible())
    unkept.wait_for(lambda: not unkept.window.is_training_thread_running)


def test_that_save_and_close_writes_the_weights_first(unkept, save_to, tmp_path):
    training(unkept)
    save_to(tmp_path / "weights.pt")
    unkept.window.close()
    unkept.click("close_save")
    unkept.wait_for(lambda: not unkept.window.isVisible())
    assert (tmp_path / "weights.pt").exists()


def test_that_cancelling_the_file_dialog_keeps_the_window_open(unkept, save_to):
    training(unkept)
    save_to(None)
    unkept.window.close()
    unkept.click("close_save")
    steps = len(unkept.window.history)
    unkept.wait_for(lambda: len(unkept.window.history) > steps)
    assert unkept.window.isVisible()
    assert unkept.window.state is SessionState.TRAINING


def test_that_closing_does_not_ask_when_nothing_would_be_lost(unkept, save_to, tmp_path):
    unkept.train(epochs=1)
    save_to(tmp_path / "weights.pt")
    unkept.press("save_weights")
    unkept.wait_for(lambda: "saved" in unkept.notice)
    assert unkept.window.close()


def test_that_unsaved_weights_of_a_finished_run_are_asked_about(unkept):
    unkept.train(epochs=1)
    assert not unkept.window.close()
    unkept.click("close_discard")
    unkept.wait_for(lambda: not unkept.window.isVisible())


def test_that_closing_before_torch_is_loaded_is_quiet(open_window, tiny_root):
    person = open_window("--data-root", tiny_root)
    assert person.window.close()


SCRIPT = """
import sys
from PySide6.QtCore import QThread
from PySide6.QtGui import QAction
from workbench import app
from workbench.ui.window.main_window import MainWindow

start = MainWindow.start
def started(self):
    start(self)
    thread, train = self.findChild(QThread, "training_thread"), self.findChild(QAction, "train")
    thread.epoch_tested.connect(lambda _: print("training", flush=True))
    thread.torch_loaded.connect(lambda _: (print("loaded", flush=True), train.trigger()))
MainWindow.start = started
sys.exit(app.main({words!r}))
"""


def errors_in(err):
    """The lines of standard error, without those of Qt's offscreen platform about itself."""
    return [line for line in err.splitlines() if "propagateSizeHints" not in line]


def window_process(root):
    words = ["--data-root", str(root), "--dataset", "fashion-mnist", "--epochs", "1000"]
    script = SCRIPT.format(words=words)
    return subprocess.Popen(
        [sys.executable, "-c", script], cwd=MAIN.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_that_a_signal_while_training_rescues_the_weights_and_ends_with_status_0(tiny_root, own_home, number):
    process = window_process(tiny_root)
    assert [process.stdout.readline().strip() for _ in range(2)] == ["loaded", "training"]
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    (line,) = errors_in(err)
    assert line.startswith("weights saved to ")
    assert len(list((own_home / "data" / "training-workbench" / "rescued").glob("*.pt"))) == 1


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_that_a_signal_before_anything_is_trained_ends_quietly(tiny_root):
    process = window_process(tiny_root)
    time.sleep(0.7)  # while Qt or torch is imported: no line is printed then
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    assert process.returncode in {0, -signal.SIGTERM}, err
    assert errors_in(err) == []


def test_that_settings_are_remembered_but_not_a_theme_of_the_command_line(open_window, tiny_root):
    words = ("--data-root", tiny_root)
    first = open_window(*words, "--theme", "light", "--device", "cuda:0")
    first.set(learning_rate=0.02, optimizer="adam")
    first.press("theme_dark")
    first.window.close()
    second = open_window(*words)
    assert second.control("learning_rate").value() == 0.02
    assert second.control("optimizer").value() == "adam"
    assert second.window._parts.run_settings.device == "cuda:0"
    assert second.action("theme_dark").isChecked()
    second.window.close()
    third = open_window(*words, "--theme", "light")
    third.window.close()
    assert open_window(*words).action("theme_dark").isChecked()


def test_that_the_widths_of_the_docks_are_remembered(person, open_window, tiny_root):
    def widths(window):
        return {name: window.findChild(QDockWidget, name).width() for name in ("controls_dock", "log_dock")}

    window = person.window
    window.resize(1280, 800)
    person.qtbot.wait(50)
    first_sizes = widths(window)
    window.resizeDocks([window.findChild(QDockWidget, "log_dock")], [500], Qt.Orientation.Horizontal)
    person.wait_for(lambda: widths(window) != first_sizes)
    chosen, size = widths(window), window.size()
    window.close()
    again = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist", show=False).window
    again.resize(size)  # the screen of tests is small, and Qt makes a window that is placed anew fit into it
    again.show()
    person.wait_for(lambda: widths(again) == chosen)
