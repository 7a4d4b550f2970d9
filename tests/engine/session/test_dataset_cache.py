import pickle

import pytest

from workbench.engine.data import datasets
from workbench.engine.data.data_source import DataRequest
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import Stop
from workbench.engine.protocol.events import DataFailed, DataLoaded, DataProgressed
from workbench.engine.recipe import Recipe
from workbench.engine.session.dataset_cache import DatasetCache


@pytest.fixture
def events():
    return []


@pytest.fixture
def commands():
    return CommandQueue()


@pytest.fixture
def loaded(commands, tiny_root, events):
    return DatasetCache(commands, tiny_root, events.append)


def test_that_a_data_set_is_read_once_and_announced_each_time_it_is_requested_by_name(loaded, events):
    data = loaded.load(DataRequest("fashion-mnist"))
    assert isinstance(events[0], DataProgressed)
    events.clear()
    assert loaded.load(DataRequest("fashion-mnist")) is data
    assert [type(event) for event in events] == [DataLoaded]


def test_that_a_run_gets_data_in_memory_without_an_event(loaded, events):
    data = loaded.load(DataRequest("fashion-mnist"))
    events.clear()
    assert loaded.of(Recipe()) is data
    assert events == []


def test_that_a_defect_while_loading_is_reported_in_one_sentence(loaded, events, monkeypatch):
    def broken(*_):
        raise RuntimeError("a defect")

    monkeypatch.setattr(datasets, "load_dataset", broken)
    assert loaded.of(Recipe()) is None
    (failed,) = events
    assert "RuntimeError: a defect" in str(failed.problem)


def test_that_a_cancelled_data_set_can_be_loaded_again(loaded, commands, events):
    commands.put(Stop())
    assert loaded.load(DataRequest("fashion-mnist")) is None
    assert events == [DataFailed(None)]
    assert loaded.load(DataRequest("fashion-mnist")) is not None


def moons(noise):
    return DataRequest("moons", {"data_size": 40, "data_noise": noise, "data_seed": 0})


def test_that_only_the_data_used_last_stay_in_memory(loaded):
    first = loaded.load(moons(0.0))
    assert loaded.load(moons(0.0)) is first
    for noise in range(1, 7):
        loaded.load(moons(noise / 10))
    assert loaded.load(moons(0.0)) is not first


def test_that_loaded_vectors_are_announced_with_some_of_them(loaded, events):
    loaded.load(moons(0.25))
    event = events[-1]
    assert event.request == moons(0.25)
    assert event.points.shape == (40, 2)
    assert event.targets.shape == (40,)
    assert pickle.loads(pickle.dumps(event)).request == event.request
