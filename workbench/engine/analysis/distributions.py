"""Distributions of the numbers of a tensor."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import torch
from torch import Tensor

from workbench.engine.protocol.queries.layers import Distribution

BINS: Final = 48
MOST_NUMBERS: Final = 250_000
"""Of a larger tensor, numbers at equal distances are taken: no bin would look different."""


class Thinned(NamedTuple):
    """Some of the numbers of a tensor.

    Attributes:
        numbers: (n,) float32 on the CPU.
        broken_share: of all numbers of the tensor, the share that is NaN or infinite.
    """

    numbers: Tensor
    broken_share: float


def thinned(tensor: Tensor) -> Thinned:
    """At most `MOST_NUMBERS` numbers of `tensor`, at equal distances, copied."""
    flat = tensor.detach().reshape(-1)
    stride = max(1, -(-len(flat) // MOST_NUMBERS))
    # Where the distance has a divisor in common with the length of a row, some columns would never be taken.
    while math.gcd(stride, len(flat)) > 1:
        stride += 1
    is_finite = flat.isfinite()
    broken = 0.0 if bool(is_finite.all()) else 1.0 - float(is_finite.float().mean())
    return Thinned(flat[::stride].to("cpu", torch.float32, copy=True), broken)


def distribution_of(sample: Thinned) -> Distribution | None:
    """The distribution of numbers; None where there are none."""
    numbers, broken = sample
    if not len(numbers):
        return None
    finite = numbers[numbers.isfinite()]
    zeros = int((finite == 0).sum())
    rest = finite[finite != 0] if 0 < zeros < len(finite) else finite
    if not len(rest):
        return Distribution(0.0, 0.0, torch.zeros(BINS, dtype=torch.int64).numpy(), 0.0, broken)
    low, high = float(rest.min()), float(rest.max())
    # Of equal numbers histc takes a range of its own, and of numbers that float32 cannot divide it makes nonsense.
    if high - low <= 1e-6 * max(abs(low), abs(high)):
        counts = torch.zeros(BINS)
        counts[BINS // 2] = len(rest)
    else:
        counts = torch.histc(rest, BINS, low, high)
    return Distribution(low, high, counts.to(torch.int64).numpy(), zeros / len(numbers), broken)
