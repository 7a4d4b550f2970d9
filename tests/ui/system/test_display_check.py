import importlib.metadata
import os
import subprocess
import sys
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
