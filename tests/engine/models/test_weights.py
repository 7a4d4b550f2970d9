from __future__ import annotations

import errno
import hashlib
import struct

import pytest
import safetensors.torch
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import nn

from workbench.engine.errors import UsageError, UserError
from workbench.engine.models.mlp import NeuralNetwork as OurNetwork
from workbench.engine.models.weights import (
    capture,
    check_target,
    save_weights,
    weights_sha256,
)
from workbench.engine.models.weights_reading import load_weights

SUFFIXES = (".pt", ".safetensors")


class NeuralNetwork(nn.Module):
    """The tutorial's class, as a user has it who loads our file."""

    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
        )


def small():
    """Weights of three kinds: matrices, vectors, and a whole number (0-dimensional)."""
    torch.manual_seed(7)
    return nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))


def bits(weights):
    return [(key, tensor.dtype, tensor.shape, tensor.numpy().tobytes()) for key, tensor in weights.items()]


# In memory


def test_that_captured_weights_stay_as_they_are_while_training_goes_on():
    model = small()
    captured = capture(model)
    before = bits(captured)
    with torch.no_grad():
        for tensor in model.state_dict().values():
            tensor.add_(1)
    assert bits(captured) == before
    assert not any(tensor.requires_grad for tensor in captured.values())


def test_that_captured_weights_loaded_into_another_model_make_it_the_same():
    model, other = small(), nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    other.load_state_dict(capture(model))
    assert bits(capture(other)) == bits(capture(model))


def test_that_the_sha256_is_of_keys_and_little_endian_bytes_in_order():
    weights = {"b": torch.tensor([[1.0, 2.0], [3.0, 4.0]]).T, "ä": torch.tensor(5, dtype=torch.int64)}
    expected = hashlib.sha256(b"b" + struct.pack("<4f", 1, 3, 2, 4) + "ä".encode() + struct.pack("<q", 5))
    assert weights_sha256(weights) == expected.hexdigest()
    assert weights_sha256(dict(reversed(weights.items()))) != expected.hexdigest()


def test_that_the_sha256_covers_types_that_numpy_lacks_and_empty_tensors():
    weights = {"a": torch.tensor([1.0], dtype=torch.bfloat16), "b": torch.zeros(0)}
    assert weights_sha256(weights) == hashlib.sha256(b"a\x80\x3fb").hexdigest()


# Writing


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".PT", ".SafeTensors"])
def test_that_saved_weights_come_back_bit_for_bit_and_in_order(tmp_path, suffix):
    model = small()
    path = tmp_path / f"weights{suffix}"
    save_weights(capture(model), path)
    assert bits(load_weights(path, small())) == bits(capture(model))
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@given(
    st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=6, max_size=6),
    st.sampled_from(SUFFIXES),
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_any_finite_weights_come_back_bit_for_bit(tmp_path, numbers, suffix):
    model = nn.Linear(3, 2)
    weights = {"weight": torch.tensor(numbers).view(2, 3), "bias": torch.tensor([-0.0, 1e-45])}
    save_weights(weights, tmp_path / f"weights{suffix}")
    assert bits(load_weights(tmp_path / f"weights{suffix}", model)) == bits(weights)


def test_that_a_saved_pt_loads_into_the_tutorials_own_class(tmp_path):
    ours = OurNetwork()
    save_weights(capture(ours), tmp_path / "weights.pt")
    loaded = torch.load(tmp_path / "weights.pt", weights_only=True)
    assert type(loaded) is dict
    theirs = NeuralNetwork()
    theirs.load_state_dict(loaded, strict=True)
    assert bits(theirs.state_dict()) == bits(ours.state_dict())


def test_that_a_saved_safetensors_is_an_ordinary_one(tmp_path):
    model = small()
    save_weights(capture(model), tmp_path / "weights.safetensors")
    loaded = safetensors.torch.load_file(tmp_path / "weights.safetensors")
    assert sorted(bits(loaded)) == sorted(bits(capture(model)))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_views_are_saved_without_the_tensors_behind_them(tmp_path, suffix):
    model = nn.Linear(3, 2)
    large = torch.rand(1000, 3)
    save_weights({"weight": large[:2], "bias": large[0, :2]}, tmp_path / f"weights{suffix}")
    assert (tmp_path / f"weights{suffix}").stat().st_size < large.nbytes / 2
    assert torch.equal(load_weights(tmp_path / f"weights{suffix}", model)["weight"], large[:2])


@pytest.mark.parametrize("name", ["weights", "weights.pth", "weights.pt.zip"])
def test_that_another_ending_is_refused_naming_the_two(tmp_path, name):
    with pytest.raises(UsageError, match=r"\.pt.*\.safetensors"):
        save_weights(capture(small()), tmp_path / name)
    with pytest.raises(UsageError, match=r"\.pt.*\.safetensors"):
        check_target(tmp_path / name)
    assert not any(tmp_path.iterdir())


def test_that_a_target_is_checked_without_being_written(tmp_path):
    check_target(tmp_path / "weights.pt")
    (tmp_path / "folder.pt").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        check_target(tmp_path / "folder.pt")
    with pytest.raises(UserError, match="does not exist"):
        check_target(tmp_path / "none" / "weights.pt")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.pt"]


def test_that_a_target_in_a_read_only_folder_is_refused(tmp_path, monkeypatch):
    # Simulated, since tests may run as the superuser, who can write everywhere.
    def refuse(_path):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("workbench.engine.files.safe_files.try_to_write", refuse)
    with pytest.raises(UserError, match="may not be written"):
        check_target(tmp_path / "weights.pt")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_a_full_disk_leaves_the_old_file_whole_and_nothing_beside_it(tmp_path, monkeypatch, suffix):
    path = tmp_path / f"weights{suffix}"
    old = small()
    save_weights(capture(old), path)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.engine.files.atomic_write.os.fsync", full)
    with pytest.raises(UserError, match="disk is full"):
        save_weights({key: tensor + 1 for key, tensor in capture(old).items()}, path)
    assert bits(load_weights(path, small())) == bits(capture(old))
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_that_a_missing_folder_is_reported_in_a_sentence(tmp_path):
    with pytest.raises(UserError, match="does not exist"):
        save_weights(capture(small()), tmp_path / "none" / "weights.pt")
