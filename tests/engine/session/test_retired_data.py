"""Runs and checkpoints of `garments`, the drawn data set of earlier versions: they open without their images."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.session.sessions import of, only_problem, serve
from workbench.engine.checkpoints.checkpoint import save_checkpoint, snapshot_to_bytes
from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
from workbench.engine.data.datasets import retired_shapes
from workbench.engine.errors import UserError
from workbench.engine.models.weights import save_weights, weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import (
    CaptureWeights,
    EvaluateWeights,
    OpenCheckpoint,
    OpenRun,
    Resume,
    RunSteps,
    StartRun,
    Travel,
)
from workbench.engine.protocol.events import (
    DataFailed,
    DataLoaded,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    TravelFailed,
    Travelled,
    WeightsCaptured,
    WeightsRefused,
)
from workbench.engine.protocol.live_objects import HISTORIES
from workbench.engine.recipe import Recipe
from workbench.engine.session.open_run import StoredRun, open_stored_run
from workbench.engine.store.run_store import HistoryDelta, RunStatus, RunStore
from workbench.engine.training.trainer import Trainer

RECIPE = Recipe(dataset="garments", values={"epochs": 2})
MISSING = "no longer part of the program"


def trained(steps):
    """A run of `garments` as an earlier version trained it; black images do for the drawn ones."""
    commands = CommandQueue()
    commands.put(RunSteps(steps))
    data = replace(retired_shapes("garments"), missing=None)
    trainer = Trainer(RECIPE, data, commands, is_attended=True)
    list(trainer.run())
    return trainer


@pytest.fixture(scope="module")
def runs():
    """One run, after 3 steps and after 9."""
    run = trained(3)
    early = snapshot_to_bytes(run.stepper.snapshot())
    list(run.resume(RunSteps(6)))
    return run, {3: early, 9: snapshot_to_bytes(run.stepper.snapshot())}


@pytest.fixture
def folder(runs, tmp_path):
    """A store with the run; the folder and the id."""
    run, snapshots = runs
    folder = tmp_path / "runs"
    with closing(RunStore(folder)) as store:
        store.begin(run.identity, RECIPE, run.environment)
        store.write(run.identity.id, HistoryDelta.of(run.history, 1.0))
        for step, content in snapshots.items():
            store.keep_snapshot(run.identity.id, step, content)
        store.end(run.identity.id, RunStatus.STOPPED)
    return folder


def opened(folder, runs, step=None):
    stored = StoredRun.read(folder, runs[0].identity.id)
    return open_stored_run(stored, step, retired_shapes("garments"), CommandQueue(), SnapshotCache(), lambda _: None)


def test_that_a_stored_run_opens_with_its_curves_and_weights(folder, runs):
    trainer = opened(folder, runs)
    assert trainer.history.loss.values().tobytes() == runs[0].history.loss.values().tobytes()
    assert weights_sha256(trainer.weights) == weights_sha256(runs[0].weights)


def test_that_a_run_whose_last_step_has_no_snapshot_opens_at_the_last_one_that_has(folder, runs):
    stored = replace(StoredRun.read(folder, runs[0].identity.id), snapshot_steps=(3,))
    trainer = open_stored_run(stored, None, retired_shapes("garments"), CommandQueue(), SnapshotCache(), print)
    assert trainer.position.step == 3
    assert trainer.last_recorded == 9, "the later part of the curves is shown, too"


def test_that_a_step_without_a_snapshot_cannot_be_opened(folder, runs):
    with pytest.raises(UserError, match=MISSING):
        opened(folder, runs, 5)


def test_that_the_window_opens_the_run_and_says_that_its_images_are_missing(folder, runs, tmp_path):
    run = runs[0].identity.id
    events = serve(tmp_path, OpenRun(run), CaptureWeights(Path("end.pt")), store=folder)
    assert MISSING in only_problem(events, DataFailed)
    assert not of(events, DataLoaded)
    started, captured = of(events, RunStarted)[0], of(events, WeightsCaptured)[0]
    assert (started.run.id, len(HISTORIES.find(started.history))) == (run, 9)
    assert captured.step == 9
    assert weights_sha256(captured.weights) == weights_sha256(runs[0].weights)


@pytest.mark.parametrize("command", [Resume(), RunSteps(1)])
def test_that_the_run_cannot_train_on_and_stays_as_it_is(folder, runs, tmp_path, command):
    run = runs[0].identity.id
    events = serve(tmp_path, OpenRun(run), command, store=folder)
    assert MISSING in only_problem(events, TravelFailed)
    assert isinstance(events[-1], RunPaused)
    assert not of(events, RunResumed, RunEnded)
    summary = StoredRun.read(folder, run).summary
    assert (summary.status, summary.steps) == (RunStatus.STOPPED, 9)


def test_that_travel_reaches_a_snapshot_and_no_other_step(folder, runs, tmp_path):
    events = serve(tmp_path, OpenRun(runs[0].identity.id), Travel(3), Travel(5), store=folder)
    assert [event.step for event in of(events, Travelled)] == [3]
    assert MISSING in only_problem(events, TravelFailed)


def test_that_a_checkpoint_opens_and_cannot_train_on(runs, tmp_path):
    save_checkpoint(runs[0].checkpoint(), tmp_path / "garments.ckpt")
    events = serve(tmp_path, OpenCheckpoint(tmp_path / "garments.ckpt"), Resume(), CaptureWeights(Path("end.pt")))
    assert of(events, RunStarted)[0].recipe == RECIPE
    assert MISSING in only_problem(events, TravelFailed)
    assert of(events, WeightsCaptured)[0].step == 9


def test_that_weights_cannot_be_tested_on_missing_images(folder, runs, tmp_path):
    file = tmp_path / "weights.pt"
    save_weights(runs[0].weights, file)
    events = serve(tmp_path, OpenRun(runs[0].identity.id), EvaluateWeights(file, RECIPE), store=folder)
    assert MISSING in only_problem(events, WeightsRefused)


def test_that_a_new_run_of_garments_is_refused(tmp_path):
    events = serve(tmp_path, StartRun(RECIPE, dataset_chosen=True))
    assert MISSING in only_problem(events, DataFailed)
    assert not of(events, RunStarted)
