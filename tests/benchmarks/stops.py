"""Stop before the training begins: `python -m tests.benchmarks.stops ROOT loading|download`.

Drives the real window: presses Train while the data is being read or downloaded (from a slow server on this machine),
then Stop. Prints one line of JSON with the seconds until the run has ended.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from tests.benchmarks.window_driver import Driver, exit_now
from workbench.engine.protocol.events import DataProgressed, RunEnded

if TYPE_CHECKING:
    from workbench.engine.protocol.events import Event

SIZE = 30_000_000
PIECE = 1 << 16
PAUSE_S = 0.02
PIECES_BEFORE_STOP = 20
GIVE_UP_MS = 5000
"""After a Stop; if the run has not ended by then, this is the figure."""


class Slow(BaseHTTPRequestHandler):
    """Sends zeros, 3 MB a second; the content does not matter, since Stop comes before the end."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.end_headers()
        try:
            for _ in range(0, SIZE, PIECE):
                self.wfile.write(bytes(PIECE))
                time.sleep(PAUSE_S)
        except OSError:
            pass  # the client has ended

    def log_message(self, *_: object) -> None:
        pass


class StopEarly:
    """Presses Train as soon as it is enabled, and Stop once the data of that run is loading."""

    def __init__(self, driver: Driver, pieces: int) -> None:
        self._driver = driver
        self._pieces_left = pieces
        self._pressed = 0.0
        self.stop_s = GIVE_UP_MS / 1000
        driver.listeners.append(self._on_event_in_thread)
        driver.event_received.connect(self._on_event)

    def _on_event_in_thread(self, event: Event) -> None:
        if isinstance(event, RunEnded) and self._pressed:
            self.stop_s = time.perf_counter() - self._pressed

    def _on_event(self, event: Event) -> None:
        if isinstance(event, RunEnded):
            self._driver.leave()
        elif isinstance(event, DataProgressed) and not self._pressed:
            self._pieces_left -= 1
            if self._pieces_left <= 0 and self._driver.window.findChild(QAction, "stop").isEnabled():
                self._pressed = time.perf_counter()
                self._driver.press("stop")
                self._driver.after(GIVE_UP_MS, self._driver.leave)


def serve_slowly() -> None:
    """Make torchvision's mirrors a slow server of our own."""
    from torchvision.datasets import FashionMNIST

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    FashionMNIST.mirrors = [f"http://127.0.0.1:{server.server_address[1]}/"]


if __name__ == "__main__":
    root, what = sys.argv[1:]
    if what == "download":
        serve_slowly()
        root = tempfile.mkdtemp()
    one = Driver(root)
    stopping = StopEarly(one, PIECES_BEFORE_STOP if what == "download" else 1)
    one.press_when_enabled("train")
    one.run()
    sys.stdout.write(json.dumps({"stop": stopping.stop_s}) + "\n")
    exit_now()
