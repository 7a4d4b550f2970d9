"""Queries about a run that trains on a GPU: the answers of the CPU, and no trace in the run."""

import numpy as np
import pytest
import torch

from tests.engine.analysis.bits import bits
from tests.engine.analysis.layer_parts import answer_of, trained
from workbench.engine.protocol.queries.layers import CountIdleUnits, MeasureLayers, ShowFirstLayer
from workbench.engine.protocol.queries.sample_map import LAST_HIDDEN, MapTestSet

QUERIES = (ShowFirstLayer(), MeasureLayers(), CountIdleUnits(0, 10.0), MapTestSet(LAST_HIDDEN, None, 10.0))

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")


@pytest.mark.parametrize("graph", [False, True])
@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_that_queries_leave_no_trace_on_a_gpu(tiny_data, model, graph):
    values = {"cuda_graph": graph, "fused": graph}
    trainer = trained(tiny_data, stop_after=12, model=model, device="cuda:0", values=values)
    before, random_state = bits(trainer), torch.cuda.get_rng_state()
    for query in QUERIES:
        answer_of(trainer, query)
        answer_of(trainer, query, 10)
    assert bits(trainer) == before
    assert torch.equal(torch.cuda.get_rng_state(), random_state)


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_that_the_figures_are_nearly_those_of_the_cpu(tiny_data, model):
    runs = [trained(tiny_data, stop_after=12, model=model, device=device) for device in ("cpu", "cuda:0")]
    here, there = (answer_of(run, MeasureLayers()) for run in runs)
    assert there.gradient_norm == pytest.approx(here.gradient_norm, rel=0.02)
    for one, other in zip(here.layers, there.layers, strict=True):
        assert other.function == one.function
        assert other.update_ratio == pytest.approx(one.update_ratio, rel=0.02)
    counts = [answer_of(run, CountIdleUnits(0, 10.0)) for run in runs]
    for one, other in zip(counts[0].uses, counts[1].uses, strict=True):
        assert np.mean(one.is_active != other.is_active) < 0.02
    maps = [answer_of(run, MapTestSet(LAST_HIDDEN, None, 10.0)) for run in runs]
    assert np.allclose(maps[0].axes.shares, maps[1].axes.shares, atol=0.02)
