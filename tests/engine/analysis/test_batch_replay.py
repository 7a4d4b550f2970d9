"""The batch behind a step: its samples and their losses are those of the step itself."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.engine.analysis.batch_replay import losses_of
from workbench.engine.analysis.inspector import Inspector
from workbench.engine.config.tasks import Task
from workbench.engine.data.augmentation import Augmentation
from workbench.engine.data.datasets import load_dataset
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.optim.losses import LOSSES
from workbench.engine.protocol.commands import Inspect, Stop
from workbench.engine.protocol.events import DivergenceStopped
from workbench.engine.protocol.queries.batch_replay import ReplayBatch
from workbench.engine.recipe import Recipe
from workbench.engine.training.sampler import epoch_permutation
from workbench.engine.training.trainer import Trainer

STEPS = 20


def trained(data, scheduled=(), stop_after=None, **choices):
    values = {"epochs": 2, "learning_rate": 0.1, **choices.pop("values", {})}
    recipe = Recipe(values=values, **choices)
    trainer = Trainer(recipe, data, scheduled=scheduled, stop_after=stop_after, is_attended=True)
    trainer.inspector = Inspector()
    list(trainer.run())
    return trainer


def asked(trainer, step):
    (event,) = trainer.serve(Inspect(ReplayBatch(step)))
    return event


def replayed(trainer, step):
    event = asked(trainer, step)
    assert event.problem is None, event.details or str(event.problem)
    return event.answer


@st.composite
def recipes(draw):
    model = draw(st.sampled_from(["mlp", "mlp-dropout", "cnn"]))
    values = {
        "shuffle": draw(st.booleans()),
        "flip": draw(st.booleans()),
        "shift": draw(st.integers(0, 3)),
        "rotation": draw(st.sampled_from([0.0, 15.0])),
        "validation_share": draw(st.sampled_from([0.0, 0.1])),
        "seed": draw(st.integers(0, 3)),
    }
    optimizer = draw(st.sampled_from(["sgd", "adam"]))
    schedule = draw(st.sampled_from(["constant", "cosine"]))
    changes = [
        ScheduledChange(draw(st.integers(1, 18)), "batch_size", draw(st.integers(10, 150))),
        ScheduledChange(draw(st.integers(1, 18)), "learning_rate", 0.02),
    ]
    if model == "mlp-dropout":
        changes.append(ScheduledChange(draw(st.integers(1, 18)), "dropout", 0.7))
    return {"model": model, "values": values, "optimizer": optimizer, "schedule": schedule}, changes


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(recipes(), st.data())
def test_that_the_loss_of_any_replayed_batch_is_the_recorded_one_bit_for_bit(tiny_data, recipe, data):
    choices, changes = recipe
    trainer = trained(tiny_data, changes, **choices)
    before, random_state = weights_sha256(trainer.weights), torch.get_rng_state()
    step = data.draw(st.integers(0, len(trainer.history) - 1))
    batch = replayed(trainer, step)
    assert batch.step == step
    assert batch.loss == batch.recorded_loss == trainer.history.loss[step]
    assert batch.is_exact
    assert batch.losses.mean() == pytest.approx(batch.loss, rel=1e-5)
    assert (np.diff(batch.losses) <= 0).all()
    assert torch.equal(tiny_data.train_targets[batch.places], torch.from_numpy(batch.targets))
    assert weights_sha256(trainer.weights) == before
    assert torch.equal(torch.get_rng_state(), random_state)


def test_that_changes_made_at_the_very_step_count(tiny_data):
    changes = [ScheduledChange(7, "batch_size", 30), ScheduledChange(7, "learning_rate", 0.025)]
    trainer = trained(tiny_data, changes)
    batch = replayed(trainer, 7)
    assert len(batch.losses) == 30
    assert batch.learning_rate == 0.025
    assert len(replayed(trainer, 6).losses) == 64
    assert replayed(trainer, 6).learning_rate == 0.1


def test_that_the_samples_are_those_of_the_shuffled_epoch(tiny_data):
    trainer = trained(tiny_data, values={"shuffle": True, "seed": 5})
    batch = replayed(trainer, 13)
    assert (batch.epoch, batch.batch) == (2, 4)
    expected = epoch_permutation(5, 1, 640)[3 * 64 : 4 * 64]
    assert sorted(batch.places.tolist()) == sorted(expected.tolist())
    assert np.array_equal(batch.inputs, tiny_data.train_inputs[batch.places].numpy())


def test_that_images_are_shown_as_the_network_saw_them(tiny_data):
    trainer = trained(tiny_data, values={"flip": True, "shift": 2})
    batch = replayed(trainer, 4)
    images = tiny_data.train_inputs[batch.places].float() / 255
    seen = Augmentation(0, flip=True, shift=2).apply(images, 0, torch.from_numpy(batch.places))
    assert np.array_equal(batch.inputs, (seen * 255).round().to(torch.uint8).numpy())
    assert not np.array_equal(batch.inputs, tiny_data.train_inputs[batch.places].numpy())


def test_that_outputs_and_losses_are_those_of_the_weights_before_the_update(tiny_data):
    trainer = trained(tiny_data)
    batch = replayed(trainer, 15)
    list(trainer.travel(15))
    with torch.no_grad():
        images = tiny_data.train_inputs[batch.places].float() / 255
        outputs = trainer.stepper.model(images)
        losses = torch.nn.functional.cross_entropy(outputs, torch.from_numpy(batch.targets), reduction="none")
    assert np.allclose(batch.outputs, outputs.numpy(), atol=1e-5)
    assert np.allclose(batch.losses, losses.numpy(), atol=1e-5)


@pytest.mark.parametrize("row", tuple(LOSSES), ids=lambda row: row.name)
def test_that_the_losses_of_the_samples_are_those_without_a_reduction(row, tiny_data):
    generator = torch.Generator().manual_seed(1)
    outputs = torch.randn(32, 10, generator=generator)
    functional = torch.nn.functional
    if Task.CLASSIFICATION in row.tasks:
        targets = torch.randint(0, 10, (32,), generator=generator)
        spec = tiny_data.spec
        expected = {
            "mse": lambda: functional.mse_loss(outputs, functional.one_hot(targets, 10).float(), reduction="none"),
        }.get(row.name, lambda: functional.cross_entropy(outputs, targets, reduction="none"))()
    else:
        targets = torch.randn(32, 10, generator=generator)
        spec = load_dataset("sine", None, lambda *_: None).spec
        plain = {"mae": functional.l1_loss, "huber": functional.huber_loss}[row.name]
        expected = plain(outputs, targets, reduction="none")
    expected = expected if expected.dim() == 1 else expected.mean(1)
    loss_fn = row.build(spec)
    found = losses_of(loss_fn, outputs, targets)
    assert torch.allclose(found, expected, atol=1e-6)
    assert torch.allclose(found.mean(), loss_fn(outputs, targets), atol=1e-6)


def test_that_the_batch_of_a_regression_has_numbers_for_targets():
    data = load_dataset("sine", None, lambda *_: None)
    trainer = trained(data, loss="mse")
    batch = replayed(trainer, 7)
    assert batch.is_exact
    assert batch.targets.shape == (64, 1)
    errors = (batch.outputs - batch.targets) ** 2
    assert np.allclose(batch.losses, errors.mean(axis=1), atol=1e-6)


def test_that_the_batch_that_comes_next_is_shown_without_a_recorded_loss(tiny_data):
    trainer = trained(tiny_data, stop_after=12)
    batch = replayed(trainer, 12)
    assert batch.recorded_loss is None
    assert not batch.is_exact
    list(trainer.travel(12))
    trained_on = next(trainer.stepper.steps())
    assert float(trained_on.loss) == batch.loss


def test_that_a_step_of_the_recorded_future_is_replayed(tiny_data):
    trainer = trained(tiny_data)
    expected = trainer.history.loss[17]
    list(trainer.travel(3))
    assert replayed(trainer, 17).loss == expected
    assert trainer.position.step == 3


def test_that_the_batch_whose_loss_was_not_finite_shows_which_samples_were_the_cause(tiny_data):
    inputs = tiny_data.train_inputs.float() / 255
    inputs[64 * 6 + 7] = float("nan")
    trainer = Trainer(Recipe(values={"epochs": 1}), replace(tiny_data, train_inputs=inputs), is_attended=True)
    trainer.inspector = Inspector()
    events = list(trainer.run())
    assert isinstance(events[-1], DivergenceStopped)
    batch = replayed(trainer, 6)
    assert np.isnan(batch.loss)
    assert batch.places[0] == 64 * 6 + 7
    assert np.isnan(batch.losses[0])
    assert np.isfinite(batch.losses[1:]).all()


def test_that_a_step_that_is_not_recorded_is_refused_in_a_sentence(tiny_data):
    trainer = trained(tiny_data)
    for step in (-1, STEPS + 1):
        problem = str(asked(trainer, step).problem)
        assert f"Step {step} is not recorded: choose one from 0 to {STEPS - 1}." in problem


def test_that_stop_ends_a_replay(tiny_data):
    trainer = trained(tiny_data)
    trainer.commands.put(Stop())
    assert "Stop was pressed" in str(asked(trainer, 9).problem)
    trainer.commands.drain_for_run()
    assert replayed(trainer, 9).is_exact
