"""A run is only trained on with the images it began with, whatever their data set is called."""

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import write_fashion_mnist
from tests.engine.session.sessions import END, START, end, of, only, only_problem, serve, summaries
from workbench.engine.checkpoints.checkpoint import save_checkpoint, snapshot_to_bytes
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.data.datasets import shapes_only
from workbench.engine.errors import UserError
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart
from workbench.engine.models.weights import save_weights, weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import (
    AddEpochs,
    EvaluateWeights,
    OpenCheckpoint,
    OpenRun,
    Resume,
    RunEpoch,
    RunSteps,
    Stop,
    Travel,
)
from workbench.engine.protocol.events import (
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    TravelFailed,
    Travelled,
    WeightsRefused,
)
from workbench.engine.recipe import Recipe
from workbench.engine.session.own_data import own_data
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore
from workbench.engine.training.trainer import Trainer

RECIPE = Recipe(values={"epochs": 3})
OTHER = "trained on other images"


class Trained:
    """A run of 13 steps on the tiny data: in a store, in a checkpoint, and its Trainer."""

    def __init__(self, data, folder, recipe):
        commands = CommandQueue()
        commands.put(RunSteps(13))
        self.trainer = Trainer(recipe, data, commands, is_attended=True)
        list(self.trainer.run())
        self.id = self.trainer.identity.id
        self.store = folder / "runs"
        with closing(RunStore(self.store)) as store:
            store.begin(self.trainer.identity, recipe, self.trainer.environment)
            store.write(self.id, HistoryDelta.of(self.trainer.history, 1.0))
            store.keep_snapshot(self.id, 13, snapshot_to_bytes(self.trainer.stepper.snapshot()))
            store.end(self.id, RunStatus.STOPPED)
        self.checkpoint = folder / "run.ckpt"
        save_checkpoint(self.trainer.checkpoint(), self.checkpoint)

    def opening(self, way):
        return OpenRun(self.id) if way == "run" else OpenCheckpoint(self.checkpoint)


@pytest.fixture
def run(tiny_data, tmp_path):
    return Trained(tiny_data, tmp_path, RECIPE.with_data(tiny_data))


@pytest.fixture
def older_run(tiny_data, tmp_path):
    """As a version wrote it that kept no digest of the data."""
    return Trained(tiny_data, tmp_path, RECIPE)


@pytest.fixture
def other_root(tmp_path):
    """As many images as the tiny data has, under the same name."""
    return write_fashion_mnist(tmp_path / "other", seed=1)


@pytest.fixture
def smaller_root(tmp_path):
    return write_fashion_mnist(tmp_path / "smaller", 100, 20)


@pytest.mark.parametrize("way", ["run", "checkpoint"])
@pytest.mark.parametrize("command", [Resume(), RunSteps(1), RunEpoch(), AddEpochs(1)])
@pytest.mark.parametrize("root", ["other_root", "smaller_root"])
def test_that_a_run_on_other_images_opens_says_so_and_does_not_train(run, way, command, root, request):
    events = serve(request.getfixturevalue(root), run.opening(way), command, END, store=run.store)
    problem = only(events, RunStarted).missing
    assert OTHER in str(problem)
    assert "640 + 160 samples" in str(problem)
    assert only_problem(events, TravelFailed) == str(problem)
    assert not of(events, RunResumed, RunEnded)
    assert end(events) == weights_sha256(run.trainer.weights), "its weights can be saved"
    (summary,) = summaries(run.store)
    assert (summary.steps, summary.status) == (13, RunStatus.STOPPED)


def test_that_the_sentence_names_both_data_sets_within_300_characters(run, smaller_root, tiny_data):
    problem = str(only(serve(smaller_root, run.opening("run"), store=run.store), RunStarted).missing)
    assert str(tiny_data.digest) in problem
    assert "100 + 20 samples, SHA-256 " in problem
    assert len(problem) <= 300


@pytest.mark.parametrize("way", ["run", "checkpoint"])
def test_that_a_run_goes_on_with_a_copy_of_its_images(run, way, tmp_path):
    root = write_fashion_mnist(tmp_path / "copy")
    events = serve(root, run.opening(way), RunSteps(1), store=run.store)
    assert only(events, RunStarted).missing is None
    assert [event.step for event in of(events, RunPaused)] == [13, 14]


