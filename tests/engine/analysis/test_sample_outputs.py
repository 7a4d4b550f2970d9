"""What the network says of one input that the user makes."""

import numpy as np
import pytest
import torch

from workbench.engine.analysis.inspector import Inspector
from workbench.engine.data import generated
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Inspect
from workbench.engine.protocol.queries.sample_outputs import PredictSample
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


def trained(data, stop_after=None, **choices):
    recipe = Recipe(values={"epochs": 2, "learning_rate": 0.1}, **choices)
    trainer = Trainer(recipe, data, stop_after=stop_after, is_attended=True)
    trainer.inspector = Inspector()
    list(trainer.run())
    return trainer


def outputs_of(trainer, values, step=None):
    (event,) = trainer.serve(Inspect(PredictSample.of(values), step))
    assert event.problem is None, event.details
    return event.answer.outputs


def test_that_a_drawn_image_is_given_to_the_network_as_one_of_the_data_set(tiny_data):
    trainer = trained(tiny_data)
    drawing = np.random.default_rng(0).integers(0, 256, (1, 28, 28), np.uint8)
    with torch.no_grad():
        expected = trainer.stepper.model.eval()(torch.from_numpy(drawing)[None].float() / 255)[0]
    assert np.allclose(outputs_of(trainer, drawing), expected.numpy(), atol=1e-5)


def test_that_a_test_image_gives_what_its_evaluation_gave(tiny_data):
    trainer = trained(tiny_data)
    kept = trainer.predictions.outputs(trainer.position.step)
    for index in (0, 7):
        assert np.allclose(outputs_of(trainer, tiny_data.test_inputs[index].numpy()), kept[index], atol=1e-5)


def test_that_a_vector_is_given_as_it_is():
    trainer = trained(generated.make("moons", {"data_size": 100}, lambda *_: None), dataset="moons")
    point = np.array([0.3, -0.2], np.float32)
    with torch.no_grad():
        expected = trainer.stepper.model.eval()(torch.from_numpy(point)[None])[0]
    assert np.allclose(outputs_of(trainer, point), expected.numpy(), atol=1e-6)


@pytest.mark.parametrize("model", ["mlp", "mlp-dropout", "cnn"])
def test_that_an_earlier_step_answers_as_it_was_and_the_run_stays_as_it_is(tiny_data, model):
    earlier, trainer = trained(tiny_data, stop_after=10, model=model), trained(tiny_data, model=model)
    drawing = tiny_data.test_inputs[3].numpy()
    before, random_state = weights_sha256(trainer.weights), torch.get_rng_state()
    then = outputs_of(trainer, drawing, 10)
    assert weights_sha256(trainer.weights) == before
    assert torch.equal(torch.get_rng_state(), random_state)
    assert np.allclose(then, outputs_of(earlier, drawing), atol=1e-5)
    assert not np.allclose(then, outputs_of(trainer, drawing), atol=1e-5)


def test_that_equal_drawings_are_equal_queries():
    drawing = np.arange(784, dtype=np.uint8).reshape(1, 28, 28)
    assert PredictSample.of(drawing) == PredictSample.of(drawing.copy())
    assert hash(PredictSample.of(drawing)) == hash(PredictSample.of(drawing.copy()))
    assert PredictSample.of(drawing) != PredictSample.of(drawing + np.uint8(1))
    assert PredictSample.of(drawing) != PredictSample.of(drawing.reshape(1, 14, 56))


@pytest.mark.parametrize(
    "query",
    [
        PredictSample(b"abc", (1, 28, 28)),
        PredictSample(bytes(784), (28, 28)),
        PredictSample(bytes(784), (1, 28, 28), True),
    ],
)
def test_that_an_input_of_another_form_is_refused(tiny_data, query):
    (event,) = trained(tiny_data, stop_after=1).serve(Inspect(query))
    assert event.answer is None
    assert "another shape" in str(event.problem)
