"""The window on scaled screens. Qt reads the factor once, so each window runs in a process of its own."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from workbench.app import create_window

application = QApplication([])
window = create_window(["--data-root", sys.argv[1], "--dataset", "fashion-mnist"])
window.show()
window.resize(960, 600)

def report():
    hint = window.minimumSizeHint()
    print(window.devicePixelRatioF(), window.width(), window.height(), hint.width() <= 960 and hint.height() <= 600)
    sys.stdout.flush()
    os._exit(0)

QTimer.singleShot(500, report)
application.exec()
"""


@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_that_the_window_can_be_as_small_on_a_scaled_screen(tiny_root, factor):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": factor}
    command = [sys.executable, "-c", SCRIPT, str(tiny_root)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert done.stdout.split() == [str(float(factor)), "960", "600", "True"], done.stderr
