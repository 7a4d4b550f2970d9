from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.conftest import write_fashion_mnist
from tests.engine.models.own_networks import NORMALIZED, forward_of, network
from tests.engine.session.sessions import END, START, at_first, end, kinds, of, only, serve, summaries
from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
from workbench.engine.config.tasks import Task
from workbench.engine.data import datasets
from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.errors import DatasetUnavailableError
from workbench.engine.history.records import Change
from workbench.engine.models import trusted_code
from workbench.engine.models.weights import save_weights, weights_sha256
from workbench.engine.models.weights_reading import load_and_convert
from workbench.engine.protocol.commands import (
    AddEpochs,
    Annotate,
    CaptureCheckpoint,
    CaptureWeights,
    Close,
    DescribeNetwork,
    DiscardRun,
    EvaluateWeights,
    LoadData,
    Pause,
    Resume,
    RunEpoch,
    RunSteps,
    SetSnapshotBudget,
    SetValue,
    StartRun,
    Stop,
    Travel,
)
from workbench.engine.protocol.events import (
    DataFailed,
    DataLoaded,
    DataProgressed,
    EntryAnnotated,
    EpochTested,
    LossReported,
    NetworkDescribed,
    Outcome,
    RequestFailed,
    RunDiscarded,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    TorchLoaded,
    TravelFailed,
    Travelled,
    ValueChanged,
    WeightsCaptured,
    WeightsEvaluated,
    WeightsRefused,
)
from workbench.engine.recipe import Recipe
from workbench.engine.store import process_locks

RECIPE = Recipe(values={"epochs": 1})


def test_that_torch_is_announced_first(tiny_root):
    event = serve(tiny_root)[0]
    assert isinstance(event, TorchLoaded)
    assert event.version == torch.__version__


def test_that_the_parameters_of_a_network_are_counted_for_the_data_at_hand(tiny_root):
    spec = DataSpec(Task.REGRESSION, (3,), (), ("y",))
    wanted = [DescribeNetwork("mlp", {}, FASHION_MNIST_SPEC), DescribeNetwork("mlp", {}, spec)]
    counts = [event.count for event in serve(tiny_root, *wanted) if isinstance(event, NetworkDescribed)]
    assert counts == [669_706, 4 * 512 + 513 * 512 + 513]


def test_that_the_parameters_of_a_network_that_does_not_fit_are_not_known(tiny_root):
    spec = DataSpec(Task.REGRESSION, (3,), (), ("y",))
    event = only(serve(tiny_root, DescribeNetwork("cnn", {}, spec)), NetworkDescribed)
    assert event.count is None


def test_that_the_layers_of_a_network_are_described(tiny_root):
    event = only(serve(tiny_root, DescribeNetwork("mlp", {}, FASHION_MNIST_SPEC)), NetworkDescribed)
    assert [(layer.kind, layer.shape, layer.parameters) for layer in event.layers] == [
        ("Flatten", (784,), 0),
        ("Linear", (512,), 401_920),
        ("ReLU", (512,), 0),
        ("Linear", (512,), 262_656),
        ("ReLU", (512,), 0),
        ("Linear", (10,), 5_130),
    ]


def test_that_a_network_of_the_users_own_is_not_described_before_it_is_allowed(tiny_root, monkeypatch):
    monkeypatch.setattr(trusted_code, "_session", set())
    for trusted, count in ((False, None), (True, 9586)):
        made = network(NORMALIZED, trusted=trusted)
        event = only(serve(tiny_root, DescribeNetwork("own", {}, FASHION_MNIST_SPEC, made)), NetworkDescribed)
        assert event.count == count
        assert (event.problem is None) is trusted


def test_that_outputs_that_do_not_fit_the_data_are_said_at_once(tiny_root):
    made = network(forward_of("outputs = outputs[:, :3]"))
    event = only(serve(tiny_root, DescribeNetwork("own", {}, FASHION_MNIST_SPEC, made)), NetworkDescribed)
    assert "the data need (2, 10)" in str(event.problem)


