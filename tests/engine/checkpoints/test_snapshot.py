"""A snapshot holds the state of one step, and later training does not change it."""

from types import SimpleNamespace

import pytest
import torch

from workbench.engine.checkpoints import snapshot as snapshot_module
from workbench.engine.checkpoints.snapshot import Position, Snapshot
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.recipe import Recipe
from workbench.engine.training.stepper import Stepper

PARAMETERS = 669_706


def a_stepper(data, optimizer="sgd", **values):
    extra = {"momentum": 0.9} if "momentum" in OPTIMIZERS[optimizer].accepts else {}
    recipe = Recipe(model="mlp-dropout", optimizer=optimizer, values={"shuffle": True, **extra, **values})
    return Stepper(recipe, data)


def train(stepper, steps):
    """The losses of `steps` steps, as exact numbers."""
    losses = []
    while len(losses) < steps:
        for trained in stepper.steps():
            stepper.count(trained)
            losses.append(float(trained.loss))
            if len(losses) == steps:
                break
        stepper.close_epoch()
    return losses


def tensors_of(state):
    if isinstance(state, torch.Tensor):
        return [state]
    if isinstance(state, dict):
        return [tensor for value in state.values() for tensor in tensors_of(value)]
    return [tensor for value in state for tensor in tensors_of(value)] if isinstance(state, list | tuple) else []


def held(snapshot):
    return tensors_of([dict(snapshot.weights), dict(snapshot.optimizer), snapshot.random_state])


def bits(snapshot):
    return [tensor.numpy().tobytes() for tensor in held(snapshot)]


@pytest.mark.parametrize("optimizer", OPTIMIZERS.names)
def test_that_training_from_a_restored_snapshot_gives_the_same_bits(tiny_data, optimizer):
    stepper = a_stepper(tiny_data, optimizer)
    train(stepper, 3)
    then = stepper.snapshot()
    # Over the end of an epoch, with dropout drawing from the random state at each step.
    losses, after = train(stepper, 12), stepper.snapshot()
    torch.rand(5)
    stepper.restore(then)
    assert bits(stepper.snapshot()) == bits(then)
    assert train(stepper, 12) == losses
    again = stepper.snapshot()
    assert (bits(again), again.position, again.values) == (bits(after), after.position, after.values)


@pytest.mark.parametrize("optimizer", OPTIMIZERS.names)
def test_that_a_snapshot_goes_on_in_another_stepper_of_its_recipe(tiny_data, optimizer):
    one = a_stepper(tiny_data, optimizer)
    train(one, 3)
    then = one.snapshot()
    losses = train(one, 4)
    other = a_stepper(tiny_data, optimizer)
    other.restore(then)
    assert train(other, 4) == losses


@pytest.mark.parametrize("optimizer", OPTIMIZERS.names)
def test_that_training_writes_into_no_snapshot_taken_or_restored(tiny_data, optimizer):
    stepper = a_stepper(tiny_data, optimizer)
    train(stepper, 2)
    snapshot = stepper.snapshot()
    before, position = bits(snapshot), snapshot.position.copy()
    train(stepper, 2)
    stepper.restore(snapshot)
    stepper.set_value("learning_rate", 0.5)
    train(stepper, 2)
    assert bits(snapshot) == before
    assert (snapshot.position, snapshot.values["learning_rate"]) == (position, 0.001)
    live = {tensor.data_ptr() for tensor in tensors_of([stepper.model.state_dict(), stepper.optimizer.state_dict()])}
    assert live.isdisjoint(tensor.data_ptr() for tensor in held(snapshot))


def test_that_a_snapshot_restores_the_random_state(tiny_data):
    stepper = a_stepper(tiny_data)
    snapshot = stepper.snapshot()
    drawn = torch.rand(3)
    stepper.restore(snapshot)
    assert torch.equal(torch.rand(3), drawn)


def test_that_values_set_later_are_undone_in_the_optimizer_too(tiny_data):
    stepper = a_stepper(tiny_data, "adam", learning_rate=0.01)
    snapshot = stepper.snapshot()
    for name, value in (("learning_rate", 1.0), ("beta1", 0.5), ("dropout", 0.75), ("batch_size", 8)):
        stepper.set_value(name, value)
    stepper.restore(snapshot)
    (group,) = stepper.optimizer.param_groups
    assert (group["lr"], group["betas"], stepper.model.dropout) == (0.01, (0.9, 0.999), 0.2)
    assert (stepper.values["learning_rate"], stepper.values["batch_size"]) == (0.01, 64)


@pytest.mark.parametrize(("optimizer", "per_weight"), [("sgd", 2), ("adam", 3), ("adamw", 3), ("rmsprop", 3)])
def test_that_its_size_is_that_of_the_weights_and_the_optimizer_state(tiny_data, optimizer, per_weight):
    stepper = a_stepper(tiny_data, optimizer)
    train(stepper, 1)
    snapshot = stepper.snapshot()
    assert snapshot.nbytes == sum(tensor.nbytes for tensor in held(snapshot))
    # Float32 numbers; beside them a few counters and the random state.
    assert 0 < snapshot.nbytes - 4 * per_weight * PARAMETERS < 10_000


def test_that_its_position_and_values_are_copies(tiny_data):
    stepper = a_stepper(tiny_data)
    position, values = Position(step=5, epoch=1, tested=1, batch=2), dict(stepper.values)
    snapshot = Snapshot.of(stepper.model, stepper.optimizer, position, values)
    position.step = 6
    values["learning_rate"] = 1.0
    assert (snapshot.step, snapshot.values["learning_rate"]) == (5, 0.001)


class StateOnDevice:
    """A stand-in for model and optimizer, with the device of a GPU that this machine need not have."""

    def __init__(self, kind):
        self._kind = kind

    def parameters(self):
        yield SimpleNamespace(device=torch.device(self._kind))

    def state_dict(self):
        return {}

    def load_state_dict(self, state):
        assert state == {}


@pytest.mark.parametrize("kind", ["cuda", "mps"])
def test_that_a_snapshot_holds_the_random_state_of_the_gpu_and_counts_its_bytes(monkeypatch, kind):
    state, restored = torch.arange(48, dtype=torch.uint8), []
    monkeypatch.setattr(f"torch.{kind}.get_rng_state", lambda *_: state)
    monkeypatch.setattr(f"torch.{kind}.set_rng_state", lambda new, *_: restored.append(new))
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (8, 8))
    stand_in = StateOnDevice(kind)
    snapshot = Snapshot.of(stand_in, stand_in, Position(), {})
    snapshot.restore(stand_in, stand_in)
    assert [each.tolist() for each in restored] == [state.tolist()]
    assert snapshot.nbytes == snapshot.random_state.nbytes + state.nbytes


@pytest.mark.parametrize("has_room", [True, False])
def test_that_copies_stay_beside_the_weights_only_where_there_is_room(tiny_data, monkeypatch, has_room):
    asked, beside = [], []
    monkeypatch.setattr(snapshot_module, "has_room", lambda device, nbytes: asked.append(nbytes) or has_room)
    monkeypatch.setattr(
        snapshot_module, "_copy_beside", lambda tensor: beside.append(tensor.shape) or tensor.detach().clone()
    )
    stepper = a_stepper(tiny_data)
    train(stepper, 1)
    snapshot = stepper.snapshot()
    assert asked == [sum(tensor.nbytes for tensor in tensors_of([dict(snapshot.weights), dict(snapshot.optimizer)]))]
    assert len(beside) == (12 if has_room else 0)
    assert snapshot.on_cpu() is snapshot
