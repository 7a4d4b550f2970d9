"""The first two principal components of samples."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

import torch

if TYPE_CHECKING:
    from torch import Tensor

COUNT: Final = 2
MOST_SOLVED: Final = 800
"""Features of which the covariance is solved as a whole; of more, only the largest components are, by iteration. Of 512
features of 10,000 samples that takes 0.07 s where the iteration takes 0.15 (one thread)."""
SMALL: Final = 256
"""Features of which it is solved also where there are fewer samples."""
BLOCK: Final = 12
ROUNDS: Final = 60
SETTLED: Final = 1e-6
"""The change of the variances in a round, relative to them, at which the iteration ends; that of the components is its
square root at most, and the last round makes it smaller."""


class Principal(NamedTuple):
    """Principal components.

    Attributes:
        mean: (features,) of the samples.
        components: (2, features), of length 1, across each other; the number of each with the largest size is positive.
        shares: (2,) of the variance of the samples, the part along each; 0 where all samples are equal.
    """

    mean: Tensor
    components: Tensor
    shares: Tensor


def principal_components(samples: Tensor) -> Principal:
    """The components of `samples` (N, features) float32, on the CPU, as float32.

    They are the right singular vectors of the centred samples with the largest singular values.
    """
    mean = samples.mean(dim=0)
    centred = samples - mean
    total = float(centred.square().sum())
    found = _found(centred)
    components = torch.zeros(COUNT, centred.shape[1], dtype=torch.float64)
    variances = torch.zeros(COUNT, dtype=torch.float64)
    count = min(COUNT, len(found[0]))
    variances[:count], components[:count] = found[0][:count].clamp(min=0), found[1][:count]
    largest = components.abs().argmax(dim=1, keepdim=True)
    components *= torch.where(components.gather(1, largest) < 0, -1.0, 1.0)
    shares = variances / total if total > 0 else torch.zeros(COUNT, dtype=torch.float64)
    return Principal(mean, components.float(), shares.float())


def _found(centred: Tensor) -> tuple[Tensor, Tensor]:
    """The variances, times N, and the components, from the largest on."""
    count, features = centred.shape
    # Of fewer samples than features the covariance has many eigenvalues of 0, with which a solver can fail.
    if features <= SMALL or features <= min(MOST_SOLVED, count):
        with contextlib.suppress(RuntimeError):
            return _solved(centred)
    return _iterated(centred)


def _solved(centred: Tensor) -> tuple[Tensor, Tensor]:
    """As `_found`, of all components."""
    values, vectors = torch.linalg.eigh((centred.T @ centred).double())
    return values.flip(0), vectors.T.flip(0)


def _iterated(centred: Tensor) -> tuple[Tensor, Tensor]:
    """As `_found`, of the largest components alone: a block of directions is multiplied until it stands still.

    Source: Golub and Van Loan, "Matrix Computations", section 8.2, orthogonal iteration.
    """
    width = min(BLOCK, *centred.shape)
    start = torch.randn(centred.shape[1], width, generator=torch.Generator().manual_seed(0))
    block = torch.linalg.qr(start).Q
    last = torch.zeros(width)
    for _ in range(ROUNDS):
        image = centred.T @ (centred @ block)
        values = torch.linalg.vector_norm(image, dim=0)
        block = torch.linalg.qr(image).Q
        if bool(((values - last).abs()[:COUNT] <= SETTLED * values[:COUNT]).all()):
            break
        last = values
    along = (centred @ block).double()
    values, vectors = torch.linalg.eigh(along.T @ along)
    return values.flip(0), (block.double() @ vectors).T.flip(0)