def test_that_loaded_data_is_announced_with_samples_of_each_class(tiny_root):
    event = only(serve(tiny_root, LoadData(DataRequest("fashion-mnist"))), DataLoaded)
    assert (event.train_count, event.test_count, event.instead_of) == (640, 160, None)
    assert event.samples.shape[0] == len(event.spec.class_names) == 10
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


def test_that_commands_for_a_run_that_is_over_are_ignored(tiny_root):
    events = serve(tiny_root, Stop(), SetValue("learning_rate", 0.1), StartRun(RECIPE, dataset_chosen=True))
    assert only(events, RunEnded).outcome is Outcome.FINISHED


def test_that_missing_data_chosen_by_the_user_is_an_error_and_never_replaced(tmp_path, monkeypatch):
    def unavailable(*_):
        raise DatasetUnavailableError("no network")

    monkeypatch.setattr(datasets, "load_dataset", unavailable)
    events = serve(tmp_path, StartRun(RECIPE, dataset_chosen=True))
    assert str(only(events, DataFailed).problem) == "no network"
    assert only(events, RunEnded).outcome is Outcome.STOPPED
    assert not any(isinstance(event, DataLoaded) for event in events)


def test_that_the_default_is_replaced_where_it_cannot_be_had_and_says_so(tmp_path, tiny_data, monkeypatch):
    reason = DatasetUnavailableError("no network")
    stand_in = replace(tiny_data, name="fashion-mnist-mini")
    monkeypatch.setattr(datasets, "load_default", lambda *_: (stand_in, reason))
    events = serve(tmp_path, StartRun(RECIPE, dataset_chosen=False))
    loaded = only(events, DataLoaded)
    assert (loaded.name, loaded.instead_of) == ("fashion-mnist-mini", reason)
    assert only(events, RunStarted).recipe.dataset == "fashion-mnist-mini"


def test_that_a_stop_while_data_is_loading_cancels_without_an_error(tmp_path, monkeypatch):
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


def test_that_a_stop_after_a_train_that_waits_for_the_data_is_for_that_run(tiny_root):
    commands = at_first(DataProgressed, StartRun(RECIPE, dataset_chosen=True), Stop())
    events = serve(
        tiny_root, LoadData(DataRequest("fashion-mnist")), StartRun(RECIPE, dataset_chosen=True), react=commands
    )
    assert only(events, DataFailed).problem is None
    assert [event.outcome for event in of(events, RunEnded)] == [Outcome.STOPPED, Outcome.FINISHED]
    assert len(of(events, RunStarted)) == 1


def test_that_a_defect_in_training_is_reported_and_weights_and_session_stay_usable(tiny_root, monkeypatch):
    from workbench.engine.training import stepper as module

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


def test_that_weights_loaded_while_idle_are_tested_and_kept(tiny_root, trained_file):
    target = Path("copy.pt")
    events = serve(
        tiny_root, LoadData(DataRequest("fashion-mnist")), EvaluateWeights(trained_file, RECIPE), CaptureWeights(target)
    )
    assert only(events, WeightsEvaluated).kept
    assert only(events, WeightsEvaluated).converted is None
    assert 0 <= only(events, WeightsEvaluated).metric <= 1
    saved = torch.load(trained_file, weights_only=True)
    assert weights_sha256(only(events, WeightsCaptured).weights) == weights_sha256(saved)


def test_that_a_broken_file_is_refused_and_the_current_weights_stay(tiny_root, tmp_path):
    broken = tmp_path / "broken.pt"
    broken.write_bytes(b"no weights at all")
    start, capture = StartRun(RECIPE, dataset_chosen=True), CaptureWeights(Path("weights.pt"))
    events = serve(tiny_root, start, capture, EvaluateWeights(broken, RECIPE), capture)
    assert "broken.pt" in str(only(events, WeightsRefused).problem)
    one, other = (event.weights for event in events if isinstance(event, WeightsCaptured))
    assert weights_sha256(one) == weights_sha256(other)


