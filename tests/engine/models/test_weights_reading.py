"""Reading weights: damaged files, files of other programs, other networks."""

from __future__ import annotations

import errno
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import nn

from tests.engine.models.test_weights import SUFFIXES, bits, small
from workbench.engine.errors import UserError, localized
from workbench.engine.files.sealed_archive import pack
from workbench.engine.models.weights import capture, save_weights
from workbench.engine.models.weights_reading import Conversion, load_and_convert, load_weights


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
    assert "compressed" in sentence(path, small())


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

    def refuse(_path, _mode):
        raise PermissionError(errno.EACCES, "Permission denied")

    # Simulated, since tests may run as the superuser, who can read everything.
    monkeypatch.setattr("pathlib.Path.open", refuse)
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


@pytest.mark.parametrize("prefix", ["model.", "net.", "model._orig_mod.", "net.module.", "a.b."])
def test_that_the_prefix_of_a_module_around_the_model_is_removed(tmp_path, prefix):
    wrapped = {prefix + key: tensor for key, tensor in capture(small()).items()}
    assert bits(load_weights(saved(tmp_path, wrapped), small())) == bits(capture(small()))


def test_that_wrappers_inside_the_model_are_removed(tmp_path):
    model = nn.ModuleDict({"stack": small()})
    for wrapper in ("module", "_orig_mod"):
        wrapped = {key.replace("stack.", f"stack.{wrapper}."): tensor for key, tensor in capture(model).items()}
        assert bits(load_weights(saved(tmp_path, wrapped), model)) == bits(capture(model))


def test_that_the_weights_of_an_averaged_model_are_read(tmp_path):
    averaged = torch.optim.swa_utils.AveragedModel(small())
    assert bits(load_weights(saved(tmp_path, averaged.state_dict()), small())) == bits(capture(small()))


def test_that_two_entries_of_one_name_but_for_a_wrapper_are_refused(tmp_path):
    twice = capture(small()) | {"module.0.weight": torch.zeros(2, 3)}
    assert "module.0.weight besides" in sentence(saved(tmp_path, twice), small())


@pytest.mark.parametrize("protocol", [3, 4, 5])
@pytest.mark.parametrize("zipped", [True, False])
def test_that_later_protocols_of_pickle_are_read(tmp_path, protocol, zipped):
    path = tmp_path / "weights.pt"
    torch.save(capture(small()), path, pickle_protocol=protocol, _use_new_zipfile_serialization=zipped)
    assert bits(load_weights(path, small())) == bits(capture(small()))


def test_that_values_of_other_libraries_beside_nested_weights_are_left_out(tmp_path):
    beside = {"best": np.float64(0.9), "path": Path("here"), "images": np.zeros(3), "when": datetime.now(tz=UTC)}
    content = {"model": small().state_dict(), **beside}
    assert bits(load_weights(saved(tmp_path, content), small())) == bits(capture(small()))


@pytest.mark.parametrize(
    ("value", "kind"), [(np.float64(0.9), "NumPy number"), (np.zeros(3), "NumPy array"), (Path("here"), "Path")]
)
def test_that_a_value_of_another_library_among_the_weights_is_named(tmp_path, value, kind):
    text = sentence(saved(tmp_path, capture(small()) | {"best": value}), small())
    assert "holds more than weights (best, of type " in text
    assert kind in text


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_that_our_safetensors_converted_by_another_program_is_read(tmp_path, dtype):
    path = tmp_path / "weights.safetensors"
    save_weights(capture(small()), path)
    with safetensors.safe_open(path, "pt") as file:
        metadata = file.metadata()
    half = {
        key: tensor.to(dtype) if tensor.is_floating_point() else tensor
        for key, tensor in safetensors.torch.load_file(path).items()
    }
    safetensors.torch.save_file(half, path, metadata)
    loaded = load_weights(path, small())
    assert bits(loaded) == bits({key: half[key].to(loaded[key].dtype) for key in loaded})


