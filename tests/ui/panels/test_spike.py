"""The batch behind a step."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.panels.inspection_kit import IMAGES, NAMES, images, model_of
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.errors import UserError
from workbench.engine.history.records import Incident
from workbench.engine.protocol.events import Inspected
from workbench.engine.protocol.queries.batch_replay import ReplayBatch, ReplayedBatch
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.panels.spike.panel import SpikePanel
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.sample_cards import Mark

OUTPUTS = np.array([[4, 0, 0], [1, 0, 0], [0, 0, 3], [0, 5, 0]], np.float32)
TARGETS = np.array([2, 1, 2, 1])
LOSSES = np.array([4.0, 1.6, 0.1, 0.0])


def batch(step, **changes):
    fields = {
        "epoch": 2,
        "batch": 4,
        "learning_rate": 0.1,
        "loss": 1.425,
        "recorded_loss": 1.425,
        "places": np.array([77, 3, 500, 12]),
        "losses": LOSSES,
        "targets": TARGETS,
        "outputs": OUTPUTS,
        "inputs": images(4),
    }
    return ReplayedBatch(step, **{**fields, **changes})


@pytest.fixture
def model(training):
    return model_of(training, IMAGES, images(6), np.zeros(6, np.int64), {30: np.zeros((6, 3))})


@pytest.fixture
def panel(qtbot, model):
    return open_panel(qtbot, model)


def open_panel(qtbot, model):
    panel = SpikePanel(model)
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("dark"))
    panel.resize(460, 520)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def answer(panel, model, result):
    request = panel.request
    problem = result if isinstance(result, UserError) else None
    event = Inspected(request.query, request.step, model.run_id, 30, None if problem else result, problem=problem)
    assert panel.take(event)


def sentences(panel):
    contents = panel._contents
    return [contents.headline.text(), *(label.text() for label in contents.sentences if label.isVisible())]


def test_that_a_step_is_asked_for_once_and_whatever_step_is_looked_at(panel, model):
    assert panel.request is None
    model.choose_batch(17)
    assert panel.request == (ReplayBatch(17), None)
    assert sentences(panel) == ["Replaying step 17…"]
    assert panel._contents.headline.isVisible()
    assert panel.findChild(QWidget, "batch_step").isVisible()
    answer(panel, model, batch(17))
    assert panel.request is None
    model.show_step(20)
    assert panel.request is None


def test_that_it_says_what_the_loss_is_and_that_it_is_the_recorded_one(panel, model):
    model.choose_batch(17)
    answer(panel, model, batch(17))
    assert sentences(panel) == [
        "Loss 1.425000 at step 17: epoch 2, batch 4, learning rate 0.1",
        "1.43 times the median of the 17 steps before (1.00); none is higher.",
        "1 of its 4 samples make up half of it.",
        "Replayed on a copy of the run: the recorded loss, bit for bit.",
    ]


def test_that_it_says_where_the_loss_is_another_one_or_not_recorded(panel, model):
    model.choose_batch(17)
    answer(panel, model, batch(17, recorded_loss=1.5))
    assert sentences(panel)[-1].startswith("The replay gives 1.425000 where 1.500000 is recorded")
    model.choose_batch(30)
    answer(panel, model, batch(30, recorded_loss=None))
    assert "comes next" in sentences(panel)[-1]


def test_that_samples_whose_loss_is_not_finite_are_counted(panel, model):
    model.choose_batch(17)
    losses = np.array([np.nan, np.inf, 0.1, 0.0])
    answer(panel, model, batch(17, loss=float("nan"), recorded_loss=None, losses=losses))
    assert "2 of the 4 samples have a loss that is not finite" in sentences(panel)[2]
    assert panel._contents.samples._cards.card(0).title == "loss NaN"
    assert not panel.grab().isNull()


def test_that_cards_say_loss_label_and_whether_it_was_found(panel, model):
    model.choose_batch(17)
    answer(panel, model, batch(17))
    first, *_, last = (panel._contents.samples._cards.card(row) for row in range(4))
    assert (first.title, first.note, first.mark) == ("loss 4.00", "Shirt 2%", Mark.WRONG)
    assert first.details == "Training sample 77: label Shirt (2%), predicted as T-shirt/top (96%)"
    assert last.mark is Mark.RIGHT


def test_that_the_table_has_the_samples(panel, model):
    assert panel.table() is None
    model.choose_batch(17)
    answer(panel, model, batch(17))
    head, first, *rest = panel.table()
    assert head == ("rank", "training_sample", "loss", "label", "probability_of_label", "predicted", "confidence")
    assert first[:4] == (1, 77, 4.0, "Shirt")
    assert first[5] == NAMES[0]
    assert len(rest) == 3


def test_that_a_problem_is_said_and_another_step_can_be_chosen(panel, model):
    model.choose_batch(17)
    answer(panel, model, UserError("Step 17 is not recorded."))
    assert sentences(panel) == ["Step 17 is not recorded."]
    panel.findChild(QWidget, "batch_step").setValue(3)
    assert model.batch_step == 3
    assert panel.request == (ReplayBatch(3), None)


def test_that_the_largest_peak_and_the_refused_loss_are_found(panel, model, training, qtbot):
    training.history.add_step(9.0, 0.5)
    training.record(3)
    assert not panel.findChild(QWidget, "batch_refused").isVisible()
    qtbot.mouseClick(panel.findChild(QWidget, "batch_peak"), Qt.MouseButton.LeftButton)
    assert model.batch_step == 30
    training.history.add_incident(Incident(33, float("nan"), 30))
    model.choose_batch(5)
    qtbot.mouseClick(panel.findChild(QWidget, "batch_refused"), Qt.MouseButton.LeftButton)
    assert model.batch_step == 33


def test_that_the_run_can_be_taken_there(panel, model, qtbot):
    wanted = []
    panel.travel_requested.connect(wanted.append)
    assert not panel.findChild(QWidget, "batch_travel").isEnabled()
    model.choose_batch(17)
    qtbot.mouseClick(panel.findChild(QWidget, "batch_travel"), Qt.MouseButton.LeftButton)
    assert wanted == [17]


def test_that_a_regression_shows_numbers(qtbot, training):
    spec = DataSpec(Task.REGRESSION, (1,), (), ("y",))
    inputs, targets = np.linspace(0, 1, 6, dtype=np.float32)[:, None], np.linspace(0, 1, 6, dtype=np.float32)[:, None]
    model = model_of(training, spec, inputs, targets, {30: np.zeros((6, 1))})
    panel = open_panel(qtbot, model)
    model.choose_batch(2)
    replayed = batch(2, targets=targets[:4], outputs=np.ones((4, 1), np.float32), inputs=inputs[:4])
    answer(panel, model, replayed)
    assert panel._contents.samples._cards.card(1).note == "1.00, true 0.200"
    head, first, *_ = panel.table()
    assert head == ("rank", "training_sample", "loss", "true_y", "predicted_y")
    assert first == (1, 77, 4.0, 0.0, 1.0)
    assert not panel.grab().isNull()


def test_that_images_beyond_those_in_the_answer_are_left_out(panel, model):
    model.choose_batch(17)
    answer(panel, model, batch(17, inputs=images(2)))
    assert panel._contents.samples._cards.scaled(1, 40, 1.0) is not None
    assert panel._contents.samples._cards.scaled(2, 40, 1.0) is None
    assert not panel.grab().isNull()


def test_that_another_run_forgets_the_step(model, training):
    model.choose_batch(25)
    log = model.log
    training.history.truncate(10)
    training.model.predictions = log.copy(10)
    model.refresh()
    assert model.batch_step is None


def test_that_without_a_run_it_says_how_to_get_one(qtbot, training):
    panel = open_panel(qtbot, InspectionModel(training.model))
    assert "start a run" in panel.text
