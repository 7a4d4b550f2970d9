"""Runs of networks with buffers, dropout, batch normalization and own random numbers travel and resume bit for bit."""

from dataclasses import replace

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import write_fashion_mnist
from tests.engine.models.own_networks import FUNCTION, NORMALIZED, forward_of, network
from workbench.engine.checkpoints.checkpoint import load_checkpoint, save_checkpoint
from workbench.engine.data.datasets import load_dataset
from workbench.engine.errors import UserError
from workbench.engine.models import trusted_code
from workbench.engine.models.weights import save_weights, weights_sha256
from workbench.engine.protocol.commands import Resume
from workbench.engine.protocol.events import Travelled, WeightsEvaluated
from workbench.engine.recipe import Recipe
from workbench.engine.training.evaluation import evaluate_file
from workbench.engine.training.trainer import Trainer


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """60 + 20 images."""
    root = write_fashion_mnist(tmp_path_factory.mktemp("data"), train_count=60, test_count=20)
    return load_dataset("fashion-mnist", root, lambda *_: None)


def own(source, name="Net", values=None, **arguments):
    made = network(source, name, **arguments)
    return Recipe(model="own", network=made, values={"epochs": 2, "batch_size": 20, **(values or {})})


def trained(trainer, events=None):
    for _ in trainer.run() if events is None else events:
        pass
    return weights_sha256(trainer.weights), list(trainer.history.loss.values())


@st.composite
def recipes(draw):
    values = {"epochs": 2, "batch_size": draw(st.sampled_from([20, 30])), "learning_rate": 0.05}
    optimizer = draw(st.sampled_from(["sgd", "adam"]))
    match draw(st.sampled_from(["own", "mlp-custom", "cnn", "resnet8"])):
        case "own":
            made = network(NORMALIZED, noise=draw(st.sampled_from([0.0, 0.5])))
            return Recipe(model="own", network=made, optimizer=optimizer, values=values)
        case "mlp-custom":
            activation = draw(st.sampled_from(["relu", "gelu"]))
            values |= {"hidden": "8,4", "batch_norm": True, "dropout": 0.4, "activation": activation}
            return Recipe(model="mlp-custom", optimizer=optimizer, values=values)
        case "cnn":
            return Recipe(model="cnn", optimizer=optimizer, values={**values, "dropout": 0.4})
        case name:
            return Recipe(model=name, optimizer=optimizer, values=values)


@given(recipes(), st.integers(0, 4), st.integers(1, 3))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_rewind_replay_and_resume_are_bit_for_bit(data, tmp_path, recipe, back_to, stop):
    whole = Trainer(recipe, data)
    weights, losses = trained(whole)
    assert next(event for event in whole.travel(back_to) if isinstance(event, Travelled)).differed_at is None
    assert trained(whole, whole.resume(Resume())) == (weights, losses)

    part = Trainer(recipe, data, stop_after=stop)
    trained(part)
    save_checkpoint(part.checkpoint(), tmp_path / "a.ckpt")
    checkpoint = load_checkpoint(tmp_path / "a.ckpt")
    assert trained(Trainer(checkpoint.recipe, data, checkpoint=checkpoint)) == (weights, losses)
    assert whole.approximate is None


def test_that_a_run_whose_network_draws_numbers_in_tests_too_goes_back_over_the_end_of_an_epoch(data):
    source = NORMALIZED.replace("if self.training and self.noise:", "if self.noise:")
    trainer = Trainer(own(source, noise=0.5, values={"validation_share": 0.3}), data)
    trainer.snapshot_cache.budget = 1  # of the snapshots only the first and the last are kept
    trained(trainer)
    for step in (0, trainer.last_recorded - 1):
        (arrived,) = [event for event in trainer.travel(step) if isinstance(event, Travelled)]
        assert arrived.differed_at is None


def test_that_an_own_network_trains_as_a_plain_loop_over_its_class_does(data):
    namespace = {}
    exec(NORMALIZED, namespace)
    torch.manual_seed(0)
    model = namespace["Net"](784, 10, noise=0.5).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    for start in range(0, 60, 20):
        inputs = data.train_inputs[start : start + 20].float() / 255
        torch.nn.functional.cross_entropy(model(inputs), data.train_targets[start : start + 20]).backward()
        optimizer.step()
        optimizer.zero_grad()
    weights, _ = trained(Trainer(own(NORMALIZED, values={"epochs": 1}, noise=0.5), data))
    assert weights == weights_sha256(model.state_dict())


