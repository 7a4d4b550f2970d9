"""The dialog says what was understood of files before they are taken."""

import csv

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QWidget,
)

from tests.ui.run_parts import RunParts
from workbench.engine.data.data_source import DataSource
from workbench.engine.errors import UserError
from workbench.ui.controllers.own_data import OwnData
from workbench.ui.dialogs.data_dialog import DataDialog
from workbench.ui.window.dropped_files import DroppedFiles


@pytest.fixture
def table(tmp_path):
    """A table of 40 rows: two measures, a species, a weight; one measure is missing."""
    path = tmp_path / "birds.csv"
    random = np.random.default_rng(0)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["wing", "beak", "species", "weight"])
        for row in range(40):
            wing, beak, weight = (f"{number:.2f}" for number in random.normal((10, 3, 5), 1))
            writer.writerow(["" if row == 7 else wing, beak, ("owl", "wren")[row % 2], weight])
    return path


class Opening:
    """The controller over a window, and what the dialog shows."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.run = RunParts(self.window)
        self.settings = self.run.settings
        self.own_data = OwnData(self.settings, self.run.model, self.window)
        self.refusals = []
        self.own_data.refused.connect(lambda problem: self.refusals.append(str(problem)))

    @property
    def dialog(self):
        return self.window.findChild(DataDialog, "data_dialog")

    def find(self, kind, name):
        return self.dialog.findChild(kind, name)

    def open(self, path):
        self.own_data.open(path)
        self.wait()

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.find(QWidget, "data_progress").isVisibleTo(self.dialog), timeout=20_000)

    def choose(self, name, value):
        combo = self.find(QComboBox, name)
        combo.setCurrentIndex(combo.findData(value))
        assert not self.ok.isEnabled()
        self.qtbot.waitUntil(self.ok.isEnabled, timeout=20_000)

    @property
    def summary(self):
        return self.find(QLabel, "data_summary").text()

    @property
    def ok(self):
        return self.find(QPushButton, "data_dialog_ok")


@pytest.fixture
def opening(qtbot):
    return Opening(qtbot)


def test_that_the_empty_dialog_says_what_can_be_opened(qtbot, tmp_path, table):
    window = QWidget()
    qtbot.addWidget(window)
    dialog = DataDialog(window, tmp_path)
    hint = dialog.findChild(QLabel, "data_hint")
    assert "CSV" in hint.text()
    assert hint.isVisibleTo(dialog)
    dialog.describe(DataSource(str(table)))
    assert not hint.isVisibleTo(dialog)


def test_that_a_table_is_described_before_it_is_taken(opening, table):
    opening.open(table)
    assert opening.summary.startswith("39 samples · ")
    assert "one of 2 classes is predicted" in opening.summary
    details = opening.find(QPlainTextEdit, "data_details").toPlainText()
    assert "Missing values: wing: 1." in details
    assert "owl: " in details
    rows = opening.find(QTableWidget, "data_rows")
    assert [rows.horizontalHeaderItem(place).text() for place in range(4)] == ["wing", "beak", "species", "weight"]
    assert opening.settings.own_files is None


def test_that_another_column_can_be_predicted_and_the_answer_is_kept(opening, table):
    opening.open(table)
    opening.choose("data_label", "beak")
    assert "beak is predicted" in opening.summary
    assert opening.find(QComboBox, "data_task").currentData() == "regression"
    opening.find(QDoubleSpinBox, "data_test_share").setValue(50)
    assert not opening.ok.isEnabled()
    opening.qtbot.waitUntil(opening.ok.isEnabled, timeout=20_000)
    opening.ok.click()
    source = opening.settings.data_request().source
    assert (source.path, source.label, source.test_share) == (str(table), "beak", 0.5)
    assert opening.settings.spec.target_names == ("beak",)
    assert opening.settings.choices()["loss"] == "mse"
    opening.open(table)
    assert opening.find(QComboBox, "data_label").currentData() == "beak"
    assert opening.find(QDoubleSpinBox, "data_test_share").value() == 50


def test_that_a_path_can_be_typed(opening, table):
    opening.own_data.open()
    opening.find(QLineEdit, "data_path").setText(str(table))
    opening.qtbot.keyClick(opening.find(QLineEdit, "data_path"), Qt.Key.Key_Return)
    opening.wait()
    assert "samples" in opening.summary
    assert opening.ok.isEnabled()
    assert opening.settings.own_files is None


def test_that_a_delimiter_can_be_chosen(opening, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a b,c\n" + "1 2,x\n2 3,y\n" * 5)
    opening.open(path)
    combo = opening.find(QComboBox, "data_delimiter")
    assert combo.isVisibleTo(opening.dialog)
    opening.choose("data_delimiter", " " if combo.currentData() == "," else ",")
    rows = opening.find(QTableWidget, "data_rows")
    assert rows.horizontalHeaderItem(0).text() in ("a", "a b")
    chosen = combo.currentData()
    opening.ok.click()
    assert opening.settings.data_request().source.delimiter == chosen


def test_that_an_encoding_that_was_taken_for_another_can_be_chosen(opening, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(("a,ключ\n" + "1,да\n2,нет\n" * 5).encode("cp1251"))
    opening.open(path)
    assert opening.find(QComboBox, "data_encoding").isVisibleTo(opening.dialog)
    opening.choose("data_encoding", "cp1251")
    assert opening.find(QTableWidget, "data_rows").horizontalHeaderItem(1).text() == "ключ"
    opening.ok.click()
    assert opening.settings.data_request().source.encoding == "cp1251"
    assert opening.settings.spec.class_names == ("да", "нет")


def test_that_a_first_line_that_was_taken_for_names_can_be_made_a_row(opening, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("x,kind\n" + "1,up\n2,down\n" * 5)
    opening.open(path)
    header = opening.find(QComboBox, "data_header")
    assert header.currentData() is True
    header.setCurrentIndex(header.findData(False))
    rows = opening.find(QTableWidget, "data_rows")
    opening.qtbot.waitUntil(lambda: rows.horizontalHeaderItem(1).text() == "column 2", timeout=20_000)
    header.setCurrentIndex(header.findData(True))
    opening.qtbot.waitUntil(opening.ok.isEnabled, timeout=20_000)
    opening.ok.click()
    assert opening.settings.data_request().source.has_header is True


def test_that_an_encoding_that_does_not_fit_can_be_replaced(opening, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(("a,b\n" + "1,x\n2,y\n" * 9000 + "1,\u00e9\n").encode("latin-1"))
    opening.open(path)
    assert "is not in the encoding" in opening.find(QLabel, "data_problem").text()
    opening.choose("data_encoding", "cp1252")
    assert not opening.find(QLabel, "data_problem").isVisibleTo(opening.dialog)


def test_that_files_are_not_taken_while_the_field_names_others(opening, table):
    opening.open(table)
    field, hint = opening.find(QLineEdit, "data_path"), opening.find(QLabel, "data_phase")
    field.setText(str(table) + "x")
    assert not opening.ok.isEnabled()
    assert hint.isVisibleTo(opening.dialog)
    opening.dialog.accept()
    assert opening.settings.own_files is None
    field.setText(str(table))
    assert opening.ok.isEnabled()
    assert not hint.isVisibleTo(opening.dialog)
    field.setText("~nobody/here.csv")
    opening.qtbot.keyClick(field, Qt.Key.Key_Return)
    opening.wait()
    assert not opening.ok.isEnabled()


@pytest.mark.parametrize("content", ["", "one\n", "a,b\n1,2,3\n"])
def test_that_a_bad_file_is_answered_by_one_sentence(opening, tmp_path, content):
    path = tmp_path / "bad.csv"
    path.write_text(content)
    opening.open(path)
    problem = opening.find(QLabel, "data_problem")
    assert problem.isVisibleTo(opening.dialog)
    assert 0 < len(problem.text()) <= 400
    assert not opening.ok.isEnabled()


def test_that_a_defect_of_a_reader_is_a_sentence_too(opening, table, monkeypatch):
    def broken(*_):
        raise RuntimeError("a defect")

    monkeypatch.setattr("workbench.engine.data.own_files.reading.describe", broken)
    opening.open(table)
    assert "a defect" in opening.find(QLabel, "data_problem").text()


def test_that_cancelling_takes_nothing(opening, table):
    opening.open(table)
    opening.find(QPushButton, "data_dialog_cancel").click()
    assert opening.settings.own_files is None
    assert opening.own_data.recent == []


def test_that_reading_can_be_cancelled(opening, table, monkeypatch):
    reading, heard = [], []

    def slow(source, progress):
        while True:
            reading.append(source)
            progress("Reading the images", 1, 4)

    monkeypatch.setattr("workbench.engine.data.own_files.reading.describe", slow)
    opening.own_data.open(table)
    bar = opening.find(QWidget, "data_progress")
    opening.qtbot.waitUntil(lambda: bar.value() == bar.maximum() // 4)
    opening.own_data._describer.described.connect(heard.append)
    opening.find(QPushButton, "data_dialog_cancel").click()
    count = -1
    while count != len(reading):  # the thread ends at its next report
        count = len(reading)
        opening.qtbot.wait(20)
    assert heard == []


def test_that_files_opened_last_are_remembered_and_taken_again_as_they_were_read(opening, table, qtbot):
    opening.open(table)
    opening.choose("data_label", "beak")
    opening.ok.click()
    other = Opening(qtbot)
    other.own_data.restore(opening.own_data.state())
    (files,) = other.own_data.recent
    other.own_data.reopen(files)
    assert other.settings.recipe() == opening.settings.recipe()


@pytest.mark.parametrize("state", [{}, {"recent": 3, "folder": 7}, {"recent": [None, {"source": {}, "spec": None}]}])
def test_that_what_makes_no_sense_is_not_remembered(opening, state):
    opening.own_data.restore(state)
    assert opening.own_data.recent == []


def test_that_data_cannot_be_opened_while_a_run_is_active(opening, table):
    opening.run.train()
    opening.own_data.open(table)
    assert opening.dialog is None
    assert opening.refusals == ["A run is active, and its data cannot change: stop it, then open other data."]


def test_that_a_failure_leaves_nothing_to_take(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    dialog = DataDialog(window, tmp_path)
    dialog.describe(DataSource(str(tmp_path)))
    dialog.show_failure(UserError("It is gone."))
    dialog.accept()
    assert dialog.findChild(QLabel, "data_problem").text() == "It is gone."
    assert not dialog.findChild(QPushButton, "data_dialog_ok").isEnabled()


def drop(window, *urls):
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    # Qt sends a drop to the widget that has accepted the drag when it came in.
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), *how))


def test_that_one_local_file_can_be_dropped(qtbot, table):
    window, dropped = QWidget(), []
    qtbot.addWidget(window)
    DroppedFiles(window).dropped.connect(dropped.append)
    drop(window, "https://example.org/x.csv")
    drop(window, table.as_uri(), table.as_uri())
    assert dropped == []
    drop(window, table.as_uri())
    assert dropped == [table]
