"""A window that comes later is told what there is, and nothing changes by it."""

import pytest

from tests.engine.session.sessions import DROPOUT, END, START, at_first, end, of, only, serve
from workbench.engine.protocol.commands import Announce, LoadData, Pause, RunSteps, SetValue, Stop, Travel
from workbench.engine.protocol.events import (
    Announced,
    DataLoaded,
    EpochTested,
    LossReported,
    Outcome,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    TorchLoaded,
)

TOLD = (TorchLoaded, DataLoaded, RunStarted, RunPaused, RunEnded, RunResumed, Announced)


def told(events):
    """What is said from the announcement on."""
    begin = [index for index, event in enumerate(events) if isinstance(event, TorchLoaded)][1]
    return [type(event) for event in of(events[begin:], *TOLD)]


def test_a_session_without_a_run_announces_torch_and_the_data(tiny_root):
    assert told(serve(tiny_root, LoadData(DROPOUT.data_request), Announce())) == [TorchLoaded, DataLoaded, Announced]


def test_a_run_that_trains_is_announced_and_trains_on(tiny_root):
    events = serve(tiny_root, START, react=at_first(LossReported, Announce()))
    said = told(events)
    assert said[: said.index(Announced) + 1] == [TorchLoaded, DataLoaded, RunStarted, RunPaused, Announced]
    assert said[said.index(Announced) + 1] is RunResumed
    assert only(events, RunEnded).outcome is Outcome.FINISHED


def test_a_run_that_was_announced_has_the_bits_of_one_that_was_not(tiny_root):
    alone = serve(tiny_root, START, END)
    asked = serve(
        tiny_root, START, END, react=at_first(LossReported, Announce(), SetValue("momentum", 0.9), Announce())
    )
    assert end(asked) == end(alone)
    assert [event.evaluation for event in of(asked, EpochTested)] == [
        event.evaluation for event in of(alone, EpochTested)
    ]


def test_a_paused_run_is_announced_where_it_is(tiny_root):
    events = serve(tiny_root, START, Announce(), RunSteps(1), react=at_first(LossReported, Pause()))
    assert told(events)[:5] == [TorchLoaded, DataLoaded, RunStarted, RunPaused, Announced]
    steps = [event.step for event in of(events, RunPaused)]
    assert steps[0] == steps[1] == steps[2] - 1


def test_a_run_that_was_rewound_is_announced_with_its_recording(tiny_root):
    events = serve(tiny_root, START, Travel(3), Announce())
    assert of(events, RunStarted)[-1].recording is not None
    assert of(events, RunPaused)[-1].step == 3


@pytest.mark.parametrize(("command", "outcome"), [(None, Outcome.FINISHED), (Stop(), Outcome.STOPPED)])
def test_how_a_run_ended_is_announced(tiny_root, command, outcome):
    react = at_first(LossReported, *([] if command is None else [command]))
    events = serve(tiny_root, START, Announce(), react=react)
    assert told(events) == [TorchLoaded, DataLoaded, RunStarted, RunPaused, RunEnded, Announced]
    assert of(events, RunEnded)[-1].outcome is outcome
    assert of(events, RunEnded)[-1].has_weights


def test_a_run_that_goes_on_after_its_end_is_announced_as_paused(tiny_root):
    events = serve(tiny_root, START, Travel(3), RunSteps(1), Announce())
    assert told(events) == [TorchLoaded, DataLoaded, RunStarted, RunPaused, Announced]
