import pytest

from workbench.engine.runtime.thread_waits import ProcessorTime
from workbench.ui.models.busy_watch import BusyWatch


class Machine:
    """A machine with two cores that trains: how long a step takes, and what its threads get and wait for a second."""

    def __init__(self):
        self.watch = BusyWatch(2)
        self.now, self.steps, self.ran, self.waited = 0.0, 0, 0.0, 0.0

    def slowdown(self, seconds, step=0.01, share=0.0, kind="run", ran=2.0):
        """Train for a while; returns the last answer."""
        answer = None
        for _ in range(round(seconds / 0.5)):
            self.now += 0.5
            self.steps += round(0.5 / step)
            self.ran += 0.5 * ran
            self.waited += 0.5 * share
            answer = self.watch.add(self.now, self.steps, ProcessorTime(self.ran, self.waited), kind)
        return answer

    def train(self, *args, **named):
        """Train for a while; returns how many times slower the steps are at its end, or None."""
        answer = self.slowdown(*args, **named)
        return None if answer is None else answer.factor


@pytest.fixture
def machine():
    return Machine()


def test_that_steps_three_times_as_long_as_on_the_quiet_machine_are_said(machine):
    assert machine.train(10) is None
    assert machine.train(4, step=0.04, share=0.8) == pytest.approx(4.0, rel=0.1)


def test_that_it_goes_away_when_the_machine_is_quiet_again(machine):
    machine.train(10)
    assert machine.train(4, step=0.05, share=0.8) is not None
    assert machine.train(3) is None


def test_that_slow_steps_alone_are_no_other_program(machine):
    machine.train(10)
    assert machine.train(6, step=0.05, share=0.05) is None


def test_that_other_programs_that_cost_little_are_not_said(machine):
    machine.train(10)
    assert machine.train(6, step=0.02, share=0.8) is None


def test_that_a_run_on_a_machine_that_was_never_quiet_is_slowed_where_it_gets_a_third_of_what_it_asks_for(machine):
    assert machine.slowdown(20, step=0.05, share=0.9, ran=1.1) is None
    found = machine.slowdown(4, step=0.05, share=1.5, ran=0.5)
    assert found.factor == pytest.approx(4.0)
    assert not found.was_quiet
    assert machine.slowdown(4, step=0.01, share=0.3, ran=1.7) is None
    assert machine.slowdown(10) is None
    assert machine.slowdown(4, step=0.05, share=0.8).was_quiet


def test_that_threads_that_wait_for_each_other_are_no_other_program(machine):
    assert machine.slowdown(20, step=0.05, share=6.0, ran=2.0) is None  # eight threads on two cores


def test_that_another_kind_of_step_has_a_median_of_its_own(machine):
    machine.train(10)
    assert machine.train(4, step=0.05, share=0.8, kind="larger batches") is None
    assert machine.train(4, step=0.05, share=0.8) == pytest.approx(5.0, rel=0.1)


def test_that_a_run_that_goes_back_is_measured_anew(machine):
    machine.train(10)
    machine.steps = 5
    assert machine.train(1.5, step=0.05, share=0.8) is None


def test_that_nothing_is_said_where_the_system_does_not_say_who_waits(machine):
    machine.train(10)
    assert machine.watch.add(100.0, 5000, None, "run") is None


def test_that_a_short_hitch_is_not_said(machine):
    machine.train(10)
    assert machine.train(0.5, step=0.05, share=0.8) is None
