"""What went first before a divergence, in words."""

import math

import pytest

from workbench.engine.protocol.queries.first_bad import BadLayer, BadSample, FirstBad, Part
from workbench.ui.text.first_bad_texts import first_bad_text, short_first_bad_text

NAMES = ("T-shirt/top", "Trouser")
LAYER = BadLayer("linear_relu_stack.4", "Linear", Part.OUTPUT, 412, 5000.0, 120.4, 10)
SAMPLE = BadSample(412, 1234, 1, 35.25, 2.1, 64, 0)


def test_that_layer_and_sample_are_a_sentence_each():
    assert first_bad_text(FirstBad(412, LAYER, SAMPLE), NAMES) == (
        "First out of range: the output of linear_relu_stack.4 (Linear), 120 times that of step 402. "
        "Highest loss at step 412: training sample 1,234 (Trouser), 35.2; others 2.10."
    )


def test_that_what_is_not_known_is_left_out():
    assert first_bad_text(FirstBad(412, None, None), NAMES) == ""
    assert first_bad_text(FirstBad(412, None, SAMPLE), NAMES).startswith("Highest loss")
    assert first_bad_text(FirstBad(412, LAYER, None), NAMES).endswith("of step 402.")


@pytest.mark.parametrize(
    ("part", "words"),
    [(Part.OUTPUT, "the output of"), (Part.GRADIENT, "the gradient of"), (Part.WEIGHT, "the weights of")],
)
def test_that_a_number_that_is_not_finite_is_said_with_its_step(part, words):
    layer = BadLayer("", "Net", part, 1500, math.nan, math.inf, 3)
    assert f"First to hold NaN or infinity: {words} Net a" in first_bad_text(FirstBad(1501, layer, None), NAMES)
    assert "step 1,500" in first_bad_text(FirstBad(1501, layer, None), NAMES)


def test_that_samples_without_a_class_or_without_others_are_said_too():
    assert "(" not in first_bad_text(FirstBad(4, None, BadSample(4, 3, None, 9.0, 1.0, 8, 0)), ())
    assert first_bad_text(FirstBad(4, None, BadSample(4, 3, 0, 9.0, math.nan, 1, 0)), NAMES) == (
        "Step 4 has one sample, 3 (T-shirt/top), loss 9.00."
    )
    assert first_bad_text(FirstBad(4, None, BadSample(4, 3, None, math.nan, 1.0, 8, 1)), ()) == (
        "Step 4: training sample 3 is the first with such a loss."
    )


def test_that_long_names_are_cut():
    layer = BadLayer("a" * 200, "Linear", Part.OUTPUT, 412, 1e30, 1e20, 10)
    sample = BadSample(412, 1234, 0, 1e30, 1e29, 64, 0)
    assert len(first_bad_text(FirstBad(412, layer, sample), ("<b>" * 100,))) < 240


def test_that_few_words_name_the_layer_or_else_the_sample():
    assert short_first_bad_text(FirstBad(412, LAYER, SAMPLE), NAMES) == (
        "First out of range: the output of linear_relu_stack.4."
    )
    assert short_first_bad_text(FirstBad(412, None, SAMPLE), NAMES) == "Highest loss: training sample 1,234 (Trouser)."
    endless = BadLayer("", "Net", Part.WEIGHT, 412, math.nan, math.inf, 3)
    assert short_first_bad_text(FirstBad(412, endless, None), NAMES) == (
        "First to hold NaN or infinity: the weights of Net."
    )
    assert short_first_bad_text(FirstBad(412, None, None), NAMES) == ""
