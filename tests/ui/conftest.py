import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import RunParts
from workbench.engine.protocol.events import RunPaused


@pytest.fixture
def training(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    training = RunParts(window)
    training.train()
    return training


@pytest.fixture
def paused(training):
    training.controller.pause_or_resume()
    training.emit(RunPaused(12))
    training.connection.sent.clear()
    return training
