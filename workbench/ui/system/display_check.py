"""Whether a window can be opened here. This is checked before Qt starts: without a display, Qt aborts the process.

This module does not import Qt.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import re
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Final

WITHOUT_SCREEN: Final = frozenset({"offscreen", "minimal", "vnc"})
"""Qt's platforms that need no display server and no screen."""

_TRAIN_INSTEAD: Final = "train without a window with `python main.py train`"

X_LIBRARIES: Final = {
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libEGL.so.1": "libegl1",
}
"""The libraries that Qt's X11 plugin loads from the system, and their Debian packages; minimal systems lack some."""

WAYLAND_LIBRARIES: Final = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libEGL.so.1": "libegl1",
}
"""The same of Qt's Wayland plugin."""

_WAYLAND_SYNC: Final = struct.pack("=III", 1, 12 << 16, 2)
"""The request `wl_display.sync`, 12 bytes, which every Wayland server answers (Wayland protocol, "Wire Format")."""
_PATIENCE_S: Final = 3.0
"""How long a display server may take to answer; one that does not would let Qt wait for ever."""
_START_QT: Final = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
_QT_PATIENCE_S: Final = 20.0


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
    """Why none of the platforms that Qt will try can open a window; "" if one of them can."""
    wanted = [entry.partition(":")[0] for entry in os.environ.get("QT_QPA_PLATFORM", "").split(";") if entry]
    if WITHOUT_SCREEN.intersection(wanted):
        return ""
    if any(not name.startswith(("wayland", "xcb")) for name in wanted):
        return _why_qt_does_not_start()  # a rare platform, such as a frame buffer: only Qt itself knows
    try_wayland = not wanted or any(name.startswith("wayland") for name in wanted)
    reasons = []
    if try_wayland and _wayland_answers(is_chosen=bool(wanted)):
        if not (reason := _missing_library(WAYLAND_LIBRARIES)):
            return ""
        reasons.append(reason)
    if not wanted or "xcb" in wanted:
        if not (reason := _why_no_x_server()):
            return ""
        reasons.append(reason)
    return next(iter(reasons), "") or f"No Wayland server answers: start one, or {_TRAIN_INSTEAD}."


def _why_no_x_server() -> str:
    display = os.environ.get("DISPLAY", "")
    if not display:
        return f"There is no display to open a window on: {_TRAIN_INSTEAD}."
    if reason := _missing_library(X_LIBRARIES):
        return reason
    if not _x_server_answers(display):
        return f"The display {display} does not answer: set DISPLAY to one that does, or {_TRAIN_INSTEAD}."
    return ""


def _missing_library(libraries: dict[str, str]) -> str:
    for library, package in libraries.items():
        if not _can_load(library):
            return (
                f"Qt needs the library {library}: install it (on Debian: apt install {package}) and start again, or "
                f"{_TRAIN_INSTEAD}."
            )
    return ""


def _why_qt_does_not_start() -> str:
    """Start Qt in a process of its own: where it has no platform, it aborts its process."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _START_QT],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_QT_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        reason = "it does not answer"
    else:
        if done.returncode == 0:
            return ""
        words = re.sub(r"\s+", " ", done.stderr.decode(errors="replace")).strip()
        reason = words[:100] or f"status {done.returncode}"
    platform = os.environ["QT_QPA_PLATFORM"]
    return f"Qt cannot open a window with QT_QPA_PLATFORM={platform} ({reason}): set another, or {_TRAIN_INSTEAD}."


def _wayland_answers(*, is_chosen: bool) -> bool:
    """Whether a Wayland server answers; a socket may be left of one that has ended, or belong to another user.

    Args:
        is_chosen: whether Qt was given this platform; it then tries the usual socket even if none is named.
    """
    name = os.environ.get("WAYLAND_DISPLAY", "wayland-0" if is_chosen else "")
    if not name:
        return False
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.settimeout(_PATIENCE_S)
            server.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name))
            server.sendall(_WAYLAND_SYNC)
            return bool(server.recv(1))
    except (OSError, ValueError):
        return False


def _x_server_answers(display: str) -> bool:
    """Connect as Qt will, authorisation included."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
