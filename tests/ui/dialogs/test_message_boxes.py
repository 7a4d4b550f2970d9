from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from workbench import __version__
from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.dialogs import message_boxes as dialogs


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


@pytest.mark.parametrize(
    ("button", "expected"), [("close_save", "save"), ("close_discard", "leave"), ("close_cancel", "")]
)
def test_that_each_answer_before_closing_does_what_it_says(qtbot, window, button, expected):
    done = []
    box = dialogs.ask_before_closing(
        window, running=True, save=lambda: done.append("save"), leave=lambda: done.append("leave")
    )
    qtbot.mouseClick(box.findChild(QPushButton, button), Qt.MouseButton.LeftButton)
    assert "".join(done) == expected


def test_that_escape_keeps_the_window_open(qtbot, window):
    done = []
    box = dialogs.ask_before_closing(
        window, running=False, save=lambda: done.append("save"), leave=lambda: done.append("leave")
    )
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert done == []


def test_that_about_names_the_versions(window):
    box = dialogs.show_about(window, "9.9.9")
    assert __version__ in box.text()
    assert "9.9.9" in box.informativeText()
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.close()


def test_that_every_action_with_a_key_is_listed(window):
    dialog = dialogs.show_shortcuts(window)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    for row in ACTIONS.values():
        if row.shortcut:
            assert row.text.rstrip("…") in texts
    assert "Ctrl+R" in texts
    dialog.close()
