import sys
import threading
import time
from pathlib import Path

import pytest

from workbench.engine.models.weights import weights_sha256
from workbench.engine.recipe import Recipe
from workbench.engine.runtime import thread_waits
from workbench.engine.runtime.thread_waits import adapted_waits, processor_time, sleeping_waits, usable_cores
from workbench.engine.training.trainer import Trainer

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only there torch uses libgomp")


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch):
    for name in thread_waits.CHOSEN_BY_USER:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def pools(monkeypatch):
    """Replaces the pool of idle threads; the list says when one is made and closed."""
    seen = []

    class Pool:
        def __init__(self, _library, threads):
            seen.append(threads)

        def close(self):
            seen.append("closed")

    monkeypatch.setattr(thread_waits, "_IdlePool", Pool)
    return seen


def watched(monkeypatch, shares):
    """What a watch reports if threads wait for these shares of its samples."""
    monkeypatch.setattr(thread_waits, "SAMPLE_S", 1.0)
    clock, waited = iter(range(1000)), [0.0]
    rest = list(shares)

    def waited_seconds():
        return waited[0]

    class Ended:
        def wait(self, _seconds):
            if not rest:
                return True
            waited[0] += rest.pop(0)
            return False

    monkeypatch.setattr(thread_waits.time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(thread_waits, "waited_seconds", waited_seconds)
    said = []
    thread_waits._watch(None, 2, said.append, Ended())
    return said


def test_that_threads_sleep_as_soon_as_they_wait_much_and_spin_again_after_calm_seconds(monkeypatch, pools):
    assert watched(monkeypatch, [0.05, 0.6, *[0.02] * thread_waits.CALM_SAMPLES]) == [True, False]
    assert pools == [2, "closed"]


def test_that_threads_go_on_spinning_where_they_wait_little(monkeypatch, pools):
    assert watched(monkeypatch, [0.01, 0.2, 0.34, 0.0]) == []
    assert pools == []


def test_that_threads_go_on_sleeping_until_it_has_been_calm_for_long_enough(monkeypatch, pools):
    calm = [0.02] * (thread_waits.CALM_SAMPLES - 1)
    assert watched(monkeypatch, [0.6, *calm, 0.25, *calm]) == [True, False]  # False: the end
    assert pools == [2, "closed"]


@linux_only
def test_that_the_threads_of_a_pool_are_one_more_than_the_cores_and_end_with_it(tiny_data):
    Trainer(Recipe(values={"epochs": 1, "threads": 2}), tiny_data)  # torch and its libgomp are loaded
    library = thread_waits.libgomp()
    assert library is not None
    before = set(Path("/proc/self/task").iterdir())
    pool = thread_waits._IdlePool(library, 2)
    created = set(Path("/proc/self/task").iterdir()) - before
    # libgomp counts the two of the training, and all of the pool but the first.
    assert 2 + len(created) - 1 > len(thread_waits.os.sched_getaffinity(0))
    pool.close()
    deadline = time.monotonic() + 10  # the system ends a thread a little after Python has joined it
    while created & set(Path("/proc/self/task").iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@linux_only
def test_that_threads_sleep_during_short_work_and_no_longer(pools):
    with sleeping_waits(2):
        assert pools == [2]
    assert pools == [2, "closed"]


def test_that_short_work_of_one_thread_waits_for_none(pools):
    with sleeping_waits(1):
        pass
    assert pools == []


@linux_only
def test_that_sleeping_threads_compute_the_same_bits(tiny_data):
    def trained():
        trainer = Trainer(Recipe(values={"epochs": 2, "threads": 2}), tiny_data)
        list(trainer.run())
        return weights_sha256(trainer.weights)

    spinning = trained()
    pool = thread_waits._IdlePool(thread_waits.libgomp(), 2)
    try:
        assert trained() == spinning
    finally:
        pool.close()


@linux_only
def test_that_a_run_says_that_threads_spin_until_something_else_is_seen(tiny_data):
    trainer = Trainer(Recipe(values={"epochs": 1, "threads": 2}), tiny_data)
    assert trainer.progress.sleeping is None
    list(trainer.run())
    assert trainer.progress.sleeping is False
    assert "thread waits" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("name", thread_waits.CHOSEN_BY_USER)
def test_that_what_the_user_has_set_is_left_alone(monkeypatch, name):
    monkeypatch.setenv(name, "1000")
    said = []
    with adapted_waits(2, said.append):
        assert "thread waits" not in {thread.name for thread in threading.enumerate()}
    assert said == []


def test_that_one_thread_which_waits_for_none_is_left_alone():
    said = []
    with adapted_waits(1, said.append):
        pass
    assert said == []


def test_that_nothing_is_done_where_the_system_does_not_say_how_long_threads_wait(monkeypatch):
    monkeypatch.setattr(thread_waits, "waited_seconds", lambda: None)
    said = []
    with adapted_waits(2, said.append):
        pass
    assert said == []


@pytest.mark.skipif(processor_time() is None, reason="this system does not say how long threads run")
def test_that_the_time_of_all_threads_grows_while_they_work():
    before, spent = processor_time(), time.thread_time()
    while time.thread_time() < spent + 0.05:
        pass
    assert processor_time().ran >= before.ran + 0.04
    assert processor_time().waited >= before.waited


def test_that_the_cores_are_those_of_the_affinity_or_fewer_by_the_quota_of_a_container(monkeypatch):
    monkeypatch.setattr(thread_waits.os, "sched_getaffinity", lambda _: {0, 1, 5}, raising=False)
    for limit, cores in (("50000 100000\n", 0.5), ("800000 100000\n", 3), ("max 100000\n", 3)):
        monkeypatch.setattr(Path, "read_text", lambda *_, limit=limit, **__: limit)
        assert usable_cores() == cores
