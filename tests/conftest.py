"""Fixtures of all tests: an offscreen window, a home folder for each test, tiny data, the real data if it is there."""

from __future__ import annotations

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


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """The tests read and write no settings, caches or data of the user."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("WORKBENCH_DATA", raising=False)
    return home


@pytest.fixture(autouse=True)
def delete_widgets():
    """Delete the widgets of `deleteLater`: without an event loop they would stay, and every new theme restyle them."""
    yield
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def real_root():
    """The data root with the real Fashion-MNIST; only for tests marked `real_data`."""
    return REAL_DATA


def write_fashion_mnist(root: Path, train_count: int = 640, test_count: int = 160, seed: int = 0) -> Path:
    """Write learnable images as files of Fashion-MNIST: each class is a bright bar at its own height, plus noise."""
    raw = root / "FashionMNIST" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(seed)
    for prefix, count in (("train", train_count), ("t10k", test_count)):
        labels = generator.integers(0, 10, count).astype(np.uint8)
        images = generator.integers(0, 120, (count, 28, 28)).astype(np.uint8)
        for image, label in zip(images, labels, strict=True):
            image[2 * label + 3 : 2 * label + 6] |= 128
        (raw / f"{prefix}-images-idx3-ubyte").write_bytes(struct.pack(">IIII", 2051, count, 28, 28) + images.tobytes())
        (raw / f"{prefix}-labels-idx1-ubyte").write_bytes(struct.pack(">II", 2049, count) + labels.tobytes())
    return root


@pytest.fixture
def tiny_root(tmp_path):
    """A data root with a tiny Fashion-MNIST of 640 + 160 images."""
    return write_fashion_mnist(tmp_path / "data")


@pytest.fixture
def tiny_data(tiny_root):
    """The tiny data set in memory."""
    from workbench.engine.data.datasets import load_dataset

    return load_dataset("fashion-mnist", tiny_root, lambda *_: None)
