import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.recipe import Recipe
from workbench.engine.training.gradient_clip import GradientClip
from workbench.engine.training.loops import batches_of, train_loop
from workbench.engine.training.trainer import Trainer


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=6), st.floats(1e-3, 1e3))
def test_that_no_gradient_is_longer_than_the_norm_and_a_shorter_one_keeps_its_bits(numbers, norm):
    parameters = [torch.zeros(1, requires_grad=True) for _ in numbers]
    for parameter, number in zip(parameters, numbers, strict=True):
        parameter.grad = torch.tensor([number])
    GradientClip(parameters, norm).apply()
    after = torch.cat([parameter.grad for parameter in parameters])
    before = torch.tensor(numbers)
    assert after.double().norm() <= norm * (1 + 1e-4)
    if before.double().norm() < 0.99 * norm:
        assert after.equal(before)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.names)
def test_that_training_with_it_is_a_plain_loop_with_torchs_function(tiny_data, optimizer):
    recipe = Recipe(optimizer=optimizer, values={"epochs": 1, "learning_rate": 0.1, "clip_norm": 0.05})
    ours, theirs = Trainer(recipe, tiny_data), Trainer(recipe, tiny_data)
    list(ours.run())
    model = theirs.stepper.model
    for inputs, labels in batches_of(tiny_data.train_inputs, tiny_data.train_targets, 64):
        theirs.stepper.loss_fn(model(inputs), labels).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.05)
        theirs.stepper.optimizer.step()
        theirs.stepper.optimizer.zero_grad()
    assert weights_sha256(ours.weights) == weights_sha256(theirs.weights)


def test_that_a_change_of_the_norm_is_used_at_its_step_and_a_run_that_goes_back_repeats_it(tiny_data):
    changes = [ScheduledChange(3, "clip_norm", 0.05), ScheduledChange(12, "clip_norm", 0.0)]
    trainer = Trainer(Recipe(values={"epochs": 2, "learning_rate": 0.1}), tiny_data, scheduled=changes)
    list(trainer.run())
    first, losses = weights_sha256(trainer.weights), trainer.history.loss.values().tolist()
    plain = Trainer(Recipe(values={"epochs": 2, "learning_rate": 0.1}), tiny_data)
    list(plain.run())
    assert losses[:4] == plain.history.loss.values().tolist()[:4]
    assert losses[4] != plain.history.loss.values()[4]
    list(trainer.travel(1))
    list(trainer.travel(20))
    assert weights_sha256(trainer.weights) == first
    assert trainer.history.loss.values().tolist() == losses


def test_that_switched_off_it_is_not_called(monkeypatch):
    monkeypatch.setattr(GradientClip, "apply", None)
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    batch = (torch.ones(1, 2), torch.zeros(1, dtype=torch.int64))
    clip = GradientClip(model.parameters(), float(TABLE["clip_norm"].default))
    assert len(list(train_loop([batch], model, torch.nn.CrossEntropyLoss(), optimizer, clip=clip))) == 1
