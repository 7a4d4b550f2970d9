"""From process start to the window on screen and to Train enabled: `python -m tests.benchmarks.startup ROOT`.

Names, too, the heavy modules that were imported before the window was shown. The figures are for a warm file cache.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.benchmarks.turns import ROOT, at_home, home

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.benchmarks.turns import Figures

STARTS = 5
CHILD = """
import sys, time, json
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from workbench import app
from workbench.ui.window.main_window import MainWindow
times = {}
paint = MainWindow.paintEvent
def painted(self, event):
    paint(self, event)
    if "shown" not in times:
        times["shown"] = time.monotonic()
        times["heavy"] = [name for name in ("torch", "torchvision", "PIL", "onnx") if name in sys.modules]
        timer = QTimer(self, interval=5)
        timer.timeout.connect(lambda: poll(self))
        timer.start()
def poll(window):
    if "ready" not in times and window.findChild(QAction, "train").isEnabled():
        times["ready"] = time.monotonic()
        print(json.dumps(times), flush=True)
        window.leave()
MainWindow.paintEvent = painted
sys.exit(app.main(["--data-root", sys.argv[1], "--dataset", "fashion-mnist"]))
"""


def measure(root: str, environment: Mapping[str, str], starts: int = STARTS) -> Figures:
    """Seconds to the first paint and to Train enabled, of several starts after a first one; heavy imports."""
    shown, ready, heavy = [], [], set()
    for number in range(starts + 1):
        with home() as folder:
            began = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-c", CHILD, root],
                cwd=ROOT,
                env={**os.environ, **at_home(folder), **environment},
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode:
            raise SystemExit(f"the program did not start ({done.returncode}):\n{done.stderr[-4000:]}")
        times = json.loads(done.stdout.splitlines()[0])
        if number:
            shown.append(times["shown"] - began)
            ready.append(times["ready"] - began)
            heavy |= set(times["heavy"])
    return {"shown": shown, "ready": ready, "heavy": sorted(heavy)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1], {})) + "\n")
