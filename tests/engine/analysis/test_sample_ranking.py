"""Orders of samples, and labels that may be wrong: equal to plain computations, sample by sample."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from workbench.engine.analysis.sample_ranking import (
    MeanProbabilities,
    Order,
    errors_of,
    ranked,
    ranked_by_error,
    suspected_labels,
)

CLASSES = 4


def probabilities_of(row):
    """A softmax in plain Python."""
    highest = max(row)
    powers = [math.exp(value - highest) for value in row]
    return [power / sum(powers) for power in powers]


outputs_and_labels = st.integers(1, 12).flatmap(
    lambda count: st.tuples(
        arrays(np.float32, (count, CLASSES), elements=st.floats(-8, 8, width=16)),
        arrays(np.int64, count, elements=st.integers(0, CLASSES - 1)),
    )
)


@given(outputs_and_labels)
def test_that_confident_mistakes_come_first_and_sure_hits_last(drawn):
    outputs, labels = drawn
    order = ranked(Order.MISTAKES, outputs, labels)
    assert sorted(order.tolist()) == list(range(len(labels)))
    wrong = [int(np.argmax(outputs[place])) != labels[place] for place in order]
    assert wrong == sorted(wrong, reverse=True)
    confidence = [max(probabilities_of(outputs[place].tolist())) for place in order]
    mistakes = [each for each, is_wrong in zip(confidence, wrong, strict=True) if is_wrong]
    hits = [each for each, is_wrong in zip(confidence, wrong, strict=True) if not is_wrong]
    assert mistakes == pytest.approx(sorted(mistakes, reverse=True), abs=1e-6)
    assert hits == pytest.approx(sorted(hits), abs=1e-6)


@given(outputs_and_labels)
def test_that_the_least_certain_and_the_highest_losses_come_first(drawn):
    outputs, labels = drawn
    rows = [probabilities_of(row) for row in outputs.tolist()]
    sureness = [max(rows[place]) for place in ranked(Order.UNCERTAIN, outputs, labels)]
    assert sureness == pytest.approx(sorted(sureness), abs=1e-6)
    losses = [-math.log(rows[place][labels[place]]) for place in ranked(Order.LOSS, outputs, labels)]
    assert losses == pytest.approx(sorted(losses, reverse=True), abs=1e-5)
    assert ranked(Order.INDEX, outputs, labels).tolist() == list(range(len(labels)))


@given(outputs_and_labels, st.integers(1, 5))
def test_that_suspected_labels_are_those_with_the_lowest_mean_probability(drawn, evaluations):
    outputs, labels = drawn
    taken = MeanProbabilities()
    parts = [outputs * (1 + number / 3) for number in range(evaluations)]
    for number, part in enumerate(parts):
        taken.add(10 * number, part)
    assert taken.steps == tuple(range(0, 10 * evaluations, 10))
    plain = []
    for sample, label in enumerate(labels.tolist()):
        rows = [probabilities_of(part[sample].tolist()) for part in parts]
        plain.append([sum(row[name] for row in rows) / evaluations for name in range(CLASSES)])
        assert taken.mean[sample] == pytest.approx(plain[sample], abs=1e-6)
        assert 0 <= label < CLASSES
    found = suspected_labels(taken.mean, labels).tolist()
    for sample, label in enumerate(labels.tolist()):
        others = max(value for name, value in enumerate(plain[sample]) if name != label)
        if abs(others - plain[sample][label]) > 1e-5:
            assert (sample in found) is (others > plain[sample][label])
    given_label = [plain[sample][labels[sample]] for sample in found]
    assert given_label == pytest.approx(sorted(given_label), abs=1e-6)


def test_that_a_regression_is_ordered_by_its_errors():
    targets = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]], np.float32)
    outputs = np.array([[0.5, 0.5], [1.0, 4.0], [2.0, 2.0]], np.float32)
    assert errors_of(outputs, targets).tolist() == [0.5, 1.5, 0.0]
    assert ranked_by_error(Order.LOSS, outputs, targets).tolist() == [1, 0, 2]
    assert ranked_by_error(Order.INDEX, outputs, targets).tolist() == [0, 1, 2]
