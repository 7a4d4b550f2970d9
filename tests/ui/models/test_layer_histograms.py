"""LayerHistograms: one histogram an epoch, within bounds."""

import numpy as np
import pytest

from workbench.engine.protocol.queries.layers import Distribution, LayerMeasures, MeasuredLayers
from workbench.ui.models.layer_histograms import MOST_EPOCHS, LayerHistograms, Numbers


def distribution(high=1.0):
    return Distribution(-high, high, np.arange(48), 0.25, 0.0)


def measured(*names, high=1.0):
    layers = tuple(
        LayerMeasures(name, "Linear", (4, 4), "ReLU", distribution(high), None, distribution(high), 1.0, 1.0, 1e-3)
        for name in names or ("a", "b")
    )
    return MeasuredLayers(layers, 1.0, 64, 0.5, 0.1, 0)


@pytest.fixture
def kept():
    return LayerHistograms()


def test_that_of_an_epoch_under_way_the_last_one_stands_until_its_evaluation_is_measured(kept):
    kept.add(3, 1, measured(), is_evaluation=False)
    kept.add(7, 1, measured(), is_evaluation=False)
    assert kept.steps == (7,)
    kept.add(10, 1, measured(high=2.0), is_evaluation=True)
    kept.add(8, 1, measured(), is_evaluation=False)
    assert kept.steps == (10,)
    ((step, found),) = kept.series("a", Numbers.WEIGHTS)
    assert (step, found.high) == (10, 2.0)


def test_that_the_series_of_a_layer_goes_by_the_steps_and_leaves_out_what_was_not_reached(kept):
    kept.add(20, 2, measured(), is_evaluation=True)
    kept.add(0, 0, measured(), is_evaluation=False)
    assert [step for step, _ in kept.series("b", Numbers.OUTPUTS)] == [0, 20]
    assert kept.series("b", Numbers.GRADIENTS) == []
    assert kept.series("c", Numbers.WEIGHTS) == []
    assert kept.layers == ("a", "b")


def test_that_many_epochs_are_thinned_with_the_first_and_the_last_kept(kept):
    for epoch in range(1000):
        kept.add(10 * epoch, epoch, measured(), is_evaluation=True)
    assert len(kept.steps) <= MOST_EPOCHS
    assert (kept.steps[0], kept.steps[-1]) == (0, 9990)


def test_that_of_a_deep_network_fewer_epochs_are_kept(kept):
    names = [f"layer {place}" for place in range(150)]
    for epoch in range(100):
        kept.add(10 * epoch, epoch, measured(*names), is_evaluation=True)
    assert len(kept.steps) * len(names) * len(Numbers) <= 20_000
