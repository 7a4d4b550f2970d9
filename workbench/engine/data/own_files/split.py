"""Which samples are held out for the test: a pure function of their classes, the share and a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def mixed(count: int, seed: int) -> NDArray[np.int64]:
    """The numbers from 0 to `count` in an order of the seed's own.

    RandomState gives the same in each version of NumPy (NEP 19); a new Generator may not.
    """
    key = [seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF]
    return np.random.RandomState(key).permutation(count).astype(np.int64)


def held_out(
    count: int, share: float, seed: int, labels: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of the training and of the test samples, both in the seed's order.

    With `labels` each class has its share among the test samples, to within one; one sample of each stays for training.
    """
    order = mixed(count, seed)
    wanted = min(max(round(share * count), 1), count - 1)
    if labels is None:
        return order[wanted:], order[:wanted]
    counts = np.bincount(labels)
    quotas = share * counts
    taken = np.minimum(np.floor(quotas).astype(np.int64), np.maximum(counts - 1, 0))
    # The largest remainders first; of equal ones the first class.
    for label in np.argsort(np.floor(quotas) - quotas, kind="stable"):
        if taken.sum() < wanted and taken[label] < counts[label] - 1:
            taken[label] += 1
    in_order = labels[order]
    # The rank of each sample within its class, in the seed's order.
    by_class = np.argsort(in_order, kind="stable")
    starts = np.cumsum(counts) - counts
    rank: NDArray[np.int64] = np.empty(count, dtype=np.int64)
    rank[by_class] = np.arange(count) - starts[in_order[by_class]]
    is_test = rank < taken[in_order]
    return order[~is_test], order[is_test]
