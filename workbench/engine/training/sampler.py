"""The order of the training samples in an epoch."""

from __future__ import annotations

import hashlib

import torch
from torch import Tensor


def epoch_permutation(seed: int, epoch: int, count: int) -> Tensor:
    """The order of epoch `epoch` in a run of seed `seed`: int64 indices (count,), on the CPU.

    It depends on nothing else: an epoch that is repeated, or resumed in its middle, has the same batches. The random
    state for weights and dropout is neither read nor changed.
    """
    # A hash, because seed + epoch would give runs with neighbouring seeds the same orders, one epoch apart.
    digest = hashlib.sha256(f"order of seed {seed}, epoch {epoch}".encode()).digest()
    generator = torch.Generator().manual_seed(int.from_bytes(digest[:8]) >> 1)
    return torch.randperm(count, generator=generator)
