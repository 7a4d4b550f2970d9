"""The outputs for the whole test set, at any kept step. Those of an evaluation are kept: an opened run has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.protocol.queries.predictions import PredictedOutputs, PredictTestSet

if TYPE_CHECKING:
    from workbench.engine.analysis.scope import Scope


def answer(scope: Scope, query: PredictTestSet) -> PredictedOutputs:
    """The outputs (N, K) of the network for the test set."""
    del query
    outputs = scope.outputs(scope.data.test_inputs)
    scope.state.keep_earlier_outputs(scope.step, outputs)
    return PredictedOutputs(outputs.numpy())
