"""Reading weights: damaged files, files of other programs, other networks."""

from __future__ import annotations

import errno
import os
import zipfile

import pytest
import safetensors.torch
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import nn

from tests.engine.models.test_weights import SUFFIXES, bits, small
from workbench.engine.errors import UserError
from workbench.engine.models.weights import capture, load_weights, save_weights


class MakesFolder:
    """Pickled, a call that makes a folder when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def saved(tmp_path, content, name="weights.pt"):
    path = tmp_path / name
    torch.save(content, path)
    return path


def sentence(path, model):
    with pytest.raises(UserError) as caught:
        load_weights(path, model)
    text = str(caught.value)
    assert str(path) in text
    assert ": " in text, "what to do follows the colon"
    return text


# Damage


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
    except UserError:
        return
    assert bits(loaded) == bits(capture(model))


def test_that_an_entry_turned_into_a_folder_by_one_bit_is_noticed(tmp_path):
    # zipfile accepts its checksum, and torch.load returns a tensor of uninitialised memory.
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


def test_that_a_missing_file_a_folder_and_a_pipe_are_reported(tmp_path):
    assert "no file" in sentence(tmp_path / "none.pt", small())
    assert "is a folder" in sentence(tmp_path, small())
    os.mkfifo(tmp_path / "pipe.pt")
    assert "is not a file" in sentence(tmp_path / "pipe.pt", small())


def test_that_a_file_without_the_right_to_read_it_is_reported(tmp_path, monkeypatch):
    path = saved(tmp_path, capture(small()))

    def refuse(_path):
        raise PermissionError(errno.EACCES, "Permission denied")

    # Simulated, since tests may run as the superuser, who can read everything.
    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert "Permission denied" in sentence(path, small())


# Files of other programs


@pytest.mark.parametrize("zipped", [True, False])
def test_that_code_in_a_pickle_is_refused_and_not_run(tmp_path, zipped):
    trace = tmp_path / "trace"
    path = tmp_path / "weights.pt"
    torch.save({"0.weight": MakesFolder(trace)}, path, _use_new_zipfile_serialization=zipped)
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
def test_that_the_prefix_of_a_wrapper_is_removed(tmp_path, prefix):
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
def test_that_an_object_other_than_a_state_dict_is_refused(tmp_path, content):
    assert "model.state_dict()" in sentence(saved(tmp_path, content), small())


@pytest.mark.filterwarnings("ignore")  # torch says that it does not check sparse tensors
@pytest.mark.parametrize("odd", [torch.ones(2, 3).to_sparse(), torch.ones(2, 3, device="meta")])
def test_that_tensors_of_another_make_are_refused(tmp_path, odd):
    text = sentence(saved(tmp_path, capture(small()) | {"0.weight": odd}), small())
    assert "0.weight, of type" in text


def test_that_missing_and_unknown_keys_are_named(tmp_path):
    weights = capture(small())
    missing = dict(weights)
    del missing["0.bias"]
    assert "lacks 0.bias" in sentence(saved(tmp_path, missing), small())
    assert "it has 2.bias besides" in sentence(saved(tmp_path, weights | {"2.bias": torch.zeros(1)}), small())
    text = sentence(saved(tmp_path, missing | {"0.beta": torch.zeros(2)}), small())
    assert "it has 0.beta in place of 0.bias" in text


def test_that_of_many_and_long_keys_only_the_beginning_is_named(tmp_path):
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
