"""Experiments of a session: the run stands still and goes on; a Stop or Close cancels; a chosen future is kept."""

import pytest

from tests.engine.session.sessions import END, Patient, at_first, end, kinds, of, serve
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import (
    ChooseFuture,
    Close,
    OpenRun,
    Pause,
    Resume,
    RunExperiment,
    RunSteps,
    SetValue,
    StartRun,
    Stop,
    Travel,
)
from workbench.engine.protocol.events import (
    DataFailed,
    EpochStarted,
    ExperimentEnded,
    ExperimentProgressed,
    RunBranched,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    TravelFailed,
    Travelled,
    WeightsCaptured,
)
from workbench.engine.protocol.experiments.checks import CheckFirstLoss, CheckOverfitting
from workbench.engine.protocol.experiments.range_test import RangeTest
from workbench.engine.protocol.experiments.what_if import Variant, WhatIf
from workbench.engine.protocol.live_objects import HISTORIES
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import RunStore

RECIPE = Recipe(model="mlp-dropout", values={"epochs": 2, "momentum": 0.9, "learning_rate": 0.05})
START = StartRun(RECIPE, dataset_chosen=True)
RANGE = RangeTest(20, 2)
FAN = WhatIf((Variant((("learning_rate", 0.01),)), Variant((("learning_rate", 0.2),))), 6)


def ended(events):
    (event,) = of(events, ExperimentEnded)
    return event


@pytest.fixture
def undisturbed(tiny_root):
    """The hash of the weights of the run that nothing interrupts."""
    return end(serve(tiny_root, START, END))


@pytest.mark.parametrize(
    "experiment", [RANGE, FAN, CheckFirstLoss(), CheckOverfitting(20, 5)], ids=lambda e: type(e).__name__
)
def test_that_a_run_that_trains_goes_on_after_an_experiment_to_the_same_end(tiny_root, undisturbed, experiment):
    events = serve(tiny_root, START, END, react=at_first(RunStarted, RunExperiment(experiment)))
    event = ended(events)
    assert event.problem is None, event.details
    assert event.finding is not None
    assert event.run == of(events, RunStarted)[0].run.id
    assert kinds(events) == [RunPaused, RunResumed, RunEnded]
    assert end(events) == undisturbed


def test_that_an_experiment_during_the_test_of_an_epoch_lets_the_run_go_on(tiny_root, undisturbed):
    reacted = []

    def react(event):
        if isinstance(event, EpochStarted) and event.epoch == 2 and not reacted:
            reacted.append(event)
            return [RunExperiment(RANGE)]
        return []

    events = serve(tiny_root, START, END, react=react)
    assert ended(events).problem is None
    assert end(events) == undisturbed


def test_that_a_run_goes_on_only_as_far_as_was_asked(tiny_root):
    react = at_first(RunResumed, RunExperiment(RANGE))
    events = serve(
        tiny_root, START, RunSteps(7), react=lambda event: [Pause()] if isinstance(event, RunStarted) else react(event)
    )
    pauses = of(events, RunPaused)
    assert pauses[-1].step == pauses[0].step + 7
    assert ended(events).problem is None


def test_that_a_paused_run_stays_paused(tiny_root):
    events = serve(tiny_root, START, RunExperiment(RANGE), react=at_first(RunStarted, Pause()))
    assert kinds(events) == [RunPaused]
    assert ended(events).step == of(events, RunPaused)[0].step


def test_that_a_stop_cancels_the_experiment_and_not_the_run(tiny_root, undisturbed):
    long = RangeTest(100, 50)
    start, stop = at_first(RunStarted, RunExperiment(long)), at_first(ExperimentProgressed, Stop())
    events = serve(tiny_root, START, END, react=lambda event: [*start(event), *stop(event)])
    event = ended(events)
    assert event.was_cancelled
    assert event.finding is not None
    assert kinds(events) == [RunPaused, RunResumed, RunEnded]
    assert end(events) == undisturbed


def test_that_a_stop_that_comes_at_once_cancels_the_experiment_and_not_the_run(tiny_root, undisturbed):
    events = serve(tiny_root, START, END, react=at_first(RunStarted, RunExperiment(RANGE), Stop()))
    assert ended(events).was_cancelled
    assert end(events) == undisturbed


def test_that_a_close_cancels_the_experiment_and_ends_the_session(tiny_root):
    long = RangeTest(100, 50)
    start, close = at_first(RunStarted, RunExperiment(long)), at_first(ExperimentProgressed, Close())
    events = serve(tiny_root, START, react=lambda event: [*start(event), *close(event)])
    assert ended(events).was_cancelled
    assert of(events, RunEnded)


def test_that_a_new_network_is_tried_without_a_run_and_leaves_none(tiny_root):
    events = serve(tiny_root, RunExperiment(RANGE, RECIPE), RunExperiment(CheckFirstLoss(), RECIPE))
    first, second = of(events, ExperimentEnded)
    assert first.problem is None, first.details
    assert second.finding.samples == 640
    assert (first.run, first.step) == ("", 0)
    assert not of(events, RunStarted)


