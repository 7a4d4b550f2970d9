"""Data are loaded when they are chosen, and shown when they are the ones that are chosen."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import ShownRunParts
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest, DataSource
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.datasets import DATASETS
from workbench.engine.protocol.commands import LoadData
from workbench.engine.protocol.events import DataLoaded
from workbench.ui.controllers.dataset_loading import DatasetLoading
from workbench.ui.models.own_files import OwnFiles
from workbench.ui.panels.dataset import DatasetPanel

REGRESSION = DataSpec(Task.REGRESSION, (3,), (), ("y",))


@pytest.fixture
def parts(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    parts = ShownRunParts(window)
    parts.window = window
    parts.samples = DatasetPanel(window)
    parts.loading = DatasetLoading(
        parts.connection, parts.settings, parts.controls, parts.samples, parts.status, window
    )
    return parts


def loaded(request, spec, train_count):
    points = np.zeros((2, spec.input_count), np.float32)
    targets = np.zeros((2, 1), np.float32) if spec.task is Task.REGRESSION else np.zeros(2, np.int64)
    images = np.zeros((0, 0, 1, 1, 1), np.uint8)
    return DataLoaded(request.dataset, spec, train_count, 5, images, None, request.source is not None, request, points, targets)  # fmt: skip  # noqa: E501


def facts(parts):
    return parts.controls.findChild(QWidget, "dataset_facts").text()


def test_that_points_are_made_anew_when_a_slider_rests(parts, qtbot):
    parts.settings.edit("dataset", "moons")
    for noise in (0.2, 0.3, 0.4):
        parts.settings.edit("data_noise", noise)
        parts.loading.load_soon()
    qtbot.waitUntil(lambda: bool(parts.connection.sent))
    (command,) = parts.connection.sent
    assert command == LoadData(parts.settings.data_request())
    assert command.wanted.values["data_noise"] == 0.4


def test_that_data_that_are_no_longer_chosen_are_not_shown(parts):
    parts.settings.edit("dataset", "moons")
    early = parts.settings.data_request()
    parts.settings.edit("data_noise", 0.9)
    spec = DATASETS["moons"].spec
    parts.emit(loaded(early, spec, 11))
    assert facts(parts) == ""
    parts.emit(loaded(parts.settings.data_request(), spec, 22))
    assert facts(parts) == "22 training and 5 test samples"
    parts.settings.edit("data_noise", 0.1)
    assert facts(parts) == "11 training and 5 test samples"


def test_that_loading_files_says_of_which_task_they_are(parts):
    source = DataSource("/home/me/flats.csv")
    parts.settings.edit("dataset", OwnFiles(source))
    parts.emit(loaded(DataRequest("own-files", {}, source), REGRESSION, 64))
    assert parts.settings.spec == REGRESSION
    assert parts.settings.choices()["loss"] == "mse"
    assert facts(parts) == "your own 64 training and 5 test samples"


def test_that_the_share_for_validation_says_that_the_data_bring_their_own(parts):
    source = DataSource("/home/me/pictures")
    parts.settings.edit("dataset", OwnFiles(source))
    event = loaded(DataRequest("own-files", {}, source), DataSpec(Task.CLASSIFICATION, (3,), ("a", "b")), 64)
    parts.emit(replace(event, validation_count=7))
    assert facts(parts) == "your own 64 training, 7 validation and 5 test samples"
    share = parts.controls.findChild(QWidget, "validation_share")
    assert not share.isEnabled()
    assert "bring 7 samples for validation of their own" in share.toolTip()
    parts.settings.edit("dataset", "moons")
    assert share.isEnabled()
    assert "their own" not in share.toolTip()
