"""Weights as other programs leave them: checkpoints of Lightning, parts of Hugging Face, files of old versions."""

from __future__ import annotations

import argparse
import functools
import json
import os
import tarfile
import warnings
from dataclasses import dataclass

import pytest
import safetensors.torch
import torch
from torch import nn

from tests.engine.models.test_weights import bits, small
from tests.engine.models.test_weights_reading import MakesFolder, saved, sentence
from workbench.engine.errors import UserError
from workbench.engine.models.weights import capture
from workbench.engine.models.weights_reading import Conversion, load_and_convert, load_weights


def prefixed(prefix, weights):
    return {prefix + key: tensor for key, tensor in weights.items()}


def loads(path, weights=None):
    """Whether the file gives these weights, bit for bit."""
    return bits(load_weights(path, small())) == bits(weights or capture(small()))


# Checkpoints of Lightning


@dataclass
class Settings:
    rate: float = 0.1


class Attributes(dict):
    pass


class Callback:
    pass


OBJECTS = {
    "hyper_parameters": {"config": Settings(), "activation": nn.ReLU, "function": nn.functional.relu},
    "hparams": Attributes(rate=0.1, inner=Attributes(depth=2)),
    "arguments": argparse.Namespace(rate=0.1),
    "loss": nn.CrossEntropyLoss(weight=torch.ones(2)),
    "optimizer": torch.optim.Adam(small().parameters()),
    "callbacks": {Callback: {"best": torch.tensor(0.5)}},
    "pytorch-lightning_version": "1.4.0",
}


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("protocol", [2, 4])
def test_that_objects_beside_the_weights_of_a_checkpoint_are_left_out(tmp_path, zipped, protocol):
    content = OBJECTS | {"state_dict": prefixed("model.", small().state_dict()), "epoch": 3}
    torch.save(content, tmp_path / "last.ckpt", pickle_protocol=protocol, _use_new_zipfile_serialization=zipped)
    assert loads(tmp_path / "last.ckpt")


class Called:
    """Pickled, a call that hides behind an object."""

    def __init__(self, *called):
        self.called = called

    def __reduce__(self):
        return self.called


def test_that_no_code_in_the_settings_of_a_checkpoint_is_run_or_passed_over(tmp_path):
    trace = tmp_path / "trace"
    hidden = functools.partial(os.mkdir, str(trace))
    for settings in (MakesFolder(trace), [MakesFolder(trace)], {"a": hidden}, Called(hidden, ())):
        text = sentence(saved(tmp_path, {"state_dict": capture(small()), "hyper_parameters": settings}), small())
        assert "asks to run code" in text
        assert 'weights_only=False)["state_dict"]' in text
        assert not trace.exists()


def test_that_an_object_made_and_then_called_is_a_request_to_run_code(tmp_path):
    from tests.engine.files.hostile_files import archive_of, text

    # partial.__new__(partial, posix.system), called with "true".
    partial = b"cfunctools\npartial\ncposix\nsystem\n\x85\x81" + text("true") + b"\x85R"
    (tmp_path / "weights.pt").write_bytes(archive_of(b"\x80\x02}" + text("a") + partial + b"s."))
    assert "asks to run code" in sentence(tmp_path / "weights.pt", small())


def test_that_the_sentence_stays_short_with_long_names_of_files_keys_and_classes(tmp_path):
    from tests.engine.files.hostile_files import archive_of, text

    folder = tmp_path / ("f" * 120)
    folder.mkdir()
    path = folder / "weights.pt"
    name = b"c" + b"package." * 20 + b"module\nClass\n"
    pickles = {
        "asks to run code": b"\x80\x02}" + text("a") + name + b")Rs.",
        "holds no weights but": b"\x80\x02" + name + b")\x81.",
        "holds more than weights": b"\x80\x02}" + text("k" * 300) + name + b")\x81s.",
    }
    for said, pickled in pickles.items():
        path.write_bytes(archive_of(pickled))
        with pytest.raises(UserError) as caught:
            load_weights(path, small())
        assert said in str(caught.value)
        assert "module.Class" in str(caught.value)
        assert len(str(caught.value)) <= 300