def test_that_a_new_network_is_tried_beside_a_run_without_a_trace(tiny_root, undisturbed):
    other = Recipe(model="cnn", optimizer="adam", values={"seed": 7, "threads": 1})
    events = serve(tiny_root, START, END, react=at_first(RunStarted, RunExperiment(RANGE, other)))
    assert ended(events).problem is None
    assert end(events) == undisturbed


def test_that_what_cannot_be_tried_is_answered(tiny_root, tmp_path):
    events = serve(tiny_root, RunExperiment(RANGE), RunExperiment(FAN, RECIPE))
    assert [event.problem is not None for event in of(events, ExperimentEnded)] == [True, True]
    events = serve(tmp_path / "nothing", RunExperiment(RANGE, RECIPE))
    assert ended(events).finding is None
    assert of(events, DataFailed)


def test_that_an_experiment_on_values_that_are_refused_says_so_and_the_run_goes_on(tiny_root, undisturbed):
    bad = WhatIf((Variant((("learning_rate", 1e9),)),), 5)
    events = serve(tiny_root, START, END, react=at_first(RunStarted, RunExperiment(bad)))
    assert ended(events).problem is not None
    assert ended(events).details == ""
    assert end(events) == undisturbed


def test_that_a_chosen_future_is_the_run_and_is_kept_in_the_store(tiny_root, tmp_path):
    store = tmp_path / "store"
    pausing = at_first(RunStarted, Pause())
    events = serve(tiny_root, START, RunExperiment(FAN), ChooseFuture(1), END, react=pausing, store=store)
    (travelled,) = of(events, Travelled)
    start = ended(events).step
    assert (travelled.step, travelled.origin) == (start + 6, start)
    assert travelled.values["learning_rate"] == 0.2
    chosen = end(events)
    expected = serve(
        tiny_root, START, SetValue("learning_rate", 0.2), RunSteps(6), END, react=at_first(RunStarted, Pause())
    )
    assert chosen == end(expected)
    # Without training on, all of it is kept.
    run = of(events, RunStarted)[0].run.id
    opened = serve(tiny_root, OpenRun(run), END, store=store)
    assert end(opened) == chosen
    kept = RunStore(store)
    history = kept.history(run)
    kept.close()
    assert len(history) == start + 6
    assert [(change.step, change.new) for change in history.changes] == [(start, 0.2)]


def test_that_the_store_keeps_both_the_run_and_the_branch_of_a_future(tiny_root, tmp_path):
    store = tmp_path / "store"
    commands = [START, Travel(9), RunExperiment(FAN), ChooseFuture(0), Resume(), END]
    events = serve(tiny_root, *commands, store=store)
    (branched,) = of(events, RunBranched)
    kept = RunStore(store)
    parent, child = kept.history(branched.run.parent), kept.history(branched.run.id)
    kept.close()
    assert (len(parent), len(child)) == (20, 20)
    assert parent.loss.values(0, 9).tolist() == child.loss.values(0, 9).tolist()
    assert parent.loss.values(10).tolist() != child.loss.values(10).tolist()
    assert [(change.step, change.new) for change in child.changes] == [(9, 0.01)]
    opened = serve(tiny_root, OpenRun(branched.run.id), END, store=store)
    assert end(opened) == end(events)


def test_that_the_futures_of_another_run_cannot_be_chosen(tiny_root):
    events = serve(tiny_root, START, RunExperiment(FAN), START, ChooseFuture(0))
    (failed,) = of(events, TravelFailed)
    assert "make them anew" in str(failed.problem)
    assert not of(events, Travelled)


def test_that_no_future_can_be_chosen_where_none_was_made(tiny_root):
    events = serve(tiny_root, START, ChooseFuture(0))
    assert of(events, TravelFailed)


def test_that_a_run_trains_on_from_a_chosen_future(tiny_root):
    events = serve(
        tiny_root, START, RunExperiment(FAN), ChooseFuture(1), Resume(), END, react=at_first(RunStarted, Pause())
    )
    expected = serve(
        tiny_root, START, SetValue("learning_rate", 0.2), Resume(), END, react=at_first(RunStarted, Pause())
    )
    assert weights_sha256(of(events, WeightsCaptured)[-1].weights) == end(expected)
    history = HISTORIES.find(of(events, RunStarted)[0].history)
    assert len(history.evaluations) == 2


def test_that_a_stop_that_waits_for_new_work_stays(tiny_root):
    queue = Patient([])
    queue.put(Stop())
    queue.put(RunExperiment(RANGE))
    queue.put(Stop())
    queue.discard_stops()
    assert queue.stop_asked
    assert isinstance(queue.wait(), RunExperiment)
    assert isinstance(queue.wait(), Stop)
    assert not queue.stop_asked
