"""The layers: what is asked when, what is shown, what is kept over the steps."""

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from tests.ui.inspected_run import InspectedRun
from workbench.engine.data import generated
from workbench.engine.errors import UserError
from workbench.engine.history.records import Evaluation
from workbench.engine.protocol.commands import Inspect
from workbench.engine.protocol.queries.layers import CountIdleUnits, MeasureLayers, ShowFirstLayer
from workbench.ui.panels.layers.panel import LayersPanel, View
from workbench.ui.plotting.charts.time_map import TimeMap
from workbench.ui.plotting.charts.weight_tiles import WeightTiles


@pytest.fixture
def run(training, qtbot, tiny_data):
    return InspectedRun(training, qtbot, LayersPanel, tiny_data)


def choose(run, view):
    box = run.panel.findChild(QComboBox, "layers_view")
    box.setCurrentIndex(box.findData(view))


def text(run):
    return run.panel.findChild(QLabel, "layers_text").text()


def test_that_a_panel_without_a_run_says_what_will_appear(training, qtbot, tiny_data):
    run = InspectedRun(training, qtbot, LayersPanel, tiny_data)
    training.model.predictions = None
    run.model.refresh()
    run.show()
    assert "press Train" in run.panel.text


def test_that_the_weights_of_the_first_layer_come_first(run):
    run.pause()
    run.show()
    assert run.settle() == [Inspect(ShowFirstLayer())]
    assert run.panel.text == ""
    assert "linear_relu_stack.0" in text(run)
    assert "CS231n" in text(run)
    tiles = run.panel.findChild(WeightTiles)
    assert tiles.accessibleDescription() == text(run)
    head, *rows = run.panel.table()
    assert len(head) == 2 + 784
    assert rows[0][1] >= rows[-1][1]


def test_that_the_same_units_are_shown_while_one_looks_back(run):
    run.pause()
    run.show()
    (first,) = run.settle()
    assert first.query.units == ()
    units = [row[0] for row in list(run.panel.table())[1:]]
    run.model.show_step(5)
    (second,) = run.settle()
    assert (second.step, list(second.query.units)) == (5, units)
    assert [row[0] for row in list(run.panel.table())[1:]] == units


def test_that_units_stay_in_their_places_between_two_evaluations(run):
    run.show()
    assert run.answer(step=12).query.units == ()
    run.training.history.add_step(0.5, 0.5)
    assert len(run.answer(step=13).query.units) == 256


def test_that_each_view_asks_only_what_it_shows(run):
    run.pause()
    run.show()
    run.settle()
    choose(run, View.DISTRIBUTIONS)
    asked = run.settle()
    assert {type(each.query) for each in asked} == {MeasureLayers}
    assert asked[0].step is None
    assert "64" not in text(run)
    assert "128 training samples" in text(run)
    head, *rows = run.panel.table()
    assert head[:3] == ("layer", "kind", "function")
    assert [row[0] for row in rows] == ["linear_relu_stack.0", "linear_relu_stack.2", "linear_relu_stack.4"]


def test_that_the_curves_are_filled_with_the_evaluations_once_the_run_stands(run):
    run.pause()
    run.show()
    choose(run, View.UPDATES)
    asked = run.settle()
    assert [each.step for each in asked] == [None, 10, 5]
    head, *rows = run.panel.table()
    assert head == ("step", "linear_relu_stack.0", "linear_relu_stack.2", "linear_relu_stack.4")
    assert [row[0] for row in rows] == [5, 10, 12]
    choose(run, View.GRADIENTS)
    run.settle()
    head, *rows = run.panel.table()
    assert head[1] == "all"
    for row in rows:
        assert row[1] == pytest.approx(np.linalg.norm(row[2:]), rel=1e-4)


def test_that_looking_back_measures_that_step(run):
    run.pause()
    run.model.show_step(5)
    run.show()
    choose(run, View.DISTRIBUTIONS)
    asked = run.settle()
    assert asked[0].step == 5


def test_that_a_run_that_trains_is_followed_step_by_step(run):
    run.show()
    choose(run, View.UPDATES)
    run.answer(step=12)
    run.training.history.add_step(0.5, 0.5)
    run.answer(step=13)
    assert [each.step for each in run.asked] == [None, None]
    assert [row[0] for row in list(run.panel.table())[1:]] == [12, 13]


