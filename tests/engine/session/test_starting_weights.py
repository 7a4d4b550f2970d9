"""A session starts runs from the weights of a file, keeps these in the store, and refuses what does not fit."""

import pickle
import shutil
from contextlib import closing

import pytest
import torch

from tests.engine.session.sessions import at_first, end, of, only, only_problem, serve, summaries
from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.datasets import load_dataset
from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.models.weights import save_weights, weights_sha256
from workbench.engine.protocol.commands import (
    CaptureWeights,
    CheckInitialWeights,
    DescribeNetwork,
    LoadData,
    OpenRun,
    Resume,
    RunExperiment,
    RunSteps,
    StartRun,
    Stop,
    Travel,
    VerifyRun,
)
from workbench.engine.protocol.events import (
    ExperimentEnded,
    ExperimentProgressed,
    InitialWeightsChecked,
    LossReported,
    OpenFailed,
    Outcome,
    RunEnded,
    RunPaused,
    RunStarted,
    RunVerified,
    TravelFailed,
    Travelled,
    WeightsCaptured,
)
from workbench.engine.protocol.experiments.range_test import RangeTest
from workbench.engine.recipe import Recipe
from workbench.engine.store import process_locks
from workbench.engine.store.initial_weights_files import kept, kept_file
from workbench.engine.store.run_store import RunStore
from workbench.engine.training.trainer import Trainer


@pytest.fixture
def store(tmp_path):
    yield tmp_path / "runs"
    process_locks.release_process_lock(tmp_path / "runs")


@pytest.fixture
def start(tiny_root, tmp_path):
    """A file of weights that a run has trained."""
    trainer = Trainer(Recipe(values={"epochs": 1}), load_dataset("fashion-mnist", tiny_root, lambda *_: None))
    list(trainer.run())
    save_weights(trainer.weights, path := tmp_path / "start.pt")
    return path


def recipe_from(path, **values):
    return Recipe(values={"epochs": 2, "learning_rate": 0.02, **values}, initial_weights=InitialWeights(str(path)))


def begin(path, **values):
    return StartRun(recipe_from(path, **values), dataset_chosen=True)


def captures(events):
    return [weights_sha256(event.weights) for event in of(events, WeightsCaptured)]


END = CaptureWeights(None)


def test_that_the_run_goes_back_to_its_first_weights_and_on_after_the_file_has_gone(tiny_root, store, start):
    sha256 = weights_sha256(torch.load(start, weights_only=True))
    (straight,) = captures(serve(tiny_root, begin(start), END))

    def react(event):
        if isinstance(event, RunStarted):
            start.unlink()
        return ()

    events = serve(tiny_root, begin(start), Travel(0), END, Travel(20), Resume(), END, react=react, store=store)
    assert not start.exists()
    assert only(events, RunStarted).recipe.initial_weights == InitialWeights(str(start), sha256)
    assert captures(events) == [sha256, straight]
    # Another process opens it: its store has the weights.
    (summary,) = summaries(store)
    events = serve(tiny_root, OpenRun(summary.identity.id, 0), END, Resume(), END, store=store)
    assert captures(events) == [sha256, straight]


def test_that_a_run_of_the_store_is_opened_without_its_weights_where_a_snapshot_is(tiny_root, store, start):
    (straight,) = captures(serve(tiny_root, begin(start), END))
    react = at_first(LossReported, RunSteps(13))
    serve(tiny_root, begin(start), Stop(), react=react, store=store)
    (summary,) = summaries(store)
    for digest in kept(store):
        kept_file(store, digest).unlink()
    start.unlink()
    events = serve(tiny_root, OpenRun(summary.identity.id, None), Travel(2), Resume(), END, store=store)
    assert f"start.pt, SHA-256 {summary.recipe.initial_weights.sha256[:12]}…" in only_problem(events, TravelFailed)
    assert (of(events, RunPaused)[0].step, end(events)) == (summary.steps, straight)


@pytest.mark.parametrize("kind", ["another network", "no weights", "code", "nothing"])
def test_that_a_file_that_does_not_fit_is_refused_and_the_current_run_stays(tiny_root, store, start, kind):
    path = start.with_name("bad.pt")
    match kind:
        case "another network":
            torch.save({key: value[:1] for key, value in torch.load(start, weights_only=True).items()}, path)
        case "no weights":
            path.write_bytes(b"PK\x03\x04 and so on")
        case "code":
            path.write_bytes(pickle.dumps(print))
    react = at_first(LossReported, RunSteps(4))
    events = serve(tiny_root, begin(start), END, begin(path), END, Resume(), react=react, store=store)
    failed = of(events, RunEnded)[0]
    assert (failed.outcome, "bad.pt" in str(failed.problem)) == (Outcome.FAILED, True)
    first, second = captures(events)
    assert first == second, "the paused run is as it was"
    (summary,) = summaries(store)
    assert summary.steps == 20
    if kind == "another network":
        assert "linear_relu_stack.0.weight has the shape (1, 784), here it is (512, 784)" in str(failed.problem)


