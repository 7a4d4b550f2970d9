"""What is shown in a panel can be taken along as a picture and as a table."""

import csv

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.ui.controllers.panel_exports import PICTURE_SCALE, PanelExports
from workbench.ui.dialogs import file_dialogs
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.panel_bases.panel_menu import PanelExport
from workbench.ui.panels.calibration import CalibrationPanel
from workbench.ui.style.palette import load_palette


class Exporting:
    def __init__(self, training, qtbot):
        log = PredictionLog(DataSpec(Task.CLASSIFICATION, (2,), ("a", "b")), np.zeros((4, 2)), np.array([0, 1, 0, 1]))
        log.add(10, np.array([[2, 1], [0, 3], [1, 0], [1, 0]], np.float32))
        training.model.predictions = log
        self.model = InspectionModel(training.model)
        self.panel = CalibrationPanel(self.model)
        self.panel.set_palette(load_palette("light"))
        qtbot.addWidget(self.panel)
        self.exports = PanelExports([self.panel], training.connection, training.model, self.panel)
        self.saved, self.problems = [], []
        self.exports.saved.connect(self.saved.append)
        self.exports.save_failed.connect(lambda problem: self.problems.append(str(problem)))

    def show(self):
        self.panel.resize(300, 260)
        self.panel.show()
        self.model.refresh()

    def choose(self, export):
        menu = self.panel.menu.menu(self.panel)
        action = next(each for each in menu.actions() if each.objectName() == export.value)
        assert action.isEnabled()
        action.trigger()
        self.exports.finish(5000)


@pytest.fixture
def exporting(training, qtbot):
    return Exporting(training, qtbot)


def test_that_nothing_can_be_taken_from_an_empty_panel(exporting):
    exporting.panel.show()
    assert not any(action.isEnabled() for action in exporting.panel.menu.menu(exporting.panel).actions())


def test_that_the_table_is_copied_for_a_spreadsheet(exporting):
    exporting.show()
    exporting.choose(PanelExport.COPY_TABLE)
    rows = QApplication.clipboard().text().splitlines()
    assert rows[0].split("\t") == ["from", "to", "samples", "mean_confidence", "accuracy"]
    assert sum(int(row.split("\t")[2]) for row in rows[1:]) == 4


def test_that_the_picture_is_copied_at_twice_its_size(exporting):
    exporting.show()
    exporting.choose(PanelExport.COPY_PICTURE)
    picture = QApplication.clipboard().image()
    assert picture.size() == exporting.panel.content.size() * PICTURE_SCALE
    assert len({picture.pixel(x, picture.height() // 2) for x in range(picture.width())}) > 3


def test_that_table_and_picture_are_saved_where_the_user_says(exporting, monkeypatch, tmp_path):
    exporting.show()
    monkeypatch.setattr(file_dialogs, "ask_where_to_save_table", lambda *_: tmp_path / "table.csv")
    monkeypatch.setattr(file_dialogs, "ask_where_to_save_picture", lambda *_: tmp_path / "picture.png")
    exporting.choose(PanelExport.SAVE_TABLE)
    exporting.choose(PanelExport.SAVE_PICTURE)
    assert exporting.saved == [tmp_path / "table.csv", tmp_path / "picture.png"]
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 16
    assert not QImage(str(tmp_path / "picture.png")).isNull()


def test_that_a_place_that_cannot_be_written_is_said_in_a_sentence(exporting, monkeypatch, tmp_path):
    exporting.show()
    monkeypatch.setattr(file_dialogs, "ask_where_to_save_table", lambda *_: tmp_path / "no" / "such" / "table.csv")
    exporting.choose(PanelExport.SAVE_TABLE)
    assert exporting.saved == []
    assert len(exporting.problems) == 1
    assert "table.csv" in exporting.problems[0]
