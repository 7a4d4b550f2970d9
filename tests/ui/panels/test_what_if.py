"""What if: the futures it asks for, how they are listed, which can be chosen."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox, QTableWidget

from tests.ui.panels.experiment_kit import Bench
from workbench.engine.history.records import Change, RunIdentity
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.protocol.events import (
    ExperimentEnded,
    ExperimentProgressed,
    Outcome,
    RunBranched,
    RunDiscarded,
    RunEnded,
    ValueChanged,
)
from workbench.engine.protocol.experiments.what_if import Fan, FutureEnd, FuturePath, Variant, WhatIf
from workbench.engine.protocol.live_objects import HISTORIES
from workbench.ui.panels.what_if import WhatIfPanel
from workbench.ui.plotting.charts.fan import FanChart


def losses(count, to=1.0):
    return np.linspace(2.0, to, count, dtype=np.float32)


EXPERIMENT = WhatIf((Variant((("learning_rate", 0.01),)), Variant((("learning_rate", 0.1),))), 30)
WHOLE = Fan(
    12,
    losses(12),
    (FuturePath(losses(30), FutureEnd.REACHED), FuturePath(losses(7), FutureEnd.DIVERGED, has_leapt=True)),
)


@pytest.fixture
def bench(paused, qtbot):
    bench = Bench(WhatIfPanel, paused, qtbot)
    bench.chosen = []
    bench.panel.future_chosen.connect(bench.chosen.append)
    return bench


def ended(bench, experiment=EXPERIMENT, fan=WHOLE, **more):
    bench.training.emit(ExperimentEnded(experiment, bench.training.run.id, 12, fan, **more))


def cells(bench):
    table = bench.find("table", QTableWidget)
    return [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]


def asked(bench):
    bench.find("try").click()
    return bench.asked[-1]


def test_that_five_rates_around_the_one_in_force_are_tried(bench, qtbot):
    kind, experiment = asked(bench)
    assert kind == "run"
    assert [variant.values for variant in experiment.variants] == [
        (("learning_rate", rate),) for rate in (0.0001, 0.00033, 0.001, 0.003, 0.01)
    ]
    assert experiment.steps == 100
    values = bench.find("values", QLineEdit)
    qtbot.waitUntil(lambda: values.placeholderText() == "0.0001 … 0.01")
    bench.panel.resize(460, 560)
    rates = ["0.0001", "0.00033", "0.001", "0.003", "0.01"]
    qtbot.waitUntil(lambda: values.placeholderText().split() == rates)
    assert " ".join(rates) in values.toolTip()


def test_that_rates_follow_the_runs_and_stay_in_range(bench):
    bench.training.emit(ValueChanged(Change(12, "learning_rate", 0.001, 8.0)))
    _, experiment = asked(bench)
    assert [variant.values[0][1] for variant in experiment.variants] == [0.8, 2.7, 8.0]


def test_that_values_can_be_typed(bench):
    bench.find("values", QLineEdit).setText("0.5  1e-2; 0.5, 3")
    bench.find("steps", QSpinBox).setValue(40)
    _, experiment = asked(bench)
    assert [variant.values[0][1] for variant in experiment.variants] == [0.5, 0.01, 3.0]
    assert experiment.steps == 40


@pytest.mark.parametrize("typed", ["fast", "1e9", "1 2 3 4 5 6 7 8 9"])
def test_that_what_is_no_value_is_refused_in_a_sentence(bench, typed):
    bench.find("values", QLineEdit).setText(typed)
    bench.find("try").click()
    assert bench.asked == []
    said = bench.find("text", QLabel).text()
    assert said.endswith(".")
    assert len(said) <= 300


def test_that_batch_sizes_are_at_most_the_training_set(bench):
    bench.find("varied", QComboBox).setCurrentIndex(1)
    _, experiment = asked(bench)
    assert [variant.values for variant in experiment.variants] == [
        (("batch_size", size),) for size in (16, 32, 64, 128, 256)
    ]


def test_that_all_optimizers_are_tried_the_own_one_at_its_rate(bench):
    bench.find("varied", QComboBox).setCurrentIndex(2)
    assert not bench.find("values", QLineEdit).isVisible()
    _, experiment = asked(bench)
    assert [variant.optimizer for variant in experiment.variants] == [None, *OPTIMIZERS.names[1:]]


def test_that_futures_are_listed_while_they_are_trained(bench):
    bench.begin(EXPERIMENT)
    fan = Fan(12, losses(12), (FuturePath(losses(30, to=0.5), FutureEnd.REACHED), FuturePath(losses(0))))
    bench.training.emit(ExperimentProgressed(EXPERIMENT, 30, 60, fan))
    assert [row[0] for row in cells(bench)] == ["0.01", "0.1"]
    assert float(cells(bench)[0][1]) == pytest.approx(0.5, abs=0.3)
    assert cells(bench)[1][1:] == ["", ""]
    assert not bench.find("choose").isVisible()
    bench.find("cancel").click()
    assert bench.cancelled


def test_that_a_whole_future_can_be_chosen_and_a_diverged_one_cannot(bench):
    ended(bench)
    table = bench.find("table", QTableWidget)
    assert not bench.find("choose").isEnabled()
    table.selectRow(1)
    assert not bench.find("choose").isEnabled()
    assert "did not come to its end" in bench.find("choose").toolTip()
    assert cells(bench)[1][1:] == ["", "diverged"]
    assert "after 7 steps" in table.item(1, 2).toolTip()
    table.selectRow(0)
    bench.find("choose").click()
    assert bench.chosen == [0]
    assert "step 42" in bench.find("choose").toolTip()


def test_that_futures_of_another_run_cannot_be_chosen(bench):
    ended(bench)
    bench.find("table", QTableWidget).selectRow(0)
    branch = RunIdentity("b" * 16, bench.training.run.id, 5)
    bench.training.emit(RunBranched(branch, HISTORIES.number_of(bench.training.history)))
    assert not bench.find("choose").isEnabled()
    assert "anew" in bench.find("choose").toolTip()
    assert "From step 12 of another run: press Try" in bench.find("text", QLabel).text()


def test_that_another_optimizer_is_offered_for_a_new_run(bench):
    experiment = WhatIf((Variant((("learning_rate", 0.001),), "adam"), Variant((("learning_rate", 0.05),))), 30)
    ended(bench, experiment, Fan(12, losses(12), (FuturePath(losses(30), FutureEnd.REACHED),) * 2))
    bench.find("table", QTableWidget).selectRow(0)
    assert "new run" in bench.find("choose").text()
    assert "optimizer of a run is fixed" in bench.find("choose").toolTip()
    assert cells(bench)[0][0] == "Adam at 0.001"
    assert cells(bench)[1][0] == "SGD at 0.05"
    bench.find("choose").click()
    assert bench.chosen == [0]


def test_that_without_a_run_it_says_what_will_be_here(bench):
    bench.training.emit(RunEnded(Outcome.STOPPED, 12), RunDiscarded(bench.training.run))
    assert not bench.find("try").isEnabled()
    assert "press Train" in bench.find("text", QLabel).text()


def test_that_the_table_of_the_panel_holds_every_loss(bench):
    assert bench.panel.table() is None
    ended(bench)
    rows = list(bench.panel.table())
    assert rows[0] == ("step", "0.01", "0.1")
    assert len(rows) == 31
    assert rows[1][:2] == (12, 2.0)
    assert rows[20][2] == ""


@pytest.mark.parametrize(
    "drawn",
    [losses(0), losses(1), np.full(30, 1e30, np.float32), np.zeros(30, np.float32)],
    ids=["none", "one", "huge", "zero"],
)
def test_that_any_fan_is_drawn(bench, drawn):
    ended(bench, fan=Fan(0, losses(0), (FuturePath(drawn), FuturePath(drawn))))
    assert not bench.panel.grab().isNull()


def test_that_a_click_on_the_fan_draws_it_over_the_curve_of_the_run_as_well(bench, qtbot):
    heard = []
    bench.model.curve_changed.connect(lambda: heard.append(bench.model.fan_on_curve))
    assert bench.find("on_curve", QCheckBox).isHidden()
    ended(bench)
    assert bench.model.fan_on_curve is None
    qtbot.mouseClick(bench.find("chart", FanChart), Qt.MouseButton.LeftButton)
    assert bench.find("on_curve", QCheckBox).isChecked()
    assert heard[-1] == (WHOLE, None)
    bench.find("table", QTableWidget).selectRow(1)
    assert heard[-1] == (WHOLE, 1)
    bench.find("on_curve", QCheckBox).click()
    assert heard[-1] is None


def test_that_the_futures_of_another_run_are_not_drawn_over_the_curve(bench):
    ended(bench)
    bench.find("on_curve", QCheckBox).click()
    assert bench.model.fan_on_curve == (WHOLE, None)
    branch = RunIdentity("b" * 16, bench.training.run.id, 12)
    bench.training.emit(RunBranched(branch, HISTORIES.number_of(bench.training.history)))
    assert bench.model.fan_on_curve is None
