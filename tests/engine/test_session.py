from pathlib import Path

import pytest
import torch

from workbench.engine import datasets
from workbench.engine.commands import (
    AddEpochs,
    CaptureWeights,
    Close,
    EvaluateWeights,
    LoadData,
    SetValue,
    StartRun,
    Stop,
)
from workbench.engine.events import (
    DataFailed,
    DataLoaded,
    LossReported,
    Outcome,
    RunEnded,
    RunStarted,
    TorchLoaded,
    ValueChanged,
    WeightsCaptured,
    WeightsEvaluated,
    WeightsRefused,
)
from workbench.engine.inbox import Inbox
from workbench.engine.problems import DataUnavailable
from workbench.engine.recipe import Recipe
from workbench.engine.session import Session
from workbench.engine.weights import save_weights, weights_sha256

RECIPE = Recipe(values={"epochs": 1})


class Patient(Inbox):
    """Hands out a list of commands one by one, each when the one before is done, and then a Close."""

    def __init__(self, commands):
        super().__init__()
        self._left = [*commands, Close()]

    def wait(self):
        return self._left.pop(0)


def serve(root, *commands, react=lambda _: ()):
    """All events of a session that is given `commands`; `react` may answer an event by further ones."""
    inbox, events = Patient(commands), []

    def tell(event):
        events.append(event)
        for command in react(event):
            inbox.put(command)

    Session(inbox, root, tell).run()
    return events


def only(events, kind):
    (event,) = (event for event in events if isinstance(event, kind))
    return event


def test_that_torch_is_announced_first(tiny_root):
    event = serve(tiny_root)[0]
    assert isinstance(event, TorchLoaded)
    assert event.parameter_counts["mlp"] == 669_706
    assert event.version == torch.__version__


def test_that_data_is_told_of_with_samples_of_each_class(tiny_root):
    event = only(serve(tiny_root, LoadData("fashion-mnist")), DataLoaded)
    assert (event.train_count, event.test_count, event.instead_of) == (640, 160, None)
    assert event.samples.shape[0] == len(event.class_names) == 10
    assert event.samples.any()


def test_that_a_run_trains_and_its_weights_can_be_captured_afterwards(tiny_root):
    target = Path("weights.pt")
    events = serve(tiny_root, StartRun(RECIPE, dataset_chosen=True), CaptureWeights(target))
    assert only(events, RunEnded) == RunEnded(Outcome.FINISHED, 10)
    captured = only(events, WeightsCaptured)
    assert (captured.target, captured.step) == (target, 10)


def test_that_two_runs_of_one_recipe_give_the_same_weights(tiny_root):
    start, capture = StartRun(RECIPE, dataset_chosen=True), CaptureWeights(Path("weights.pt"))
    events = serve(tiny_root, start, capture, start, capture)
    one, other = (event.weights for event in events if isinstance(event, WeightsCaptured))
    assert weights_sha256(one) == weights_sha256(other)


def test_that_nothing_is_captured_before_there_are_weights(tiny_root):
    events = serve(tiny_root, CaptureWeights(Path("weights.pt")))
    assert not any(isinstance(event, WeightsCaptured) for event in events)


def test_that_commands_for_a_run_that_is_over_are_passed_over(tiny_root):
    events = serve(tiny_root, Stop(), SetValue("learning_rate", 0.1), StartRun(RECIPE, dataset_chosen=True))
    assert only(events, RunEnded).outcome is Outcome.FINISHED


def test_that_missing_data_chosen_by_a_person_is_a_problem_and_never_swapped(tmp_path, monkeypatch):
    def unavailable(*_):
        raise DataUnavailable("no network")

    monkeypatch.setattr(datasets, "load_dataset", unavailable)
    events = serve(tmp_path, StartRun(RECIPE, dataset_chosen=True))
    assert str(only(events, DataFailed).problem) == "no network"
    assert only(events, RunEnded).outcome is Outcome.STOPPED
    assert not any(isinstance(event, DataLoaded) for event in events)


def test_that_the_default_is_replaced_where_it_cannot_be_had_and_says_so(tmp_path, tiny_data, monkeypatch):
    reason = DataUnavailable("no network")
    stand_in = datasets.ImageData(
        "garments",
        tiny_data.class_names,
        tiny_data.train_images,
        tiny_data.train_labels,
        tiny_data.test_images,
        tiny_data.test_labels,
    )
    monkeypatch.setattr(datasets, "load_default", lambda *_: (stand_in, reason))
    events = serve(tmp_path, StartRun(RECIPE, dataset_chosen=False))
    loaded = only(events, DataLoaded)
    assert (loaded.name, loaded.instead_of) == ("garments", reason)
    assert only(events, RunStarted).recipe.dataset == "garments"


