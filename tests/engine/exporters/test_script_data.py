"""The function of a script that loads published data, with stand-ins for torchvision's classes."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from workbench.engine.exporters.script.data import data_part
from workbench.engine.recipe import Recipe

COUNTS = {True: 13_000, False: 2_100}


class GreyImages:
    """As torchvision's MNIST and its like."""

    def __init__(self, root, *, train, download):
        assert (root, download) == ("folder", True)
        self.data = torch.full((COUNTS[train], 2, 3), 7, dtype=torch.uint8)
        self.targets = torch.arange(COUNTS[train])


class ColourImages:
    """As torchvision's CIFAR: arrays with the colours last, and a list of labels."""

    def __init__(self, root, *, train, download):
        assert (root, download) == ("folder", True)
        self.data = np.zeros((COUNTS[train], 2, 3, 3), np.uint8)
        self.data[..., 2] = 7
        self.targets = list(range(COUNTS[train]))


@pytest.mark.parametrize(
    ("name", "kind", "counts", "channels"),
    [
        ("fashion-mnist", "FashionMNIST", (13_000, 2_100), 1),
        ("fashion-mnist-mini", "FashionMNIST", (12_000, 2_000), 1),
        ("mnist", "MNIST", (13_000, 2_100), 1),
        ("kmnist", "KMNIST", (13_000, 2_100), 1),
        ("cifar10", "CIFAR10", (13_000, 2_100), 3),
        ("cifar100", "CIFAR100", (13_000, 2_100), 3),
    ],
)
def test_that_published_images_are_bytes_with_their_channels_before_rows_and_columns(name, kind, counts, channels):
    stand_in = ColourImages if channels == 3 else GreyImages
    names = {"torch": torch, "datasets": SimpleNamespace(**{kind: stand_in})}
    exec(f"from __future__ import annotations\n{data_part(Recipe(dataset=name), 'data.npz').code}", names)
    train_images, train_labels, test_images, test_labels = names["load_data"]("folder")
    for images, labels, count in ((train_images, train_labels, counts[0]), (test_images, test_labels, counts[1])):
        assert images.shape == (count, channels, 2, 3)
        assert (images.dtype, labels.dtype, images.is_contiguous()) == (torch.uint8, torch.int64, True)
        assert (images[:, -1] == 7).all()
        assert torch.equal(labels, torch.arange(count))
