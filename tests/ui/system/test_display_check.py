import importlib.metadata
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from workbench.ui.system import display_check as display

ROOT = Path(__file__).parents[3]


def run_main(tmp_path, *words, **environment):
    kept = {
        key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, timeout=60
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays as Linux has them")
@pytest.mark.parametrize("words", [["main.py"], ["-m", "workbench"]])
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4711"}])
def test_that_without_a_display_one_sentence_names_the_headless_command_and_the_status_is_1(
    tmp_path, words, environment
):
    done = run_main(tmp_path, *words, **environment)
    assert done.returncode == 1
    assert "main.py train" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_that_a_pyside_known_to_crash_is_refused_with_the_command_that_helps(monkeypatch):
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 7, "final", 0))
    assert "pip install 'PySide6-Essentials<6.12'" in display.why_no_window()


def test_that_the_same_pyside_is_fine_on_a_newer_python(monkeypatch):
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 12, 0, "final", 0))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display.why_no_window() == ""


def test_that_a_library_qt_lacks_is_named_with_its_package(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(display.sys, "platform", "linux")
    monkeypatch.setattr(display, "_x_server_answers", lambda _: True)
    monkeypatch.setattr(display, "_can_load", lambda library: library != "libxcb-icccm.so.4")
    assert "apt install libxcb-icccm4" in display.why_no_window()


def test_that_bad_options_are_answered_with_status_2(tmp_path):
    done = run_main(tmp_path, "main.py", "--learning-rate", "fast", QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 2
    assert "give a number" in done.stderr


@pytest.fixture
def wayland(tmp_path, monkeypatch):
    """Only a Wayland socket at the yielded path; no X server."""
    monkeypatch.setattr(display.sys, "platform", "linux")
    monkeypatch.setattr(display, "_can_load", lambda _: True)
    monkeypatch.setattr(display, "_PATIENCE_S", 0.2)
    for name in ("DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    folder = tempfile.mkdtemp()  # the path of a socket has at most 108 bytes
    monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
    monkeypatch.setenv("WAYLAND_DISPLAY", "w")
    yield Path(folder) / "w"
    shutil.rmtree(folder)


needs_unix_sockets = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="sockets as Unix has them")


@needs_unix_sockets
def test_that_a_wayland_server_that_answers_is_enough(wayland):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(wayland))
        server.listen()

        def answer():
            connection, _ = server.accept()
            with connection:
                assert connection.recv(100)[:4] == (1).to_bytes(4, sys.byteorder)
                connection.sendall(b"done")

        thread = threading.Thread(target=answer)
        thread.start()
        assert display.why_no_window() == ""
        thread.join()


@needs_unix_sockets
@pytest.mark.parametrize("state", ["missing", "a plain file", "left over", "silent"])
def test_that_a_wayland_socket_without_a_server_is_no_display(wayland, state):
    with socket.socket(socket.AF_UNIX) as server:
        if state == "a plain file":
            wayland.touch()
        elif state != "missing":
            server.bind(str(wayland))
        if state == "silent":
            server.listen()
        assert "no display" in display.why_no_window()


@needs_unix_sockets
def test_that_the_runtime_folder_of_another_user_is_no_display(wayland, monkeypatch):
    def refuse(_self, _address):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(display.socket, "socket", type("Socket", (socket.socket,), {"connect": refuse}))
    assert "no display" in display.why_no_window()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="platforms as Linux has them")
@pytest.mark.parametrize("platform", ["bogus", "wayland", "xcb", "minimalegl"])
def test_that_a_platform_that_cannot_start_is_one_sentence(tmp_path, platform):
    done = run_main(tmp_path, "main.py", QT_QPA_PLATFORM=platform, XDG_RUNTIME_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "main.py train" in done.stderr
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) <= 301