@pytest.mark.parametrize(
    ("body", "before", "what"),
    [
        ("outputs = outputs * random.random()", "", "random numbers of Python"),
        # The fraction: a machine that has run for hours has a time whose float32 stays the same for a millisecond.
        ("outputs = outputs + time.perf_counter() % 1", "", "two results"),
        ("self.calls += 1", "", "remembers something"),
        ("outputs = outputs * torch.rand(())", "", None),
        ("outputs = outputs * count.pop()", "count = [1.0, 2.0]", "two results"),
    ],
)
def test_that_a_network_that_does_not_compute_the_same_twice_is_found_out(data, body, before, what):
    approximate = Trainer(own(forward_of(body, before)), data).started().approximate
    assert (approximate is None) if what is None else (what in str(approximate))


@pytest.mark.parametrize(
    ("source", "name", "sentence"),
    [
        (
            forward_of("outputs = outputs[:, :3]"),
            "Net",
            r"the shape \(20, 3\) for 20 samples, but the data need \(20, 10\)",
        ),
        (forward_of("outputs = (outputs, outputs)"), "Net", "gives a tuple"),
        (forward_of("raise RuntimeError('no luck')"), "Net", r"line 16 of /a/folder/net.py \(RuntimeError: no luck\)"),
        (FUNCTION.replace("count,", "count + 1,"), "make", "."),
    ],
)
def test_that_a_network_that_does_not_fit_is_refused_before_the_first_step(data, source, name, sentence):
    with pytest.raises((UserError, RuntimeError), match=sentence):
        Trainer(own(source, name), data)


@pytest.mark.parametrize("shuffle", [False, True])
def test_that_a_network_that_changes_its_inputs_in_place_changes_no_data(data, tmp_path, shuffle):
    floats = replace(data, train_inputs=data.train_inputs.float(), test_inputs=data.test_inputs.float())
    before = floats.train_inputs.clone(), floats.test_inputs.clone()
    values = {"shuffle": shuffle, "validation_share": 0.3}
    source = forward_of("pass").replace("inputs.flatten(1))", "inputs)")
    line = "        outputs = self.last"
    out_of_place = source.replace(line, "        inputs = inputs.flatten(1) - 0.5\n" + line)
    in_place = source.replace(line, "        inputs = inputs.flatten(1)\n        inputs -= 0.5\n" + line)
    expected = trained(Trainer(own(out_of_place, values=values), floats))
    trainer = Trainer(own(in_place, values=values), floats)
    assert trained(trainer) == expected
    save_weights(trainer.weights, tmp_path / "a.pt")
    size, loss_fn = 20, trainer.stepper.loss_fn
    event, _ = evaluate_file(tmp_path / "a.pt", trainer.stepper.model, floats, loss_fn, batch_size=size, is_own=True)
    assert isinstance(event, WeightsEvaluated)
    assert floats.train_inputs.equal(before[0])
    assert floats.test_inputs.equal(before[1])


def test_that_a_network_that_exits_in_a_later_batch_fails_with_its_weights_kept(data):
    trainer = Trainer(own(forward_of("self.calls += 1\nif self.calls > 2: raise SystemExit")), data)
    with pytest.raises(UserError, match=r"line 17 of .*SystemExit"):
        trained(trainer)
    assert trainer.position.step == 2
    assert trainer.weights


def test_that_an_exception_in_a_later_batch_names_its_line(data):
    source = forward_of("if self.training and inputs.shape[0] < 25:\n    raise RuntimeError('small batch')")
    with pytest.raises(UserError, match=r"line 17 of .*small batch"):
        trained(Trainer(own(source, values={"batch_size": 40}), data))


def test_that_a_checkpoint_of_code_that_may_not_run_keeps_its_state_unread(data, tmp_path, monkeypatch):
    recipe = own(NORMALIZED)
    part = Trainer(recipe, data, stop_after=2)
    trained(part)
    save_checkpoint(part.checkpoint(), tmp_path / "a.ckpt")
    monkeypatch.setattr(trusted_code, "is_trusted", lambda _: False)
    monkeypatch.setattr("workbench.engine.checkpoints.snapshot_fit.is_trusted", lambda _: False)
    checkpoint = load_checkpoint(tmp_path / "a.ckpt")
    held = Trainer(recipe, replace(data, missing=UserError("not allowed")), checkpoint=checkpoint)
    assert weights_sha256(held.weights) == weights_sha256(part.weights)
    save_checkpoint(held.checkpoint(), tmp_path / "b.ckpt")
    monkeypatch.undo()
    again = Trainer(recipe, data, checkpoint=load_checkpoint(tmp_path / "b.ckpt"))
    assert trained(again) == trained(Trainer(recipe, data))
