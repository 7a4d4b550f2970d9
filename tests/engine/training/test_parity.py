"""Parity: with the defaults, training equals the tutorial's procedure, bit for bit.

A whole epoch of the real Fashion-MNIST is in `end_to_end/test_parity`, where the tutorial is carried out once.
"""

import struct

import pytest
import torch

from tests import tutorial
from workbench.engine.data.datasets import load_dataset
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


def bits(numbers):
    return [struct.pack("<d", number) for number in numbers]


def assert_same_run(root, theirs=None, **values):
    """Compare our run with the tutorial's, which is `theirs` where it has been carried out."""
    theirs = theirs or tutorial.carry_out(root, **values)
    data = load_dataset("fashion-mnist", root, lambda *_: None)
    ours = Trainer(Recipe(values=values), data)
    text = "".join(tutorial_text(event) for event in ours.run())

    assert text == theirs.text
    assert bits(ours.history.loss.values()) == bits(theirs.losses)
    evaluations = [number for e in ours.history.evaluations for number in (e.average_loss, e.metric)]
    assert bits(evaluations) == bits(number for pair in theirs.evaluations for number in pair)
    assert list(ours.weights) == list(theirs.weights)
    for key, tensor in theirs.weights.items():
        assert torch.equal(ours.weights[key].view(torch.int32), tensor.view(torch.int32)), key


def test_that_two_epochs_on_tiny_data_are_the_tutorials(tiny_root):
    assert_same_run(tiny_root, epochs=2)


@pytest.mark.parametrize("batch_size", [1, 7, 63, 599, 10_000])
def test_that_any_batch_size_prints_and_learns_as_the_tutorial_does(tiny_root, batch_size):
    assert_same_run(tiny_root, epochs=1, batch_size=batch_size, seed=3)


def test_that_a_larger_learning_rate_keeps_parity(tiny_root):
    assert_same_run(tiny_root, epochs=3, learning_rate=0.1, seed=1)