def test_that_travel_on_other_images_reaches_a_snapshot_and_no_other_step(run, other_root):
    events = serve(other_root, run.opening("run"), Travel(5), Travel(13), store=run.store)
    assert OTHER in only_problem(events, TravelFailed)
    assert [event.step for event in of(events, Travelled)] == [13]


def test_that_weights_are_not_tested_on_other_images_while_the_run_is_open(run, other_root, tmp_path):
    save_weights(run.trainer.weights, tmp_path / "weights.pt")
    events = serve(other_root, run.opening("run"), EvaluateWeights(tmp_path / "weights.pt", RECIPE), store=run.store)
    assert OTHER in only_problem(events, WeightsRefused)


def test_that_a_new_run_can_be_trained_after_one_on_other_data(run, smaller_root):
    events = serve(smaller_root, run.opening("run"), Stop(), START, store=run.store)
    started = of(events, RunStarted)[-1]
    assert started.missing is None
    assert (started.recipe.data.train_count, started.train_count) == (100, 100)


def test_that_the_recipe_of_a_new_run_names_its_images_also_in_the_store(tiny_root, tiny_data, tmp_path):
    events = serve(tiny_root, START, store=tmp_path / "runs")
    assert only(events, RunStarted).recipe.data == tiny_data.digest
    assert [summary.recipe.data for summary in summaries(tmp_path / "runs")] == [tiny_data.digest]


# Runs of versions that kept no digest


@pytest.mark.parametrize("way", ["run", "checkpoint"])
def test_that_an_older_run_goes_on_and_its_next_checkpoint_has_the_digest(older_run, way, tiny_root, tiny_data):
    events = serve(tiny_root, older_run.opening(way), RunSteps(1), store=older_run.store)
    started = only(events, RunStarted)
    assert (started.missing, started.recipe.data) == (None, tiny_data.digest)
    assert of(events, RunPaused)[-1].step == 14


@pytest.mark.parametrize("way", ["run", "checkpoint"])
def test_that_an_older_run_does_not_go_on_with_another_number_of_images(older_run, way, smaller_root):
    events = serve(smaller_root, older_run.opening(way), RunSteps(1), store=older_run.store)
    assert "another number of training images" in str(only(events, RunStarted).missing)
    assert not of(events, RunResumed)


def test_that_a_run_that_claims_more_trained_samples_than_there_are_images_has_other_data(run, tiny_data):
    recipe, history = run.trainer.recipe, run.trainer.history
    assert own_data(recipe, history, tiny_data, sample=640) is tiny_data
    with pytest.raises(UserError, match=OTHER):
        own_data(recipe, history, tiny_data, sample=641).check_present()


@st.composite
def trainings(draw):
    """The number of images of a training, its recipe without a digest, and its history."""
    count = draw(st.integers(1, 300))
    recipe = Recipe(values={"batch_size": draw(st.integers(1, 64))})
    changes = draw(st.dictionaries(st.integers(0, 60), st.integers(1, 64), max_size=4))
    history, size, sample = History(), int(recipe["batch_size"]), 0
    steps = draw(st.integers(0, 60))
    for step in range(steps):
        if step in changes:
            history.add_change(Change(step, "batch_size", size, changes[step]))
            size = changes[step]
        if sample == 0:
            history.add_epoch_start(EpochStart(len(history.epoch_starts) + 1, step))
        sample = min(count, sample + size) % count
    history.loss.extend([0.0] * steps)
    history.metric.extend([0.0] * steps)
    return count, recipe, history


@given(trainings())
def test_that_an_older_run_is_never_refused_its_own_images(training):
    count, recipe, history = training
    data = data_of(count)
    assert own_data(recipe, history, data) is data


@given(trainings(), st.integers(1, 300))
def test_that_an_older_run_is_refused_images_that_would_make_other_epochs(training, other):
    count, recipe, history = training
    data = data_of(other)
    is_own = own_data(recipe, history, data) is data
    if not history.changes and len(history.epoch_starts) > 1:
        size = int(recipe["batch_size"])
        assert is_own == (-(-other // size) == -(-count // size))


def data_of(train_count):
    return replace(shapes_only("fashion-mnist", FASHION_MNIST_SPEC, train_count, 10, UserError("")), missing=None)
