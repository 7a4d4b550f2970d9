"""The draw pad and the decision boundary in the real window: right answers, and no trace in the run."""

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDockWidget

from tests.end_to_end.conftest import headless, saved
from workbench.engine.analysis.classification import softmax
from workbench.engine.data import generated
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.models.building import build_model
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer

EPOCH_OF_SPIRALS = 16
"""Steps: a thousand points in batches of 64."""


def draw(person, start, end):
    """A stroke on the pad, between places that are shares of its sides."""
    canvas = person.find("drawing_canvas")
    rect = canvas.image_rect
    first, last = (
        QPoint(rect.left() + int(x * rect.width()), rect.top() + int(y * rect.height())) for x, y in (start, end)
    )
    person.qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    person.qtbot.mouseMove(canvas, last)
    person.qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=last)


def show(person, key):
    person.press("workspace_understand")
    person.find(f"{key}_dock", QDockWidget).raise_()
    panel = person.find(key)
    person.wait_for(panel.isVisible)
    return panel


def test_that_a_drawing_gets_the_answer_of_the_weights_reached(person, save_to, tmp_path):
    panel = show(person, "draw_pad")
    person.train(epochs=2, learning_rate=0.1)
    draw(person, (0.2, 0.4), (0.8, 0.4))
    person.wait_for(lambda: panel.request is None and panel.table() is not None)
    drawing = panel.pad.canvas.image
    assert drawing.any()
    saved(person, save_to, tmp_path / "weights.pt")
    model = build_model("mlp", FASHION_MNIST_SPEC, {}, None)
    model.load_state_dict(torch.load(tmp_path / "weights.pt", weights_only=True))
    with torch.no_grad():
        outputs = model.eval()(torch.from_numpy(drawing)[None].float() / 255)
    shown = [share for _, share in list(panel.table())[1:]]
    assert np.allclose(shown, softmax(outputs.numpy())[0], atol=1e-5)


def test_that_a_run_that_is_asked_all_the_time_ends_with_the_same_bits(person, tiny_root, save_to, tmp_path):
    # Before all: torch has one generator for all threads, and the window's thread draws from it later.
    _, expected = headless(tiny_root, epochs=20)
    panel = show(person, "draw_pad")
    person.train(epochs=1)
    draw(person, (0.2, 0.4), (0.8, 0.4))
    answers = []
    person.find("draw_pad").model.step_changed.connect(lambda: answers.append(tuple(panel.table() or ())))
    person.train(epochs=20)
    assert len(set(answers)) > 1  # it followed the run
    assert saved(person, save_to, tmp_path / "weights.pt") == expected


@pytest.fixture
def spirals(open_window):
    user = open_window("--dataset", "spirals")
    user.wait_until_ready()
    return user


def trained_for(steps, epochs):
    values = {"epochs": epochs, "learning_rate": 0.1}
    data = generated.make("spirals", {}, lambda *_: None)
    trainer = Trainer(Recipe(dataset="spirals", values=values), data, stop_after=steps)
    list(trainer.run())
    return trainer.stepper.model.eval()


def shows_what(model, plane):
    """Whether the outputs in the plane are those of the network."""
    places = np.stack(np.meshgrid(plane.x, plane.y), axis=-1).reshape(-1, 2)
    with torch.no_grad():
        expected = model(torch.from_numpy(places))
    return np.allclose(plane.outputs.reshape(-1, 2), expected.numpy(), atol=1e-4)


def test_that_the_boundary_goes_back_with_the_slider_below_the_curves(spirals):
    models = {epoch: trained_for(EPOCH_OF_SPIRALS * epoch, 3) for epoch in (1, 2, 3)}
    panel = show(spirals, "decision_boundary")
    spirals.train(epochs=3, learning_rate=0.1)
    slider = spirals.find("look_back_slider")
    for epoch in (1, 3, 2, 1):
        slider.setValue(epoch)
        spirals.wait_for(lambda epoch=epoch: panel.model.shown_step == EPOCH_OF_SPIRALS * epoch)
        # At rest the grid is as fine as the panel, and comes with the points.
        spirals.wait_for(
            lambda epoch=epoch: (
                panel.request is None
                and panel._shown is not None
                and panel._shown.training.outputs is not None
                and shows_what(models[epoch], panel._shown)
            )
        )
