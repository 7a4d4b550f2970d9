"""The divergence guard: noise of every kind passes, a loss that leaves its range does not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.engine.history.series import Series
from workbench.engine.recipe import Recipe
from workbench.engine.training.loss_spikes import LAG, PATIENCE, SHORTEST, WINDOW, LossSpikeError, first_spike
from workbench.engine.training.trainer import Trainer

SEEDS = st.integers(0, 2**32 - 1)


def falling(steps, seed=0, begin=2.3, end=0.5, noise=0.1):
    """Like the tutorial's losses: from `begin` towards `end`, with a noise that is a share of the loss."""
    generator = np.random.default_rng(seed)
    course = end + (begin - end) * np.exp(-np.arange(steps) * 4 / max(steps, 1))
    return course * np.exp(noise * generator.standard_normal(steps))


def of_single_images(steps, seed):
    """Like those of batches of one: spread over several powers of ten, with a hard image now and then."""
    generator = np.random.default_rng(seed)
    # A fresh network finds all of them equally hard.
    learned = np.minimum(np.arange(steps) / 50, 1)
    losses = 2.3 * np.exp(learned * (1.2 * generator.standard_normal(steps) - 2))
    hard = np.arange(generator.integers(SHORTEST, 20), steps, 5 * PATIENCE)
    losses[hard] *= generator.uniform(2, 15, len(hard))
    return losses


def watched(losses, read=16):
    """The first spike that is found if `read` losses are read at a time, as a run does it."""
    series = Series()
    for start in range(0, len(losses), read):
        series.extend(losses[start : start + read])
        if (spike := first_spike(series, start)) is not None:
            return spike
    return None


# No spikes


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=SEEDS, steps=st.integers(0, 3000), end=st.floats(0.001, 2.2), noise=st.floats(0, 0.3))
def test_that_a_falling_loss_with_noise_is_no_spike(seed, steps, end, noise):
    assert watched(falling(steps, seed, end=end, noise=noise)) is None


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=SEEDS, read=st.integers(1, 40))
def test_that_single_hard_images_are_no_spike(seed, read):
    assert watched(of_single_images(1500, seed), read) is None


@settings(max_examples=20, deadline=None, derandomize=True)
@given(seed=SEEDS, noise=st.floats(0.3, 0.8))
def test_that_late_losses_that_vary_by_their_own_size_are_no_spike(seed, noise):
    assert watched(falling(3000, seed, end=0.01, noise=noise)) is None


@settings(max_examples=20, deadline=None, derandomize=True)
@given(seed=SEEDS)
def test_that_the_losses_of_an_overfitted_network_may_vary_between_0_and_nearly_0(seed):
    generator = np.random.default_rng(seed)
    nearly_0 = generator.choice([0, 0, 0, 1.2e-7, 2.4e-6, 1e-4, 3e-3, 0.1], 500) * (np.arange(500) > 200)
    assert watched(np.concatenate([falling(300, seed, end=0.01), nearly_0])) is None


def test_that_a_slow_rise_is_no_spike():
    assert watched(0.5 * 1.01 ** np.arange(300)) is None


def test_that_a_single_high_loss_passes_and_a_second_soon_after_it_does_not():
    losses = falling(400, noise=0.05)
    losses[300] = 60.0
    assert watched(losses) is None
    losses[300 + PATIENCE + 1] = 60.0
    assert watched(losses) is None
    losses[300 + PATIENCE] = 60.0
    assert watched(losses).step == 300


@pytest.mark.parametrize("count", range(SHORTEST + 1))
def test_that_the_first_losses_are_never_spikes(count):
    losses = np.array([1e-3, 1.0, 1e6, 1e12, 1e18])[:count]
    assert watched(losses, read=1) is None


@pytest.mark.parametrize(
    ("optimizer", "values"),
    [
        ("adam", {"batch_size": 1, "learning_rate": 1e-3}),
        ("sgd", {"batch_size": 1, "learning_rate": 0.1}),
        ("sgd", {"batch_size": 4, "learning_rate": 0.01, "momentum": 0.9}),
        ("sgd", {"batch_size": 64, "learning_rate": 0.1}),
    ],
)
def test_that_no_spike_is_found_in_a_training_that_goes_well(tiny_data, optimizer, values):
    trainer = Trainer(Recipe(optimizer=optimizer, values={"epochs": 9, **values}), tiny_data, stop_after=90)
    for _ in trainer.run():
        pass
    losses = trainer.history.loss.values()
    assert len(losses) == 90
    assert all(watched(losses, read) is None for read in (1, 7, 16))


