"""The decision boundary: what is asked, what is drawn, and looking back."""

import numpy as np
import pytest

from workbench.engine.analysis.classification import softmax
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.generated import GENERATED
from workbench.engine.history.records import Evaluation
from workbench.engine.protocol.events import Inspected, RunPaused
from workbench.engine.protocol.prediction_log import PredictionLog
from workbench.engine.protocol.queries.plane_outputs import PlaneOutputs, Points, PredictPlane
from workbench.ui.controllers.inspection import Inspection
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.panels.decision_boundary import LEAST_SIDE, REST_MS, DecisionBoundaryPanel
from workbench.ui.style.palette import load_palette

SPEC = DataSpec(Task.CLASSIFICATION, (2,), ("<b>a</b> & c", "d"), feature_names=("x", "y"))
POINTS = np.array([[-0.8, 0.2], [0.7, -0.3], [0.2, 0.9]], np.float32)
LABELS = np.array([0, 1, 0])  # the last one is on the other side


def answer_to(query, slope=4.0, spec=SPEC):
    """What a network says whose second output is larger where x is above 0."""
    x = np.linspace(-1, 1, query.columns, dtype=np.float32)
    y = np.linspace(-1, 1, query.rows, dtype=np.float32) if query.rows > 1 else np.zeros(0, np.float32)

    def outputs(places):
        one = slope * places[..., :1]
        return np.concatenate([-one, one], -1) if spec.task is Task.CLASSIFICATION else one

    grid = np.stack(np.meshgrid(x, y), -1) if len(y) else x[:, None]
    inputs = POINTS[:, : spec.sample_shape[0]]
    targets = LABELS if spec.task is Task.CLASSIFICATION else POINTS[:, :1]
    points = Points(inputs, targets, outputs(inputs) if query.with_points else None)
    return PlaneOutputs(x, y, outputs(grid), points, points)


