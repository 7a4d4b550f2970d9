import numpy as np
import pytest

from workbench.ui.sound.loss_pitch import HIGHEST_HZ, LOWEST_HZ
from workbench.ui.sound.tones import (
    FULL_SCALE,
    LOUDEST,
    MOST_VOLUME,
    PAUSE_S,
    RATE,
    amplitude_of,
    blip,
    divergence_signal,
    epoch_signal,
)

SOUNDS = {
    "blip": lambda volume: blip(440.0, volume),
    "highest blip": lambda volume: blip(HIGHEST_HZ, volume),
    "epoch": epoch_signal,
    "divergence": divergence_signal,
}


def strongest(samples):
    """The frequency with the most power, in Hz."""
    count = 1 << 18
    return np.argmax(np.abs(np.fft.rfft(samples, count))) * RATE / count


@pytest.mark.parametrize("frequency", [LOWEST_HZ, 314.0, 440.0, HIGHEST_HZ])
def test_that_a_blip_has_the_pitch_that_was_asked_for(frequency):
    assert strongest(blip(frequency, 40)) == pytest.approx(frequency, rel=0.01)


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=SOUNDS)
def test_that_no_sound_is_louder_than_its_volume_and_a_volume_beyond_the_slider_is_the_nearest_on_it(sound):
    for volume in (5, 40, 100):
        samples = sound(volume)
        assert samples.dtype == np.int16
        assert 0 < np.abs(samples.astype(int)).max() <= amplitude_of(volume) * FULL_SCALE + 1
    assert np.array_equal(sound(1000), sound(MOST_VOLUME))
    assert np.abs(sound(MOST_VOLUME).astype(int)).max() <= LOUDEST * FULL_SCALE + 1
    assert sound(-3).any()


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=SOUNDS)
def test_that_a_sound_begins_and_ends_without_a_click(sound):
    samples = sound(MOST_VOLUME).astype(int)
    assert samples[0] == samples[-1] == 0
    assert not samples[-round(PAUSE_S * RATE) :].any()
    # No step between two samples is larger than in a tone of the highest frequency that goes on for ever.
    highest = 1568.0 * 2 * np.pi / RATE * LOUDEST * FULL_SCALE
    assert np.abs(np.diff(samples)).max() <= highest + 1
    assert np.abs(samples[: RATE // 1000]).max() < LOUDEST * FULL_SCALE / 10


def test_that_a_louder_volume_is_louder():
    peaks = [np.abs(blip(440.0, volume)).max() for volume in (5, 40, 100)]
    assert peaks == sorted(set(peaks))


def test_that_the_signals_lie_beside_the_tones_of_the_loss():
    assert strongest(epoch_signal(40)) > 1.1 * HIGHEST_HZ
    assert strongest(divergence_signal(40)) < 0.9 * LOWEST_HZ