def test_that_a_network_that_takes_long_is_measured_at_the_evaluations_only(run, qtbot):
    run.show()
    choose(run, View.UPDATES)
    for step in (12, 13):
        run.answer(step=step, seconds=0.2)
        run.inspection._answered_at = None  # it would wait for seconds
        run.inspection._timer.start(0)
        run.training.history.add_step(0.5, 0.5)
    qtbot.wait(100)
    assert not run.panel.follows
    assert run.sent == []


def test_that_dead_units_are_counted_over_all_test_samples_part_by_part(run):
    run.pause()
    run.show()
    choose(run, View.IDLE)
    asked = run.settle()
    assert all(isinstance(each.query, (CountIdleUnits, ShowFirstLayer)) for each in asked)
    assert [each.step for each in asked if isinstance(each.query, CountIdleUnits)] == [None, 10, 5]
    assert "160 test samples" in text(run)
    _, *rows = run.panel.table()
    assert [(row[0], row[1], row[2], row[5]) for row in rows] == [
        ("linear_relu_stack.0", "ReLU", 512, 160),
        ("linear_relu_stack.2", "ReLU", 512, 160),
    ]


def test_that_while_training_idle_units_are_those_of_the_last_evaluation(run):
    run.show()
    choose(run, View.IDLE)
    run.sent.clear()
    run.panel.request_changed.emit()
    asked = run.answer()
    assert asked.asked_step == max(step for step in run.trainer.predictions.steps if step <= 12)


def test_that_a_problem_leaves_the_choice_of_another_view(run):
    run.pause()
    run.show()
    run.settle()
    choose(run, View.DISTRIBUTIONS)
    run.answer(answer=None, problem=UserError("The layers cannot be measured."))
    assert text(run) == "The layers cannot be measured."
    assert run.panel.text == ""
    choose(run, View.WEIGHTS)
    run.settle()
    assert "linear_relu_stack.0" in text(run)


@pytest.mark.parametrize("name", ["moons", "sine"])
def test_that_every_view_shows_vectors_and_regressions(training, qtbot, name):
    data = generated.make(name, {"data_size": 100}, lambda *_: None)
    loss = {"loss": "mse"} if name == "sine" else {}
    values = {"hidden": "8,8", "activation": "tanh"}
    run = InspectedRun(training, qtbot, LayersPanel, data, dataset=name, model="mlp-custom", values=values, **loss)
    run.pause()
    run.show()
    for view in View:
        choose(run, view)
        run.settle()
        assert run.panel.text == ""
        assert len(list(run.panel.table())) > 1
        assert not run.panel.grab().isNull()
    assert "makemore" in text(run)


def test_that_histograms_are_kept_for_each_evaluation_and_drawn_for_a_chosen_layer(run):
    run.pause()
    run.show()
    run.settle()
    choose(run, View.HISTOGRAMS)
    assert {each.step for each in run.settle()} == {None, 5, 10}
    head, *rows = run.panel.table()
    assert head[0] == "step"
    # After the evaluations, and in the epoch that is under way at step 12.
    assert [row[0] for row in rows] == [5, 10, 12]
    chart = run.panel.findChild(TimeMap)
    assert chart.shares.sum(axis=0) == pytest.approx([1, 1, 1], abs=0.02)
    layer = run.panel.findChild(QComboBox, "layers_histogram_layer")
    assert [layer.itemText(place) for place in range(layer.count())] == [
        "linear_relu_stack.0",
        "linear_relu_stack.2",
        "linear_relu_stack.4",
    ]
    first = chart.shares
    layer.setCurrentIndex(2)
    layer.activated.emit(2)
    assert not np.array_equal(chart.shares, first)
    numbers = run.panel.findChild(QComboBox, "layers_histogram_numbers")
    numbers.setCurrentIndex(1)
    numbers.activated.emit(1)
    assert "Gradients of linear_relu_stack.4" in chart.accessibleName()
    assert "Glorot" in text(run)


def test_that_while_a_run_trains_histograms_are_measured_once_an_epoch(run):
    run.show()
    run.answer(step=12)
    choose(run, View.HISTOGRAMS)
    assert isinstance(run.answer(step=12).query, MeasureLayers)
    run.training.history.add_step(0.5, 0.5)
    run.model.refresh()
    assert run.settle() == []
    run.training.model.predictions.add(13, run.training.model.predictions.outputs(10))
    run.training.history.add_evaluation(Evaluation(13, 3, 0.5, 0.5))
    run.model.refresh()
    assert isinstance(run.answer(step=13).query, MeasureLayers)
    # What was measured in the epoch gives way to its end.
    assert [row[0] for row in list(run.panel.table())[1:]] == [13]
