"""A run that is saved and resumed from a file equals a run that was never interrupted, bit for bit."""

from __future__ import annotations

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import write_fashion_mnist
from tests.engine.checkpoints.test_checkpoint import bits
from workbench.engine.checkpoints.checkpoint import load_checkpoint, save_checkpoint
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import Dataset
from workbench.engine.data.datasets import load_dataset
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.registry import MODELS
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """150 + 50 images: an epoch is a few steps."""
    root = write_fashion_mnist(tmp_path_factory.mktemp("data"), train_count=150, test_count=50)
    return load_dataset("fashion-mnist", root, lambda *_: None)


@st.composite
def recipes(draw):
    optimizer = draw(st.sampled_from(OPTIMIZERS.names))
    model = draw(st.sampled_from(["mlp", "mlp-dropout", "mlp-custom"]))
    values = {
        "epochs": draw(st.sampled_from([2, 1, 3])),
        "batch_size": draw(st.sampled_from([20, 40, 50, 200])),
        "learning_rate": draw(st.sampled_from([1e-3, 1e-2])),
        "shuffle": draw(st.booleans()),
    }
    if "momentum" in OPTIMIZERS[optimizer].accepts:
        values["momentum"] = draw(st.sampled_from([0.0, 0.9]))
    if "dropout" in MODELS[model].accepts:
        values["dropout"] = draw(st.sampled_from([0.5, 0.0]))
    if model == "mlp-custom":
        values |= {"hidden": draw(st.sampled_from(["16,8", ""])), "batch_norm": draw(st.booleans())}
    schedule = draw(st.sampled_from(SCHEDULES.names))
    return Recipe(model=model, optimizer=optimizer, schedule=schedule, values=values)


steps = st.integers(0, 20)
changes = st.lists(
    st.one_of(
        st.builds(ScheduledChange, steps, st.just("learning_rate"), st.sampled_from([1e-4, 1e-3, 0.1])),
        st.builds(ScheduledChange, steps, st.just("batch_size"), st.sampled_from([10, 50, 150])),
        st.builds(ScheduledChange, steps, st.just("epochs"), st.integers(1, 4)),
        st.builds(ScheduledChange, steps, st.just("weight_decay"), st.sampled_from([0.0, 0.1])),
        st.builds(ScheduledChange, steps, st.just("shuffle"), st.booleans()),
    ),
    max_size=4,
)


def trained(trainer):
    return "".join(tutorial_text(event) for event in trainer.run())


@given(recipes(), changes, st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_a_run_saved_and_resumed_twice_ends_with_the_same_bits(data, tmp_path, recipe, changes, first, second):
    whole = Trainer(recipe, data, scheduled=changes)
    text = trained(whole)
    # Where the last step is drawn, the run is left before its last test.
    stops = [max(1, round(part * whole.position.step)) for part in sorted((first, second))]

    path = tmp_path / "a.ckpt"
    part = Trainer(recipe, data, scheduled=changes, stop_after=stops[0])
    texts = [trained(part)]
    for stop in (stops[1] if stops[1] > stops[0] else None, None):
        save_checkpoint(part.checkpoint(), path)
        # A run that is finished says so again.
        texts[-1] = texts[-1].removesuffix("Done!\n")
        checkpoint = load_checkpoint(path)
        part = Trainer(checkpoint.recipe, data, checkpoint=checkpoint, stop_after=stop)
        texts.append(trained(part))

    assert "".join(texts) == text
    assert bits(part.history) == bits(whole.history)
    assert bits(part.stepper.snapshot()) == bits(whole.stepper.snapshot())
    assert part.checkpoint().pending == whole.checkpoint().pending
    assert part.identity == checkpoint.run


@given(
    shape=st.sampled_from([(1, 5, 5), (3, 7, 7), (1,), (3,)]),
    size=st.sampled_from([1, 3, 5, 7]),
    shuffle=st.booleans(),
    stop=st.integers(1, 60),
)
@settings(max_examples=10, deadline=None)
def test_that_samples_and_batches_of_an_odd_size_resume_with_the_same_bits(shape, size, shuffle, stop):
    random = torch.Generator().manual_seed(0)

    def some(count):
        inputs = torch.rand(count, *shape, generator=random)
        inputs = inputs.mul(255).to(torch.uint8) if len(shape) == 3 else inputs
        return inputs, torch.randint(0, 3, (count,), generator=random)

    data = Dataset("own", DataSpec(Task.CLASSIFICATION, shape, ("a", "b", "c")), *some(62), *some(20))
    values = {"epochs": 2, "batch_size": size, "learning_rate": 0.1, "hidden": "16", "shuffle": shuffle}
    recipe = Recipe(model="mlp-custom", values=values)
    whole = Trainer(recipe, data)
    trained(whole)
    part = Trainer(recipe, data, stop_after=stop)
    trained(part)
    rest = Trainer(recipe, data, checkpoint=part.checkpoint())
    trained(rest)
    assert rest.history.loss.values().tolist() == whole.history.loss.values().tolist()
    assert bits(rest.weights) == bits(whole.weights)
