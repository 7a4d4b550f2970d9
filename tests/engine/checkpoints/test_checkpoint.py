"""Checkpoints: what comes back is what was, and nothing else is believed."""

from __future__ import annotations

import io
import math
import os
import struct
from dataclasses import fields, replace
from enum import Enum
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.engine.history.entries import CHANGES, INCIDENTS, REFUSALS, asked
from workbench.engine.checkpoints import history_content
from workbench.engine.checkpoints.checkpoint import (
    VERSION,
    Checkpoint,
    fitted,
    load_checkpoint,
    save_checkpoint,
    snapshot_from_bytes,
    snapshot_to_bytes,
)
from workbench.engine.checkpoints.snapshot import Position, Snapshot
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.errors import UserError
from workbench.engine.files import machine_memory
from workbench.engine.files.sealed_archive import pack, unpack
from workbench.engine.history.history import History
from workbench.engine.history.records import EpochStart, Evaluation, RunIdentity, ScheduledChange
from workbench.engine.models.registry import MODELS
from workbench.engine.models.weights import capture, save_weights
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.recipe import Recipe
from workbench.engine.runtime.environment import environment

FEW_EXAMPLES = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY_EXAMPLES = settings(FEW_EXAMPLES, max_examples=150)


class Training:
    """A bare training of a recipe, on noise drawn from torch's random state: any state that is not restored shows."""

    def __init__(self, recipe, steps=0):
        torch.manual_seed(5)
        self.recipe = recipe
        self.model = MODELS[recipe.model].build(recipe.spec, recipe.values)
        self.optimizer = OPTIMIZERS[recipe.optimizer].create(self.model.parameters(), recipe.values)
        self.position = Position()
        self.train(steps)

    def train(self, steps):
        for _ in range(steps):
            loss = torch.nn.functional.cross_entropy(self.model(torch.rand(4, 1, 28, 28)), torch.randint(10, (4,)))
            loss.backward()
            self.optimizer.step()
            self.optimizer.zero_grad()
            self.position.step += 1

    def snapshot(self):
        return Snapshot.of(self.model, self.optimizer, self.position, self.recipe.values)


def recipe_with(optimizer="sgd", model="mlp", **values):
    return Recipe(optimizer=optimizer, model=model, values=values)


def history_of(steps):
    history = History()
    for step in range(steps):
        history.add_step(1 / (step + 1), step / 10)
    return history


def checkpoint_of(training, **fields):
    snapshot = training.snapshot()
    usual = {
        "recipe": training.recipe,
        "run": RunIdentity.new(),
        "history": history_of(snapshot.step),
        "snapshot": snapshot,
        "pending": (),
        "environment": environment("cpu", 1),
    }
    return Checkpoint(**(usual | fields))


def bits(state):
    """Everything in a state, comparable: tensors by their bytes, NaN equal to itself."""
    if isinstance(state, torch.Tensor):
        return state.dtype, state.shape, state.contiguous().numpy().tobytes()
    if isinstance(state, np.ndarray):
        return state.dtype, state.tobytes()
    if isinstance(state, dict):
        return [(key, bits(value)) for key, value in state.items()]
    if isinstance(state, list | tuple):
        return type(state), [bits(value) for value in state]
    if isinstance(state, float):
        return struct.pack("<d", state)
    if hasattr(state, "__dataclass_fields__"):
        # Who asked for an entry of the journal, when, and the note on it decide nothing.
        return type(state), [bits(getattr(state, field.name)) for field in fields(state) if field.compare]
    if isinstance(state, History):
        lists = (state.evaluations, state.epoch_starts, state.changes, state.incidents, state.refusals)
        return [bits(series.values()) for series in (state.loss, state.metric)] + bits(lists)[1]
    if hasattr(state, "items"):
        return bits(dict(state))
    return state


@pytest.fixture(scope="module")
def training():
    return Training(recipe_with("adam"), steps=3)


@pytest.fixture
def saved(training, tmp_path):
    path = tmp_path / "run.ckpt"
    save_checkpoint(checkpoint_of(training), path)
    return path


