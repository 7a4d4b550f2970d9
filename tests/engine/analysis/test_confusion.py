"""Confusion matrices: figures of the classes, orders, and the pairs that are confused most."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from workbench.engine.analysis.classification import ClassFigures, confusion_counts
from workbench.engine.analysis.confusion import (
    ConfusedPair,
    most_confused,
    order_by_confusion,
    order_by_recall,
    shares_of_predicted,
    shares_of_true,
)

MATRICES = st.integers(2, 12).flatmap(lambda size: arrays.arrays(np.int64, (size, size), elements=st.integers(0, 50)))


@st.composite
def predictions(draw):
    classes = draw(st.integers(2, 9))
    labels = draw(st.lists(st.tuples(*[st.integers(0, classes - 1)] * 2), min_size=1, max_size=60))
    true, predicted = np.array(labels, np.int64).T
    return classes, true, predicted


@given(predictions())
def test_that_the_matrix_counts_each_pair_of_labels(drawn):
    classes, true, predicted = drawn
    counts = confusion_counts(predicted, true, classes)
    pairs = list(zip(true.tolist(), predicted.tolist(), strict=True))
    assert counts.tolist() == [[pairs.count((row, column)) for column in range(classes)] for row in range(classes)]


@given(predictions())
def test_that_the_figures_of_a_class_are_those_of_the_textbook(drawn):
    classes, true, predicted = drawn
    figures = ClassFigures.of(confusion_counts(predicted, true, classes))
    for label in range(classes):
        found = int(np.sum((true == label) & (predicted == label)))
        of_class, taken = int(np.sum(true == label)), int(np.sum(predicted == label))
        recall = found / of_class if of_class else np.nan
        precision = found / taken if taken else np.nan
        f1 = 2 * found / (of_class + taken) if of_class + taken else np.nan
        np.testing.assert_allclose(
            [figures.recall[label], figures.precision[label], figures.f1[label]], [recall, precision, f1]
        )
        assert figures.support[label] == of_class


@given(predictions())
def test_that_the_figures_equal_those_of_scikit_learn(drawn):
    metrics = pytest.importorskip("sklearn.metrics")
    classes, true, predicted = drawn
    counts = confusion_counts(predicted, true, classes)
    labels = list(range(classes))
    assert np.array_equal(counts, metrics.confusion_matrix(true, predicted, labels=labels))
    figures = ClassFigures.of(counts)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        true, predicted, labels=labels, zero_division=np.nan
    )
    np.testing.assert_allclose(figures.precision, precision)
    np.testing.assert_allclose(figures.recall, recall)
    np.testing.assert_allclose(figures.f1, f1)
    assert np.array_equal(figures.support, support)
    for ours, theirs in ((shares_of_true, "true"), (shares_of_predicted, "pred")):
        expected = metrics.confusion_matrix(true, predicted, labels=labels, normalize=theirs)
        np.testing.assert_allclose(np.nan_to_num(ours(counts)), expected)


def test_that_a_class_that_is_never_predicted_has_no_precision_and_one_without_samples_no_recall():
    counts = np.array([[3, 0, 1], [2, 0, 0], [0, 0, 0]])
    figures = ClassFigures.of(counts)
    assert np.isnan(figures.precision[1])
    assert figures.recall[1] == 0
    assert np.isnan(figures.recall[2])
    assert figures.precision[2] == 0
    assert np.isnan(shares_of_true(counts)[2]).all()
    assert np.isnan(shares_of_predicted(counts)[:, 1]).all()


def test_that_the_pairs_come_with_the_most_frequent_first_and_without_what_is_right():
    counts = np.array([[90, 4, 0], [4, 80, 7], [0, 1, 50]])
    expected = [ConfusedPair(1, 2, 7), ConfusedPair(0, 1, 4), ConfusedPair(1, 0, 4), ConfusedPair(2, 1, 1)]
    assert most_confused(counts, 10) == expected
    assert most_confused(counts, 2) == expected[:2]
    assert most_confused(np.eye(3, dtype=np.int64), 10) == []
    assert counts[0, 0] == 90  # what was given is as it was


@given(MATRICES)
def test_that_an_order_by_confusion_has_each_class_once_and_the_most_confused_two_side_by_side(counts):
    order = order_by_confusion(counts).tolist()
    assert sorted(order) == list(range(len(counts)))
    strength = {}
    for one in range(len(counts)):
        for other in range(one):
            there = counts[one, other] / max(1, counts[one].sum())
            strength[one, other] = there + counts[other, one] / max(1, counts[other].sum())
    strongest = max(strength.values())
    if strongest > 0:
        neighbours = {frozenset(pair) for pair in pairwise(order)}
        assert any(np.isclose(strength[pair], strongest) for pair in strength if frozenset(pair) in neighbours)


def test_that_classes_that_are_confused_form_groups():
    # 0, 2 and 4 are taken for each other, and 1 and 3.
    counts = np.diag([100] * 5)
    counts[0, 4], counts[2, 4], counts[3, 1] = 30, 20, 9
    assert order_by_confusion(counts).tolist() == [0, 4, 2, 1, 3]
    assert order_by_confusion(np.diag([5, 5, 5])).tolist() == [0, 1, 2]


def test_that_an_order_by_recall_begins_with_the_worst_class_and_ends_with_one_without_samples():
    counts = np.array([[0, 0, 0], [0, 9, 1], [0, 5, 5]])
    assert order_by_recall(ClassFigures.of(counts)).tolist() == [2, 1, 0]
