import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.data.augmentation import ANGLES, BITS, Augmentation

KINDS = st.fixed_dictionaries(
    {"flip": st.booleans(), "shift": st.sampled_from([0, 1, 5]), "rotation": st.sampled_from([0.0, 7.5, 180.0])}
)
SEEDS = st.integers(0, 2**63 - 1)


def images_of(count, channels=1, height=9, width=7):
    shape = (count, channels, height, width)
    return torch.rand(shape, generator=torch.Generator().manual_seed(count))


@given(st.data(), KINDS, SEEDS, st.integers(0, 10**6), st.sampled_from([1, 3]))
def test_that_an_image_is_changed_in_the_same_way_in_whatever_batch_it_is(data, kinds, seed, epoch, channels):
    images = images_of(23, channels)
    places = torch.randperm(1000, generator=torch.Generator().manual_seed(1))[:23]
    whole = Augmentation(seed, **kinds).apply(images, epoch, places)
    chosen = data.draw(st.lists(st.integers(0, 22), min_size=1, max_size=23))
    again = Augmentation(seed, **kinds).apply(images[chosen], epoch, places[chosen])
    assert again.equal(whole[chosen])


def split_mix(seed_key, number):
    """SplitMix64's number at this place of its stream; https://prng.di.unimi.it/splitmix64.c"""
    mask = (1 << 64) - 1
    z = (seed_key + number * 0x9E3779B97F4A7C15) & mask
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & mask
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & mask
    return z ^ (z >> 31)


@given(SEEDS, st.integers(0, 10**6), st.lists(st.integers(0, 2**40), min_size=1, max_size=9), st.integers(0, 3))
def test_that_its_numbers_are_those_of_split_mix(seed, epoch, places, purpose):
    augmentation = Augmentation(seed)
    numbers = augmentation._random(epoch, torch.tensor(places), purpose).tolist()
    key = augmentation._key[1]
    assert numbers == [split_mix(key, 4 * place + purpose + 1) >> (64 - BITS) for place in places]


def test_that_its_numbers_differ_by_seed_epoch_place_and_purpose_and_are_evenly_spread():
    places = torch.arange(60_000)
    columns = [
        Augmentation(seed)._random(epoch, places, purpose) / 2**BITS
        for seed, epoch, purpose in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    ]
    for column in columns:
        assert abs(column.mean() - 0.5) < 0.01
        assert torch.histc(column, 20, 0, 1).std() < 120
    assert torch.corrcoef(torch.stack(columns)).fill_diagonal_(0).abs().max() < 0.02


def test_that_half_of_the_images_are_flipped():
    images, places = images_of(400), torch.arange(400)
    changed = Augmentation(3, flip=True).apply(images, 0, places)
    flipped = (changed == images.flip(3)).all(dim=(1, 2, 3))
    assert 150 < flipped.sum() < 250
    assert changed[~flipped].equal(images[~flipped])


@given(SEEDS, st.integers(1, 9), st.booleans())
def test_that_a_shift_moves_whole_pixels_by_all_distances_up_to_it_and_brings_in_black(seed, shift, flip):
    images, places = images_of(64), torch.arange(64)
    changed = Augmentation(seed, shift=shift, flip=flip).apply(images, 0, places)
    for before, after in zip(images[:, 0], changed[:, 0], strict=True):
        wide = torch.zeros(9 + 2 * shift, 7 + 2 * shift)
        found = False
        for source in (before, before.flip(1)) if flip else (before,):
            wide[shift : shift + 9, shift : shift + 7] = source
            windows = wide.unfold(0, 9, 1).unfold(1, 7, 1)
            found = found or bool((windows == after).all(dim=(2, 3)).any())
        assert found
    distances = set(Augmentation(seed, shift=shift)._distance(0, torch.arange(5000), 1).tolist())
    assert distances == set(range(-shift, shift + 1))


def test_that_an_image_is_turned_about_its_centre_by_at_most_the_angle():
    size = 41
    row, column = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    spot = torch.exp(-((row - 20) ** 2 + (column - 32) ** 2) / 8.0)
    turned = Augmentation(0, rotation=60.0).apply(spot.expand(200, 1, size, size), 0, torch.arange(200))[:, 0]
    weights = turned.sum(dim=(1, 2))
    y = (turned * (row - 20)).sum(dim=(1, 2)) / weights
    x = (turned * (column - 20)).sum(dim=(1, 2)) / weights
    assert torch.allclose((x**2 + y**2).sqrt(), torch.tensor(12.0), atol=0.05)
    angles = torch.atan2(y, x) * 180 / math.pi
    assert angles.abs().max() < 60.5
    assert angles.min() < -50
    assert angles.max() > 50


def test_that_a_turn_by_nothing_leaves_the_image_nearly_as_it_is():
    images = images_of(8)
    assert torch.allclose(Augmentation(0, rotation=1e-6).apply(images, 0, torch.arange(8)), images, atol=1e-5)


def test_that_the_table_holds_as_many_angles_as_the_numbers_choose_from():
    augmentation = Augmentation(0, rotation=10.0)
    assert augmentation._table(torch.device("cpu")).shape == (ANGLES, 2)


@pytest.mark.parametrize("epoch", [0, 1])
def test_that_each_epoch_sees_other_images(epoch):
    images, places = images_of(32), torch.arange(32)
    augmentation = Augmentation(0, flip=True, shift=2)
    assert not augmentation.apply(images, epoch, places).equal(augmentation.apply(images, epoch + 1, places))


def test_that_it_is_off_at_first():
    assert not Augmentation(0, **{name: TABLE[name].default for name in ("flip", "shift", "rotation")}).is_on
