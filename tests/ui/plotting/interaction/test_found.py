import numpy as np
import pytest
from PySide6.QtCore import QPointF

from tests.ui.panels.curves_kit import add_steps, begin, plot, settle, shown_panel
from workbench.engine.history.history import History
from workbench.engine.history.records import Incident
from workbench.ui.plotting.curves.overlay_slots import Overlay
from workbench.ui.plotting.interaction.found import CurveKind, FoundValue
from workbench.ui.plotting.render.mark_list import Mark, MarkKind


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


def pixel(panel, name, step, value):
    """Where a value lies in the viewport of a plot."""
    settle()
    shown = plot(panel, name)
    view = shown.canvas.view
    factor = 100.0 if name == "accuracy_plot" else 1.0
    row = float(view.rows(np.array([value]), factor)[0]) / view.ratio
    place = QPointF(view.column(step) / view.ratio, row)
    return shown.mapFromScene(shown.getViewBox().mapToScene(place))


def found(panel, name, step, value):
    return panel.stack.found.at(plot(panel, name), pixel(panel, name, step, value))


def test_that_a_place_on_the_strong_line_is_its_smoothed_loss(panel):
    begin(panel, 950)
    value = panel.stack.traces.smoothed[440]
    thing = found(panel, "loss_plot", 440, value)
    assert (thing.kind, thing.run) == (CurveKind.SMOOTHED_LOSS, "")
    assert abs(thing.step - 440) <= 1
    assert thing.value == panel.stack.traces.smoothed[thing.step]


def test_that_a_peak_of_the_faint_line_is_the_loss_of_its_step(panel):
    history = begin(panel)
    add_steps(history, 300)
    history.add_step(2.6, 0.5)
    add_steps(history, 400)
    panel.refresh()
    thing = found(panel, "loss_plot", 300, 2.6)
    assert (thing.kind, thing.step, thing.value) == (CurveKind.TRAINING_LOSS, 300, pytest.approx(2.6))


def test_that_a_point_of_a_test_comes_before_the_lines_under_it(panel):
    history = begin(panel, 950)
    test = history.evaluations[4]
    thing = found(panel, "loss_plot", test.step, test.average_loss)
    assert (thing.kind, thing.step, thing.value) == (CurveKind.TEST_LOSS, 500, test.average_loss)


def test_that_in_the_plot_of_the_accuracy_its_line_and_points_are_found(panel):
    history = begin(panel, 950)
    test = history.evaluations[4]
    assert found(panel, "accuracy_plot", 500, test.metric).kind is CurveKind.TEST_METRIC
    thing = found(panel, "accuracy_plot", 450, history.metric[450])
    assert (thing.kind, thing.value) == (CurveKind.TRAINING_METRIC, history.metric[thing.step])


def test_that_a_curve_that_is_hidden_is_not_found(panel):
    history = begin(panel, 950)
    test = history.evaluations[4]
    panel.stack.show_trace("show_test_loss", False)
    assert found(panel, "loss_plot", 500, test.average_loss).kind is not CurveKind.TEST_LOSS


def test_that_the_label_and_the_line_of_a_mark_are_the_mark(panel):
    begin(panel, 950)
    panel.add_change_mark(200, "learning_rate", "Learning rate", "0.001", "0.05")
    settle()
    panel.grab()
    (mark, box), *_ = panel.stack.traces.labelled_marks()
    shown = plot(panel)
    place = shown.mapFromScene(shown.getViewBox().mapToScene(box.center() / shown.canvas.view.ratio))
    assert panel.stack.found.at(shown, place) == mark
    assert mark.step == 200
    below = found(panel, "loss_plot", 200, 0.3)
    assert isinstance(below, Mark)
    assert below.name == "learning_rate"


def test_that_an_incident_is_found_by_its_line(panel):
    history = begin(panel, 950)
    history.add_incident(Incident(610, 150.0, 600))
    panel.refresh()
    thing = found(panel, "loss_plot", 610, 0.2)
    assert isinstance(thing, Mark)
    assert thing.kind is MarkKind.INCIDENT


def test_that_an_empty_place_is_nothing(panel):
    begin(panel, 400)
    assert found(panel, "loss_plot", 600, 1.5) is None


def test_that_another_run_is_found_with_its_name(panel):
    begin(panel, 950)
    other = History()
    for _ in range(800):
        other.add_step(2.2, 0.2)
    panel.set_overlays([Overlay("b", "Run 7", other, None)])
    while panel.stack.is_catching_up:
        settle()
    thing = found(panel, "loss_plot", 700, 2.2)
    assert isinstance(thing, FoundValue)
    assert (thing.run, thing.value) == ("Run 7", pytest.approx(2.2))


def test_that_the_newest_values_are_those_of_the_last_step_and_test(panel):
    history = begin(panel, 950)
    newest = panel.stack.found.newest
    assert newest(CurveKind.TRAINING_LOSS).value == history.loss[949]
    assert newest(CurveKind.TEST_METRIC).value == history.evaluations[-1].metric
    assert newest(CurveKind.VALIDATION_LOSS) is None
