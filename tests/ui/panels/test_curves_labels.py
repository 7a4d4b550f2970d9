"""The texts in the loss plot never run into one another, nor over the end of the curve."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from tests.ui.panels.curves_kit import EPOCH, settle, shown_panel
from workbench.engine.history.history import History
from workbench.engine.history.records import EpochStart, Evaluation, Incident

SMALL_EPOCH = 8
"""Steps in an epoch after the batch size was raised."""


@pytest.fixture
def panel(qtbot):
    return shown_panel(qtbot)


def eventful_history(*, length):
    """Two epochs, then short ones after a change of the batch size; a loss that leaves the plot at its end."""
    history, epoch = History(), 0
    generator = np.random.default_rng(1)
    for step in range(length):
        if (step % EPOCH == 0) if step < 2 * EPOCH else (step - 2 * EPOCH) % SMALL_EPOCH == 0:
            epoch += 1
            history.add_epoch_start(EpochStart(epoch, step))
        history.add_step(0.3 + 2.0 * np.exp(-step / 60) + 0.05 * generator.standard_normal(), 0.5)
    history.add_evaluation(Evaluation(length, epoch, 0.5, 0.7))
    return history


def changes(count, first, spacing):
    names = itertools.cycle(("learning_rate", "batch_size", "momentum", "weight_decay"))
    rows = []
    for index in range(count):
        name = next(names)
        rows.append((first + index * spacing, name, name.replace("_", " "), "0.001", "0.05"))
    return rows


def boxes_of(panel):
    settle()
    return panel.stack.loss_places.label_boxes()


def end_of_curve(panel):
    stack = panel.stack
    plot, known = panel.findChild(object, "loss_plot"), len(stack.traces.smoothed)
    view = plot.canvas.view
    return QPointF(plot.column_of(known - 1), stack.traces.end_row(view))


@pytest.mark.parametrize("size", [(640, 300), (900, 560), (1400, 800)])
@pytest.mark.parametrize("spacing", [2, 14, 40])
@pytest.mark.parametrize("is_back", [False, True])
def test_that_no_text_runs_into_another_or_over_the_end_of_the_curve(panel, size, spacing, is_back):
    panel.resize(*size)
    history = eventful_history(length=320)
    history.add_incident(Incident(310, 171.0, 300))
    panel.begin(history, EPOCH, 400)
    panel.show_changes(changes(8, 10, spacing))
    if is_back:
        recording = eventful_history(length=340)
        for loss in (171.0, 1e5, 5e16):
            recording.add_step(loss, 0.1)
        panel.set_future(recording)
    panel.refresh()
    found = boxes_of(panel)
    assert len([text for text, _ in found if text.startswith("Epoch")]) >= 2
    assert any("learning rate" in text for text, _ in found)
    assert ("flag" in dict(found)) == is_back
    for (one, first), (other, second) in itertools.combinations(found, 2):
        assert not first.adjusted(1, 1, -1, -1).intersects(second), (one, other)
    for text, box in found:
        assert not box.contains(end_of_curve(panel)), text
    here = panel.stack.loss_plot.column_of(len(history))
    for text, box in found:
        assert not is_back or text == "flag" or not box.left() + 1 < here < box.right() - 1, text


@pytest.mark.parametrize("looked_at", [0, 45, 100, 170, 319, 320])
@pytest.mark.parametrize("is_back", [False, True])
def test_that_the_flag_of_the_step_looked_back_at_covers_neither_text_nor_the_end_of_the_curve(
    panel, looked_at, is_back
):
    panel.set_strip(True)
    panel.resize(900, 110)
    panel.begin(eventful_history(length=320), EPOCH, 400)
    panel.show_changes(changes(6, 10, 22))
    if is_back:
        panel.set_future(eventful_history(length=340))
    panel.set_looked_at(looked_at, "After epoch 2, step 200")
    panel.refresh()
    found = boxes_of(panel)
    assert any("learning rate" in text for text, _ in found)
    for (one, first), (other, second) in itertools.combinations(found, 2):
        assert not first.adjusted(1, 1, -1, -1).intersects(second), (one, other)
    for text, box in found:
        assert not box.contains(end_of_curve(panel)), text


def test_that_the_step_looked_back_at_has_its_flag_where_there_is_room(panel):
    panel.set_strip(True)
    panel.resize(900, 110)
    panel.begin(eventful_history(length=320), EPOCH, 400)
    panel.set_looked_at(100, "After epoch 1, step 100")
    panel.refresh()
    assert "looked at" in dict(boxes_of(panel))


def test_that_in_a_low_strip_the_curve_begins_below_the_numbers_of_the_epochs(panel):
    panel.set_strip(True)
    panel.resize(900, 120)
    history = eventful_history(length=200)
    panel.begin(history, EPOCH, 200)
    settle()
    plot = panel.findChild(object, "loss_plot")
    view = plot.canvas.view
    highest = float(view.rows(np.array([history.loss.values().max()]))[0]) / view.ratio
    lowest_text = max(box.bottom() for text, box in panel.stack.loss_places.label_boxes() if text.startswith("Epoch"))
    assert highest >= lowest_text - 3


@pytest.mark.parametrize("loss", [0.0, 0.001, 0.05])
def test_that_the_flag_does_not_cover_a_curve_that_ends_at_the_bottom(panel, loss):
    history = History()
    history.add_epoch_start(EpochStart(1, 0))
    for step in range(390):
        history.add_step(loss + 2.3 * np.exp(-step / 20), 0.5)
    recording = History()
    recording.add_epoch_start(EpochStart(1, 0))
    for step in range(400):
        recording.add_step(loss + 2.3 * np.exp(-step / 20), 0.5)
    panel.begin(history, 400, 400)
    panel.set_future(recording)
    panel.refresh()
    flag = dict(boxes_of(panel))["flag"]
    assert not flag.contains(end_of_curve(panel))
