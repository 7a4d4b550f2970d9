"""A session opens runs again: from the store, from a file, after a crash."""

import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.conftest import write_fashion_mnist
from tests.engine.session.sessions import (
    DROPOUT,
    END,
    START,
    Patient,
    at_first,
    end,
    forget_data,
    kinds,
    of,
    only,
    serve,
    summaries,
)
from workbench.engine.checkpoints.checkpoint import save_checkpoint
from workbench.engine.data.data_source import DataRequest
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import (
    AddEpochs,
    CaptureCheckpoint,
    LoadData,
    OpenCheckpoint,
    OpenRun,
    Pause,
    Resume,
    RunSteps,
    SetValue,
    Stop,
)
from workbench.engine.protocol.events import (
    CheckpointCaptured,
    DataProgressed,
    EpochTested,
    LossReported,
    OpenFailed,
    Outcome,
    RecordFailed,
    RunBranched,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    Travelled,
    WeightsCaptured,
)
from workbench.engine.protocol.live_objects import HISTORIES
from workbench.engine.session.session import Session
from workbench.engine.store import process_locks
from workbench.engine.store.run_store import RunStatus, RunStore


@pytest.fixture(scope="module")
def straight(tmp_path_factory):
    """The hash of the final weights of an undisturbed run."""
    return end(serve(write_fashion_mnist(tmp_path_factory.mktemp("data")), START, END))


@pytest.fixture
def store(tmp_path):
    yield tmp_path / "runs"
    process_locks.release_process_lock(tmp_path / "runs")


# From the store


@pytest.fixture
def kept(tiny_root, store):
    """A run in the store that was stopped after 13 steps, with a change at 4."""
    react = at_first(LossReported, RunSteps(3))
    change = SetValue("learning_rate", 0.01)
    serve(tiny_root, START, change, RunSteps(9), Stop(), react=react, store=store)
    (summary,) = summaries(store)
    assert (summary.status, summary.steps, summary.changes) == (RunStatus.STOPPED, 13, 1)
    return summary.identity


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """The hash of the final weights of that run."""
    tiny_root = write_fashion_mnist(tmp_path_factory.mktemp("data"))
    react = at_first(LossReported, RunSteps(3))
    return end(serve(tiny_root, START, SetValue("learning_rate", 0.01), Resume(), END, react=react))


@pytest.mark.parametrize("step", [None, 7, 4, 0])
def test_that_a_stored_run_is_opened_paused_and_goes_on_as_the_same(tiny_root, store, kept, changed, step):
    events = serve(tiny_root, OpenRun(kept.id, step), Resume(), END, store=store)
    started, paused = only(events, RunStarted), of(events, RunPaused)
    assert (started.run, paused) == (kept, [RunPaused(13 if step is None else step)])
    assert events.index(started) < events.index(paused[0])
    assert (None if started.recording is None else len(HISTORIES.find(started.recording))) == (
        None if step is None else 13
    )
    assert started.values["learning_rate"] == (0.001 if step in (0, 4) else 0.01)
    assert (end(events), of(events, RunBranched)) == (changed, [])
    (summary,) = summaries(store)
    assert (summary.identity, summary.status, summary.steps) == (kept, RunStatus.FINISHED, 20)


def test_that_a_run_that_comes_out_other_than_recorded_says_so_when_it_is_opened(tmp_path, store, kept):
    # Other images make other losses, as another machine would; a run without a digest of its data is trained on them.
    other_images = write_fashion_mnist(tmp_path / "other", seed=1)
    forget_data(store)
    events = serve(other_images, OpenRun(kept.id, 7), Resume(), store=store)
    travelled = only(events, Travelled)
    # The way begins at the snapshot on disk of step 4, where the run once rested.
    assert (travelled.step, travelled.origin, travelled.differed_at) == (7, 7, 4)
    assert events.index(only(events, RunStarted)) < events.index(travelled)
    assert only(events, RunBranched).run.parent == kept.id


def test_that_a_run_that_is_only_opened_stays_what_it_was_in_the_store(tiny_root, store, kept):
    with closing(RunStore(store)) as opened:
        version = opened.version()
    serve(tiny_root, OpenRun(kept.id, 7), END, store=store)
    with closing(RunStore(store)) as opened:
        assert opened.version() == version


