"""The real window on tiny data, driven by object names as a person would by eye."""

from __future__ import annotations

import gc
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThread
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.app import create_window
from workbench.engine.store.run_store import RunStore, store_folder
from workbench.ui.dialogs import message_boxes as dialogs
from workbench.ui.models.session_state import SessionState

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60_000
"""Milliseconds; generous, because a test that waits for too little fails on a busy machine."""


def kept_runs():
    """What is in the store that the window keeps its runs in, newest first."""
    with closing(RunStore(store_folder())) as store:
        return store.summaries()


class Person:
    """Sits before a window: looks for things by name, clicks them, waits for what should happen."""

    def __init__(self, qtbot, window):
        self.qtbot = qtbot
        self.window = window

    def find(self, name, kind=QWidget):
        found = self.window.findChild(kind, name)
        assert found is not None, f"nothing is called {name}"
        return found

    def control(self, name):
        return self.find(name)

    def action(self, name):
        return self.find(name, QAction)

    def click(self, name):
        widget = self.find(name)
        assert widget.isEnabled(), f"{name} cannot be clicked"
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, name):
        """Choose an action as its key or menu would."""
        action = self.action(name)
        assert action.isEnabled(), f"{name} cannot be chosen"
        action.trigger()

    def set(self, **values):
        for name, value in values.items():
            self.control(name).setValue(value)

    def wait_for(self, condition):
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def wait_until_ready(self):
        self.wait_for(lambda: self.window.state is SessionState.READY)

    def wait_until_training(self):
        self.wait_for(lambda: self.window.state is SessionState.TRAINING)

    def wait_until_paused(self, step=None):
        self.wait_for(lambda: self.window.state is SessionState.PAUSED and step in (None, len(self.window.history)))

    def begin(self, **values):
        """Set the values, click Train and wait for the first batch."""
        self.set(**values)
        self.click("train_button")
        self.wait_until_training()
        self.wait_for(lambda: len(self.window.history) > 0)

    def answer(self, name, number):
        """Type a number into the dialog `name` and press its button."""
        self.find(f"{name}_number").setValue(number)
        self.click(f"{name}_ok")
        self.wait_for(lambda: self.window.findChild(QWidget, name) is None)

    def train(self, **values):
        """Set the values, click Train and wait for the end."""
        self.set(**values)
        self.click("train_button")
        assert self.window.state is SessionState.PREPARING
        self.wait_until_ready()

    @property
    def log(self):
        return self.find("log", QPlainTextEdit).toPlainText()

    @property
    def notice(self):
        return self.find("notice").text


@pytest.fixture
def open_window(qtbot, qapp):
    """Opens windows and closes them when the test is over, whatever state it leaves them in."""
    windows = []

    def open_one(*arguments, show=True):
        window = create_window([str(argument) for argument in arguments])
        windows.append(window)
        if show:
            window.show()
            qtbot.waitExposed(window)
        return Person(qtbot, window)

    yield open_one
    for window in windows:
        window.leave()
        # The program itself waits for less and then leaves the process; here the next test needs it.
        assert window.findChild(QThread, "training_thread").wait(PATIENCE)
        window.deleteLater()
    windows.clear()
    qapp.processEvents()
    # No event loop runs here that would do it: the windows of all tests would stay, and every new theme restyle them.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def person(open_window, tiny_root):
    """Somebody before a window that is ready to train the tiny data."""
    someone = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    someone.wait_until_ready()
    return someone


@pytest.fixture
def save_to(monkeypatch):
    """Answers the next question where to save."""

    def answer(path: Path | None):
        monkeypatch.setattr(dialogs, "ask_where_to_save", lambda *_: path)

    return answer


@pytest.fixture
def load_from(monkeypatch):
    """Answers the next question what to load."""

    def answer(path: Path | None):
        monkeypatch.setattr(dialogs, "ask_what_to_load", lambda *_: path)

    return answer
