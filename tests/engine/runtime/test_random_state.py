import pytest
import torch

from workbench.engine.runtime.random_state import RandomState


def test_that_the_cpus_generator_goes_on_from_its_state():
    state = RandomState.of(torch.device("cpu"))
    drawn = torch.rand(3)
    state.restore(torch.device("cpu"))
    assert torch.equal(torch.rand(3), drawn)
    assert state.device is None


@pytest.mark.parametrize("index", [0, 1])
def test_that_each_of_several_gpus_keeps_its_own_state(monkeypatch, index):
    states = {torch.device("cuda", each): torch.tensor([each], dtype=torch.uint8) for each in (0, 1)}
    restored = []
    monkeypatch.setattr(torch.cuda, "get_rng_state", states.__getitem__)
    monkeypatch.setattr(torch.cuda, "set_rng_state", lambda state, device: restored.append((int(state), device)))
    device = torch.device("cuda", index)
    RandomState.of(device).restore(device)
    assert restored == [(index, device)]


def test_that_a_state_of_the_cpu_alone_leaves_the_gpus_generator(monkeypatch):
    monkeypatch.setattr(torch.mps, "set_rng_state", lambda *_: pytest.fail("there is no state to set"))
    RandomState(torch.get_rng_state()).restore(torch.device("mps"))