def test_that_the_part_of_a_module_that_is_the_network_is_taken(tmp_path):
    network = prefixed("model.", capture(small()))
    beside = {"loss.weight": torch.ones(2), "accuracy.count": torch.tensor(3)}
    assert loads(saved(tmp_path, {"state_dict": network | beside}))
    averaged = nn.ModuleDict({"model": small(), "ema": torch.optim.swa_utils.AveragedModel(small())})
    for tensor in averaged["ema"].state_dict().values():
        tensor.zero_()
    assert loads(saved(tmp_path, {"state_dict": averaged.state_dict()}))
    text = sentence(
        saved(tmp_path, prefixed("first.", capture(small())) | prefixed("other.", capture(small()))), small()
    )
    assert "several sets of weights (first, other)" in text


def test_that_a_part_with_one_key_more_or_less_is_not_the_network(tmp_path):
    network = prefixed("model.", capture(small()))
    text = sentence(saved(tmp_path, network | {"model.9.bias": torch.ones(2), "loss.weight": torch.ones(2)}), small())
    assert "another network" in text
    del network["model.0.bias"]
    assert "another network" in sentence(saved(tmp_path, network | {"loss.weight": torch.ones(2)}), small())


# Files of old versions of torch


def test_that_counts_of_batches_which_old_versions_did_not_keep_are_zero(tmp_path):
    weights = capture(small())
    counts = [key for key in weights if key.endswith("num_batches_tracked")]
    assert counts
    old = {key: tensor for key, tensor in weights.items() if key not in counts}
    torch.save(prefixed("module.", old), tmp_path / "old.pth", _use_new_zipfile_serialization=False)
    loaded = load_weights(tmp_path / "old.pth", small())
    assert {key: tensor.tolist() for key, tensor in loaded.items()} == {
        key: 0 if key in counts else tensor.tolist() for key, tensor in weights.items()
    }


def test_that_old_files_and_programs_that_are_not_read_are_called_by_their_kind(tmp_path):
    with tarfile.open(tmp_path / "old.pt", "w") as archive:
        (tmp_path / "pickle").write_bytes(b"\x80\x02N.")
        archive.add(tmp_path / "pickle", "pickle")
    assert "a tar archive" in sentence(tmp_path / "old.pt", small())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch wants another way to be used
        torch.jit.script(small()).save(str(tmp_path / "program.pt"))
    text = sentence(tmp_path / "program.pt", small())
    assert "TorchScript" in text
    assert "model.state_dict()" in text


# Weights in several files


def parts(folder, weights, count=3, stem="model", suffix=".safetensors", index=True):
    """Write `weights` as Hugging Face does; returns the paths of the parts and of the index."""
    names = [f"{stem}-{number:05}-of-{count:05}{suffix}" for number in range(1, count + 1)]
    where = {key: names[place % count] for place, key in enumerate(weights)}
    for name in names:
        part = {key: weights[key] for key in weights if where[key] == name}
        if suffix == ".safetensors":
            safetensors.torch.save_file(part, folder / name, {"format": "pt"})
        else:
            torch.save(part, folder / name)
    path = folder / f"{stem}{suffix}.index.json"
    if index:
        path.write_text(json.dumps({"metadata": {"total_size": 1}, "weight_map": where}), encoding="utf-8")
    return [folder / name for name in names], path


@pytest.mark.parametrize(("stem", "suffix"), [("model", ".safetensors"), ("pytorch_model", ".bin")])
def test_that_weights_in_several_files_are_read_from_any_of_them_and_from_the_index(tmp_path, stem, suffix):
    shards, index = parts(tmp_path, prefixed("model.", capture(small())), stem=stem, suffix=suffix)
    for path in (*shards, index):
        assert loads(path)


def test_that_several_files_are_read_without_an_index_and_converted(tmp_path):
    half = {key: tensor.half() if tensor.is_floating_point() else tensor for key, tensor in capture(small()).items()}
    shards, _ = parts(tmp_path, half, index=False)
    loaded, conversion = load_and_convert(shards[1], small())
    assert conversion == Conversion("float16", "float32")
    assert bits(loaded) == bits({key: half[key].to(loaded[key].dtype) for key in loaded})


