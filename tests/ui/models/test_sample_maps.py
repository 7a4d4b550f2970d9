"""What is asked for maps, and which are kept; `tests/ui/panels/test_sample_map.py` has the rest with a real run."""

from types import SimpleNamespace

import numpy as np
import pytest

from workbench.engine.protocol.queries.sample_map import INPUTS, LAST_HIDDEN, MapAxes, MappedTestSet
from workbench.ui.models.sample_maps import MOST_KEPT, SampleMaps

NEWEST = 1000


def found_on(axes):
    samples = np.arange(4)
    return MappedTestSet(axes, samples, np.zeros((4, 2), np.float32), samples, np.ones(4, np.float32), (), 2)


@pytest.fixture
def looked_at():
    log = SimpleNamespace(inputs=np.zeros((4, 2)))
    return SimpleNamespace(
        run_id="run", is_training=False, stops=(), shown_step=None, current_step=NEWEST, prediction_step=None, log=log
    )


@pytest.fixture
def maps(looked_at):
    maps = SampleMaps(looked_at)
    query, step = maps.next
    assert (query.axes, step) == (None, NEWEST)
    axes = MapAxes(LAST_HIDDEN, *np.zeros((5, 2)), NEWEST)
    maps.keep(query, step, found_on(axes))
    assert maps.next is None
    return maps


def test_that_a_step_that_failed_is_not_asked_again(maps, looked_at):
    looked_at.shown_step = 5
    query, step = maps.next
    assert (query.axes, step) == (maps.axes, 5)
    maps.note_failure(query, step)
    assert maps.next is None
    looked_at.shown_step = 6
    assert maps.next[1] == 6


def test_that_the_oldest_maps_are_forgotten_but_not_that_of_the_newest_step(maps, looked_at):
    for step in range(MOST_KEPT + 1):
        looked_at.shown_step = step
        maps.keep(maps.query, step, found_on(maps.axes))
        assert maps.next is None
    looked_at.shown_step = 0
    assert maps.shown is None
    looked_at.shown_step = 1
    assert maps.shown is not None
    looked_at.shown_step = None
    assert maps.shown is not None


def test_that_another_layer_begins_anew_and_old_answers_are_not_wanted(maps):
    old = maps.query
    assert maps.wants(old)
    maps.choose_layer(INPUTS)
    assert not maps.wants(old)
    assert maps.shown is None
    query, step = maps.next
    assert (query.layer, query.axes, step) == (INPUTS, None, NEWEST)