def sentence(path):
    with pytest.raises(UserError) as caught:
        load_checkpoint(path)
    text = str(caught.value)
    assert str(path) in text
    assert ": " in text, "what to do follows the colon"
    assert "\n" not in text
    return text


# Whole


@given(st.data())
@FEW_EXAMPLES
def test_that_a_training_loaded_from_a_file_continues_bit_for_bit(tmp_path, data):
    optimizer = data.draw(st.sampled_from(OPTIMIZERS.names), label="optimizer")
    values = {"learning_rate": 0.01, "weight_decay": data.draw(st.sampled_from([0.0, 0.1]), label="weight decay")}
    if "momentum" in OPTIMIZERS[optimizer].accepts:
        values["momentum"] = data.draw(st.sampled_from([0.0, 0.9]), label="momentum")
    recipe = recipe_with(
        optimizer, data.draw(st.sampled_from(["mlp", "mlp-dropout", "mlp-custom"]), label="model"), **values
    )
    whole = Training(recipe, steps=data.draw(st.integers(0, 3), label="steps before"))
    save_checkpoint(checkpoint_of(whole), tmp_path / "a.ckpt")
    whole.train(2)

    snapshot = load_checkpoint(tmp_path / "a.ckpt").snapshot
    again = Training(recipe, steps=1)
    snapshot.restore(again.model, again.optimizer)
    again.position = snapshot.position
    again.train(2)
    assert bits(again.snapshot()) == bits(whole.snapshot())


numbers = st.floats(width=32)
shares = st.floats(0, 1, width=32) | st.just(math.nan)
steps = st.integers(0, 3)


@st.composite
def histories(draw, length):
    history = History()
    for series, values in ((history.loss, numbers), (history.metric, shares)):
        series.extend(draw(st.lists(values, min_size=length, max_size=length)))
    history.evaluations += draw(st.lists(st.builds(Evaluation, steps, st.integers(0, 10**9), numbers, shares)))
    history.epoch_starts += draw(st.lists(st.builds(EpochStart, st.integers(0, 10**9), steps)))
    history.changes += draw(st.lists(CHANGES))
    history.incidents += draw(st.lists(INCIDENTS))
    history.refusals += draw(st.lists(REFUSALS))
    return history


@given(
    histories(3),
    st.lists(st.builds(ScheduledChange, st.integers(0, 10**9), st.just("learning_rate"), st.floats(1e-6, 10))).map(
        tuple
    ),
    st.sampled_from([RunIdentity.new(), RunIdentity.new("0123456789abcdef", 2)]),
    st.dictionaries(st.text(), st.text()),
)
@FEW_EXAMPLES
def test_that_all_that_a_run_has_left_behind_comes_back(training, tmp_path, history, pending, run, where):
    checkpoint = checkpoint_of(training, history=history, pending=pending, run=run, environment=where)
    save_checkpoint(checkpoint, tmp_path / "a.ckpt")
    loaded = load_checkpoint(tmp_path / "a.ckpt")
    assert bits(loaded) == bits(checkpoint)
    assert loaded.recipe == checkpoint.recipe
    for entries in ("changes", "incidents", "refusals"):
        assert asked(getattr(loaded.history, entries)) == asked(getattr(history, entries))


def test_that_a_checkpoint_of_a_regression_keeps_r2(training, tmp_path):
    own = DataSpec(Task.REGRESSION, (1, 28, 28), target_names=("age",))
    history = History()
    history.evaluations.append(Evaluation(0, 1, 0.5, 12.5, -0.25))
    run = Training(replace(recipe_with("adam"), loss="mse", own_spec=own))
    save_checkpoint(checkpoint_of(run, history=history), tmp_path / "a.ckpt")
    loaded = load_checkpoint(tmp_path / "a.ckpt")
    assert loaded.history.evaluations == history.evaluations
    assert loaded.recipe.spec == own


