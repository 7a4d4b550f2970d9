"""The program crashes in a process of its own, and the next start offers the report and the run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from workbench.engine.paths import user_folder
from workbench.ui.models.session_state import SessionState
from workbench.ui.system.crash_report import CrashWatch, new_reports

CHILD = """
import faulthandler, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPlainTextEdit
from workbench import app
from workbench.ui.models.session_state import SessionState

how, words = sys.argv[1], sys.argv[2:]
compose = app._compose

def crash(window):
    if how == "fault":
        faulthandler._sigsegv()
    QTimer.singleShot(300, window.leave)
    raise LookupError("not there")

def composed(words):
    window = compose(words)
    timer = QTimer(window)
    def look():
        if window.state is SessionState.READY and window.history is None:
            window.findChild(QAction, "train").trigger()
        elif "Avg loss" in window.findChild(QPlainTextEdit, "log").toPlainText():
            timer.stop()
            QTimer.singleShot(1000, lambda: crash(window))
    timer.timeout.connect(look)
    timer.start(50)
    return window

app._compose = composed
sys.exit(app.main(words))
"""


def crashed(how, root):
    """Let the program crash while it trains; what it wrote to standard error."""
    words = ["--data-root", str(root), "--dataset", "fashion-mnist", "--epochs", "500"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", CHILD, how, *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stderr


@pytest.fixture
def next_start(open_window, tiny_root):
    """Opens the window of the next start, with the reports that there are."""
    watches = []

    def start():
        person = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
        watches.append(CrashWatch(user_folder("data") / "crashes"))
        person.window.watch_crashes(watches[-1])
        person.wait_until_ready()
        return person

    return start


@pytest.mark.skipif(sys.platform == "win32", reason="ends otherwise")
@pytest.mark.parametrize("how", ["fault", "exception"])
def test_that_a_crash_is_offered_at_the_next_start_with_its_run(how, tiny_root, next_start):
    status, said = crashed(how, tiny_root)
    assert (status == 0) == (how == "exception"), said
    person = next_start()
    person.wait_for(lambda: person.window.findChild(QPushButton, "notice_crash_open_run") is not None)
    assert "report" in person.notice
    (report,) = new_reports(user_folder("data") / "crashes")
    assert ("Segmentation fault" if how == "fault" else "LookupError: not there") in report.text
    assert "Avg loss" in report.text
    assert str(Path.home()) not in report.text
    assert person.find("notice_crash_open_run", QPushButton).text() == "Open Run 1"
    person.click("notice_crash_open_run")
    person.wait_for(lambda: person.window.state is SessionState.PAUSED)
    assert person.window._parts.run_model.run_id == report.run
    assert new_reports(user_folder("data") / "crashes") == []


def test_that_a_report_can_be_seen_copied_and_discarded(next_start):
    folder = user_folder("data") / "crashes"
    folder.mkdir(parents=True)
    (folder / "report-20260101-000000-aaaa.txt").write_text("what happened")
    person = next_start()
    person.wait_for(lambda: "report" in person.notice)
    person.click("notice_crash_see")
    assert person.find("crash_text", QPlainTextEdit).toPlainText() == "what happened"
    person.click("crash_copy")
    assert QGuiApplication.clipboard().text() == "what happened"
    person.click("crash_discard")
    person.wait_for(lambda: person.window.findChild(QPlainTextEdit, "crash_text") is None)
    assert list(folder.iterdir()) == []


def test_that_of_many_reports_one_notice_is_made_and_discarding_it_deletes_the_newest(next_start):
    folder = user_folder("data") / "crashes"
    folder.mkdir(parents=True)
    for second in range(3):
        (folder / f"report-20260101-00000{second}-aaaa.txt").write_text(f"number {second}")
    person = next_start()
    person.wait_for(lambda: "report" in person.notice)
    person.click("notice_crash_discard")
    assert person.notice == ""
    assert len(list(folder.iterdir())) == 2
