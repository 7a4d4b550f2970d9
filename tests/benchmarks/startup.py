"""From process start to the window on screen and to Train enabled: `python -m tests.benchmarks.startup ROOT`.

Prints the medians of several starts (warm file cache) and what was imported before the window showed but should not.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

STARTS = 5
CHILD = """
import sys, time, json, os, tempfile
for name in ("CONFIG", "DATA", "CACHE"):
    os.environ[f"XDG_{name}_HOME"] = tempfile.mkdtemp()
from PySide6.QtCore import QObject, QEvent
from workbench import app
from workbench.ui.main_window import MainWindow
from workbench.ui.run_state import RunState
times = {}
paint, enter = MainWindow.paintEvent, MainWindow._enter
def painted(self, event):
    paint(self, event)
    if "shown" not in times:
        times["shown"] = time.monotonic()
        times["heavy"] = [name for name in ("torch", "torchvision", "PIL") if name in sys.modules]
def entered(self, state):
    enter(self, state)
    if state is RunState.READY and "ready" not in times:
        times["ready"] = time.monotonic()
        print(json.dumps(times), flush=True)
        self.leave()
MainWindow.paintEvent, MainWindow._enter = painted, entered
sys.exit(app.main(["--data-root", sys.argv[1], "--dataset", "fashion-mnist"]))
"""


def measure(root: str) -> dict[str, object]:
    """Seconds to the first paint and to Train enabled: medians of several starts after one to warm up."""
    shown, ready, heavy = [], [], []
    for number in range(STARTS + 1):
        began = time.monotonic()
        done = subprocess.run([sys.executable, "-c", CHILD, root], capture_output=True, text=True, check=True)
        times = json.loads(done.stdout.splitlines()[0])
        if number:
            shown.append(times["shown"] - began)
            ready.append(times["ready"] - began)
            heavy += times["heavy"]
    return {"shown": statistics.median(shown), "ready": statistics.median(ready), "heavy": sorted(set(heavy))}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])) + "\n")
