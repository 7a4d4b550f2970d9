import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.training.sampler import epoch_permutation

seeds = st.integers(0, 2**63 - 1)


@given(seeds, st.integers(0, 1000), st.integers(0, 200))
def test_that_every_image_comes_once_and_the_same_arguments_give_the_same_order(seed, epoch, count):
    order = epoch_permutation(seed, epoch, count)
    assert order.dtype == torch.int64
    assert order.sort().values.tolist() == list(range(count))
    assert epoch_permutation(seed, epoch, count).equal(order)


@given(seeds, seeds, st.integers(0, 1000), st.integers(0, 1000))
def test_that_another_seed_or_epoch_has_another_order(seed, other_seed, epoch, other_epoch):
    same = (seed, epoch) == (other_seed, other_epoch)
    assert epoch_permutation(seed, epoch, 200).equal(epoch_permutation(other_seed, other_epoch, 200)) == same


def test_that_the_global_random_state_is_neither_read_nor_changed():
    torch.manual_seed(1)
    state = torch.get_rng_state()
    order = epoch_permutation(0, 0, 50)
    assert torch.get_rng_state().equal(state)
    torch.manual_seed(2)
    assert epoch_permutation(0, 0, 50).equal(order)


@pytest.mark.parametrize(
    ("seed", "epoch", "first"),
    [
        (0, 0, [2107, 40482, 2406, 33705, 1820]),
        (0, 1, [52823, 6055, 12099, 16636, 38531]),
        (2**63 - 1, 9, [50494, 26222, 17063, 59463, 28090]),
    ],
)
def test_that_the_orders_stay_what_they_have_always_been(seed, epoch, first):
    assert epoch_permutation(seed, epoch, 60000)[:5].tolist() == first
