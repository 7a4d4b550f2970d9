"""The map panel: which axes, which step, what a point says."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from tests.ui.inspected_run import InspectedRun
from workbench.engine.data import generated
from workbench.engine.errors import UserError
from workbench.engine.history.records import Evaluation
from workbench.engine.protocol.events import RunPaused
from workbench.engine.protocol.queries.sample_map import INPUTS, LAST_HIDDEN, MOST_SAMPLES
from workbench.ui.panels.sample_map import SampleMapPanel
from workbench.ui.plotting.charts.class_legend import ClassLegend
from workbench.ui.plotting.charts.point_map import PointMap
from workbench.ui.widgets.sample_card import SampleCard


@pytest.fixture
def run(training, qtbot, tiny_data):
    return InspectedRun(training, qtbot, SampleMapPanel, tiny_data)


def text(run):
    return run.panel.findChild(QLabel, "map_text").text()


def places(run):
    """The places by sample."""
    _, *rows = run.panel.table()
    return {row[0]: row[1:3] for row in rows}


def test_that_the_axes_are_those_of_the_newest_step_also_looking_back(run):
    run.pause()
    run.show()
    (first,) = run.settle()
    assert (first.query.axes, first.step) == (None, 12)
    now = places(run)
    assert len(now) == 160
    run.model.show_step(5)
    (second,) = run.settle()
    assert second.query.axes is not None
    assert second.query.axes.step == 12
    assert second.step == 5
    then = places(run)
    assert then != now
    assert "at step 12" in text(run)
    run.model.show_step(None)
    assert run.settle() == []  # it is known
    assert places(run) == now


def test_that_a_panel_that_is_opened_looking_back_asks_for_the_axes_first(run):
    run.pause()
    run.model.show_step(5)
    run.show()
    asked = run.settle()
    assert [(each.step, each.query.axes is None) for each in asked] == [(12, True), (5, False)]


def test_that_a_run_that_trains_is_followed_from_evaluation_to_evaluation(run, qtbot):
    run.show()
    asked = run.answer()
    assert asked.asked_step == 10
    run.training.history.add_step(0.5, 0.5)
    qtbot.wait(80)
    assert run.sent == []
    assert "after epoch 2" in text(run)


def evaluate(run, step):
    """The run that trains has come to another evaluation."""
    log = run.training.model.predictions
    while len(run.training.history) < step:
        run.training.history.add_step(0.5, 0.5)
    log.add(step, log.outputs(10))
    run.training.history.add_evaluation(Evaluation(step, step // 5, 0.5, 0.5))
    run.model.refresh()


def test_that_a_training_keeps_its_axes_and_a_run_that_stands_gets_those_of_the_newest_step(run):
    run.show()
    assert run.answer().query.axes is None
    evaluate(run, 15)
    second = run.answer()
    assert (second.asked_step, second.query.axes.step) == (15, 10)
    assert second.query.most < MOST_SAMPLES
    assert "after epoch 2" in text(run)
    run.training.emit(RunPaused(15))
    run.model.refresh()
    (last,) = run.settle()
    assert (last.query.axes, last.step, last.query.most) == (None, 15, MOST_SAMPLES)


def test_that_a_training_whose_points_leave_the_axes_gets_others_with_the_next_evaluation(run):
    run.show()
    first = run.answer().answer
    evaluate(run, 15)
    far = replace(first, points=np.where(np.arange(160)[:, None] < 20, 100 * first.points, first.points))
    run.answer(answer=far)
    evaluate(run, 20)
    assert run.answer().query.axes is None
    evaluate(run, 25)
    assert run.answer().query.axes is not None


def test_that_another_layer_has_its_own_axes(run):
    run.pause()
    run.show()
    run.settle()
    box = run.panel.findChild(QComboBox, "map_layer")
    keys = [box.itemData(index) for index in range(box.count())]
    assert keys == [LAST_HIDDEN, INPUTS, "linear_relu_stack.0", "linear_relu_stack.2", "linear_relu_stack.4"]
    box.setCurrentIndex(1)
    (asked,) = run.settle()
    assert (asked.query.layer, asked.query.axes) == (INPUTS, None)


def test_that_a_click_chooses_the_sample_for_all_panels(run, qtbot):
    run.pause()
    run.show()
    run.settle()
    chart = run.panel.findChild(PointMap)
    sample = next(iter(places(run)))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of(0).toPoint())
    nearest = run.model.sample
    assert np.hypot(*np.subtract(places(run)[nearest], places(run)[sample])) < 0.5
    run.model.choose_sample(None)
    assert chart._chosen is None


def test_that_pointing_at_a_point_shows_its_image_and_what_is_predicted(run, qtbot):
    run.pause()
    run.show()
    run.settle()
    chart, card = run.panel.findChild(PointMap), run.panel.findChild(SampleCard)
    chart.point_hovered.emit(3)
    assert card.isVisible()
    sample = list(places(run))[3]
    assert f"Test sample {sample}" in card.text
    label = run.model.class_names[int(run.model.labels[sample])]
    assert label in card.text
    chart.point_hovered.emit(None)
    assert not card.isVisible()


def test_that_the_legend_hides_and_emphasises_classes(run):
    run.pause()
    run.show()
    run.settle()
    legend, chart = run.panel.findChild(ClassLegend), run.panel.findChild(PointMap)
    labels = run.model.labels[list(places(run))]
    legend.item(2).setCheckState(Qt.CheckState.Unchecked)
    assert np.array_equal(chart._points.is_shown, labels != 2)
    legend.show_only(4)
    assert np.array_equal(chart._points.is_shown, labels == 4)
    legend.show_only(4)
    assert chart._points.is_shown.all()
    legend.emphasis_changed.emit(7)
    assert np.array_equal(chart._points.is_strong, labels == 7)
    legend.emphasis_changed.emit(None)
    run.model.choose_pair((1, 3))
    is_first = labels == 1
    assert not (chart._points.is_strong & ~is_first).any()


def test_that_wrong_samples_are_counted_as_they_are_marked(run):
    run.pause()
    run.show()
    run.settle()
    _, *rows = run.panel.table()
    wrong = sum(row[3] != row[4] for row in rows)
    assert f"the {wrong} wrong ones have a ring" in text(run)
    assert int(run.panel.findChild(PointMap)._points.is_wrong.sum()) == wrong


def test_that_a_regression_is_coloured_by_its_numbers(training, qtbot):
    data = generated.make("sine", {"data_size": 100}, lambda *_: None)
    run = InspectedRun(training, qtbot, SampleMapPanel, data, dataset="sine", loss="mse")
    run.pause()
    run.show()
    run.settle()
    assert "coloured by" in text(run)
    assert not run.panel.findChild(ClassLegend).isVisible()
    run.panel.findChild(PointMap).point_hovered.emit(0)
    assert "predicted" in run.panel.findChild(SampleCard).text
    assert not run.panel.grab().isNull()


def test_that_a_problem_is_said_once_and_leaves_the_choice_of_a_layer(run):
    run.pause()
    run.show()
    run.answer(answer=None, problem=UserError("The outputs are infinite."))
    assert text(run) == "The outputs are infinite."
    assert run.panel.text == ""
    assert run.settle() == []
    run.panel.findChild(QComboBox, "map_layer").setCurrentIndex(1)
    assert len(run.settle()) == 1
    assert "near ones look alike" in text(run)
