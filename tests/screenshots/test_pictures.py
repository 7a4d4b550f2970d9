"""The pictures of the READMEs can be made again, and are written in few bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from tests.screenshots.__main__ import main
from tests.screenshots.pictures import save_animation, save_png
from tests.screenshots.scenes import SCENES

ROOT = Path(__file__).parents[2]


def window_like(width=640, height=400, shift=0):
    """A dark picture with a gradient, and a thin line of another colour."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    colours = QLinearGradient(0, 0, width, height)
    colours.setColorAt(0, QColor("#16181d"))
    colours.setColorAt(1, QColor("#2a2e3a"))
    painter.fillRect(image.rect(), colours)
    painter.fillRect(20 + shift, 30, 90, 2, QColor("#e8a33d"))
    painter.end()
    return image


def test_that_a_thin_line_keeps_its_colour_in_a_small_png(tmp_path):
    save_png(window_like(), tmp_path / "new" / "picture.png")
    with Image.open(tmp_path / "new" / "picture.png") as picture:
        assert picture.size == (640, 400)
        assert picture.mode == "P"
        seen = picture.convert("RGB").getpixel((60, 30))
    assert max(abs(one - other) for one, other in zip(seen, (0xE8, 0xA3, 0x3D), strict=True)) < 16


def test_that_an_animation_shows_each_frame_for_its_time(tmp_path):
    frames = [window_like(shift=40 * number) for number in range(4)]
    save_animation(frames, [100, 100, 100, 800], tmp_path / "moving.webp")
    with Image.open(tmp_path / "moving.webp") as picture:
        assert picture.n_frames == 4
        durations = []
        for number in range(4):
            picture.seek(number)
            picture.load()
            durations.append(picture.info["duration"])
    assert durations == [100, 100, 100, 800]


def test_that_a_scene_makes_every_picture_that_the_readme_shows():
    code = (Path(__file__).parent / "scenes.py").read_text(encoding="utf-8")
    made = {f"{name}.png" for name in re.findall(r'shoot\("([\w-]+)"\)', code)} | set(
        re.findall(r'"([\w-]+\.webp)"', code)
    )
    shown = set(re.findall(r"resources/screenshots/([\w.-]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(shown) > 5
    assert shown <= made


def test_that_an_unknown_scene_is_refused_with_the_names_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["sunset"])
    said = capsys.readouterr().err
    assert "no scene sunset" in said
    assert all(name in said for name in SCENES)


def test_that_a_picture_shows_the_window_once_its_data_are_there(tmp_path):
    program = """
from pathlib import Path
from tests.screenshots.stage import Stage
stage = Stage(Path("."), "--dataset", "fashion-mnist-mini")
stage.shoot("idle")
stage.leave()
"""
    own = {"WORKBENCH_STORE": str(tmp_path / "store"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    environment = os.environ | own | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True, timeout=300)
    with Image.open(tmp_path / "idle.png") as picture:
        assert picture.size == (1280, 800)
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 50
