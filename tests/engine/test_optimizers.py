import copy

import pytest
import torch
from torch import nn

from workbench.engine.hyperparameters import TABLE
from workbench.engine.optimizers import OPTIMIZERS, bare_update, set_value


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("name", OPTIMIZERS.names)
def test_that_the_bare_update_is_step_and_zero_grad_bit_for_bit(name, fused):
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
    update = bare_update(other)
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


def test_that_the_bare_update_follows_values_that_are_changed_or_restored():
    weight = nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    update = bare_update(optimizer)
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
def test_that_the_bare_update_passes_over_what_has_no_gradient(name):
    weight = nn.Parameter(torch.ones(1))
    values = {key: each.default for key, each in TABLE.items()}
    bare_update(OPTIMIZERS[name].create([weight], values))()
    assert weight.item() == 1.0
