"""The real window on tiny data, used through its object names as a user uses it by eye."""

from __future__ import annotations

import gc
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import torch
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThread
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.app import create_window
from workbench.engine.data.datasets import load_dataset
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.paths import store_folder
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import RunStore
from workbench.engine.training.trainer import Trainer
from workbench.ui.dialogs import file_dialogs as dialogs
from workbench.ui.models.session_state import SessionState

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60_000
"""Milliseconds; generous, because a test that waits for too little fails on a busy machine."""


def kept_runs():
    """The runs in the store of the window, newest first."""
    with closing(RunStore(store_folder())) as store:
        return store.summaries()


def headless(root, *, stop_after=None, changes=(), **values):
    """Train with the same settings without a window; return the printed text and the hash of the weights."""
    data = load_dataset("fashion-mnist", root, lambda *_: None)
    scheduled = [ScheduledChange(change.step, change.name, change.new) for change in changes]
    trainer = Trainer(Recipe(values=values), data, scheduled=scheduled, stop_after=stop_after)
    text = "".join(tutorial_text(event) for event in trainer.run())
    return text, weights_sha256(trainer.weights)


def saved(person, save_to, path):
    """Save the weights in `path`; return their hash."""
    save_to(path)
    person.press("save_weights")
    person.wait_for(lambda: path.exists() and str(path) in person.notice)
    return weights_sha256(torch.load(path, weights_only=True))


class Person:
    """A user of a window: finds widgets by name, clicks them, and waits for a result."""

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
        # The network is described in the training thread: a run that a test trains in its own thread meanwhile would
        # share torch's random state with it.
        facts = self.window._parts.network_facts
        self.wait_for(lambda: self.window.state is SessionState.READY and not facts.is_waiting)

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
    """Opens windows, and closes them after the test in any state."""
    windows = []

    def open_one(*arguments, show=True):
        window = create_window([str(argument) for argument in arguments])
        windows.append(window)
        if show:
            window.show()
            qtbot.waitExposed(window)
        return Person(qtbot, window)

    yield open_one
    for opened in windows:
        window = opened
        while window.successor is not None:
            window = window.successor
        window.leave()
        # The program itself waits for less and then ends the process; here the next test uses the process.
        assert window.findChild(QThread, "training_thread").wait(PATIENCE)
        window.deleteLater()
    windows.clear()
    qapp.processEvents()
    # No event loop runs here that would delete them: all windows would stay, and every new theme would restyle them.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


@pytest.fixture
def person(open_window, tiny_root):
    """The user of a window that is ready to train the tiny data."""
    user = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist")
    user.wait_until_ready()
    return user


@pytest.fixture
def save_to(monkeypatch):
    """Sets the answer of the next save dialog."""

    def answer(path: Path | None):
        monkeypatch.setattr(dialogs, "ask_where_to_save_weights", lambda *_: path)

    return answer


@pytest.fixture
def load_from(monkeypatch):
    """Sets the answer of the next open dialog."""

    def answer(path: Path | None):
        monkeypatch.setattr(dialogs, "ask_which_weights", lambda *_: path)

    return answer
