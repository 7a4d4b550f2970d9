"""Where the window is shown: Qt's offscreen platform, and an X server of our own where there is one to start."""

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
    """By name, the environment of each screen the window can be shown on."""
    found = {"offscreen": OFFSCREEN}
    if shutil.which("Xvfb") is None:
        yield found
        return
    with _x_server() as display:
        yield {**found, "Xvfb": {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}}


@contextlib.contextmanager
def _x_server() -> Iterator[str]:
    reader, writer = os.pipe()
    server = subprocess.Popen(
        # It looks for a free display itself, and says which once it answers there. Without -noreset it would begin anew
        # when its last client has gone, and turn away one that comes just then.
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writer,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as said:
            number = said.readline().strip()
        if not number:
            raise SystemExit("Xvfb is here but does not start: take it off the PATH, or mend it.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
