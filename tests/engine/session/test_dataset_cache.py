import pytest

from workbench.engine.data import datasets
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import Stop
from workbench.engine.protocol.events import DataFailed, DataLoaded, DataProgressed
from workbench.engine.recipe import Recipe
from workbench.engine.session.dataset_cache import DatasetCache


@pytest.fixture
def told():
    return []


@pytest.fixture
def commands():
    return CommandQueue()


@pytest.fixture
def loaded(commands, tiny_root, told):
    return DatasetCache(commands, tiny_root, told.append)


def test_that_a_data_set_is_read_once_and_told_of_whenever_it_is_asked_for_by_name(loaded, told):
    data = loaded.load("fashion-mnist")
    assert isinstance(told[0], DataProgressed)
    told.clear()
    assert loaded.load("fashion-mnist") is data
    assert [type(event) for event in told] == [DataLoaded]


def test_that_a_run_is_given_what_is_in_memory_without_a_word(loaded, told):
    data = loaded.load("fashion-mnist")
    told.clear()
    assert loaded.of(Recipe()) is data
    assert told == []


def test_that_a_defect_while_loading_is_told_in_one_sentence(loaded, told, monkeypatch):
    def broken(*_):
        raise RuntimeError("a defect")

    monkeypatch.setattr(datasets, "load_dataset", broken)
    assert loaded.of(Recipe()) is None
    (failed,) = told
    assert "RuntimeError: a defect" in str(failed.problem)


def test_that_what_was_cancelled_can_be_loaded_again(loaded, commands, told):
    commands.put(Stop())
    assert loaded.load("fashion-mnist") is None
    assert told == [DataFailed(None)]
    assert loaded.load("fashion-mnist") is not None