def test_that_weights_in_another_precision_are_tested_and_it_is_said_that_they_were_converted(tiny_root, trained_file):
    half = {key: tensor.half() for key, tensor in torch.load(trained_file, weights_only=True).items()}
    torch.save(half, trained_file)
    events = serve(tiny_root, LoadData("fashion-mnist"), EvaluateWeights(trained_file, RECIPE))
    assert only(events, WeightsEvaluated).converted == ("float16", "float32")


@pytest.mark.parametrize("paused", [True, False])
def test_that_an_unforeseen_error_while_weights_are_tested_is_a_sentence_and_the_run_goes_on(
    tiny_root, trained_file, monkeypatch, paused
):
    def fail(*_):
        raise RuntimeError("not what it seems")

    monkeypatch.setattr("workbench.engine.training.evaluation.load_and_convert", fail)
    react = at_first(LossReported, Pause()) if paused else lambda _: ()
    start, target = StartRun(RECIPE, dataset_chosen=True), CaptureWeights(Path("weights.pt"))
    events = serve(tiny_root, start, EvaluateWeights(trained_file, RECIPE), Resume(), target, react=react)
    assert "not what it seems" in str(only(events, WeightsRefused).problem)
    assert "Traceback" in only(events, WeightsRefused).details
    assert not [event for event in events if isinstance(event, RunEnded) and event.outcome is Outcome.FAILED]
    assert only(events, WeightsCaptured)


def test_that_the_weights_that_were_tested_are_those_that_are_kept_also_if_the_file_changes(
    tiny_root, trained_file, monkeypatch
):
    tested = torch.load(trained_file, weights_only=True)
    read = []

    def load(path, model):
        read.append(path)
        return load_and_convert(path, model)

    monkeypatch.setattr("workbench.engine.training.evaluation.load_and_convert", load)
    target = CaptureWeights(Path("weights.pt"))
    events = serve(tiny_root, LoadData(DataRequest("fashion-mnist")), EvaluateWeights(trained_file, RECIPE), target)
    assert read == [trained_file]
    assert weights_sha256(only(events, WeightsCaptured).weights) == weights_sha256(tested)


def test_that_an_error_in_a_request_is_reported_and_the_next_request_is_served(tiny_root, monkeypatch):
    def fail(*_):
        raise RuntimeError("not what it seems")

    monkeypatch.setattr(SnapshotCache, "budget", property(fail, fail))
    events = serve(tiny_root, SetSnapshotBudget(1), LoadData(DataRequest("fashion-mnist")))
    failed = only(events, RequestFailed)
    assert "not what it seems" in str(failed.problem)
    assert "Traceback" in failed.details
    assert only(events, DataLoaded)


def test_that_a_value_set_after_the_end_of_a_run_is_used_when_it_goes_on(tiny_root):
    begin, more = StartRun(RECIPE, dataset_chosen=True), AddEpochs(1)
    events = serve(tiny_root, begin, SetValue("momentum", 0.5), SetValue("momentum", 0.9), more)
    changes = [event.change for event in events if isinstance(event, ValueChanged)]
    assert [(change.step, change.name, change.new) for change in changes] == [(10, "momentum", 0.9), (10, "epochs", 2)]


def test_that_a_value_set_for_one_run_is_not_used_in_the_next(tiny_root):
    begin, more = StartRun(RECIPE, dataset_chosen=True), AddEpochs(1)
    events = serve(tiny_root, begin, SetValue("momentum", 0.5), begin, more)
    assert [event.change.name for event in events if isinstance(event, ValueChanged)] == ["epochs"]


# Pausing, stepping, travelling


@pytest.fixture(scope="module")
def straight(tmp_path_factory):
    """The hash of the final weights of an undisturbed run."""
    return end(serve(write_fashion_mnist(tmp_path_factory.mktemp("data")), START, END))


