import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from workbench.ui.system import desktop_notifier
from workbench.ui.system.desktop_notifier import DesktopNotifier


@pytest.fixture
def notifier(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    notifier = DesktopNotifier(window)
    notifier.window = window
    return notifier


def test_that_without_a_desktop_nothing_is_shown_and_nothing_fails(notifier, monkeypatch):
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert desktop_notifier.session_bus() is None
    notifier.notify("Run 1 has finished", "Last test")
    assert notifier.show_progress(0.4) is False
    assert notifier.show_progress(None) is False


CHILD = """
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtCore import QTimer
from workbench.ui.system.desktop_notifier import DesktopNotifier
application = QApplication([])
window = QWidget()
notifier = DesktopNotifier(window)
print("place", notifier.show_progress(0.25), flush=True)
notifier.notify("Run 3 has finished", "accuracy 87 %")
QTimer.singleShot(300, application.quit)
application.exec()
"""


@pytest.mark.skipif(
    shutil.which("dbus-run-session") is None or shutil.which("dbus-monitor") is None, reason="needs a session bus"
)
def test_that_a_desktop_with_a_bus_hears_of_progress_and_of_the_end(tmp_path):
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    monitor = "dbus-monitor --session > heard & sleep 0.5"
    command = ["dbus-run-session", "--", "sh", "-c", f"{monitor}; {sys.executable} child.py; sleep 0.3"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert "place True" in done.stdout, done.stderr
    heard = (tmp_path / "heard").read_text()
    for part in ("application://training-workbench.desktop", "double 0.25", "AddNotification", "Run 3 has finished"):
        assert part in heard