def test_that_another_run_is_opened_while_one_is_paused_and_the_first_can_be_opened_again(
    tiny_root, store, kept, changed, straight
):
    ids = []

    def react(event):
        if isinstance(event, RunStarted):
            ids.append(event.run.id)
        return [Pause()] if isinstance(event, LossReported) and len(ids) == 1 else []

    class Back(Patient):
        """Opens the first run again; its id is known only after it has started."""

        def wait(self):
            command = super().wait()
            return OpenRun(ids[0]) if command == OpenRun("the first") else command

    commands = Back([START, OpenRun(kept.id), Resume(), END, OpenRun("the first"), Resume(), END])
    events = []

    def on_event(event):
        events.append(event)
        for command in react(event):
            commands.put(command)

    Session(commands, tiny_root, on_event, store).run()
    first, other = (weights_sha256(event.weights) for event in of(events, WeightsCaptured))
    assert (first, other) == (changed, straight)
    assert of(events, RunBranched, OpenFailed, RecordFailed) == []
    assert {summary.status for summary in summaries(store)} == {RunStatus.FINISHED}


@pytest.mark.parametrize("step", [None, 20])
def test_that_a_finished_run_has_ended_when_it_is_opened_at_its_end(tiny_root, store, step):
    serve(tiny_root, START, store=store)
    (run,) = summaries(store)
    events = serve(tiny_root, OpenRun(run.identity.id, step), END, AddEpochs(1), store=store)
    ends = [(event.outcome, event.step, event.has_weights) for event in of(events, RunEnded)]
    assert ends == [(Outcome.FINISHED, 20, True), (Outcome.FINISHED, 30, True)]
    assert kinds(events) == [RunPaused, RunEnded, RunResumed, RunEnded]
    assert of(events, WeightsCaptured)
    (summary,) = summaries(store)
    assert (summary.status, summary.steps) == (RunStatus.FINISHED, 30)


def test_that_opening_the_current_run_travels_to_its_end(tiny_root, store, kept):
    events = serve(tiny_root, OpenRun(kept.id, 3), OpenRun(kept.id), OpenRun(kept.id, 8), store=store)
    assert [event.step for event in of(events, Travelled)] == [13, 8]
    assert len(of(events, RunStarted)) == 1


def test_that_opening_a_run_pauses_the_one_that_trains_first(tiny_root, store, kept):
    events = serve(tiny_root, START, react=at_first(LossReported, OpenRun(kept.id)), store=store)
    assert of(events, RunPaused) == [RunPaused(1), RunPaused(13)]
    newest, oldest = summaries(store)
    assert (newest.status, newest.steps) == (RunStatus.STOPPED, 1)
    assert (oldest.identity, oldest.status) == (kept, RunStatus.STOPPED)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda kept, _: OpenRun("0" * 16),
        lambda kept, _: OpenRun(kept.id, 14),
        lambda kept, _: OpenCheckpoint(Path("nowhere.ckpt")),
        lambda _, damaged: OpenCheckpoint(damaged),
    ],
    ids=["no such run", "no such step", "no such file", "a damaged file"],
)
def test_that_a_failed_opening_leaves_the_current_run_bit_for_bit(tiny_root, tmp_path, store, kept, straight, attempt):
    damaged = tmp_path / "damaged.ckpt"
    damaged.write_bytes(b"no checkpoint")
    react = at_first(LossReported, Pause())
    events = serve(tiny_root, START, attempt(kept, damaged), Resume(), END, react=react, store=store)
    assert str(only(events, OpenFailed).problem).endswith(".")
    assert kinds(events) == [RunPaused, RunResumed, RunEnded]
    assert end(events) == straight


def test_that_a_run_that_fails_during_its_replay_leaves_the_current_one_bit_for_bit(
    tiny_root, store, kept, straight, monkeypatch
):
    from workbench.engine.session import open_run as opening

    real = opening.Trainer.travel

    def broken(trainer, step, **how):
        yield from real(trainer, step, **how)
        raise RuntimeError("a defect")

    monkeypatch.setattr(opening.Trainer, "travel", broken)
    events = serve(
        tiny_root, START, OpenRun(kept.id), Resume(), END, react=at_first(LossReported, Pause()), store=store
    )
    assert "a defect" in str(only(events, OpenFailed).problem)
    assert end(events) == straight


def test_that_opening_can_be_cancelled(tiny_root, store, kept):
    events = serve(tiny_root, START, AddEpochs(1), react=at_first(RunEnded, OpenRun(kept.id, 7), Stop()), store=store)
    assert "cancelled" in str(only(events, OpenFailed).problem)
    assert of(events, RunEnded) == [RunEnded(Outcome.FINISHED, 20), RunEnded(Outcome.FINISHED, 30)]


def test_that_without_a_store_a_run_is_refused_with_a_sentence(tiny_root):
    assert "store" in str(only(serve(tiny_root, OpenRun("1")), OpenFailed).problem)


