"""What can be looked at of a data set: some images of each class, or some of its vectors."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.tasks import Task

if TYPE_CHECKING:
    from workbench.engine.data.dataset import Dataset

SAMPLES_PER_CLASS: Final = 24
MOST_CLASSES: Final = 1000
MOST_SIDE: Final = 128
"""Pixels: of a larger image every second, third … pixel is shown."""
MOST_PIXELS: Final = 1 << 25
"""In all images together: of many classes, fewer images each are shown, but at least one."""
MOST_POINTS: Final = 2000
MOST_NUMBERS: Final = 1 << 20
"""In all vectors together: of very long ones, fewer are shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """Some training samples.

    Attributes:
        images: (classes, n, C, H, W) uint8, padded with black; for regression in one row, as if of one class. Without
            rows for vectors.
        points: vectors (n, F) float32; without rows for images.
        targets: of the points, or of the images of a regression: labels (n,) int64, or numbers (n, T) float32.
    """

    images: np.ndarray
    points: np.ndarray
    targets: np.ndarray


def preview_of(data: Dataset) -> Preview:
    """The first training samples, of each class where they are images."""
    if data.spec.is_image:
        count = SAMPLES_PER_CLASS if data.spec.task is Task.REGRESSION else 0
        return Preview(images_of(data), np.zeros((0, 0), np.float32), data.train_targets[:count].numpy().copy())
    count = max(1, min(MOST_POINTS, MOST_NUMBERS // data.spec.input_count))
    points, targets = data.train_inputs[:count], data.train_targets[:count]
    return Preview(np.zeros((0, 0, 1, 1, 1), np.uint8), points.numpy().copy(), targets.numpy().copy())


def images_of(data: Dataset, per_class: int = SAMPLES_PER_CLASS) -> np.ndarray:
    """The first training images of each class, as in `Preview`; of large images every second, third … pixel."""
    channels, height, width = data.spec.sample_shape
    stride = -(-max(height, width) // MOST_SIDE)
    shape = (channels, len(range(0, height, stride)), len(range(0, width, stride)))
    classes = min(max(1, len(data.spec.class_names)), MOST_CLASSES)
    count = max(1, min(per_class, MOST_PIXELS // (classes * int(np.prod(shape)))))
    images = np.zeros((classes, count, *shape), np.uint8)
    for shown, places in zip(images, _places(data, classes, count), strict=True):
        found = data.train_inputs[places][..., ::stride, ::stride]
        # Rounded, since 0..255 through a division by 255 and back is not always whole.
        shown[: len(places)] = (found.mul(255).round() if found.is_floating_point() else found).numpy()
    return images


def _places(data: Dataset, classes: int, count: int) -> list[list[int]]:
    """Where the first `count` samples of each class are."""
    if data.spec.task is Task.REGRESSION:
        return [list(range(min(count, len(data.train_targets))))]
    labels = data.train_targets.numpy()
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(classes + 1)).tolist()
    return [order[start : min(start + count, stop)].tolist() for start, stop in pairwise(starts)]
