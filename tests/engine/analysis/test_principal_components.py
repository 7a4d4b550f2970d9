"""Principal components: those of a singular value decomposition, with a sign of their own."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.analysis.principal_components import principal_components


def by_numpy(samples):
    """Components and shares from numpy's singular value decomposition of the centred samples."""
    centred = samples.astype(np.float64) - samples.astype(np.float64).mean(axis=0)
    _, sizes, rows = np.linalg.svd(centred, full_matrices=False)
    return rows[:2], sizes[:2] ** 2 / max((sizes**2).sum(), 1e-300)


def stretched(count, features, seed=0):
    """Samples that vary much along two directions, and little along all others."""
    random = np.random.default_rng(seed)
    scales = np.full(features, 0.3)
    scales[:2] = 5.0, 2.5
    turned = np.linalg.qr(random.normal(size=(features, features)))[0]
    return (random.normal(size=(count, features)) * scales @ turned + random.normal(size=features)).astype(np.float32)


@pytest.mark.parametrize(
    ("count", "features"), [(300, 2), (400, 20), (50, 200), (600, 300), (200, 700), (900, 700), (1200, 900)]
)
def test_that_components_and_shares_equal_numpys(count, features):
    samples = stretched(count, features)
    found = principal_components(torch.from_numpy(samples))
    components, shares = by_numpy(samples)
    assert np.allclose(found.shares, shares, rtol=1e-3)
    for own, other in zip(found.components.numpy(), components, strict=True):
        assert abs(float(own @ other)) == pytest.approx(1.0, abs=1e-4)
    assert np.allclose(found.mean, samples.mean(axis=0), atol=1e-4)


def test_that_they_equal_those_of_scikit_learn():
    decomposition = pytest.importorskip("sklearn.decomposition")
    samples = stretched(400, 30)
    found = principal_components(torch.from_numpy(samples))
    other = decomposition.PCA(2).fit(samples)
    assert np.allclose(found.shares, other.explained_variance_ratio_, rtol=1e-3)
    assert np.allclose(np.abs(found.components.numpy()), np.abs(other.components_), atol=1e-3)


@given(st.integers(0, 50), st.integers(3, 40), st.integers(1, 12))
def test_that_the_largest_number_is_positive_and_lengths_are_1(seed, count, features):
    samples = torch.from_numpy(np.random.default_rng(seed).normal(size=(count, features)).astype(np.float32))
    components = principal_components(samples).components
    for row in components[: min(2, features)]:
        assert row[row.abs().argmax()] > 0
        assert float(row.norm()) == pytest.approx(1.0, abs=1e-5)
    assert torch.equal(principal_components(samples).components, components)


def test_that_equal_samples_and_single_features_have_no_second_direction():
    assert principal_components(torch.ones(5, 3)).shares.tolist() == [0.0, 0.0]
    one = principal_components(torch.tensor([[1.0], [2.0], [4.0]]))
    assert one.components.tolist() == [[1.0], [0.0]]
    assert one.shares.tolist() == pytest.approx([1.0, 0.0])
