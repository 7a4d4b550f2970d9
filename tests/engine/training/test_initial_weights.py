"""A run that starts from the weights of a file: the laws of its bits, and what it can do without the file."""

import json
from dataclasses import replace

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.engine.analysis.fork import forked_at
from workbench.engine.checkpoints.checkpoint import save_checkpoint
from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
from workbench.engine.errors import UserError
from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.models.weights import save_weights, weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import Resume, RunSteps
from workbench.engine.protocol.events import Outcome, TravelFailed
from workbench.engine.recipe import Recipe
from workbench.engine.session.open_run import open_checkpoint
from workbench.engine.session.starting_weights import StartingWeights
from workbench.engine.training.trainer import Trainer


def begun(data, path, **recipe):
    """A Trainer of a run that starts from the weights at `path`."""
    made = Recipe(initial_weights=InitialWeights(str(path)), **recipe).with_data(data)
    known, initial = StartingWeights().of_new_run(made, data.spec)
    return Trainer(known, data, CommandQueue(), initial=initial, is_attended=True)


def end_of(data, **recipe):
    """The weights at the end of a run."""
    trainer = Trainer(Recipe(**recipe), data)
    list(trainer.run())
    return trainer.weights


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["mlp", "cnn"]),
    st.integers(1, 2),
    st.integers(1, 2),
    st.sampled_from([".pt", ".safetensors"]),
    st.integers(0, 3),
)
def test_that_plain_descent_from_the_end_of_a_run_is_the_run_that_went_on(
    tiny_data, tmp_path, model, before, after, suffix, seed
):
    """Without momentum, dropout and shuffling, the weights are all that an epoch depends on."""
    values = {"learning_rate": 0.05, "threads": 1}
    whole = end_of(tiny_data, model=model, values={**values, "epochs": before + after})
    half = end_of(tiny_data, model=model, values={**values, "epochs": before})
    save_weights(half, path := tmp_path / f"half{suffix}")
    trainer = begun(tiny_data, path, model=model, values={**values, "epochs": after, "seed": seed})
    assert trainer.recipe.initial_weights.sha256 == weights_sha256(half)
    list(trainer.run())
    assert weights_sha256(trainer.weights) == weights_sha256(whole)


def test_that_the_random_numbers_of_the_run_stay_those_of_its_seed(tiny_data, tmp_path):
    """From the weights that its seed draws, dropout and shuffling make the run that starts without a file."""
    recipe = {"model": "mlp-dropout", "values": {"epochs": 1, "shuffle": True, "momentum": 0.9, "seed": 5}}
    plain = Trainer(Recipe(**recipe), tiny_data)
    save_weights(plain.weights, path := tmp_path / "drawn.pt")
    list(plain.run())
    trainer = begun(tiny_data, path, **recipe)
    list(trainer.run())
    assert weights_sha256(trainer.weights) == weights_sha256(plain.weights)
    assert trainer.history.loss.values().tolist() == plain.history.loss.values().tolist()


def test_that_weights_too_large_for_the_first_batch_are_named_as_its_cause(tiny_data, tmp_path):
    drawn = Trainer(Recipe(), tiny_data).weights
    save_weights({key: torch.full_like(value, 1e38) for key, value in drawn.items()}, path := tmp_path / "large.pt")
    ended = list(begun(tiny_data, path).run())[-1]
    assert (ended.outcome, ended.step) == (Outcome.DIVERGED, 0)
    assert "weights that the run starts from (large.pt" in str(ended.problem)


def test_that_the_same_weights_have_one_digest_in_every_file(tiny_data, tmp_path):
    trainer = Trainer(Recipe(values={"epochs": 1}), tiny_data)
    list(trainer.run())
    weights = trainer.weights
    save_weights(weights, tmp_path / "a.pt")
    save_weights(weights, tmp_path / "a.safetensors")
    save_checkpoint(trainer.checkpoint(), tmp_path / "a.ckpt")
    torch.save({"state_dict": {f"model.{key}": each for key, each in weights.items()}}, tmp_path / "lightning.pt")
    torch.save({key: each.double() for key, each in weights.items()}, tmp_path / "double.pt")
    names = ("a.pt", "a.safetensors", "a.ckpt", "lightning.pt", "double.pt")
    found = {begun(tiny_data, tmp_path / name).recipe.initial_weights.sha256 for name in names}
    assert found == {weights_sha256(weights)}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 12), st.integers(0, 12))
