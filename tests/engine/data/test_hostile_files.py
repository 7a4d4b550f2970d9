"""Data files of any content, and things that are no files: each is a data set or a sentence, and soon.

`WORKBENCH_FUZZ=20` tries twenty times as many examples.
"""

from __future__ import annotations

import gzip
import os
import socket
import struct
import sys
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.engine.data import idx_files
from workbench.engine.data.fashion_mnist import PARTS, folder_of, load_fashion_mnist
from workbench.engine.errors import CONTROL, CancelledError, UserError

EXAMPLES = 60 * int(os.environ.get("WORKBENCH_FUZZ", "1"))
ODD = [0, 1, 2, 10, 28, 784, 2**16, 2**31 - 1, 2**31, 2**32 - 1]


def silent(_what, _done, _total):
    pass


def sentence(root, path=None):
    """The sentence with which the folder is refused."""
    with pytest.raises(UserError) as caught:
        load_fashion_mnist(root, silent)
    text = str(caught.value)
    assert path is None or str(path) in text
    assert_short(text)
    return text


def assert_short(text):
    assert len(text) <= 300
    assert not CONTROL.search(text)


def packed(folder):
    """Pack the four files in place."""
    for part in PARTS:
        path = folder / part.name
        (folder / f"{part.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()


def idx_contents():
    """Files in the form of IDX, sound or not."""
    numbers = st.sampled_from(ODD) | st.integers(0, 2**32 - 1)
    magic = st.sampled_from([0x801, 0x803, 0x802, 0x903, 0xD03, 0x1080000]) | st.integers(0, 2**32 - 1)

    def header(magic, dimensions):
        return struct.pack(f">{1 + len(dimensions)}I", magic, *dimensions)

    headers = st.builds(header, magic, st.lists(numbers, max_size=4)) | st.binary(max_size=20)
    return st.builds(bytes.__add__, headers, st.binary(max_size=60) | st.integers(0, 9000).map(bytes))


def as_stored():
    """The same unpacked, or packed and then changed, cut, padded or joined."""
    whole = idx_contents().map(lambda content: gzip.compress(content, mtime=0))
    broken = st.builds(
        lambda content, place, bit, cut, tail: _flipped(content, place, bit)[:cut] + tail,
        whole,
        st.integers(0, 200),
        st.integers(0, 255),
        st.none() | st.integers(0, 60),
        st.sampled_from([b"", bytes(9000), b"x", b"\x1f\x8b", gzip.compress(b"")]),
    )
    return st.tuples(st.just(""), idx_contents()) | st.tuples(st.just(".gz"), whole | broken)


def _flipped(content, place, bit):
    changed = bytearray(content)
    changed[place % len(changed)] ^= bit
    return bytes(changed)


@given(st.sampled_from(PARTS), as_stored())
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_any_content_is_a_data_set_or_a_sentence(tiny_root, part, stored):
    suffix, content = stored
    folder = folder_of(tiny_root)
    unpacked, path = folder / part.name, folder / f"{part.name}{suffix}"
    before = unpacked.read_bytes()
    unpacked.unlink()
    path.write_bytes(content)
    tracemalloc.start()
    try:
        load_fashion_mnist(tiny_root, silent)
    except UserError as problem:
        assert_short(str(problem))
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert path.read_bytes() == content
        path.unlink()
        unpacked.write_bytes(before)
    assert most < 30 << 20


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("suffix", ["", ".gz"])
@pytest.mark.parametrize("kind", ["pipe", "device", "socket", "folder"])
def test_that_only_a_regular_file_is_read(tiny_root, monkeypatch, suffix, kind):
    path = folder_of(tiny_root) / f"{PARTS[0].name}{suffix}"
    (folder_of(tiny_root) / PARTS[0].name).unlink()
    monkeypatch.chdir(path.parent)  # the path of a socket is short
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    assert "is not a file" in sentence(tiny_root, path)


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_that_a_symbolic_link_to_a_file_is_read(tiny_root, tmp_path, suffix):
    folder = folder_of(tiny_root)
    if suffix:
        packed(folder)
    path = folder / f"{PARTS[0].name}{suffix}"
    path.rename(tmp_path / "elsewhere")
    try:
        path.symlink_to(tmp_path / "elsewhere")
    except OSError:
        pytest.skip("no symbolic links here")
    assert len(load_fashion_mnist(tiny_root, silent).train_inputs) == 640


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_that_a_file_of_16_gb_without_content_is_refused_by_its_size(tiny_root, suffix):
    folder = folder_of(tiny_root)
    if suffix:
        packed(folder)
    path = folder / f"{PARTS[0].name}{suffix}"
    with path.open("r+b") as file:
        file.truncate(1 << 34)
    assert "17,179,869,184" in sentence(tiny_root, path)


def test_that_a_few_bytes_that_claim_a_million_images_are_refused_without_memory(tiny_root):
    path = folder_of(tiny_root) / f"{PARTS[0].name}.gz"
    (folder_of(tiny_root) / PARTS[0].name).unlink()
    path.write_bytes(gzip.compress(struct.pack(">4I", 0x803, 1_000_000, 28, 28)))
    assert "damaged" in sentence(tiny_root, path)


@pytest.mark.parametrize("content", [bytes(1 << 24), gzip.compress(b"") * 10])
def test_that_padding_after_a_packed_file_is_passed_over_and_can_be_cancelled(tiny_root, content):
    folder = folder_of(tiny_root)
    packed(folder)
    path = folder / f"{PARTS[0].name}.gz"
    path.write_bytes(path.read_bytes() + content)
    assert len(load_fashion_mnist(tiny_root, silent).train_inputs) == 640

    def cancel(_what, done, total):
        if done > total // 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        load_fashion_mnist(tiny_root, cancel)


def test_that_a_packed_file_of_too_many_parts_is_damaged(tiny_root, monkeypatch):
    monkeypatch.setattr("workbench.engine.data.gzip_content.MOST_MEMBERS", 5)
    folder = folder_of(tiny_root)
    packed(folder)
    path = folder / f"{PARTS[0].name}.gz"
    path.write_bytes(path.read_bytes() + gzip.compress(b"") * 10)
    assert "too many parts" in sentence(tiny_root, path)


def test_that_a_file_in_several_packed_parts_is_read(tiny_root):
    folder = folder_of(tiny_root)
    content = (folder / PARTS[0].name).read_bytes()
    packed(folder)
    (folder / f"{PARTS[0].name}.gz").write_bytes(gzip.compress(content[:1000]) + gzip.compress(content[1000:]))
    assert len(load_fashion_mnist(tiny_root, silent).train_inputs) == 640


@pytest.mark.parametrize("when", ["check_file", "read_file"])
def test_that_a_folder_that_vanishes_while_it_is_read_is_a_sentence(tiny_root, monkeypatch, when):
    from workbench.engine.data import published_idx

    function = getattr(idx_files, when)

    def vanish(path, *arguments):
        path.unlink()
        return function(path, *arguments)

    monkeypatch.setattr(published_idx, when, vanish)
    assert "There is no file" in sentence(tiny_root)


def test_that_a_root_of_a_name_that_is_too_long_is_a_sentence(tmp_path):
    sentence(tmp_path / ("x" * 300))