def test_that_a_single_file_called_as_one_of_several_is_read(tmp_path):
    safetensors.torch.save_file(capture(small()), tmp_path / "model-00001-of-00001.safetensors")
    assert loads(tmp_path / "model-00001-of-00001.safetensors")
    safetensors.torch.save_file(capture(small()), tmp_path / "run-00000-of-00000.safetensors")
    assert loads(tmp_path / "run-00000-of-00000.safetensors")


def test_that_missing_parts_are_named(tmp_path):
    shards, index = parts(tmp_path, capture(small()))
    shards[1].unlink()
    for path in (shards[0], index):
        text = sentence(path, small())
        assert shards[1].name in text
        assert shards[2].name not in text
    assert "no file" in sentence(shards[1], small())
    shards[2].unlink()
    assert shards[2].name in sentence(index, small())


def test_that_a_damaged_part_is_named(tmp_path):
    shards, index = parts(tmp_path, capture(small()))
    shards[2].write_bytes(shards[2].read_bytes()[:-3])
    assert f"{shards[2]} is damaged" in sentence_about(index)
    shards[2].write_bytes(b"")
    assert f"{shards[2]} is damaged" in sentence_about(index)


def sentence_about(path):
    with pytest.raises(UserError) as caught:
        load_weights(path, small())
    return str(caught.value)


def test_that_parts_of_different_weights_are_not_mixed(tmp_path):
    shards, index = parts(tmp_path, capture(small()))
    shards[1].write_bytes(shards[0].read_bytes())
    assert "does not belong to the other parts" in sentence_about(shards[0])
    assert "does not belong to the other parts" in sentence_about(index)
    torch.save([torch.zeros(1)], shards[1])
    assert "holds no weights" in sentence_about(index)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.safetensors",
        "/etc/passwd",
        "a/b.safetensors",
        "..",
        ".",
        "",
        "a\\b.safetensors",
        "C:x",
        "\x00",
        "a\n",
    ],
)
def test_that_an_index_is_not_followed_out_of_its_folder(tmp_path, name):
    folder = tmp_path / "inner"
    folder.mkdir()
    safetensors.torch.save_file(capture(small()), tmp_path / "secret.safetensors")
    index = folder / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": dict.fromkeys(capture(small()), name)}), encoding="utf-8")
    text = sentence(index, small())
    assert "not beside it" in text
    assert text.isprintable()


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "3", "null", "{}", '{"weight_map": []}', '{"weight_map": {}}', '{"weight_map": {"a": 3}}'),
        *('{"weight_map": "a"}', "[" * 100_000, '{"weight_map": {"a": ["b"]}}', '{"architectures": ["Bert"]}'),
    ],
)
def test_that_other_json_is_no_index(tmp_path, content):
    (tmp_path / "config.json").write_text(content, encoding="utf-8")
    assert "no index of weights" in sentence(tmp_path / "config.json", small())


def test_that_an_index_of_a_great_many_files_is_refused(tmp_path):
    where = {f"{number}": f"{number}.safetensors" for number in range(5000)}
    (tmp_path / "a.index.json").write_text(json.dumps({"weight_map": where}), encoding="utf-8")
    assert "5,000" in sentence(tmp_path / "a.index.json", small())
    with (tmp_path / "big.index.json").open("wb") as file:
        file.truncate(1 << 30)  # sparse: takes no room
    assert "too big" in sentence(tmp_path / "big.index.json", small())


def test_that_parts_that_are_too_big_together_are_not_read(tmp_path):
    shards, index = parts(tmp_path, capture(small()))
    for shard in shards:
        with shard.open("ab") as file:
            file.truncate(40 << 20)  # sparse: takes no room
    assert "too big" in sentence(index, small())


def test_that_an_index_that_names_itself_or_a_folder_ends_in_a_sentence(tmp_path):
    index = tmp_path / "a.index.json"
    index.write_text(json.dumps({"weight_map": {"0.weight": index.name}}), encoding="utf-8")
    assert "a.index.json" in sentence_about(index)
    (tmp_path / "folder").mkdir()
    index.write_text(json.dumps({"weight_map": {"0.weight": "folder"}}), encoding="utf-8")
    assert "is a folder" in sentence_about(index)
