"""The network's outputs for one input that the user makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from workbench.engine.errors import UserError
from workbench.engine.protocol.queries.sample_outputs import PredictSample, SampleOutputs

if TYPE_CHECKING:
    from workbench.engine.analysis.scope import Scope


def answer(scope: Scope, query: PredictSample) -> SampleOutputs:
    """The outputs for the input; bytes become float32 in 0..1, as those of the data set do.

    Raises:
        UserError: it has another shape than the inputs of the data set.
    """
    kind = np.dtype(np.float32 if query.is_float else np.uint8)
    if query.shape != scope.spec.sample_shape or len(query.content) != scope.spec.input_count * kind.itemsize:
        raise UserError("The input has another shape than those of the data set: make it anew.")
    values = np.frombuffer(query.content, kind).reshape(1, *query.shape)
    # A network may write into its input, which the bytes of the query do not allow.
    return SampleOutputs(scope.outputs(torch.from_numpy(values.copy()))[0].numpy())