@pytest.fixture
def store(tmp_path):
    yield tmp_path / "runs"
    process_locks.release_process_lock(tmp_path / "runs")


def test_that_a_run_is_paused_stepped_and_resumed(tiny_root, straight):
    react = at_first(LossReported, Pause())
    events = serve(tiny_root, START, RunSteps(3), RunEpoch(), Resume(), END, react=react)
    assert of(events, RunPaused, RunResumed, RunEnded) == [
        RunPaused(1),
        RunResumed(1),
        RunPaused(4),
        RunResumed(4),
        RunPaused(10),
        RunResumed(10),
        RunEnded(Outcome.FINISHED, 20),
    ]
    assert end(events) == straight


def test_that_a_paused_run_can_be_stopped_and_resumed(tiny_root, straight):
    events = serve(tiny_root, START, Stop(), Stop(), Resume(), END, react=at_first(LossReported, Pause()))
    assert of(events, RunPaused, RunEnded) == [
        RunPaused(1),
        RunEnded(Outcome.STOPPED, 1),
        RunEnded(Outcome.FINISHED, 20),
    ]
    assert end(events) == straight


def test_that_a_value_set_while_paused_is_used_and_one_set_after_the_end_when_the_run_goes_on(tiny_root):
    change = SetValue("learning_rate", 0.5)
    events = serve(tiny_root, START, change, Resume(), react=at_first(LossReported, Pause()))
    assert only(events, ValueChanged).change == Change(1, "learning_rate", 0.001, 0.5)
    events = serve(tiny_root, START, change, AddEpochs(1))
    assert [event.change for event in of(events, ValueChanged)] == [
        Change(20, "learning_rate", 0.001, 0.5),
        Change(20, "epochs", 2, 3),
    ]
    assert events.index(only(events, RunResumed)) > events.index(of(events, ValueChanged)[1])


def test_that_a_note_is_taken_while_a_run_trains_pauses_and_after_its_end(tiny_root):
    change = Change(1, "learning_rate", 0.001, 0.5)
    notes = [Annotate(change, f"note {index}") for index in range(3)]

    def react(event):
        if isinstance(event, ValueChanged):
            return [notes[1]]
        return [SetValue("learning_rate", 0.5)] if isinstance(event, LossReported) and event.current == 64 else []

    events = serve(tiny_root, START, notes[0], notes[2], react=react)
    assert [event.entry.note for event in of(events, EntryAnnotated)] == ["note 1", "note 0", "note 2"]
    assert not of(events, RequestFailed)


def test_that_a_travel_while_training_pauses_the_run_first(tiny_root):
    events = serve(tiny_root, START, RunSteps(2), react=at_first(EpochTested, Travel(4)))
    assert kinds(events) == [RunPaused, Travelled, RunResumed, RunPaused]
    travelled = only(events, Travelled)
    assert (travelled.step, travelled.origin) == (4, 10)
    assert of(events, RunPaused)[-1] == RunPaused(6)


def test_that_a_stop_during_a_travel_ends_the_travel_and_not_the_run(tiny_root, straight):
    events = serve(tiny_root, START, Resume(), END, react=at_first(RunEnded, Travel(4), Stop()))
    assert "cancelled" in str(only(events, TravelFailed).problem)
    assert end(events) == straight
    assert of(events, RunEnded) == [RunEnded(Outcome.FINISHED, 20)] * 2


def test_that_a_run_that_could_not_travel_is_paused_and_can_be_stopped(tiny_root):
    events = serve(tiny_root, START, Travel(999), Stop())
    assert [type(event) for event in of(events, TravelFailed, RunEnded)] == [RunEnded, TravelFailed, RunEnded]
    assert of(events, RunEnded)[-1].outcome is Outcome.STOPPED