def test_that_a_stop_while_data_is_loading_cancels_without_a_complaint(tmp_path, monkeypatch):
    def slow(_name, _root, progress):
        for done in range(1000):
            progress("Downloading", done, 1000)
        raise AssertionError("not cancelled")

    monkeypatch.setattr(datasets, "load_dataset", slow)
    stopped = []

    def react(event):
        if not isinstance(event, TorchLoaded | DataFailed | RunEnded) and not stopped:
            stopped.append(True)
            return [Stop()]
        return []

    events = serve(tmp_path, StartRun(RECIPE, dataset_chosen=True), react=react)
    assert only(events, DataFailed).problem is None
    assert only(events, RunEnded).outcome is Outcome.STOPPED


def test_that_a_defect_inside_training_is_told_keeps_the_weights_and_leaves_the_session_usable(tiny_root, monkeypatch):
    from workbench.engine import stepper as module

    real, calls = module.train_loop, []

    def broken(*arguments, **options):
        for trained in real(*arguments, **options):
            calls.append(trained)
            if len(calls) == 4:
                raise RuntimeError("a defect")
            yield trained

    monkeypatch.setattr(module, "train_loop", broken)
    start = StartRun(RECIPE, dataset_chosen=True)
    events = serve(tiny_root, start, CaptureWeights(Path("weights.pt")), start)
    failed, finished = (event for event in events if isinstance(event, RunEnded))
    assert failed.outcome is Outcome.FAILED
    assert "a defect" in str(failed.problem)
    assert "Traceback" in failed.details
    assert failed.has_weights
    assert only(events, WeightsCaptured).step == 3
    assert finished.outcome is Outcome.FINISHED


def test_that_closing_ends_a_run_after_its_batch(tiny_root):
    def react(event):
        return [Close()] if isinstance(event, LossReported) else []

    events = serve(tiny_root, StartRun(RECIPE, dataset_chosen=True), react=react)
    assert only(events, RunEnded) == RunEnded(Outcome.STOPPED, 1)


@pytest.fixture
def trained_file(tiny_root, tmp_path):
    events = serve(tiny_root, StartRun(RECIPE, dataset_chosen=True), CaptureWeights(tmp_path / "weights.pt"))
    captured = only(events, WeightsCaptured)
    save_weights(captured.weights, captured.target)
    return captured.target


def test_that_weights_loaded_while_idle_are_tested_and_become_those_in_hand(tiny_root, trained_file):
    target = Path("copy.pt")
    events = serve(tiny_root, LoadData("fashion-mnist"), EvaluateWeights(trained_file, RECIPE), CaptureWeights(target))
    assert only(events, WeightsEvaluated).kept
    assert 0 <= only(events, WeightsEvaluated).accuracy <= 1
    saved = torch.load(trained_file, weights_only=True)
    assert weights_sha256(only(events, WeightsCaptured).weights) == weights_sha256(saved)


def test_that_a_broken_file_is_refused_and_the_weights_in_hand_stay(tiny_root, tmp_path):
    broken = tmp_path / "broken.pt"
    broken.write_bytes(b"no weights at all")
    start, capture = StartRun(RECIPE, dataset_chosen=True), CaptureWeights(Path("weights.pt"))
    events = serve(tiny_root, start, capture, EvaluateWeights(broken, RECIPE), capture)
    assert "broken.pt" in str(only(events, WeightsRefused).problem)
    one, other = (event.weights for event in events if isinstance(event, WeightsCaptured))
    assert weights_sha256(one) == weights_sha256(other)


def test_that_what_is_set_for_a_run_that_has_ended_counts_when_it_goes_on(tiny_root):
    begin, more = StartRun(RECIPE, dataset_chosen=True), AddEpochs(1)
    events = serve(tiny_root, begin, SetValue("momentum", 0.5), SetValue("momentum", 0.9), more)
    changes = [event.change for event in events if isinstance(event, ValueChanged)]
    assert [(change.step, change.name, change.new) for change in changes] == [(10, "momentum", 0.9), (10, "epochs", 2)]


def test_that_what_was_set_for_one_run_does_not_reach_the_next(tiny_root):
    begin, more = StartRun(RECIPE, dataset_chosen=True), AddEpochs(1)
    events = serve(tiny_root, begin, SetValue("momentum", 0.5), begin, more)
    assert [event.change.name for event in events if isinstance(event, ValueChanged)] == ["epochs"]
