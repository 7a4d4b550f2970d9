from __future__ import annotations

import errno
import hashlib
import os
import struct
import zipfile

import pytest
import safetensors.torch
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import nn

from workbench.engine.networks import NeuralNetwork as OurNetwork
from workbench.engine.problems import BadUsage, Problem
from workbench.engine.weights import (
    apply_weights,
    capture,
    check_target,
    load_weights,
    save_weights,
    weights_sha256,
)

SUFFIXES = (".pt", ".safetensors")


class NeuralNetwork(nn.Module):
    """The tutorial's class, as a person has it who loads our file."""

    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
        )


class CallsTouch:
    """Pickled, a call that makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def small():
    """Weights of three kinds: matrices, vectors, and a whole number (0-dimensional)."""
    torch.manual_seed(7)
    return nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))


def bits(weights):
    return [(key, tensor.dtype, tensor.shape, tensor.numpy().tobytes()) for key, tensor in weights.items()]


def saved(tmp_path, content, name="weights.pt"):
    path = tmp_path / name
    torch.save(content, path)
    return path


def sentence(path, model):
    with pytest.raises(Problem) as caught:
        load_weights(path, model)
    text = str(caught.value)
    assert str(path) in text
    assert ": " in text, "what to do follows the colon"
    return text


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


def test_that_captured_weights_applied_to_another_model_make_it_the_same():
    model, other = small(), nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    apply_weights(other, capture(model))
    assert bits(capture(other)) == bits(capture(model))


def test_that_applied_weights_are_not_shared_with_the_model():
    model = small()
    captured = capture(model)
    apply_weights(model, captured)
    before = bits(captured)
    with torch.no_grad():
        model[0].weight.zero_()
    assert bits(captured) == before


def test_that_the_sha256_is_of_keys_and_little_endian_bytes_in_order():
    weights = {"b": torch.tensor([[1.0, 2.0], [3.0, 4.0]]).T, "ä": torch.tensor(5, dtype=torch.int64)}
    expected = hashlib.sha256(b"b" + struct.pack("<4f", 1, 3, 2, 4) + "ä".encode() + struct.pack("<q", 5))
    assert weights_sha256(weights) == expected.hexdigest()
    assert weights_sha256(dict(reversed(weights.items()))) != expected.hexdigest()


def test_that_the_sha256_takes_numbers_numpy_does_not_know_and_empty_tensors():
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
def test_that_views_are_saved_without_what_they_are_views_of(tmp_path, suffix):
    model = nn.Linear(3, 2)
    large = torch.rand(1000, 3)
    save_weights({"weight": large[:2], "bias": large[0, :2]}, tmp_path / f"weights{suffix}")
    assert (tmp_path / f"weights{suffix}").stat().st_size < large.nbytes / 2
    assert torch.equal(load_weights(tmp_path / f"weights{suffix}", model)["weight"], large[:2])


@pytest.mark.parametrize("name", ["weights", "weights.pth", "weights.pt.zip"])
def test_that_another_ending_is_refused_naming_the_two(tmp_path, name):
    with pytest.raises(BadUsage, match=r"\.pt.*\.safetensors"):
        save_weights(capture(small()), tmp_path / name)
    with pytest.raises(BadUsage, match=r"\.pt.*\.safetensors"):
        check_target(tmp_path / name)
    assert not any(tmp_path.iterdir())


def test_that_a_target_is_checked_without_being_written(tmp_path):
    check_target(tmp_path / "weights.pt")
    (tmp_path / "folder.pt").mkdir()
    with pytest.raises(Problem, match="is a folder"):
        check_target(tmp_path / "folder.pt")
    with pytest.raises(Problem, match="does not exist"):
        check_target(tmp_path / "none" / "weights.pt")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.pt"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_that_a_full_disk_leaves_the_old_file_whole_and_nothing_beside_it(tmp_path, monkeypatch, suffix):
    path = tmp_path / f"weights{suffix}"
    old = small()
    save_weights(capture(old), path)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.engine.atomic.os.fsync", full)
    with pytest.raises(Problem, match="disk is full"):
        save_weights({key: tensor + 1 for key, tensor in capture(old).items()}, path)
    assert bits(load_weights(path, small())) == bits(capture(old))
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_that_a_missing_folder_is_said_in_a_sentence(tmp_path):
    with pytest.raises(Problem, match="does not exist"):
        save_weights(capture(small()), tmp_path / "none" / "weights.pt")


# Reading: damage


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_a_changed_byte_is_noticed_or_changes_nothing(tmp_path, suffix, data):
    model = small()
    path = tmp_path / f"weights{suffix}"
    save_weights(capture(model), path)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1), label="place")
    content[place] ^= data.draw(st.integers(1, 255), label="change")
    path.write_bytes(content)
    try:
        loaded = load_weights(path, small())
    except Problem:
        return
    assert bits(loaded) == bits(capture(model))


def test_that_an_entry_turned_into_a_folder_by_one_bit_is_noticed(tmp_path):
    # zipfile finds its checksum right, torch.load gives a tensor of whatever was in memory.
    path = tmp_path / "weights.pt"
    save_weights(capture(small()), path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entries = len(archive.infolist())
    place = content.index(b"PK\x01\x02")
    changed = 0
    while place >= 0:
        damaged = bytearray(content)
        damaged[place + 38] |= 0x10
        path.write_bytes(damaged)
        assert "damaged" in sentence(path, small())
        changed += 1
        place = content.find(b"PK\x01\x02", place + 1)
    assert changed == entries


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_that_a_truncated_file_is_refused(tmp_path, suffix, part):
    path = tmp_path / f"weights{suffix}"
    save_weights(capture(small()), path)
    content = path.read_bytes()
    path.write_bytes(content[: int(part * len(content))])
    assert "damaged" in sentence(path, small())


@given(st.binary(max_size=200), st.sampled_from(SUFFIXES), st.sampled_from([b"", b"PK\x03\x04", b"\x80\x02"]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_garbage_is_refused_in_a_sentence(tmp_path, content, suffix, start):
    path = tmp_path / f"weights{suffix}"
    path.write_bytes(start + content)
    sentence(path, small())


def test_that_an_archive_that_unpacks_to_more_than_itself_is_refused(tmp_path):
    path = tmp_path / "weights.pt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", bytes(1_000_000))
    assert "damaged" in sentence(path, small())


def test_that_a_file_too_big_for_the_network_is_not_read(tmp_path):
    path = tmp_path / "weights.pt"
    with path.open("wb") as file:
        file.truncate(1 << 30)  # sparse: takes no room
    assert "too big" in sentence(path, small())


def test_that_a_missing_file_a_folder_and_a_pipe_are_said(tmp_path):
    assert "no file" in sentence(tmp_path / "none.pt", small())
    assert "is a folder" in sentence(tmp_path, small())
    os.mkfifo(tmp_path / "pipe.pt")
    assert "is not a file" in sentence(tmp_path / "pipe.pt", small())


def test_that_a_file_one_may_not_read_is_said(tmp_path, monkeypatch):
    path = saved(tmp_path, capture(small()))

    def refuse(_path):
        raise PermissionError(errno.EACCES, "Permission denied")

    # A stand-in: the superuser, as whom tests may run, may read anything.
    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert "Permission denied" in sentence(path, small())


# Reading: strangers


@pytest.mark.parametrize("zipped", [True, False])
def test_that_code_in_a_pickle_is_refused_and_not_run(tmp_path, zipped):
    trace = tmp_path / "trace"
    path = tmp_path / "weights.pt"
    torch.save({"0.weight": CallsTouch(trace)}, path, _use_new_zipfile_serialization=zipped)
    assert "mkdir" in sentence(path, small())
    assert not trace.exists()


def test_that_a_whole_pickled_model_is_refused_saying_what_to_save(tmp_path):
    text = sentence(saved(tmp_path, small()), small())
    assert "Sequential" in text
    assert "model.state_dict()" in text


def test_that_an_older_pickle_of_weights_is_read(tmp_path):
    torch.save(capture(small()), tmp_path / "weights.pt", _use_new_zipfile_serialization=False)
    assert bits(load_weights(tmp_path / "weights.pt", small())) == bits(capture(small()))


def test_that_the_contents_tell_the_format_not_the_name(tmp_path):
    save_weights(capture(small()), tmp_path / "weights.safetensors")
    (tmp_path / "weights.safetensors").rename(tmp_path / "weights.pt")
    assert bits(load_weights(tmp_path / "weights.pt", small())) == bits(capture(small()))
    save_weights(capture(small()), tmp_path / "other.pt")
    (tmp_path / "other.pt").rename(tmp_path / "other.safetensors")
    assert bits(load_weights(tmp_path / "other.safetensors", small())) == bits(capture(small()))


def test_that_a_safetensors_of_another_program_is_read_in_the_models_order(tmp_path):
    safetensors.torch.save_file(capture(small()), tmp_path / "weights.safetensors")
    assert bits(load_weights(tmp_path / "weights.safetensors", small())) == bits(capture(small()))


@pytest.mark.parametrize("prefix", ["module.", "_orig_mod.", "_orig_mod.module.", "module._orig_mod."])
def test_that_the_prefix_of_a_wrapper_is_taken_off(tmp_path, prefix):
    wrapped = {prefix + key: tensor for key, tensor in capture(small()).items()}
    assert bits(load_weights(saved(tmp_path, wrapped), small())) == bits(capture(small()))


def test_that_a_wrapped_models_own_prefix_is_kept(tmp_path):
    model = nn.DataParallel(small())
    assert bits(load_weights(saved(tmp_path, capture(model)), model)) == bits(capture(model))


@pytest.mark.parametrize("name", ["state_dict", "model_state_dict"])
def test_that_weights_in_a_checkpoint_are_found(tmp_path, name):
    checkpoint = {"epoch": 3, name: small().state_dict(), "optimizer_state_dict": {"param_groups": []}}
    assert bits(load_weights(saved(tmp_path, checkpoint), small())) == bits(capture(small()))


@pytest.mark.parametrize(
    "content",
    [None, 3, [torch.zeros(1)], torch.zeros(2, 3), {"epoch": 3}, {"a": {"b": torch.zeros(1)}}, {1: torch.zeros(1)}],
)
def test_that_what_is_no_state_dict_is_refused(tmp_path, content):
    assert "model.state_dict()" in sentence(saved(tmp_path, content), small())


def test_that_sparse_weights_are_refused(tmp_path):
    weights = capture(small())
    weights["0.weight"] = weights["0.weight"].to_sparse()
    assert "0.weight" in sentence(saved(tmp_path, weights), small())


def test_that_missing_and_unknown_keys_are_named(tmp_path):
    weights = capture(small())
    missing = dict(weights)
    del missing["0.bias"]
    assert "lacks 0.bias" in sentence(saved(tmp_path, missing), small())
    assert "it has 2.bias besides" in sentence(saved(tmp_path, weights | {"2.bias": torch.zeros(1)}), small())
    text = sentence(saved(tmp_path, missing | {"0.beta": torch.zeros(2)}), small())
    assert "it has 0.beta in place of 0.bias" in text


def test_that_of_many_and_long_keys_only_the_beginning_is_said(tmp_path):
    text = sentence(saved(tmp_path, {f"{number}" * 500: torch.zeros(1) for number in range(9)}), small())
    assert len(text) < 700
    assert "…" in text


def test_that_an_empty_state_dict_is_refused(tmp_path):
    assert "lacks 0.weight" in sentence(saved(tmp_path, {}), small())


def test_that_another_shape_is_named_with_both_shapes(tmp_path):
    text = sentence(saved(tmp_path, capture(small()) | {"0.weight": torch.zeros(3, 2)}), small())
    assert "0.weight has the shape (3, 2), here it is (2, 3)" in text


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16, torch.bfloat16])
def test_that_floating_point_numbers_of_another_width_are_converted(tmp_path, dtype):
    weights = {
        key: tensor.to(dtype) if tensor.is_floating_point() else tensor for key, tensor in capture(small()).items()
    }
    loaded = load_weights(saved(tmp_path, weights), small())
    assert bits(loaded) == bits({key: tensor.to(loaded[key].dtype) for key, tensor in weights.items()})
    assert loaded["0.weight"].dtype is torch.float32


@pytest.mark.parametrize("dtype", [torch.int32, torch.bool, torch.complex64])
def test_that_numbers_of_another_kind_are_refused(tmp_path, dtype):
    weights = capture(small()) | {"0.weight": torch.ones(2, 3, dtype=dtype)}
    text = sentence(saved(tmp_path, weights), small())
    assert f"0.weight is {str(dtype).removeprefix('torch.')}" in text


@pytest.mark.parametrize(
    "number", [torch.tensor(float("nan")), torch.tensor(float("-inf")), torch.tensor(1e300, dtype=torch.float64)]
)
def test_that_weights_that_are_not_finite_are_refused_naming_the_tensor(tmp_path, number):
    bias = torch.zeros(2, dtype=number.dtype)
    bias[1] = number
    assert "0.bias" in sentence(saved(tmp_path, capture(small()) | {"0.bias": bias}), small())


def test_that_loading_leaves_the_model_alone(tmp_path):
    model = small()
    other = {key: tensor + 1 for key, tensor in capture(model).items()}
    before = bits(capture(model))
    load_weights(saved(tmp_path, other), model)
    assert bits(capture(model)) == before
