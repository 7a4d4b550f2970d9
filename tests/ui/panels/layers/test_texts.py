"""How the views of the layers say what is usual."""

import numpy as np
import pytest

from workbench.engine.protocol.queries.layers import Distribution, FirstLayer, LayerMeasures, MeasuredLayers, WeightForm
from workbench.ui.panels.layers.texts import distributions_text, gradients_text, updates_text, weights_text

NUMBERS = Distribution(-1.0, 1.0, np.ones(3, np.int64), 0.0, 0.0)


def measured(*ratios, rate=1e-3, gradient=0.4, weight=13.0, loss=2.3):
    layers = tuple(
        LayerMeasures(f"stack.{index}", "Linear", (2, 2), "ReLU", NUMBERS, NUMBERS, NUMBERS, weight, gradient, ratio)
        for index, ratio in enumerate(ratios)
    )
    return MeasuredLayers(layers, 0.5, 64, loss, rate, 0)


def test_that_a_low_ratio_of_plain_descent_is_explained_by_its_factors():
    text = updates_text(measured(3.1e-5, 3e-5, 1.8e-4))
    assert "far below 1e-3" in text
    assert "learning rate 0.001" in text
    assert "norm 0.4" in text
    assert "norm 13" in text


def test_that_a_low_ratio_of_another_optimizer_is_not_explained_by_its_gradient():
    text = updates_text(measured(1e-6, 1e-6))
    assert "far below 1e-3" in text
    assert "gradient of norm" not in text


def test_that_a_usual_ratio_names_the_rule_of_thumb_and_its_source():
    text = updates_text(measured(1e-3, 2e-3))
    assert "CS231n" in text
    assert "far below" not in text


@pytest.mark.parametrize("text_of", [distributions_text, updates_text, gradients_text])
def test_that_a_loss_that_is_not_finite_is_said(text_of):
    assert "not a finite number" in text_of(measured(float("nan"), loss=float("inf")))


@pytest.mark.parametrize("form", WeightForm)
def test_that_every_form_of_weights_is_explained_with_its_counts(form):
    text = weights_text(FirstLayer("conv{1}", "Conv2d", form, np.zeros((3, 1, 2, 2)), np.arange(3), np.ones(3), 1200))
    assert "conv{1}" in text
    assert "3 of 1,200" in text