def test_that_a_run_whose_file_is_gone_travels_goes_on_and_branches(tiny_data, tmp_path, away, back):
    path = tmp_path / "start.pt"
    save_weights(end_of(tiny_data, values={"epochs": 1}), path)
    recipe = {"model": "mlp", "values": {"epochs": 2, "learning_rate": 0.02, "momentum": 0.5}}
    straight = begun(tiny_data, path, **recipe)
    path.unlink()
    start = weights_sha256(straight.weights)
    straight.commands.put(RunSteps(12))
    list(straight.run())
    there = weights_sha256(straight.weights)
    for step in (away, 0, back, 12):
        assert not [event for event in straight.travel(step) if isinstance(event, TravelFailed)]
        assert step > 0 or weights_sha256(straight.weights) == start
    assert weights_sha256(straight.weights) == there
    list(straight.resume(Resume()))
    with forked_at(straight, 3) as fork:
        assert fork.position.step == 3


def test_that_a_new_run_without_its_weights_does_not_begin(tiny_data):
    with pytest.raises(UserError, match=r"start\.pt, SHA-256 abababababab…\) are not at /gone"):
        Trainer(Recipe(initial_weights=InitialWeights("/gone/start.pt", "ab" * 32)), tiny_data)


@pytest.fixture
def saved(tiny_data, tmp_path):
    """A checkpoint at step 7 of a run that started from a file, the file, and the hash of the run's end."""
    path = tmp_path / "start.safetensors"
    save_weights(end_of(tiny_data, values={"epochs": 1}), path)
    trainer = begun(tiny_data, path, values={"epochs": 1, "learning_rate": 0.02})
    trainer.commands.put(RunSteps(7))
    list(trainer.run())
    save_checkpoint(trainer.checkpoint(), checkpoint := tmp_path / "seven.ckpt")
    list(trainer.resume(Resume()))
    return checkpoint, path, weights_sha256(trainer.weights)


def opened(checkpoint, data, weights=None):
    return open_checkpoint(checkpoint, lambda _: data, CommandQueue(), SnapshotCache(), weights)


def test_that_a_checkpoint_goes_on_without_the_file_and_says_why_it_cannot_go_back(saved, tiny_data):
    checkpoint, path, end = saved
    path.unlink()
    trainer = opened(checkpoint, tiny_data)
    (failed,) = (event for event in trainer.travel(3) if isinstance(event, TravelFailed))
    assert "start.safetensors, SHA-256" in str(failed.problem)
    assert trainer.position.step == 7
    with pytest.raises(UserError, match=r"start\.safetensors"), forked_at(trainer, 3):
        pass
    list(trainer.resume(Resume()))
    assert weights_sha256(trainer.weights) == end
    assert not [event for event in trainer.travel(7) if isinstance(event, TravelFailed)]


@pytest.mark.parametrize("is_moved", [True, False])
def test_that_a_checkpoint_goes_back_to_the_start_with_the_file(saved, tiny_data, is_moved):
    checkpoint, path, end = saved
    if is_moved:
        path = path.rename(path.with_name("elsewhere.safetensors"))
    trainer = opened(checkpoint, tiny_data, StartingWeights(given=path))
    list(trainer.travel(0))
    assert trainer.position.step == 0
    assert weights_sha256(trainer.weights) == trainer.recipe.initial_weights.sha256
    list(trainer.resume(Resume()))
    assert weights_sha256(trainer.weights) == end


def test_that_other_weights_at_the_same_place_are_not_taken_for_those_of_the_run(saved, tiny_data):
    checkpoint, path, _ = saved
    recipe = opened(checkpoint, tiny_data).recipe
    save_weights(end_of(tiny_data, values={"epochs": 1, "seed": 9}), path)
    assert StartingWeights().if_there(recipe, tiny_data.spec) is None
    with pytest.raises(UserError, match="holds other weights"):
        StartingWeights().of_run(recipe, tiny_data.spec)


# What the recipe keeps of it


@given(st.text(min_size=1).filter(lambda text: "\0" not in text), st.none() | st.just("0123456789abcdef" * 4))
def test_that_a_recipe_keeps_the_file_and_the_digest(path, sha256):
    recipe = Recipe(initial_weights=InitialWeights(path, sha256))
    again = Recipe.from_json(recipe.to_json())
    assert (again, again.initial_weights) == (recipe, recipe.initial_weights)
    assert again != replace(recipe, initial_weights=None)


def test_that_a_recipe_of_format_4_starts_from_its_seed():
    content = json.loads(Recipe().to_json())
    del content["initial_weights"]
    assert Recipe.from_json(json.dumps({**content, "format": 4})) == Recipe()


@pytest.mark.parametrize(
    "junk",
    [
        "model.pt",
        {"path": "model.pt"},
        {"path": "", "sha256": None},
        {"path": 1, "sha256": None},
        {"path": "a\0b", "sha256": None},
        {"path": "model.pt", "sha256": "../../x"},
        {"path": "model.pt", "sha256": "AB" * 32},
        {"path": "model.pt", "sha256": None, "more": 1},
    ],
)
def test_that_what_names_no_weights_is_refused(junk):
    content = {**json.loads(Recipe().to_json()), "initial_weights": junk}
    with pytest.raises(UserError, match="which weights it starts from"):
        Recipe.from_json(json.dumps(content))