def as_of(version, path):
    """The content of a checkpoint file as a version before 5 had it."""
    content = torch.load(path, weights_only=True) | {"version": version}
    del content["epoch"], content["loss"]
    content["snapshot"]["weights"] = content.pop("model_state_dict")
    content["snapshot"]["optimizer"] = content.pop("optimizer_state_dict")
    return content


def test_that_a_file_of_version_4_whose_weights_are_in_the_snapshot_is_read(training, tmp_path):
    checkpoint = checkpoint_of(training)
    save_checkpoint(checkpoint, tmp_path / "a.ckpt")
    (tmp_path / "old.ckpt").write_bytes(pack(as_of(4, tmp_path / "a.ckpt")))
    assert bits(load_checkpoint(tmp_path / "old.ckpt")) == bits(checkpoint)


def test_that_a_file_of_version_2_which_knew_only_accuracy_is_read(training, tmp_path):
    history = history_of(3)
    history.evaluations.append(Evaluation(3, 1, 0.5, 0.25))
    checkpoint = checkpoint_of(training, history=history)
    save_checkpoint(checkpoint, tmp_path / "a.ckpt")
    content = as_of(2, tmp_path / "a.ckpt")
    written = content["history"]
    written["accuracy"] = written.pop("metric")
    written["evaluations"]["accuracy"] = written["evaluations"].pop("metric")
    position = content["snapshot"]["position"]
    position["correct"] = int(position.pop("metric_sum"))
    (tmp_path / "old.ckpt").write_bytes(pack(content))
    assert bits(load_checkpoint(tmp_path / "old.ckpt")) == bits(checkpoint)


def test_that_a_snapshot_comes_back_from_bytes(training):
    snapshot = training.snapshot()
    assert bits(snapshot_from_bytes(snapshot_to_bytes(snapshot))) == bits(snapshot)


def test_that_any_program_with_torch_can_read_the_file(saved, training):
    content = torch.load(saved, weights_only=True)
    assert content["format"] == "workbench checkpoint"
    assert content["version"] == VERSION
    assert bits(content["model_state_dict"]) == bits(capture(training.model))
    assert bits(content["optimizer_state_dict"]) == bits(training.optimizer.state_dict())
    assert (content["epoch"], content["loss"]) == (0, float(history_of(3).loss.values()[-1]))
    assert Recipe.from_json(content["recipe"]) == training.recipe


def test_that_the_weights_and_the_state_are_in_the_file_once(saved, training):
    assert saved.stat().st_size < training.snapshot().nbytes + 20_000


def test_that_before_the_first_step_there_is_no_loss(small):
    content = torch.load(small, weights_only=True)
    assert (content["epoch"], content["loss"]) == (0, None)


def test_that_a_loss_that_is_not_a_number_comes_back(training, tmp_path):
    history = history_of(2)
    history.add_step(math.nan, 0.5)
    checkpoint = checkpoint_of(training, history=history)
    save_checkpoint(checkpoint, tmp_path / "a.ckpt")
    assert math.isnan(torch.load(tmp_path / "a.ckpt", weights_only=True)["loss"])
    assert bits(load_checkpoint(tmp_path / "a.ckpt")) == bits(checkpoint)


def test_that_loading_draws_nothing_from_the_random_state(saved):
    before = torch.get_rng_state()
    load_checkpoint(saved)
    assert torch.equal(torch.get_rng_state(), before)


def test_that_views_are_saved_without_what_they_are_views_of(training):
    weights = {key: torch.zeros(9, *tensor.shape)[0] for key, tensor in capture(training.model).items()}
    content = snapshot_to_bytes(replace(training.snapshot(), weights=weights))
    assert len(content) < 1.1 * training.snapshot().nbytes


