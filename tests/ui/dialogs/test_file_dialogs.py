from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.ui.dialogs import file_dialogs as dialogs


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("/tmp/model", "PyTorch weights (*.pt)", "/tmp/model.pt"),
        ("/tmp/model", "Safetensors (*.safetensors)", "/tmp/model.safetensors"),
        ("/tmp/model.pt", "Safetensors (*.safetensors)", "/tmp/model.pt"),
        ("/tmp/model", "", "/tmp/model.pt"),
        ("", "", None),
    ],
)
def test_that_a_name_without_a_suffix_gets_that_of_the_kind_chosen(window, monkeypatch, typed, kind, expected):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (typed, kind))
    found = dialogs.ask_where_to_save(window, Path("model.pt"))
    assert found == (None if expected is None else Path(expected))


def test_that_a_chosen_file_is_loaded_and_cancel_loads_nothing(window, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/tmp/model.pt", ""))
    assert dialogs.ask_what_to_load(window, Path()) == Path("/tmp/model.pt")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    assert dialogs.ask_what_to_load(window, Path()) is None
