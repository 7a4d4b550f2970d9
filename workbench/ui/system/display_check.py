"""Whether a window can be opened here. This is checked before Qt starts: without a display, Qt aborts the process.

This module does not import Qt.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import sys
from pathlib import Path

WITHOUT_SCREEN = {"offscreen", "minimal", "vnc", "linuxfb", "eglfs", "vkkhrdisplay"}
"""Qt's platforms that need no display server."""


QT_LIBRARIES = {
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libEGL.so.1": "libegl1",
}
"""The libraries that Qt's X11 plugin loads from the system, and their Debian packages; minimal systems lack some."""


def why_no_window() -> str:
    """One sentence that says why no window can be opened and what to do; "" where one can."""
    return _why_not_this_pyside() or (_why_no_display() if sys.platform.startswith("linux") else "")


def _why_not_this_pyside() -> str:
    try:
        version = importlib.metadata.version("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        return ""  # packaged in another way, by a distribution that maintains it
    if sys.version_info < (3, 12) and version.startswith("6.12.0"):
        # It miscounts references to True and None, and the interpreter dies after minutes of plotting.
        return (
            f"PySide6 {version} crashes on Python {sys.version_info[0]}.{sys.version_info[1]}: "
            "run pip install 'PySide6-Essentials<6.12', then start again."
        )
    return ""


def _why_no_display() -> str:
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform in WITHOUT_SCREEN or _wayland_answers():
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "There is no display to open a window on: train without one with `python main.py train`."
    for library, package in QT_LIBRARIES.items():
        if not _can_load(library):
            return (
                f"Qt needs the library {library}: install it (on Debian: apt install {package}) and start again, or "
                "train without a window with `python main.py train`."
            )
    if not _x_server_answers(display):
        return (
            f"The display {display} does not answer: set DISPLAY to one that does, or train without a window with "
            "`python main.py train`."
        )
    return ""


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and (Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name).exists()


def _x_server_answers(display: str) -> bool:
    """Connect as Qt will, authorisation included."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