class Window:
    def __init__(self, training, qtbot, spec=SPEC):
        self.training, self.qtbot = training, qtbot
        inputs = np.zeros((4, *spec.sample_shape), np.float32)
        training.model.predictions = PredictionLog(spec, inputs, np.zeros(4, np.int64))
        for step in (5, 10):
            training.history.add_evaluation(Evaluation(step, step // 5, 0.5, 0.5))
        self.model = InspectionModel(training.model)
        self.panel = DecisionBoundaryPanel(self.model)
        self.panel.set_palette(load_palette("light"))
        self.panel.resize(420, 420)
        qtbot.addWidget(self.panel)
        self.inspection = Inspection(training.connection, training.model, self.model, [self.panel])
        self.sent = training.connection.sent
        self.spec = spec
        self.model.refresh()
        self.panel.show()

    def answer(self, seconds=0.001, **choices):
        self.qtbot.waitUntil(lambda: len(self.sent) > 0)
        asked = self.sent.pop(0)
        step = self.training.model.step if asked.step is None else asked.step
        answer = answer_to(asked.query, spec=self.spec, **choices)
        self.training.emit(Inspected(asked.query, asked.step, self.training.run.id, step, answer, seconds))
        return asked

    def settle(self):
        """Answer until nothing more is asked."""
        self.qtbot.waitUntil(lambda: len(self.sent) > 0)
        asked = None
        while self.sent:
            asked = self.answer()
            self.qtbot.wait(REST_MS + 50)
        return asked


@pytest.fixture
def window(training, qtbot):
    training.emit(RunPaused(12))
    return Window(training, qtbot)


def test_that_a_coarse_grid_is_asked_first_and_a_fine_one_at_rest(window):
    first = window.answer()
    assert first.query == PredictPlane(LEAST_SIDE, LEAST_SIDE, with_points=False)
    last = window.settle()
    assert last.query.columns > LEAST_SIDE
    assert last.query.with_points


def test_that_wrong_points_are_counted_and_marked(window):
    window.settle()
    assert "Wrong: 1 of 3, test 1 of 3" in window.panel._figures.text()
    (is_wrong,) = window.panel._map.wrong
    assert is_wrong.tolist() == [False, False, True]


def test_that_a_picture_that_is_passed_is_coarser_and_the_last_one_is_fine(window, qtbot):
    window.answer()
    window.panel._map.grab()  # which draws it
    passing = window.panel._map._picture.width()
    window.settle()
    window.panel._map.grab()
    assert window.panel._map._picture.width() > passing
    window.model.show_step(5)
    window.answer()
    window.panel._map.grab()
    assert window.panel._map._picture.width() == passing
    qtbot.waitUntil(lambda: not window.panel._is_coarse)
    window.panel._map.grab()
    assert window.panel._map._picture.width() > passing


def test_that_points_are_judged_by_the_drawn_plane_where_the_network_was_not_asked_for_them(window):
    window.answer()
    assert "about 1 of 3" in window.panel._figures.text()


def test_that_a_slow_network_is_asked_for_a_coarser_grid_beside_its_training(training, qtbot):
    window = Window(training, qtbot)
    window.answer(seconds=0.00001)
    fast = window.panel.query
    training.record(1)
    window.model.refresh()
    window.answer(seconds=5.0)
    slow = window.panel.query
    assert slow.columns * slow.rows < fast.columns * fast.rows
    assert slow == PredictPlane(LEAST_SIDE, LEAST_SIDE, with_points=False)


def test_that_looking_back_at_a_step_again_asks_nothing(window):
    window.settle()
    window.model.show_step(5)
    assert window.settle().step == 5
    window.model.show_step(10)
    assert window.settle().step == 10
    window.model.show_step(5)
    window.qtbot.wait(REST_MS + 100)
    assert window.sent == []


def test_that_a_fast_drag_shows_the_steps_that_it_passes(window):
    window.settle()
    window.model.show_step(5)
    window.qtbot.waitUntil(lambda: len(window.sent) == 1)
    window.model.show_step(10)
    asked = window.answer(slope=-4.0)
    assert asked.step == 5
    (is_wrong,) = window.panel._map.wrong
    assert is_wrong.tolist() == [True, True, False]
    window.qtbot.waitUntil(lambda: [each.step for each in window.sent] == [10])


def test_that_another_run_forgets_what_was_kept(window):
    window.model.show_step(5)
    window.settle()
    window.training.model.predictions = PredictionLog(SPEC, np.ones((4, 2), np.float32), np.zeros(4, np.int64))
    window.model.refresh()
    window.qtbot.waitUntil(lambda: [each.step for each in window.sent] == [5])


def test_that_the_table_has_the_probabilities_of_each_place(window):
    window.settle()
    head, *rows = window.panel.table()
    assert list(head) == ["x", "y", *SPEC.class_names]
    plane = window.panel._shown
    assert len(rows) == len(plane.x) * len(plane.y)
    assert np.allclose([row[2:] for row in rows], softmax(plane.outputs.reshape(-1, 2)))
    assert np.allclose(rows[1][:2], [plane.x[1], plane.y[0]])


def test_that_the_place_under_the_pointer_is_described_in_plain_text(window):
    window.settle()
    rect = window.panel._map.plot_rect
    text = window.panel._map.text_at(rect.center().toPointF() + (rect.topRight() - rect.center()).toPointF() / 2)
    lines = text.splitlines()
    assert lines[0].startswith("x ")
    assert lines[2].startswith("d 9")
    assert lines[3].startswith("<b>a</b> & c ")


@pytest.mark.parametrize("name", ["sine", "plane"])
def test_that_a_regression_is_drawn_with_its_error(training, qtbot, name):
    training.emit(RunPaused(12))
    window = Window(training, qtbot, GENERATED[name].spec)
    asked = window.settle()
    assert (asked.query.rows == 1) == (name == "sine")
    assert window.panel._figures.text().startswith("Mean absolute error")
    assert not window.panel.grab().isNull()
    assert next(iter(window.panel.table()))[-1] == "height"


@pytest.mark.parametrize(
    "spec",
    [
        DataSpec(Task.CLASSIFICATION, (1, 28, 28), ("a", "b")),
        DataSpec(Task.CLASSIFICATION, (4,), ("a", "b")),
        DataSpec(Task.REGRESSION, (2,), target_names=("p", "q")),
    ],
)
def test_that_data_of_other_shapes_ask_nothing_and_say_why(training, qtbot, spec):
    training.emit(RunPaused(12))
    window = Window(training, qtbot, spec)
    qtbot.wait(50)
    assert window.sent == []
    assert "Spirals" in window.panel.text


def test_that_all_kinds_of_points_are_drawn(window):
    window.settle()
    choice, images = window.panel._choice, {}
    for index in range(choice.count()):
        choice.setCurrentIndex(index)
        images[choice.currentData()] = window.panel._map.grab().toImage()
        assert len(window.panel._map.wrong) == {"training": 1, "test": 1, "all": 2, "none": 0}[choice.currentData()]
    assert images["none"] != images["training"]
    assert images["test"] == images["training"]  # of this network both are the same points
    window.panel.restore({"points": "test"})
    assert window.panel.state() == {"points": "test"}
    window.panel.restore({"points": "nonsense"})
    assert window.panel.state() == {"points": "training"}


@pytest.mark.parametrize("slope", [np.nan, np.inf, 3e38])
def test_that_a_network_that_diverged_is_drawn(window, slope):
    with np.errstate(all="ignore"):
        window.answer(slope=slope)
    assert not window.panel.grab().isNull()
    assert window.panel._figures.text().startswith("Wrong: about")
