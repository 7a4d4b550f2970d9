import pytest
import torch

from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.models.mlp import DropoutNetwork, NeuralNetwork, set_dropout
from workbench.engine.models.registry import MODELS


def test_that_dropout_changes_neither_the_weights_nor_their_keys(seeded):
    plain, dropping = (
        seeded(lambda name=name: MODELS[name].build(FASHION_MNIST_SPEC, {})) for name in ("mlp", "mlp-dropout")
    )
    assert list(plain.state_dict()) == list(dropping.state_dict())
    for key, tensor in plain.state_dict().items():
        assert tensor.equal(dropping.state_dict()[key])
    plain.load_state_dict(dropping.state_dict())


@pytest.mark.parametrize("case", ["share 0", "testing"])
def test_that_without_dropping_it_equals_the_plain_network_bit_for_bit_and_draws_nothing(images, case, seeded):
    plain, dropping = seeded(NeuralNetwork), seeded(DropoutNetwork)
    if case == "testing":
        dropping.eval()
    else:
        set_dropout(dropping, 0.0)
    state = torch.get_rng_state()
    ours, theirs = dropping(images), plain(images)
    assert ours.equal(theirs)
    assert torch.get_rng_state().equal(state)
    ours.sum().backward()
    theirs.sum().backward()
    for one, other in zip(dropping.parameters(), plain.parameters(), strict=True):
        assert one.grad.equal(other.grad)


def test_that_torchs_random_state_chooses_the_dropped_units(images, seeded):
    dropping = seeded(DropoutNetwork)
    set_dropout(dropping, 0.5)
    state = torch.get_rng_state()
    first, second = dropping(images), dropping(images)
    torch.set_rng_state(state)
    assert not first.equal(second)
    assert dropping(images).equal(first)


def test_that_a_network_without_dropout_is_refused():
    with pytest.raises(TypeError, match="NeuralNetwork"):
        set_dropout(NeuralNetwork(), 0.5)