# Spikes


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, calm=st.integers(10, 1000), growth=st.floats(1.4, 100), read=st.integers(1, 40))
def test_that_a_loss_that_grows_from_step_to_step_is_a_spike(seed, calm, growth, read):
    before = falling(calm, seed, noise=0.05)
    losses = np.concatenate([before, before[-1] * growth ** np.arange(1, 60)])
    spike = watched(np.minimum(losses, 1e30), read)
    assert isinstance(spike, LossSpikeError)
    assert calm <= spike.step
    # Found while it is within a few steps of what it was, not when it has left it far behind.
    before_it = losses[max(0, spike.step - 1)]
    assert before_it <= 20 * before[-100:].max()
    assert spike.loss == pytest.approx(losses[spike.step], rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, calm=st.integers(100, 1000), read=st.integers(1, 40))
def test_that_the_loss_of_a_network_with_spoilt_weights_is_a_spike(seed, calm, read):
    """The loss jumps back to where a run begins and stays there: with the weights spoilt, nothing is learned."""
    generator = np.random.default_rng(seed)
    spoilt = 2.3 + 0.01 * generator.standard_normal(100)
    spike = watched(np.concatenate([falling(calm, seed, end=0.02, noise=0.1)[-calm // 4 :], spoilt]), read)
    assert spike.step == calm // 4 + bool(calm % 4)


@pytest.mark.parametrize("read", [1, 2, 3, 5, 16, 300])
@pytest.mark.parametrize("later", range(1, PATIENCE + 1))
def test_that_a_spike_is_found_also_if_its_second_loss_is_read_later(read, later):
    losses = falling(400, noise=0.05)
    for first in range(300, 320):
        spiked = losses.copy()
        spiked[[first, first + later]] = 40.0
        assert watched(spiked, read).step == first


def test_that_an_extreme_loss_needs_no_second():
    losses = falling(301, noise=0.05)
    losses[300] = 1e4
    assert watched(losses).step == 300


def test_that_the_error_holds_the_step_and_the_loss():
    losses = falling(301, noise=0.05)
    losses[300] = 1e4
    spike = watched(losses)
    assert (spike.step, spike.loss) == (300, 1e4)
    assert "300" in str(spike)


# Laws


@settings(max_examples=60, deadline=None)
@given(
    seed=SEEDS,
    power=st.integers(-30, 30),
    spikes=st.dictionaries(st.integers(0, 299), st.floats(1, 1e4), max_size=8),
    read=st.integers(1, 40),
)
def test_that_the_unit_of_the_loss_does_not_matter(seed, power, spikes, read):
    losses = falling(300, seed).astype(np.float32)
    for step, times in spikes.items():
        losses[step] *= times
    one, other = watched(losses, read), watched(losses * np.float32(2.0**power), read)
    assert (one and one.step) == (other and other.step)


@settings(max_examples=60, deadline=None)
@given(
    seed=SEEDS, calm=st.integers(0, 300), spikes=st.lists(st.floats(0.01, 1e3), max_size=40), read=st.integers(1, 150)
)
def test_that_it_does_not_matter_how_many_losses_are_read_together(seed, calm, spikes, read):
    losses = np.concatenate([falling(calm, seed, end=0.1), spikes])
    one, other = watched(losses, read), watched(losses, len(losses) + 1)
    assert (one and one.step) == (other and other.step)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, calm=st.integers(0, 300), spikes=st.lists(st.floats(1, 1e4), max_size=30))
def test_that_a_spike_is_above_four_times_the_recent_losses(seed, calm, spikes):
    losses = np.concatenate([falling(calm, seed, end=0.1), spikes]).astype(np.float32)
    spike = watched(losses)
    if spike is not None:
        assert spike.step >= SHORTEST
        assert spike.loss == losses[spike.step]
        assert spike.loss > 4 * losses[max(0, spike.step - WINDOW - LAG) : max(SHORTEST, spike.step - LAG)].max()
