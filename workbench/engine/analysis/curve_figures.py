"""Figures of a loss curve: how fast it falls, whether it swings, and how sure that is. NumPy only.

All figures come from a bounded number of the last steps. Where an epoch has few steps, several epochs are taken
together. Batches come in the same order in each epoch, or in another one; either way an epoch holds the same samples,
so epochs are compared with each other, step by step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.engine.history.series import Series

    Losses = NDArray[np.floating]

LEAST_WINDOW: Final = 50
"""Steps that are compared with as many others: with fewer, the noise of the batches hides what the loss does."""
MOST_WINDOW: Final = 1 << 16
MOST_WINDOWS: Final = 8
SWING_BLOCKS: Final = 16
ALTERNATING: Final = -0.6
"""Of the correlation of neighbouring steps; of 64 steps of noise it is -0.6 once in a million times."""
CLEARLY: Final = 3.0
"""A move of this many standard errors is none of chance: by chance, 3 of 1,000 moves are as large."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How the loss moves over some windows, fitted by a line.

    Attributes:
        first: the mean loss in the first window.
        last: in the last one.
        fall: what the loss loses in an epoch, as a share of its mean; negative where it rises.
        error: the standard error of `fall`, from the noise of the batches.
        steps: all that it rests on.
    """

    first: float
    last: float
    fall: float
    error: float
    steps: int


@dataclass(frozen=True, slots=True)
class Swing:
    """How far the loss swings up and down.

    Attributes:
        share: the standard deviation of its swings, as a share of its mean.
        turns: how often a clear move is followed by one in the other direction.
        steps: all that it rests on.
    """

    share: float
    turns: int
    steps: int


def window_of(steps_per_epoch: int) -> int:
    """The steps in a window: whole epochs, `LEAST_WINDOW` steps or more."""
    epochs = -(-LEAST_WINDOW // steps_per_epoch)
    return min(epochs * steps_per_epoch, MOST_WINDOW)


def trend(losses: Series, start: int, steps_per_epoch: int, windows: int) -> Trend | None:
    """The trend over the last `windows` windows; None where there are not as many steps from `start` on.

    Args:
        losses: of the run.
        start: the first step that counts.
        steps_per_epoch: at least 1.
        windows: 2 to `MOST_WINDOWS`.
    """
    window = window_of(steps_per_epoch)
    stop = len(losses)
    if stop - start < windows * window:
        return None
    values = losses.values(stop - windows * window, stop).astype(np.float64).reshape(windows, window)
    means = values.mean(axis=1)
    level = float(means.mean())
    if level <= 0:
        return None
    # The noise of a window's mean, from the differences between the same steps of two windows.
    noise = float(np.diff(values, axis=0).std(ddof=1)) / np.sqrt(2 * window)
    places = np.arange(windows) - (windows - 1) / 2
    spread = float(places @ places)
    epochs = window / steps_per_epoch
    fall = -float(places @ means) / spread / epochs / level
    error = noise / np.sqrt(spread) / epochs / level
    return Trend(float(means[0]), float(means[-1]), fall, float(error), windows * window)


def swing(losses: Series, start: int, steps_per_epoch: int) -> Swing | None:
    """How the loss swings; None where that cannot be told from what the batches differ in, before the third epoch.

    Each step is compared with the same step of the epoch before, so that batches that are harder than others do not
    count. What then varies more than single steps do, up and down, is a swing. Where an epoch is a single batch, the
    steps themselves are looked at.
    """
    stop = len(losses)
    count = min(max(steps_per_epoch, 4 * SWING_BLOCKS), 1 << 12)
    if stop - start < max(3 * steps_per_epoch, count + steps_per_epoch):
        return None
    values = losses.values(stop - count, stop).astype(np.float64)
    level = float(values.mean())
    if level <= 0:
        return None
    if steps_per_epoch == 1:
        return _alternation(values, level)
    moved = values - losses.values(stop - count - steps_per_epoch, stop - steps_per_epoch)
    size = count // SWING_BLOCKS
    blocks = moved[-size * SWING_BLOCKS :].reshape(SWING_BLOCKS, size)
    # From neighbours, so that a swing itself does not count as noise.
    within = float(np.sqrt((np.diff(blocks, axis=1) ** 2).mean() / 2))
    means = blocks.mean(axis=1)
    steps = np.diff(means)
    clear = np.abs(steps) > CLEARLY * within * np.sqrt(2 / size)
    return Swing(float(means.std(ddof=1)) / np.sqrt(2) / level, _turns(steps, clear), count + steps_per_epoch)


def _alternation(values: Losses, level: float) -> Swing:
    """The swing from step to step; no turns where it may as well be noise, such as that of dropout."""
    places = np.arange(len(values))
    rest = values - np.polyval(np.polyfit(places, values, 1), places)
    moves = np.diff(values)
    # What alternates follows itself with the other sign. Of noise this is near 0, with a standard error of 1 / sqrt(n).
    followed = float(rest[1:] @ rest[:-1]) / max(float(rest @ rest), 1e-300)
    if followed > ALTERNATING:
        return Swing(float(rest.std()) / level, 0, len(values))
    clear = np.abs(moves) > 1e-3 * level
    return Swing(float(rest.std()) / level, _turns(moves, clear), len(values))


def _turns(moves: Losses, clear: NDArray[np.bool_]) -> int:
    """How often the clear ones among the moves change their direction."""
    found = moves[clear]
    return int((found[:-1] * found[1:] < 0).sum())


def mean_and_error(losses: Series, start: int, stop: int) -> tuple[float, float]:
    """The mean loss of the steps from `start` to before `stop`, two or more, and its standard error."""
    values = losses.values(start, stop).astype(np.float64)
    return float(values.mean()), float(values.std(ddof=1)) / float(np.sqrt(len(values)))


def moved(losses: Series, start: int, window: int) -> tuple[float, float, float, float]:
    """How far the loss has moved between the first and the last window since `start`; there must be two.

    Returns:
        The mean in the first, the mean in the last, what is lost between them as a share of the first, and the standard
        error of this share, from steps at the same place in their windows.
    """
    last = start + ((len(losses) - start) // window - 1) * window
    before, after = (losses.values(place, place + window).astype(np.float64) for place in (start, last))
    level = float(before.mean())
    error = float((before - after).std(ddof=1)) / float(np.sqrt(window)) / level
    return level, float(after.mean()), float((before - after).mean()) / level, error


def block_means(losses: Series, start: int, stop: int, size: int) -> Losses:
    """The mean losses of the last whole blocks of `size` steps before `stop`, at most 64; (n,), n may be 0."""
    count = min((stop - start) // size, 64)
    values = losses.values(stop - count * size, stop).astype(np.float64)
    means: Losses = values.reshape(count, size).mean(axis=1)
    return means
