"""Fixtures of all tests: an offscreen window, a home folder for each test, tiny data, the real data if it is there."""

from __future__ import annotations

import functools
import gc
import itertools
import os
import struct
import sys
from pathlib import Path

import hypothesis
import numpy as np
import pytest

# Before the first import of Qt: tests run without a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Threads that spin while they wait take many times as long where another program uses the cores; bits are the same.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# The tests read English texts, whatever the language of the machine.
os.environ["LC_ALL"] = "C.UTF-8"

# A single example may wait for another program: the limit of 0.2 s for each says nothing about the code.
hypothesis.settings.register_profile("without_deadline", deadline=None)
hypothesis.settings.load_profile("without_deadline")

REAL_DATA = Path(os.environ["WORKBENCH_DATA"]).resolve() if os.environ.get("WORKBENCH_DATA") else None


def pytest_collection_modifyitems(items):
    missing = REAL_DATA is None or not (REAL_DATA / "FashionMNIST" / "raw").is_dir()
    for item in items:
        if missing and item.get_closest_marker("real_data"):
            item.add_marker(pytest.mark.skip(reason="the real Fashion-MNIST is not under $WORKBENCH_DATA"))


def pytest_collection_finish():
    """Keep torch, Qt and thousands of tests out of each later search for garbage: they stay until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def new_home(tmp_path_factory):
    """Makes empty folders. They have a folder of their own: pytest looks through all beside a new temporary one."""
    homes, numbers = tmp_path_factory.mktemp("homes"), itertools.count()

    def make():
        home = homes / str(next(numbers))
        home.mkdir()
        return home

    return make


@pytest.fixture(autouse=True)
def own_home(new_home, monkeypatch):
    """The tests read and write no settings, caches or data of the user."""
    home = new_home()
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("WORKBENCH_DATA", raising=False)
    return home


@pytest.fixture(autouse=True)
def delete_widgets():
    """Delete the widgets of `deleteLater`: without an event loop they would stay, and every new theme restyle them.

    Themes of windows stay as long as the application. They go here, too, and with them their look: otherwise each would
    follow the system's colours, and the tests that come later would find a style sheet.
    """
    yield
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if (application := QCoreApplication.instance()) is None:
            return
        themes = []
        if "workbench.ui.style.theme" in sys.modules:
            from workbench.ui.style.theme import Theme

            themes = application.findChildren(Theme)
        for theme in themes:
            theme.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if themes:
            from tests.ui.usual_look import use_usual_look

            use_usual_look(application)


@pytest.fixture
def real_root():
    """The data root with the real Fashion-MNIST; only for tests marked `real_data`."""
    return REAL_DATA


def write_fashion_mnist(root: Path, train_count: int = 640, test_count: int = 160, seed: int = 0) -> Path:
    """Write learnable images as files of Fashion-MNIST: each class is a bright bar at its own height, plus noise."""
    raw = root / "FashionMNIST" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    for name, content in _files_of_fashion_mnist(train_count, test_count, seed).items():
        (raw / name).write_bytes(content)
    return root


@functools.cache
def _files_of_fashion_mnist(train_count: int, test_count: int, seed: int) -> dict[str, bytes]:
    """The content of the four files by their names; drawn once for all tests."""
    files = {}
    generator = np.random.default_rng(seed)
    for prefix, count in (("train", train_count), ("t10k", test_count)):
        labels = generator.integers(0, 10, count).astype(np.uint8)
        images = generator.integers(0, 120, (count, 28, 28)).astype(np.uint8)
        for image, label in zip(images, labels, strict=True):
            image[2 * label + 3 : 2 * label + 6] |= 128
        files[f"{prefix}-images-idx3-ubyte"] = struct.pack(">IIII", 2051, count, 28, 28) + images.tobytes()
        files[f"{prefix}-labels-idx1-ubyte"] = struct.pack(">II", 2049, count) + labels.tobytes()
    return files


@pytest.fixture
def tiny_root(tmp_path):
    """A data root with a tiny Fashion-MNIST of 640 + 160 images."""
    return write_fashion_mnist(tmp_path / "data")


@pytest.fixture
def tiny_data(tiny_root):
    """The tiny data set in memory."""
    from workbench.engine.data.datasets import load_dataset

    return load_dataset("fashion-mnist", tiny_root, lambda *_: None)
