"""Inspector: answers the queries about a run, between two of its steps."""

from __future__ import annotations

import copy
import time
from importlib import import_module
from typing import TYPE_CHECKING, Final

from workbench.engine.analysis.scope import Scope, without_trace
from workbench.engine.errors import details_of, problem_of
from workbench.engine.models.own_failures import explained
from workbench.engine.protocol.events import Inspected
from workbench.engine.protocol.queries.batch_replay import ReplayBatch
from workbench.engine.protocol.queries.first_bad import FindFirstBad
from workbench.engine.protocol.queries.layers import CountIdleUnits, MeasureLayers, ShowFirstLayer
from workbench.engine.protocol.queries.plane_outputs import PredictPlane
from workbench.engine.protocol.queries.predictions import PredictTestSet
from workbench.engine.protocol.queries.saliency import ExplainSample
from workbench.engine.protocol.queries.sample_map import MapTestSet
from workbench.engine.protocol.queries.sample_outputs import PredictSample

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import nn

    from workbench.engine.protocol.commands import Inspect
    from workbench.engine.protocol.queries import Answer, Query
    from workbench.engine.training.trainer_state import TrainerState

ANSWERING: Final[dict[type[Query], str]] = {
    PredictTestSet: "predictions",
    PredictPlane: "plane_outputs",
    PredictSample: "sample_outputs",
    ShowFirstLayer: "first_layer",
    MeasureLayers: "layer_measures",
    CountIdleUnits: "idle_units",
    MapTestSet: "sample_map",
    FindFirstBad: "first_bad",
    ExplainSample: "saliency",
    ReplayBatch: "batch_replay",
}
"""The module of this folder whose `answer(scope, query)` computes the answer, by the class of the query. It is imported
at the first query."""


class Inspector:
    """Answers queries; one for a session.

    It keeps a copy of the network: making one takes longer than most answers.
    """

    def __init__(self) -> None:
        self._original: nn.Module | None = None
        self._twin: nn.Module | None = None

    def __call__(self, state: TrainerState, command: Inspect) -> Inspected:
        """Compute the answer; whatever goes wrong becomes its problem, and the run goes on as if nothing was asked."""
        query, step, run = command.query, command.step, state.identity.id
        began = time.perf_counter()
        try:
            with without_trace(state):
                scope = Scope(state, step, self._twin_of(state))
                answer = _answering(query)(scope, query)
        except Exception as error:  # noqa: BLE001  # also an own network can raise anything here
            problem = explained(error)
            self._original = self._twin = None
            here = state.position.step
            return Inspected(query, step, run, here, None, 0.0, problem_of(problem), details_of(problem))
        return Inspected(query, step, run, scope.step, answer, time.perf_counter() - began)

    def _twin_of(self, state: TrainerState) -> nn.Module:
        model = state.stepper.model
        if self._twin is None or self._original is not model:
            self._original, self._twin = model, copy.deepcopy(model)
        return self._twin


def _answering(query: Query) -> Callable[[Scope, Query], Answer]:
    module = import_module(f"workbench.engine.analysis.{ANSWERING[type(query)]}")
    answer: Callable[[Scope, Query], Answer] = module.answer
    return answer
