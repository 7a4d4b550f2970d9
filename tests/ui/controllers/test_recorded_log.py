"""The log of a run that is opened."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import RunParts
from workbench.engine.history.records import EpochStart, Evaluation
from workbench.engine.protocol.events import RunPaused
from workbench.ui.controllers.recorded_log import RecordedLog
from workbench.ui.panels.log import LogPanel


@pytest.fixture
def parts(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    parts = RunParts(window)
    parts.log, parts.is_known = LogPanel(window), False
    parts.recorded_log = RecordedLog(parts.model, parts.log, parts.connection, lambda: parts.is_known, window)
    return parts


def open_run(parts, *, prints=False):
    parts.history.add_epoch_start(EpochStart(1, 0))
    parts.record(10)
    parts.history.add_evaluation(Evaluation(10, 1, 2.1, 0.5))
    parts.model.expect_announcement()
    parts.emit(parts.started())
    if prints:
        parts.connection.text_printed.emit("Epoch 1\n")
    parts.emit(RunPaused(10))


def test_that_the_log_says_what_was_printed_when_the_run_was_trained(parts):
    open_run(parts)
    lines = parts.log.text.splitlines()
    assert lines[0] == "Epoch 1"
    assert lines[2] == "loss: 1.000000  [   64/  640]"
    assert " Accuracy: 50.0%, Avg loss: 2.100000 " in lines


def test_that_it_stands_apart_from_the_text_of_another_run(parts):
    parts.log.append("Done!\n")
    open_run(parts)
    assert parts.log.text.startswith("Done!\n\nEpoch 1\n")


def test_that_a_run_that_begins_prints_for_itself(parts):
    parts.train()
    assert parts.log.text == ""


def test_that_a_window_that_takes_the_place_of_another_has_the_text_already(parts):
    parts.is_known = True
    open_run(parts)
    assert parts.log.text == ""


def test_that_a_run_that_is_trained_again_from_its_file_prints_for_itself(parts):
    open_run(parts, prints=True)
    assert parts.log.text == ""
