"""Outputs over a plane: the network's own, at any step, without a trace in the run."""

import numpy as np
import pytest
import torch

from workbench.engine.analysis.inspector import Inspector
from workbench.engine.analysis.plane_outputs import ROOM
from workbench.engine.analysis.point_range import point_range
from workbench.engine.data import generated
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Inspect
from workbench.engine.protocol.queries.plane_outputs import PredictPlane
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


def trained(dataset, stop_after=None, **choices):
    values = {"epochs": 4, "learning_rate": 0.05, "data_size": 200}
    loss = {} if dataset in ("spirals", "blobs", "moons") else {"loss": "mse"}
    recipe = Recipe(dataset=dataset, values=values, **loss, **choices)
    data = generated.make(dataset, {"data_size": 200}, lambda *_: None)
    trainer = Trainer(recipe, data, stop_after=stop_after, is_attended=True)
    trainer.inspector = Inspector()
    list(trainer.run())
    return trainer


def asked(trainer, query, step=None):
    (event,) = trainer.serve(Inspect(query, step))
    assert event.problem is None, event.details
    return event.answer


def by_hand(trainer, places):
    with torch.no_grad():
        return trainer.stepper.model.eval()(torch.tensor(places, dtype=torch.float32)).numpy()


@pytest.mark.parametrize("dataset", ["spirals", "blobs", "plane"])
def test_that_the_outputs_on_the_grid_are_the_networks_own(dataset):
    trainer = trained(dataset)
    found = asked(trainer, PredictPlane(7, 5))
    assert found.outputs.shape == (5, 7, trainer.stepper.data.spec.output_count)
    places = [[(x, y) for x in found.x] for y in found.y]
    expected = by_hand(trainer, np.array(places).reshape(-1, 2))
    assert np.allclose(found.outputs.reshape(len(expected), -1), expected, atol=1e-5)


def test_that_the_curve_over_one_feature_is_the_networks_own():
    trainer = trained("sine")
    found = asked(trainer, PredictPlane(50, 1))
    assert found.y.size == 0
    assert np.allclose(found.outputs, by_hand(trainer, found.x[:, None]), atol=1e-5)


def test_that_the_points_come_with_what_the_network_says_of_them():
    trainer = trained("spirals")
    data = trainer.stepper.data
    found = asked(trainer, PredictPlane(8, 8))
    assert np.array_equal(found.training.inputs, data.train_inputs.numpy())
    assert np.array_equal(found.test.targets, data.test_targets.numpy())
    assert np.allclose(found.training.outputs, by_hand(trainer, data.train_inputs.numpy()), atol=1e-5)
    assert np.allclose(found.test.outputs, by_hand(trainer, data.test_inputs.numpy()), atol=1e-5)
    assert asked(trainer, PredictPlane(8, 8, with_points=False)).training.outputs is None


def test_that_the_grid_covers_the_points_with_room():
    trainer = trained("moons")
    data = trainer.stepper.data
    found = asked(trainer, PredictPlane(8, 9))
    for axis, values in enumerate((found.x, found.y)):
        points = np.concatenate([data.train_inputs[:, axis], data.test_inputs[:, axis]])
        assert (values[0], values[-1]) == pytest.approx(point_range(points, ROOM), rel=1e-6)
        assert values[0] < points.min()
        assert values[-1] > points.max()


@pytest.mark.parametrize("model", ["mlp", "mlp-dropout"])
def test_that_looking_back_gives_the_outputs_of_that_step_and_leaves_the_run_as_it_is(model):
    earlier = trained("spirals", stop_after=8, model=model)
    trainer = trained("spirals", model=model)
    before, random_state = weights_sha256(trainer.weights), torch.get_rng_state()
    found = asked(trainer, PredictPlane(6, 6), 8)
    assert weights_sha256(trainer.weights) == before
    assert torch.equal(torch.get_rng_state(), random_state)
    assert np.allclose(found.outputs, asked(earlier, PredictPlane(6, 6)).outputs, atol=1e-5)
    assert not np.allclose(found.outputs, asked(trainer, PredictPlane(6, 6)).outputs, atol=1e-5)


def test_that_images_have_no_plane(tiny_data):
    trainer = Trainer(Recipe(values={"epochs": 1}), tiny_data, stop_after=1, is_attended=True)
    trainer.inspector = Inspector()
    list(trainer.run())
    (event,) = trainer.serve(Inspect(PredictPlane(8, 8)))
    assert event.answer is None
    assert "one or two features" in str(event.problem)


def test_that_a_range_ignores_what_is_not_finite_and_far_off():
    values = np.concatenate([np.linspace(0, 1, 5001), [np.nan, np.inf, 1e9]])
    low, high = point_range(values, 0.1)
    assert (low, high) == pytest.approx((-0.1, 1.1), abs=0.01)
    assert point_range(np.full(3, 2.0), 0.0) == (1.0, 3.0)
    assert point_range(np.array([np.nan]), 0.0) == (0.0, 1.0)
