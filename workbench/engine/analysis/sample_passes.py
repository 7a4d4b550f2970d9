"""Passes the test samples through a network batch by batch, as many as there is time for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from workbench.engine.data.unit_floats import UnitFloats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

    from workbench.engine.analysis.scope import Scope

BATCH: Final = 500
"""Small enough that a slow network does not use up the time with the first one."""
MOST_SAMPLES: Final = 20_000


def passes(scope: Scope, seconds: float, begin: int = 0) -> Iterator[tuple[np.ndarray, Tensor]]:
    """The indices and the outputs of one batch of test samples after another.

    The samples come in an order of chance, the same each time: those that there was time for stand for all. Of a
    larger test set, `MOST_SAMPLES` are chosen.

    Args:
        scope: whose network they pass, without gradients.
        seconds: after which no further batch is begun; one batch is passed in any case.
        begin: the number of the first sample in that order.
    """
    began = time.perf_counter()
    inputs = scope.data.test_inputs
    order = np.random.default_rng(0).permutation(len(inputs))[:MOST_SAMPLES]
    floats = UnitFloats(inputs.to(scope.device), torch.from_numpy(order).to(scope.device))
    for start in range(begin, len(order), BATCH):
        if start > begin and time.perf_counter() - began > seconds:
            return
        with torch.no_grad():
            outputs = scope.network(floats.batch(start, start + BATCH))
        yield order[start : start + BATCH], outputs
