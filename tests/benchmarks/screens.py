"""Where the window is shown: Qt's offscreen platform, and an X server of our own where Xvfb is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@contextlib.contextmanager
def screens() -> Iterator[dict[str, dict[str, str]]]:
    """The environment variables of each screen, by its name."""
    found = {"offscreen": OFFSCREEN}
    if shutil.which("Xvfb") is None:
        yield found
        return
    with x_server() as display:
        yield {**found, "Xvfb": {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}}


@contextlib.contextmanager
def x_server(size: str = "1920x1080") -> Iterator[str]:
    """An X server without a window manager: its display. Xvfb must be installed.

    Args:
        size: of its one screen, in pixels.
    """
    reader, writer = os.pipe()
    server = subprocess.Popen(
        # It finds a free display itself, and writes its number once it is ready. Without -noreset it would restart
        # after its last client, and refuse a client that connects at that moment.
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as output:
            number = output.readline().strip()
        if not number:
            raise SystemExit("Xvfb is installed but does not start: repair it, or take it off the PATH.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
