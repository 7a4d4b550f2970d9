import copy

import pytest
import torch
from torch import nn

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.models.mlp import DropoutNetwork, NeuralNetwork
from workbench.engine.optim.optimizers import OPTIMIZERS, set_value
from workbench.engine.training import fast_path
from workbench.engine.training.fast_path import fast_backward, fast_forward, fast_update


@pytest.fixture
def fresh_engine():
    fast_path._engine.cache_clear()
    yield
    fast_path._engine.cache_clear()


@pytest.mark.parametrize("count", [1, 16])
def test_that_the_fast_forward_pass_is_the_networks_own_bit_for_bit_and_so_are_its_gradients(images, count, seeded):
    ours, theirs = seeded(NeuralNetwork), seeded(NeuralNetwork)
    mine, its = fast_forward(ours)(images[:count]), theirs(images[:count])
    assert mine.equal(its)
    mine.exp().sum().backward()
    its.exp().sum().backward()
    for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert one.grad.equal(other.grad)


def test_that_the_fast_forward_pass_follows_weights_that_are_trained_or_restored(images, seeded):
    model, other = seeded(NeuralNetwork), NeuralNetwork()
    forward = fast_forward(model)
    with torch.no_grad():
        model.linear_relu_stack[2].bias.add_(1.0)
    assert forward(images).equal(model(images))
    model.load_state_dict(other.state_dict())
    assert forward(images).equal(other(images))


def test_that_a_network_of_another_kind_is_called_as_it_is():
    for model in (DropoutNetwork(), torch.nn.Sequential(NeuralNetwork())):
        assert fast_forward(model) is model


def gradients(backward, seeded, images):
    model = seeded(NeuralNetwork)
    for start in (0, 8):  # gradients that are there already are added to
        backward(nn.functional.cross_entropy(model(images[start : start + 8]), torch.arange(8)))
    return [parameter.grad for parameter in model.parameters()]


def test_that_the_fast_backward_pass_is_torchs_own_bit_for_bit(seeded, images):
    assert fast_path._engine() is not None
    for ours, theirs in zip(
        gradients(fast_backward(), seeded, images), gradients(torch.Tensor.backward, seeded, images), strict=True
    ):
        assert ours.equal(theirs)


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(None, id="is not there"),
        pytest.param(lambda: None, id="takes other arguments"),
        pytest.param(lambda *_, **__: (), id="does something else"),
    ],
)
def test_that_torchs_own_backward_pass_is_used_where_its_engine(seeded, images, monkeypatch, fresh_engine, engine):
    expected = gradients(torch.Tensor.backward, seeded, images)
    stand_in = type("Engine", (), {} if engine is None else {"run_backward": staticmethod(engine)})
    monkeypatch.setattr(torch.autograd.Variable, "_execution_engine", stand_in)
    backward = fast_backward()
    monkeypatch.undo()
    assert backward is torch.Tensor.backward
    for ours, theirs in zip(gradients(backward, seeded, images), expected, strict=True):
        assert ours.equal(theirs)


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("name", OPTIMIZERS.names)
def test_that_the_fast_update_is_step_and_zero_grad_bit_for_bit(name, fused):
    row = OPTIMIZERS[name]
    if fused and "fused" not in row.accepts:
        pytest.skip(f"{name} has no fused update")
    values = {key: each.default for key, each in TABLE.items()} | {
        "learning_rate": 0.1,
        "momentum": 0.9,
        "fused": fused,
    }
    torch.manual_seed(0)
    usual = nn.Linear(7, 5)
    bare = copy.deepcopy(usual)
    one, other = (row.create(each.parameters(), values) for each in (usual, bare))
    update = fast_update(other)
    for _ in range(5):
        images = torch.randn(3, 7)
        for each in (usual, bare):
            each(images).square().sum().backward()
        one.step()
        one.zero_grad()
        update()
        assert all(torch.equal(*pair) for pair in zip(usual.parameters(), bare.parameters(), strict=True))
        assert all(parameter.grad is None for parameter in bare.parameters())
        assert all(parameter.requires_grad for parameter in bare.parameters())
        assert one.state_dict()["state"].keys() == other.state_dict()["state"].keys()
    assert torch.is_grad_enabled()


def test_that_the_fast_update_follows_values_that_are_changed_or_restored():
    weight = nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    update = fast_update(optimizer)
    state = optimizer.state_dict()
    state["param_groups"][0]["lr"] = 0.25
    optimizer.load_state_dict(state)
    weight.grad = torch.ones(1)
    update()
    assert weight.item() == 0.75
    set_value(optimizer, "weight_decay", 1.0)
    weight.grad = torch.zeros(1)
    update()
    assert weight.item() == 0.75 * 0.75


@pytest.mark.parametrize("name", OPTIMIZERS.names)
def test_that_the_fast_update_skips_parameters_without_a_gradient(name):
    weight = nn.Parameter(torch.ones(1))
    values = {key: each.default for key, each in TABLE.items()}
    fast_update(OPTIMIZERS[name].create([weight], values))()
    assert weight.item() == 1.0


def test_that_a_network_with_a_hook_runs_it():
    model, called = NeuralNetwork(), []
    model.linear_relu_stack[1].register_forward_hook(lambda *_: called.append("hook"))
    forward = fast_forward(model)
    forward(torch.zeros(2, 1, 28, 28))
    assert called == ["hook"]