def test_that_a_run_trained_in_another_window_becomes_a_branch(tiny_root, store, kept, changed):
    with another_process(store, kept.id):
        events = serve(tiny_root, OpenRun(kept.id), Resume(), END, store=store)
    assert end(events) == changed
    assert of(events, RecordFailed) == []
    branched = only(events, RunBranched)
    assert (branched.run.parent, branched.run.parent_step) == (kept.id, 13)
    child, parent = summaries(store)
    assert (child.identity, child.status, child.steps) == (branched.run, RunStatus.FINISHED, 20)
    assert (parent.identity, parent.steps) == (kept, 13)


@contextmanager
def another_process(folder, run):
    """Another process that is alive and trains `run`."""
    code = (
        "import sys; from pathlib import Path; from workbench.engine.store.run_store import RunStore\n"
        "RunStore(Path(sys.argv[1])).resume(sys.argv[2]); print('training', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder), run], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout.readline() == "training\n"
            yield
        finally:
            process.kill()


# Checkpoints


def test_that_a_checkpoint_is_opened_paused_and_goes_on_as_a_branch(tiny_root, tmp_path, store, straight):
    path = tmp_path / "run.ckpt"
    capture = CaptureCheckpoint(path)
    events = serve(tiny_root, START, capture, Resume(), react=at_first(EpochTested, Pause()), store=store)
    captured = only(events, CheckpointCaptured)
    assert captured.target == path
    save_checkpoint(captured.checkpoint, path)
    events = serve(tiny_root, OpenCheckpoint(path), Resume(), END, store=store)
    assert (only(events, RunStarted).run, of(events, RunPaused)) == (captured.checkpoint.run, [RunPaused(10)])
    assert (end(events), of(events, RecordFailed)) == (straight, [])
    child, parent = summaries(store)
    assert (child.identity.parent, child.identity.parent_step) == (parent.identity.id, 10)
    assert [(run.status, run.steps) for run in (child, parent)] == [(RunStatus.FINISHED, 20)] * 2


def test_that_a_checkpoint_captured_while_training_is_of_one_step(tiny_root, tmp_path, straight):
    path = tmp_path / "run.ckpt"
    events = serve(tiny_root, START, react=at_first(LossReported, CaptureCheckpoint(path)))
    save_checkpoint(only(events, CheckpointCaptured).checkpoint, path)
    assert of(events, RunEnded) == [RunEnded(Outcome.FINISHED, 20)]
    assert end(serve(tiny_root, OpenCheckpoint(path), Resume(), END)) == straight


# Crashes

CRASHING = """
import sys, time
from pathlib import Path

from workbench.engine.session import run_logger
from workbench.engine.protocol.commands import StartRun
from workbench.engine.protocol.events import EpochTested
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import RunStore
from workbench.engine.session.session import Session

if sys.argv[4] == "snapshot":
    run_logger.SNAPSHOT_EVERY_S = 0.0
root, folder, commands = Path(sys.argv[1]), Path(sys.argv[2]), CommandQueue()


def is_written(store):
    run = store.summaries()[0]
    return run.steps == 10 and (sys.argv[4] != "snapshot" or store.snapshot_steps(run.identity.id) == [10])


def on_event(event):
    if isinstance(event, EpochTested):
        store = RunStore(folder)
        while not is_written(store):
            time.sleep(0.02)
        print("written", flush=True)
        sys.stdin.read()


commands.put(StartRun(Recipe.from_json(sys.argv[3]), dataset_chosen=True))
Session(commands, root, on_event, folder).run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("kept_on_disk", ["snapshot", "numbers only"])
def test_that_a_run_whose_process_was_killed_is_interrupted_and_goes_on_as_if_it_had_not_been(
    tiny_root, store, straight, kept_on_disk
):
    arguments = [str(tiny_root), str(store), DROPOUT.to_json(), kept_on_disk]
    with subprocess.Popen(
        [sys.executable, "-c", CRASHING, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout.readline() == "written\n"
        finally:
            process.kill()
    (summary,) = summaries(store)
    assert (summary.status, summary.steps) == (RunStatus.INTERRUPTED, 10)
    events = serve(tiny_root, OpenRun(summary.identity.id), Resume(), END, store=store)
    assert of(events, RunPaused) == [RunPaused(10)]
    assert (end(events), of(events, RunBranched, RecordFailed)) == (straight, [])
    (summary,) = summaries(store)
    assert (summary.status, summary.steps, summary.epochs) == (RunStatus.FINISHED, 20, 2)


def test_that_a_stop_after_an_open_that_waits_for_its_data_cancels_the_open(tiny_root, tmp_path):
    serve(tiny_root, START, store=tmp_path)
    (kept,) = summaries(tmp_path)
    commands = at_first(DataProgressed, OpenRun(kept.identity.id), Stop())
    events = serve(tiny_root, LoadData(DataRequest("fashion-mnist")), react=commands, store=tmp_path)
    assert len(of(events, OpenFailed)) == 1
    assert not of(events, RunStarted, RunEnded)
