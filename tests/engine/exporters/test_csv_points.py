import csv

import numpy as np
import pytest

from tests.engine.exporters.exported_runs import context_of, record_of
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.csv_points import write_csv
from workbench.engine.history.records import ScheduledChange
from workbench.engine.training.stepper import Stepper


def test_that_every_step_and_every_evaluation_is_in_the_table(tiny_data, tmp_path):
    record = record_of(tiny_data, [ScheduledChange(13, "learning_rate", 0.05)])
    assert str(write_csv(record, tmp_path / "a.csv", ExportContext())) == "20 steps and 2 evaluations"
    with (tmp_path / "a.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["step"]) for row in rows] == list(range(21))
    losses = np.array([row["training_loss"] for row in rows[:20]], np.float32)
    assert np.array_equal(losses, record.history.loss.values(0, 20))
    assert [float(row["learning_rate"]) for row in rows[12:14]] == [0.001, 0.05]
    assert [row["epoch"] for row in rows[9:11]] == ["1", "2"]
    assert float(rows[10]["test_loss"]) == record.history.evaluations[0].average_loss
    assert float(rows[20]["test_accuracy"]) == record.history.evaluations[1].metric
    assert rows[20]["training_loss"] == ""


def test_that_one_evaluation_is_not_said_in_the_plural(tiny_data, tmp_path):
    record = record_of(tiny_data, values={"epochs": 1})
    assert str(write_csv(record, tmp_path / "a.csv", ExportContext())) == "10 steps and 1 evaluation"


def test_that_the_rates_of_a_schedule_are_those_that_were_used(tiny_data, tmp_path):
    record = record_of(tiny_data, schedule="cosine")
    write_csv(record, tmp_path / "a.csv", ExportContext())
    with (tmp_path / "a.csv").open(newline="") as file:
        rates = [float(row["learning_rate"]) for row in list(csv.DictReader(file))[:20]]
    assert rates[0] == 0.001
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < 0.0001


@pytest.mark.parametrize("schedule", ["cosine", "one-cycle", "exponential"])
def test_that_the_rates_are_there_where_samples_are_held_out_for_validation(tiny_data, tmp_path, schedule):
    values = {"epochs": 2, "validation_share": 0.3, "batch_size": 50}
    record = record_of(tiny_data, schedule=schedule, values=values)
    stepper, used = Stepper(record.recipe, tiny_data), []
    while stepper.position.epoch < 2:
        for trained in stepper.steps():
            used.append(stepper.optimizer.param_groups[0]["lr"])
            stepper.count(trained)
        stepper.close_epoch()
    assert len(used) == record.steps < 26  # of 640 samples, about 448 are trained on
    write_csv(record, tmp_path / "a.csv", context_of(tiny_data))
    with (tmp_path / "a.csv").open(newline="") as file:
        rates = [float(row["learning_rate"]) for row in list(csv.DictReader(file))[: len(used)]]
    assert rates == used
    # Where the data are not there, nobody knows how long an epoch was.
    write_csv(record, tmp_path / "b.csv", ExportContext())
    with (tmp_path / "b.csv").open(newline="") as file:
        assert {row["learning_rate"] for row in csv.DictReader(file)} == {""}