@pytest.mark.parametrize("paused", [True, False])
def test_that_an_error_while_the_state_of_a_run_is_copied_is_reported_and_the_run_goes_on(
    tiny_root, monkeypatch, straight, paused
):
    from workbench.engine.training.trainer_state import TrainerState

    def fail(_):
        raise MemoryError("no memory for a copy")

    monkeypatch.setattr(TrainerState, "checkpoint", fail)
    capture = CaptureCheckpoint(Path("run.ckpt"))
    react = at_first(LossReported, *([Pause()] if paused else []), capture)
    events = serve(tiny_root, START, Resume(), END, react=react)
    failed = only(events, RequestFailed)
    assert "no memory for a copy" in str(failed.problem)
    assert "Traceback" in failed.details
    assert RunEnded(Outcome.FINISHED, 20) in events
    assert end(events) == straight


def test_that_an_error_on_the_way_to_another_step_leaves_the_run_paused_where_it_was(tiny_root, monkeypatch, straight):
    def fail(*_):
        raise RuntimeError("a defect")

    monkeypatch.setattr("workbench.engine.training.replay.sync_epoch_counters", fail)
    events = serve(tiny_root, START, Travel(0), Resume(), END, react=at_first(LossReported, Pause()))
    failed = only(events, TravelFailed)
    assert "a defect" in str(failed.problem)
    assert "Traceback" in failed.details
    assert of(events, RunEnded) == [RunEnded(Outcome.FINISHED, 20)]
    assert end(events) == straight


def test_that_a_run_that_has_travelled_back_repeats_itself(tiny_root, straight):
    events = serve(tiny_root, START, Travel(4), Resume(), END)
    assert kinds(events) == [RunEnded, Travelled, RunResumed, RunEnded]
    assert end(events) == straight


@pytest.mark.parametrize("paused", [True, False])
def test_that_testing_weights_does_not_disturb_a_paused_or_ended_run(tiny_root, trained_file, straight, paused):
    react = at_first(LossReported, Pause()) if paused else lambda _: ()
    evaluate = EvaluateWeights(trained_file, RECIPE)
    if paused:
        events = serve(tiny_root, START, evaluate, Resume(), END, react=react)
        assert only(events, WeightsEvaluated).kept is False
        assert end(events) == straight
    else:
        events = serve(tiny_root, START, evaluate, AddEpochs(1), END)
        undisturbed = serve(tiny_root, START, AddEpochs(1), END)
        assert only(events, WeightsEvaluated).kept is True
        assert end(events) == end(undisturbed)


def test_that_fewer_snapshots_do_not_change_the_result(tiny_root, straight):
    react = at_first(LossReported, SetSnapshotBudget(1))
    events = serve(tiny_root, START, SetSnapshotBudget(0), Travel(7), Travel(13), Resume(), END, react=react)
    assert [event.step for event in of(events, Travelled)] == [7, 13]
    assert end(events) == straight


def test_that_a_run_that_is_discarded_is_gone_with_its_weights(tiny_root):
    events = serve(tiny_root, START, DiscardRun(), Resume(), Stop(), Travel(3), END)
    assert only(events, RunDiscarded).run == only(events, RunStarted).run
    assert of(events, WeightsCaptured) == []
    assert kinds(events) == [RunEnded]


def test_that_a_run_is_discarded_while_it_trains(tiny_root, store):
    events = serve(tiny_root, START, react=at_first(LossReported, DiscardRun()), store=store)
    assert kinds(events) == [RunPaused]
    assert only(events, RunDiscarded)
    assert summaries(store) == []


def test_that_a_run_that_cannot_start_leaves_the_current_one(tiny_root, straight):
    nowhere = StartRun(Recipe(values={"epochs": 1}, device="cuda:99"), dataset_chosen=True)
    events = serve(tiny_root, START, Travel(4), nowhere, Resume(), END)
    assert [event.outcome for event in of(events, RunEnded)] == [Outcome.FINISHED, Outcome.FAILED, Outcome.FINISHED]
    assert "cuda:99" in str(of(events, RunEnded)[1].problem)
    assert end(events) == straight
