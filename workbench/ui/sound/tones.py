"""The samples of the tones: 16-bit, mono, numpy arrays; no audio output is needed to make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RATE: Final = 48_000
"""Samples a second."""
FULL_SCALE: Final = 2**15 - 1
LOUDEST: Final = 0.25
"""Of the full scale, at a volume of 100."""
LEAST_VOLUME: Final = 5
MOST_VOLUME: Final = 100

RISE_S: Final = 0.01
FALL_S: Final = 0.04
"""A tone that begins or ends at once would click."""
BLIP_S: Final = 0.09
PAUSE_S: Final = 0.06
"""Silence after each sound: some outputs begin to play only when they have a tenth of a second."""

PURE: Final = (1.0,)
HOLLOW: Final = (1.0, 0.0, 1 / 3, 0.0, 1 / 5)
"""The odd harmonics: told apart from a pure tone at any pitch, and heard from small loudspeakers."""
EPOCH_HZ: Final = (1046.5, 1568.0)
DIVERGENCE_HZ: Final = (196.0, 165.0, 131.0)
"""Below all tones of the loss, as those of an epoch are above them."""


def blip(frequency: float, volume: int) -> NDArray[np.int16]:
    """A short soft tone.

    Args:
        frequency: in Hz.
        volume: from `LEAST_VOLUME` to `MOST_VOLUME`.
    """
    return _samples([_tone(frequency, BLIP_S)], amplitude_of(volume))


def epoch_signal(volume: int) -> NDArray[np.int16]:
    """Two rising tones: an epoch has ended. Half as loud as a blip."""
    return _samples([_tone(frequency, 0.07) for frequency in EPOCH_HZ], amplitude_of(volume) / 2)


def divergence_signal(volume: int) -> NDArray[np.int16]:
    """Three falling low tones of another timbre: the loss is not a number any more, or far too high."""
    return _samples([_tone(frequency, 0.18, HOLLOW) for frequency in DIVERGENCE_HZ], amplitude_of(volume))


def amplitude_of(volume: int) -> float:
    """The amplitude at a volume, as a share of the full scale; squared, as the ear hears ratios."""
    return LOUDEST * (min(max(volume, LEAST_VOLUME), MOST_VOLUME) / MOST_VOLUME) ** 2


def _tone(frequency: float, seconds: float, harmonics: Sequence[float] = PURE) -> NDArray[np.float64]:
    """A tone from -1 to 1 that rises from silence and falls back to it."""
    count = round(seconds * RATE)
    phase = 2 * np.pi * frequency / RATE * np.arange(count)
    tone = np.zeros(count)
    for number, share in enumerate(harmonics, start=1):
        tone += share * np.sin(number * phase)
    return tone / sum(harmonics) * _envelope(count)


def _envelope(count: int) -> NDArray[np.float64]:
    envelope = np.ones(count)
    rise, fall = round(RISE_S * RATE), round(FALL_S * RATE)
    envelope[:rise] = _slope(rise)
    envelope[-fall:] = _slope(fall)[::-1]
    return envelope


def _slope(count: int) -> NDArray[np.float64]:
    """From 0 to 1, level at both ends."""
    return (1 - np.cos(np.linspace(0, np.pi, count))) / 2


def _samples(tones: Sequence[NDArray[np.float64]], amplitude: float) -> NDArray[np.int16]:
    sound = np.concatenate([*tones, np.zeros(round(PAUSE_S * RATE))])
    return np.round(amplitude * FULL_SCALE * sound).astype(np.int16)