def test_that_a_check_says_the_digest_or_why_the_weights_do_not_fit(tiny_root, start):
    def asked(model, path, sha256=None):
        spec = Recipe().spec
        return CheckInitialWeights(InitialWeights(str(path), sha256), DescribeNetwork(model, Recipe().values, spec))

    fits, other, gone = asked("mlp", start), asked("cnn", start), asked("mlp", "/gone.pt", "ab" * 32)
    answers = of(serve(tiny_root, fits, other, gone), InitialWeightsChecked)
    assert [each.asked for each in answers] == [fits, other, gone]
    assert answers[0].sha256 == weights_sha256(torch.load(start, weights_only=True))
    assert answers[0].problem is None
    assert "in place of conv1.weight" in str(answers[1].problem)
    assert "are not at /gone.pt" in str(answers[2].problem)


def verify(summary, history):
    return VerifyRun("a.run", summary.recipe, summary.identity, history, None, dict(summary.environment))


def test_that_a_run_file_is_trained_again_with_the_weights_that_the_user_names(tiny_root, tmp_path, store, start):
    serve(tiny_root, begin(start, epochs=1), store=store)
    (summary,) = summaries(store)
    with closing(RunStore(store)) as opened:
        history = opened.history(summary.identity.id)
    again = verify(summary, history)
    assert only(serve(tiny_root, again, store=store), RunVerified).differs_at is None, "from the store"
    moved = start.rename(tmp_path / "moved.pt")
    events = serve(tiny_root, LoadData(DataRequest("fashion-mnist")), again)
    assert "start.pt, SHA-256" in only_problem(events, OpenFailed)
    assert of(events, RunStarted) == []
    # Also where the network that is chosen at the moment is another one.
    network = DescribeNetwork("cnn", Recipe(model="cnn").values, summary.recipe.spec)
    found = CheckInitialWeights(InitialWeights(str(moved)), network)
    assert only(serve(tiny_root, found, again), RunVerified).differs_at is None


def test_that_an_experiment_on_a_new_network_starts_from_them(tiny_root, start):
    def first_loss(recipe):
        react = at_first(ExperimentProgressed, Stop())
        events = serve(tiny_root, RunExperiment(RangeTest(), recipe), react=react)
        return only(events, ExperimentEnded).finding.sweeps[0].losses[0]

    trained, fresh = first_loss(recipe_from(start)), first_loss(Recipe(values={"epochs": 2, "learning_rate": 0.02}))
    assert trained < fresh


def test_that_the_store_keeps_weights_once_as_long_as_a_run_needs_them(tiny_root, store, start):
    for seed in (0, 1):
        serve(tiny_root, begin(start, epochs=1, seed=seed), store=store)
    assert len(kept(store)) == 1
    with closing(RunStore(store)) as opened:
        first, second = (summary.identity.id for summary in opened.summaries())
        opened.delete([first])
        opened.purge()
        assert len(kept(store)) == 1
        opened.delete([second])
        assert len(kept(store)) == 1, "it can be restored"
        opened.purge()
        assert kept(store) == []


def test_that_a_run_without_weights_and_snapshots_is_not_opened_with_others(tiny_root, store, start):
    serve(tiny_root, begin(start, epochs=1), store=store)
    (summary,) = summaries(store)
    shutil.rmtree(store / "initial_weights")
    shutil.rmtree(store / "snapshots")
    start.unlink()
    events = serve(tiny_root, OpenRun(summary.identity.id, None), store=store)
    assert "can only be reached from the start of this run" in only_problem(events, OpenFailed)


def test_that_a_misfit_names_the_file_that_the_user_knows(tiny_root, store, start):
    serve(tiny_root, begin(start, epochs=1), store=store)
    weights = summaries(store)[0].recipe.initial_weights
    start.unlink()
    network = DescribeNetwork("cnn", Recipe(model="cnn").values, Recipe().spec)
    (answer,) = of(serve(tiny_root, CheckInitialWeights(weights, network), store=store), InitialWeightsChecked)
    assert str(answer.problem).startswith(f"{start} belongs to another network")


def test_that_a_branch_of_a_run_starts_from_the_same_weights(tiny_root, store, start):
    react = at_first(Travelled, RunSteps(2))
    serve(tiny_root, begin(start), Travel(3, leave_recording=True), react=react, store=store)
    start.unlink()
    branch = max(summaries(store), key=lambda summary: summary.number)
    assert branch.identity.parent_step == 3
    (sha256,) = captures(serve(tiny_root, OpenRun(branch.identity.id, 0), END, store=store))
    assert sha256 == branch.recipe.initial_weights.sha256