@pytest.mark.parametrize(("name", "kind"), [("weights.pt", "float4_e2m1fn_x2"), ("weights.safetensors", "F4")])
def test_that_numbers_of_4_bits_are_named(tmp_path, name, kind):
    weights = capture(small()) | {
        "0.weight": torch.zeros(2, 3, dtype=torch.uint8).view(torch.float4_e2m1fn_x2),
    }
    if name.endswith(".pt"):
        path = saved(tmp_path, weights)
    else:
        path = tmp_path / name
        safetensors.torch.save_file(weights, path)
    assert kind in sentence(path, small())


def test_that_a_key_with_escape_codes_does_not_reach_the_terminal(tmp_path):
    text = sentence(saved(tmp_path, {"\x1b[2J\u202e" + "k" * 900: torch.zeros(1)}), small())
    assert text.isprintable()
    assert len(text) <= 300


def test_that_weights_are_found_by_their_keys_under_any_name(tmp_path):
    content = {"epoch": 3, "state": {"mine": small().state_dict(), "other": {"a": torch.zeros(1)}}}
    assert bits(load_weights(saved(tmp_path, content), small())) == bits(capture(small()))


def test_that_of_two_fitting_sets_of_weights_the_one_with_a_common_name_is_taken(tmp_path):
    averaged = {key: tensor + 1 for key, tensor in capture(small()).items()}
    content = {"model": small().state_dict(), "ema": averaged}
    assert bits(load_weights(saved(tmp_path, content), small())) == bits(capture(small()))
    text = sentence(saved(tmp_path, {"first": small().state_dict(), "second": averaged}), small())
    assert "several sets of weights (first, second)" in text


def test_that_the_weights_of_a_checkpoint_of_this_program_are_read(tmp_path):
    weights = dict(capture(small()))
    before_version_5 = {"format": "workbench checkpoint", "snapshot": {"weights": weights, "values": {}}}
    since = {"format": "workbench checkpoint", "model_state_dict": weights, "snapshot": {"values": {}}}
    for content in (before_version_5, since):
        (tmp_path / "run.ckpt").write_bytes(pack(content))
        assert bits(load_weights(tmp_path / "run.ckpt", small())) == bits(capture(small()))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89HDF\r\n", "HDF5"),
        (b"\x93NUMPY", "NumPy"),
        (b"GGUF", "GGUF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!DOCTYPE html><html>404</html>", "a web page"),
        (b"<html><body>", "a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0a1b\nsize 900\n", "git lfs pull"),
    ],
)
def test_that_a_file_of_another_kind_is_called_by_its_kind(tmp_path, content, kind):
    (tmp_path / "weights.pt").write_bytes(content + bytes(40))
    assert kind in sentence(tmp_path / "weights.pt", small())


def test_that_the_reason_is_in_the_language_of_the_sentence(tmp_path, korean):
    (tmp_path / "weights.pt").write_bytes(b"GGUF" + bytes(40))
    with pytest.raises(UserError) as refused:
        load_weights(tmp_path / "weights.pt", small())
    assert "(GGUF 파일임)" in localized(refused.value)


@pytest.mark.parametrize("name", ["state_dict", "model_state_dict", "model", "net", "weights"])
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
    assert len(text) <= 300
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
    loaded, conversion = load_and_convert(saved(tmp_path, weights), small())
    assert bits(loaded) == bits({key: tensor.to(loaded[key].dtype) for key, tensor in weights.items()})
    assert loaded["0.weight"].dtype is torch.float32
    assert conversion == Conversion(str(dtype).removeprefix("torch."), "float32")
    assert load_and_convert(saved(tmp_path, capture(small())), small())[1] is None


def test_that_weights_of_several_widths_name_each_that_was_converted(tmp_path):
    weights = capture(small())
    first, second, *_ = (key for key, tensor in weights.items() if tensor.is_floating_point())
    weights |= {first: weights[first].half(), second: weights[second].double()}
    assert load_and_convert(saved(tmp_path, weights), small())[1] == Conversion("float16, float64", "float32")


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
