from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from workbench.engine.config.tasks import ACCURACY, MEAN_ABSOLUTE_ERROR
from workbench.engine.history.records import Evaluation
from workbench.ui.models.run_values import Column, RunKind, RunValues, RunValuesModel

TEST = Evaluation(200, 2, 0.75, 0.8125)
CURRENT = RunValues("Run 3", RunKind.CURRENT, 0, 250, False, 3, 0.5, 0.4321, ACCURACY, 0.9, TEST, 0.001)
SHORTER = replace(CURRENT, name="Run 1", kind=RunKind.OTHER, slot=2, step=99, has_ended=True, test=None, rate=None)


@pytest.fixture
def model(qapp):
    model = RunValuesModel()
    model.set_values([CURRENT, SHORTER])
    return model


def cells(model, row, role=Qt.ItemDataRole.DisplayRole):
    return [model.index(row, column).data(role) for column in Column]


def titles(model):
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]


def test_that_a_row_has_the_name_of_its_run_and_the_values_at_its_step(model):
    assert titles(model) == ["Run", "Step", "Loss", "Accuracy", "Test loss", "Test accuracy", "Rate"]
    assert cells(model, 0) == ["Run 3", "250", "0.4321", "90.0%", "0.7500", "81.2%", "0.001"]
    assert cells(model, 1) == ["Run 1", "99", "0.4321", "90.0%", "–", "–", "–"]


def test_that_the_loss_of_the_batch_stands_in_where_the_smoothing_has_not_come_so_far(model):
    model.set_values([replace(CURRENT, smoothed=None)])
    assert cells(model, 0)[Column.LOSS] == "0.5000"


def test_that_the_titles_are_those_of_the_current_runs_metric(model):
    errors = replace(CURRENT, metric=MEAN_ABSOLUTE_ERROR)
    model.set_values([errors, SHORTER])
    assert [titles(model)[column] for column in (Column.METRIC, Column.TEST)] == ["Error", "Test error"]
    assert cells(model, 0)[Column.METRIC] == "MAE 0.900"
    assert cells(model, 1)[Column.METRIC] == "90.0%"


def test_that_it_is_said_which_run_is_the_current_one_and_which_has_ended(model):
    spoken = [model.index(row, Column.RUN).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken[0] == "Run 3. This is the current run."
    assert spoken[1] == "Run 1. It has no later step than 99: these are its last values."
    assert model.index(0, Column.RUN).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(1, Column.RUN).data(Qt.ItemDataRole.FontRole) is None


def test_that_a_row_for_a_file_has_all_digits(model):
    head, current, shorter = model.rows()
    assert dict(zip(head, current, strict=True)) == {
        "run": "Run 3",
        "step": 250,
        "epoch": 3,
        "loss": 0.5,
        "smoothed_loss": 0.4321,
        "metric": "accuracy",
        "training_metric": 0.9,
        "test_loss": 0.75,
        "test_metric": 0.8125,
        "learning_rate": 0.001,
    }
    assert shorter[-3:] == (None, None, None)


def test_that_other_values_of_the_same_runs_keep_the_rows(model, qtbot):
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_values([replace(CURRENT, step=251), SHORTER])
    with qtbot.assertNotEmitted(model.dataChanged):
        model.set_values([replace(CURRENT, step=251), SHORTER])
    with qtbot.waitSignal(model.modelReset):
        model.set_values([CURRENT])
