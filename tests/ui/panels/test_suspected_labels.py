"""The list of labels that may be wrong."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.ui.panels.inspection_kit import IMAGES, NAMES, images, model_of
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.protocol.events import Inspected
from workbench.engine.protocol.queries.predictions import PredictedOutputs, PredictTestSet
from workbench.ui.panels.suspected_labels import SuspectedLabelsPanel
from workbench.ui.style.palette import load_palette

LABELS = np.array([0, 1, 2, 0])
EARLIER = [[9, 0, 0], [0, 0, 2], [3, 0, 0], [0, 1, 0]]
LATER = [[9, 0, 0], [0, 0, 3], [0, 0, 2], [0, 1, 0]]


@pytest.fixture
def model(training):
    return model_of(training, IMAGES, images(4), LABELS, {20: EARLIER, 30: LATER})


@pytest.fixture
def panel(qtbot, model):
    panel = SuspectedLabelsPanel(model)
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("light"))
    panel.resize(460, 500)
    panel.show()
    qtbot.waitUntil(lambda: panel.table() is not None)
    return panel


def probabilities(outputs):
    powers = np.exp(np.array(outputs, float))
    return powers / powers.sum(axis=1, keepdims=True)


def test_that_labels_are_listed_by_their_mean_probability_over_the_evaluations(panel):
    mean = (probabilities(EARLIER) + probabilities(LATER)) / 2
    head, *rows = panel.table()
    assert head[:3] == ("rank", "sample", "label")
    # Of sample 2 the label has the smaller mean by a little, although it was found in the end.
    assert [row[1] for row in rows] == [1, 3, 2]
    for rank, row in enumerate(rows, 1):
        place, label, other = row[1], LABELS[row[1]], int(mean[row[1]].argmax())
        expected = (rank, place, NAMES[label], mean[place, label], NAMES[other], mean[place, other], 2)
        assert row[0] == rank
        assert [row[2], row[4], row[6]] == [expected[2], expected[4], 2]
        assert [row[3], row[5]] == pytest.approx([expected[3], expected[5]], abs=1e-6)


def test_that_it_says_over_how_many_evaluations(panel):
    assert "3 of 4 labels" in panel._text.text()
    assert "evaluations: 2" in panel._text.text()


def test_that_looking_back_counts_the_evaluations_up_to_then(panel, model, qtbot):
    model.show_step(20)
    qtbot.waitUntil(lambda: "evaluations: 1" in panel._text.text())
    assert [row[1] for row in list(panel.table())[1:]] == [2, 1, 3]
    model.show_step(0)
    outputs = PredictedOutputs(np.zeros((4, 3), np.float32))
    model.take(Inspected(PredictTestSet(), 0, model.run_id, 0, outputs))
    assert "no evaluation" in panel._text.text()
    assert panel.table() is None


def test_that_a_new_evaluation_is_added(panel, model, training, qtbot):
    model.log.add(40, np.array([[9, 0, 0], [0, 9, 0], [0, 0, 9], [9, 0, 0]], np.float32))
    training.record(10)
    model.refresh()
    qtbot.waitUntil(lambda: "evaluations: 3" in panel._text.text())
    mean = (probabilities(EARLIER) + probabilities(LATER) + probabilities(model.log.outputs(40))) / 3
    assert [row[1] for row in list(panel.table())[1:]] == [
        place for place in np.argsort(mean[np.arange(4), LABELS]) if mean[place].argmax() != LABELS[place]
    ]


def test_that_a_click_shows_the_sample_in_the_gallery(panel, model, qtbot):
    samples = panel._samples
    place = samples.visualRect(samples.model().index(1)).center()
    qtbot.mouseClick(samples.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert model.sample == 3


def test_that_cards_say_label_and_prediction(panel):
    card = panel._samples._cards.card(0)
    mean = (probabilities(EARLIER) + probabilities(LATER))[1] / 2
    assert card.title == f"Label {NAMES[1]} ({mean[1]:.1%})"
    assert card.note == f"The network says Shirt ({mean[2]:.1%})"
    assert not panel.grab().isNull()


def test_that_a_regression_has_no_labels(qtbot, training):
    spec = DataSpec(Task.REGRESSION, (2,), (), ("y",))
    model = model_of(training, spec, np.zeros((2, 2), np.float32), np.zeros((2, 1), np.float32), {20: [[1], [2]]})
    panel = SuspectedLabelsPanel(model)
    qtbot.addWidget(panel)
    panel.show()
    assert "no labels" in panel.text


def test_that_nothing_is_counted_while_the_panel_is_hidden(model):
    panel = SuspectedLabelsPanel(model)
    model.refresh()
    assert panel._samples is None
    assert panel._means.steps == ()
