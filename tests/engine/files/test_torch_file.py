"""Files that torch would read for ever or into gigabytes: refused soon, in a sentence, in little memory."""

from __future__ import annotations

import io
import pickle
import pickletools
import struct
import time
import zipfile
from collections import OrderedDict

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.models.test_weights import bits, small
from workbench.engine.errors import UserError
from workbench.engine.files.torch_file import kind_of, load_torch_file
from workbench.engine.models.weights import capture
from workbench.engine.models.weights_reading import load_weights

SECONDS = 10
"""Against for ever; the answer takes far less."""


def archive_of(pickled, **entries):
    """An archive as torch writes it, around any pickle."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/data.pkl", pickled)
        for name, content in entries.items():
            archive.writestr(f"archive/data/{name}", content)
    return file.getvalue()


def text(value):
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def deep_key():
    """A dict whose key is a tuple of tuples that share parts: its hash takes 2^60 steps."""
    return b"\x80\x02}(" + b")" + b"2\x86" * 60 + b"Nu."


def saved(content):
    file = io.BytesIO()
    torch.save(content, file)
    return file.getvalue()


MANY_KEYS = b"".join(b"J" + struct.pack("<i", number) + b"N" for number in range(9000))
HOSTILE = {
    "a key that shares parts": archive_of(deep_key()),
    "a key nested deep": archive_of(b"\x80\x02}(N" + b"\x85" * 100_000 + b"Nu."),
    "a value that shares parts": archive_of(b"\x80\x02})" + b"2\x86" * 60 + b"."),
    "a value nested deep": archive_of(b"\x80\x02N" + b"\x85" * 500_000 + b"."),
    "a list in itself": archive_of(b"\x80\x02]2a."),
    "a long name": archive_of(b"\x80\x02c" + b"a" * 20_000 + b"\nb\n)R."),
    "a long name without end": archive_of(b"\x80\x02c" + b"a" * 20_000),
    "a long name of protocol 4": archive_of(b"\x80\x04" + text("a" * 20_000) + text("b") + b"\x93."),
    "a key of many prefixes": archive_of(b"\x80\x02}" + text("module." * 100_000) + b"Ns."),
    "many instructions": archive_of(b"\x80\x02" + b"}q\x01" * 1_500_000 + b"."),
    "many numbers for keys": archive_of(b"\x80\x02}(" + MANY_KEYS + b"u."),
    "a long number": archive_of(b"\x80\x02\x8b" + struct.pack("<i", 3_000_000) + bytes(3_000_000) + b"."),
    "bytes of 3 GB": archive_of(b"\x80\x05\x96" + struct.pack("<Q", 3_000_000_000) + b"."),
    "a bytearray of 2 GB": archive_of(b"\x80\x02cbuiltins\nbytearray\nJ\xff\xff\xff\x7f\x85R."),
    "a tensor that is expanded": saved({"0.weight": torch.zeros(1).expand(3 * 10**8)}),
    "tensors in the thousands of one number": archive_of(
        b"\x80\x02(" + b"ctorch\nSize\nJ\xff\xff\xff\x7f\x85\x85R" * 10_000 + b"t."
    ),
    "entries in the ten thousands": archive_of(b"\x80\x02N.", **{str(n): b"" for n in range(20_000)}),
    "an instruction of protocol 0": archive_of(b"I1\n."),
    "a persistent name": archive_of(b"\x80\x02K\x01Q."),
    "a pickle of pickle": pickle.dumps({"a": 1}),
    "a tensor of pickle": pickle.dumps({"a": torch.zeros(2)}),
    "attributes that hide methods": archive_of(b"\x80\x02ccollections\nOrderedDict\n)R}" + text("get") + b"K\x01sb."),
    "a 4-bit number": saved({"0.weight": torch.zeros(2, 3, dtype=torch.uint8).view(torch.float4_e2m1fn_x2)}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_file_is_refused_soon_in_a_sentence_and_in_little_memory(tmp_path, name):
    path = tmp_path / "weights.pt"
    path.write_bytes(HOSTILE[name])
    started = time.process_time()
    with pytest.raises(UserError) as caught:
        load_weights(path, small())
    assert time.process_time() - started < SECONDS
    said = str(caught.value)
    assert str(path) in said
    assert len(said) <= 300
    assert said.isprintable()


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_that_what_torch_saves_comes_back_as_torch_loads_it(protocol, zipped):
    shared = torch.arange(12.0)
    content = OrderedDict(
        a=shared[2:8].view(2, 3).t(),
        b=[shared, None, True, 1.5, -3, 1 << 40, "text é", (1, (2, 3))],
        c={"half": torch.ones(2).half(), 0: torch.tensor(7), "empty": torch.zeros(0, 3)},
        d=torch.nn.Parameter(torch.ones(2)),
        e=torch.Size([2, 3]),
    )
    file = io.BytesIO()
    torch.save(content, file, pickle_protocol=protocol, _use_new_zipfile_serialization=zipped)
    loaded = load_torch_file(file)
    assert list(loaded) == list(content)
    assert torch.equal(loaded["a"], content["a"])
    assert torch.equal(loaded["b"][0], shared)
    assert loaded["b"][1:] == content["b"][1:]
    assert loaded["c"]["half"].dtype is torch.float16
    assert loaded["c"][0].item() == 7
    assert loaded["c"]["empty"].shape == (0, 3)
    assert torch.equal(loaded["d"], torch.ones(2))
    assert kind_of(loaded["e"]) == "Size"
    assert loaded["a"].untyped_storage().data_ptr() == loaded["b"][0].untyped_storage().data_ptr()


def pickled_weights():
    with zipfile.ZipFile(io.BytesIO(saved(capture(small())))) as archive:
        names = archive.namelist()
        (pickled,) = (name for name in names if name.endswith("data.pkl"))
        numbers = {name.rpartition("/")[2]: archive.read(name) for name in names if "/data/" in name}
        return archive.read(pickled), numbers


CODES = [code.code.encode("latin-1") for code in pickletools.opcodes]


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_a_changed_pickle_is_refused_in_a_sentence_or_loads(tmp_path, data):
    # Around the checksums of the archive: whoever makes a file also makes its checksums.
    pickled, numbers = pickled_weights()
    changed = bytearray(pickled)
    for _ in range(data.draw(st.integers(1, 4), label="changes")):
        place = data.draw(st.integers(0, len(changed) - 1), label="place")
        match data.draw(st.sampled_from(["bit", "cut", "codes", "bytes"]), label="kind"):
            case "bit":
                changed[place] ^= 1 << data.draw(st.integers(0, 7), label="bit")
            case "cut":
                del changed[place : place + data.draw(st.integers(1, 40), label="length")]
                changed += b"."
            case "codes":
                changed[place:place] = b"".join(data.draw(st.lists(st.sampled_from(CODES), max_size=8), label="codes"))
            case "bytes":
                changed[place : place + 4] = data.draw(st.binary(min_size=4, max_size=9), label="bytes")
    path = tmp_path / "weights.pt"
    path.write_bytes(archive_of(bytes(changed), **numbers))
    started = time.process_time()
    said, loaded = "", None
    try:
        loaded = load_weights(path, small())
    except UserError as problem:
        said = str(problem)
    assert time.process_time() - started < SECONDS
    assert len(said) <= 300
    assert said.isprintable()
    if loaded is not None:
        assert [entry[:3] for entry in bits(loaded)] == [entry[:3] for entry in bits(capture(small()))]