def test_that_a_missing_folder_is_said_when_saving(training, tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        save_checkpoint(checkpoint_of(training), tmp_path / "none" / "a.ckpt")


# Plain values


class Odd(Enum):
    ONE = 1


@pytest.mark.parametrize("odd", [Path("x"), Odd.ONE, {1, 2}, object(), np.zeros(2), b"bytes"])
def test_that_what_would_not_be_loaded_again_is_not_packed(odd):
    with pytest.raises(TypeError):
        pack({"format": [odd]})


@pytest.mark.parametrize("number", [np.float64(0.5), np.float32(0.5), np.int64(3), np.bool_(True)])
def test_that_numbers_of_numpy_become_pythons_own(number):
    (loaded,) = unpack(io.BytesIO(pack({"numbers": [number]})))["numbers"]
    assert type(loaded) in (bool, int, float)
    assert loaded == number


# Damage


@pytest.fixture
def small(tmp_path):
    """A small checkpoint: fresh, of a small network, and of an optimizer without a state."""
    path = tmp_path / "small.ckpt"
    save_checkpoint(checkpoint_of(Training(recipe_with(model="mlp-custom", hidden="8"))), path)
    return path


@given(st.data())
@MANY_EXAMPLES
def test_that_any_changed_byte_is_refused(small, data):
    content = bytearray(small.read_bytes())
    end = len(content)
    # Most bytes are weights: half of the tries go to where the archive is described.
    place = data.draw(st.one_of(st.integers(0, end - 1), st.integers(end - 3000, end - 1)), label="place")
    content[place] ^= data.draw(st.integers(1, 255), label="change")
    damaged = small.with_name("damaged.ckpt")
    damaged.write_bytes(content)
    assert "damaged" in sentence(damaged)


@given(st.floats(0, 1, exclude_max=True))
@FEW_EXAMPLES
@example(0.999999)
@example(0.0)
def test_that_any_cut_file_is_refused(small, part):
    content = small.read_bytes()
    cut = small.with_name("cut.ckpt")
    cut.write_bytes(content[: int(part * len(content))])
    assert "damaged" in sentence(cut)


def test_that_a_file_with_something_behind_it_is_refused(saved):
    saved.write_bytes(saved.read_bytes() + b"\n")
    assert "damaged" in sentence(saved)


@given(st.data())
@MANY_EXAMPLES
def test_that_a_snapshot_with_any_changed_bit_is_refused(small, data):
    content = bytearray(snapshot_to_bytes(load_checkpoint(small).snapshot))
    end = len(content)
    place = data.draw(st.one_of(st.integers(0, end - 1), st.integers(end - 3000, end - 1)), label="place")
    content[place] ^= 1 << data.draw(st.integers(0, 7), label="bit")
    with pytest.raises(UserError, match="damaged"):
        snapshot_from_bytes(bytes(content))


def test_that_a_missing_file_a_folder_and_a_pipe_are_said(tmp_path):
    assert "no file" in sentence(tmp_path / "none.ckpt")
    assert "is a folder" in sentence(tmp_path)
    os.mkfifo(tmp_path / "pipe.ckpt")
    assert "is not a file" in sentence(tmp_path / "pipe.ckpt")


@pytest.fixture
def little_memory(monkeypatch):
    """A machine that reads states of 128 MiB at most."""
    monkeypatch.setattr(machine_memory, "machine_memory", lambda: 1 << 20)


def test_that_a_state_too_big_for_this_machine_is_not_written_and_its_size_is_said(small, tmp_path, little_memory):
    checkpoint = load_checkpoint(small)
    weights = {**checkpoint.snapshot.weights, "more": torch.zeros(1).expand(40 << 20)}
    with pytest.raises(UserError) as raised:
        save_checkpoint(
            replace(checkpoint, snapshot=replace(checkpoint.snapshot, weights=weights)), tmp_path / "a.ckpt"
        )
    assert "takes 160 MiB, and a checkpoint has at most 128 MiB on this machine" in str(raised.value)
    assert len(str(raised.value)) <= 300
    assert not (tmp_path / "a.ckpt").exists()


def test_that_a_long_history_is_neither_written_nor_read(saved, tmp_path, monkeypatch):
    checkpoint = load_checkpoint(saved)
    monkeypatch.setattr(history_content, "MOST_RECORDED", 3)
    with pytest.raises(UserError, match="too long for a checkpoint"):
        save_checkpoint(checkpoint, tmp_path / "a.ckpt")
    assert "its history is too long" in sentence(saved)


def test_that_a_file_too_big_is_not_read(tmp_path, little_memory):
    path = tmp_path / "big.ckpt"
    with path.open("wb") as file:
        file.truncate(2 << 30)  # sparse: takes no room
    assert "too big" in sentence(path)


# Strangers


class MakesFolder:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def sealed(path, monkeypatch, content):
    """A sealed file with any content, which a stranger may have made."""
    monkeypatch.setattr("workbench.engine.files.sealed_archive._plain", lambda content: content)
    path.write_bytes(pack(content))
    monkeypatch.undo()
    return path


def test_that_a_file_of_weights_is_no_checkpoint(training, tmp_path):
    save_weights(capture(training.model), tmp_path / "weights.pt")
    assert "not a checkpoint" in sentence(tmp_path / "weights.pt")


def test_that_a_snapshot_is_no_checkpoint(training, tmp_path):
    (tmp_path / "a.ckpt").write_bytes(snapshot_to_bytes(training.snapshot()))
    assert "not a checkpoint" in sentence(tmp_path / "a.ckpt")


def test_that_code_is_refused_and_not_run(tmp_path, monkeypatch):
    trace = tmp_path / "trace"
    path = sealed(tmp_path / "a.ckpt", monkeypatch, {"format": "workbench checkpoint", "run": MakesFolder(trace)})
    assert "mkdir" in sentence(path)
    assert not trace.exists()


def test_that_a_newer_version_is_said(saved, monkeypatch):
    content = torch.load(saved, weights_only=True) | {"version": VERSION + 1}
    assert "newer version" in sentence(sealed(saved, monkeypatch, content))


def test_that_choices_this_program_does_not_know_are_named(saved, monkeypatch):
    content = torch.load(saved, weights_only=True)
    content["recipe"] = content["recipe"].replace('"mlp"', '"oracle"')
    assert "oracle" in sentence(sealed(saved, monkeypatch, content))


def in_content(*path, value):
    """A damage: what stands at this place in the content is `value`; None takes it out."""

    def damage(content):
        for key in path[:-1]:
            content = content[key]
        if value is None:
            del content[path[-1]]
        else:
            content[path[-1]] = value

    return damage


def with_a_change(row, **lies):
    """A damage: the only change in the journal is `row`, and what is said of who asked for it are `lies`."""

    def damage(content):
        asked = {"origins": ["window"], "origin": torch.tensor([0]), "time": torch.tensor([5]), "notes": {}, **lies}
        content["history"]["changes"] = [row]
        content["history"]["asked"]["changes"] = asked

    return damage


FIRST = "linear_relu_stack.0.weight"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (in_content("model_state_dict", FIRST, value=None), FIRST),
        (in_content("model_state_dict", FIRST, value=torch.zeros(2, 2)), "(2, 2)"),
        (in_content("model_state_dict", FIRST, value=torch.zeros(512, 784, dtype=torch.float64)), "float64"),
        (in_content("model_state_dict", "more", value=torch.zeros(1)), "more"),
        (in_content("snapshot", "values", "oracle", value=1), "oracle"),
        (in_content("snapshot", "values", "batch_size", value=0), "batch_size"),
        (in_content("optimizer_state_dict", "state", 0, "exp_avg", value=torch.zeros(3)), "exp_avg of " + FIRST),
        (in_content("optimizer_state_dict", "param_groups", 0, "params", value=[0]), "parameters"),
        (in_content("optimizer_state_dict", "param_groups", 0, "betas", value="ab"), "betas"),
        (in_content("optimizer_state_dict", "param_groups", 0, "lr", value="fast"), "lr"),
        (in_content("optimizer_state_dict", "state", 99, value={"step": 1}), "does not fit"),
        (in_content("snapshot", "random_state", value=torch.zeros(3)), "damaged"),
        (in_content("snapshot", "position", "step", value=2), "damaged"),
        (in_content("snapshot", "position", "step", value="3"), "damaged"),
        (in_content("snapshot", "position", "tested", value=9), "damaged"),
        (in_content("history", "loss", value=torch.zeros(2)), "damaged"),
        (in_content("history", "loss", value=torch.zeros(3, dtype=torch.float64)), "damaged"),
        (in_content("history", "changes", value=[{"step": 1}]), "damaged"),
        (in_content("history", "changes", value=[{"step": 1, "name": 2, "old": 1, "new": 2}]), "damaged"),
        (in_content("history", "metric", value=torch.tensor([0.5, 0.5, 1.5])), "damaged"),
        (in_content("history", "incidents", value=[{"step": 2**70, "loss": 1.0, "returned_to": 0}]), "damaged"),
        (in_content("history", "epoch_starts", value=[{"epoch": 1, "step": 4}]), "damaged"),
        (with_a_change({"step": 1, "name": "oracle", "old": 1, "new": 2}), "oracle"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 10**400}), "eps"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, origins=["oracle"]), "damaged"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, time=torch.tensor([-2])), "damaged"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, time=torch.tensor([2**60])), "damaged"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, time=[5]), "damaged"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, origin=torch.tensor([1])), "damaged"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, origin=torch.tensor([-1])), "damaged"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, notes={0: "a\nb"}), "damaged"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, notes={1: "a"}), "damaged"),
        (with_a_change({"step": 1, "name": "eps", "old": 1e-3, "new": 1e-4}, notes=["a"]), "damaged"),
        (in_content("history", "asked", value=None), "damaged"),
        (in_content("history", "refusals", value=[{"step": 1}]), "damaged"),
        (in_content("pending", value=[{"step": 4, "name": "oracle", "value": 1.0}]), "damaged"),
        (in_content("run", "id", value="../../../../etc"), "damaged"),
        (in_content("run", "parent", value="../.."), "damaged"),
        (in_content("environment", value={"torch": 2}), "damaged"),
        (in_content("recipe", value=None), "damaged"),
        (in_content("epoch", value=1), "damaged"),
        (in_content("epoch", value=None), "damaged"),
        (in_content("loss", value=0.25), "damaged"),
        (in_content("loss", value="0.5"), "damaged"),
        (in_content("loss", value=None), "damaged"),
        (in_content("model_state_dict", value=None), "damaged"),
        (in_content("optimizer_state_dict", value=None), "damaged"),
    ],
)
def test_that_a_sealed_file_is_not_believed_either(saved, monkeypatch, damage, said):
    content = torch.load(saved, weights_only=True)
    damage(content)
    assert said in sentence(sealed(saved, monkeypatch, content))


@pytest.mark.parametrize("content", [None, 3, [], {}, {"format": 1}, torch.zeros(3)])
def test_that_anything_else_is_no_checkpoint(tmp_path, monkeypatch, content):
    assert "not a checkpoint" in sentence(sealed(tmp_path / "a.ckpt", monkeypatch, content))


# Fitting


def test_that_a_hyperparameter_newer_than_the_snapshot_takes_the_recipes_value(training):
    snapshot = training.snapshot()
    older = replace(snapshot, values={name: value for name, value in snapshot.values.items() if name != "guard"})
    assert fitted(older, training.recipe).values == training.recipe.values


def test_that_a_learning_rate_multiplied_by_a_schedule_fits(training):
    snapshot = training.snapshot()
    snapshot.optimizer["param_groups"][0]["lr"] = 0.123
    assert bits(fitted(snapshot, training.recipe)) == bits(snapshot)


def test_that_a_snapshot_of_another_recipe_does_not_fit(training):
    with pytest.raises(UserError, match="does not fit"):
        fitted(training.snapshot(), recipe_with("sgd"))


def test_that_the_environment_consists_of_texts():
    found = environment("cpu", 3)
    assert found["torch"] == str(torch.__version__)
    assert found["threads"] == "3"
    assert all(type(value) is str and value for value in found.values())
