"""Makes hostile files of weights, checkpoints and runs, from a random state: damaged, huge, nested, lying, with code.

`python -m tests.engine.files.hostile_files FOLDER COUNT` writes COUNT of each kind, for a campaign by hand.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import math
import pickle
import pickletools
import random
import struct
import sys
import warnings
import zipfile
import zlib
from pathlib import Path

import numpy as np
import safetensors.torch
import torch

from workbench.engine.exporters.run_file import _digest as digest_of_run
from workbench.engine.files.sealed_archive import EMPTY_COMMENT, MARK, SEAL_SIZE

CODES = [code.code.encode("latin-1") for code in pickletools.opcodes]


class Object:
    """An object of a class that the program does not know."""


class Code:
    """Pickled, a call of a function; the folder that it would make tells that it ran."""

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def text(value):
    encoded = value.encode()
    return b"X" + struct.pack("<I", len(encoded)) + encoded


def archive_of(pickled, compression=zipfile.ZIP_STORED, **entries):
    """An archive as torch writes it, around any pickle."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("archive/data.pkl", pickled)
        archive.writestr("archive/version", b"3\n")
        for name, content in entries.items():
            archive.writestr(f"archive/data/{name}", content)
    return file.getvalue()


def saved(content, **options):
    file = io.BytesIO()
    torch.save(content, file, **options)
    return file.getvalue()


def sealed(archive):
    """`archive` with a seal, which anyone can make."""
    if archive[-2:] != EMPTY_COMMENT:
        return archive
    archive = archive[:-2] + struct.pack("<H", SEAL_SIZE)
    return archive + MARK + hashlib.sha256(archive).hexdigest().encode()


def pickle_of(archive):
    """The pickle in an archive, and the bytes of its storages by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = opened.namelist()
        (pickled,) = (name for name in names if name.endswith("/data.pkl"))
        storages = {name.rpartition("/")[2]: opened.read(name) for name in names if "/data/" in name}
        return opened.read(pickled), storages


MANY_KEYS = b"".join(b"J" + struct.pack("<i", number) + b"N" for number in range(9000))
SHARED = b"".join(b"h%ch%c\x86q%c" % (number, number, number + 1) for number in range(60))
PICKLES = {
    "a key that shares parts": b"\x80\x02}(" + b")" + b"2\x86" * 60 + b"Nu.",
    "a key that shares parts in the memo": b"\x80\x02}()q\x00" + SHARED + b"Nu.",
    "a key nested deep": b"\x80\x02}(N" + b"\x85" * 100_000 + b"Nu.",
    "a value that shares parts": b"\x80\x02})" + b"2\x86" * 60 + b".",
    "a value nested deep": b"\x80\x02N" + b"\x85" * 240_000 + b".",
    "a list in itself": b"\x80\x02]2a.",
    "a dict in itself": b"\x80\x02}q\x00" + text("model") + b"h\x00s.",
    "a long name": b"\x80\x02c" + b"a" * 20_000 + b"\nb\n)R.",
    "a long name without end": b"\x80\x02c" + b"a" * 20_000,
    "a long name of protocol 4": b"\x80\x04" + text("a" * 20_000) + text("b") + b"\x93.",
    "a key of many prefixes": b"\x80\x02}" + text("module." * 100_000) + b"Ns.",
    "many instructions": b"\x80\x02" + b"}q\x01" * 1_500_000 + b".",
    "many numbers for keys": b"\x80\x02}(" + MANY_KEYS + b"u.",
    "a long number": b"\x80\x02\x8b" + struct.pack("<i", 3_000_000) + bytes(3_000_000) + b".",
    "bytes of 3 GB": b"\x80\x05\x96" + struct.pack("<Q", 3_000_000_000) + b".",
    "a bytearray of 2 GB": b"\x80\x02cbuiltins\nbytearray\nJ\xff\xff\xff\x7f\x85R.",
    "a storage of 2 TB": b"\x80\x02ctorch.storage\nUntypedStorage\n\x8a\x06" + bytes(5) + b"\x02\x85R.",
    "ten thousand sizes": b"\x80\x02(" + b"ctorch\nSize\nJ\xff\xff\xff\x7f\x85\x85R" * 10_000 + b"t.",
    "an instruction of protocol 0": b"I1\n.",
    "a persistent name": b"\x80\x02K\x01Q.",
    "a name of the system": b"\x80\x02cposix\nsystem\n" + text("true") + b"\x85R.",
    "attributes that hide methods": b"\x80\x02ccollections\nOrderedDict\n)R}" + text("get") + b"K\x01sb.",
    "a place in the memo of 4 billion": b"\x80\x02Nr\xff\xff\xff\xff.",
    "a key of escape codes": b"\x80\x02}" + text("\x1b[2J\u202e" + "k" * 900) + b"Ns.",
}


def odd_tensors():
    """Tensors that are not what they seem, or whose numbers cannot be compared."""
    return [
        torch.zeros(1).expand(3 * 10**8),
        torch.zeros(2, 3, dtype=torch.uint8).view(torch.float4_e2m1fn_x2),
        torch.ones(2, 3).to_sparse(),
        torch.zeros(10**6, 10**6, device="meta"),
        torch.zeros(2, dtype=torch.complex64).conj(),
        torch.quantize_per_tensor(torch.ones(2, 3), 0.1, 0, torch.quint8),
        torch.zeros(2, 3, dtype=torch.bool),
        torch.full((2, 3), math.nan),
        torch.tensor(1.0),
        torch.zeros(0),
        torch.zeros([1] * 60),
        torch.zeros(2, dtype=torch.float8_e5m2),
        torch.zeros(4, dtype=torch.uint16),
    ]


def odd_values():
    """Values where others belong."""
    return [
        *(None, True, -1, 2**53 + 1, 2**63, 2**70, -(2**70), 10**400, 0.5, -1.0, math.nan, math.inf, 1e300),
        *("", "\x1b[31m", "../../x", "a" * 3000, b"bytes", [], {}, (), [[]], {"a": 1}, {1: 2}, {None: 1}),
        *(np.float64(1), np.zeros(2), Path("x"), {1}, complex(1), Code(exec, "raise SystemExit"), Code(bytearray, 9)),
        *(Object(), Object, {"a": Object()}, {Object: 1}),
        *odd_tensors(),
    ]


def changed_bytes(content, generator):
    """`content` with a few bits, bytes or pieces changed."""
    changed = bytearray(content)
    for _ in range(generator.randint(1, 4)):
        place = generator.randrange(max(1, len(changed)))
        if generator.random() < 0.3:
            place = max(0, len(changed) - 1 - generator.randrange(1500))  # where an archive is described
        match generator.choice(["bit", "cut", "codes", "bytes", "end"]):
            case "bit" if changed:
                changed[place] ^= 1 << generator.randrange(8)
            case "cut":
                del changed[place : place + generator.randint(1, 40)]
            case "codes":
                changed[place:place] = b"".join(generator.choices(CODES, k=generator.randint(1, 8)))
            case "bytes":
                changed[place : place + 4] = generator.randbytes(generator.randint(1, 9))
            case "end":
                del changed[generator.randrange(len(changed) + 1) :]
    return bytes(changed)


def with_odd_value(content, generator, values=None):
    """`content`, of dicts, lists and plain values, with one of the odd `values` somewhere in it."""
    place, path = content, []
    while isinstance(place, dict | list) and place and (not path or generator.random() < 0.8):
        key = generator.choice(list(place) if isinstance(place, dict) else range(len(place)))
        path.append((place, key))
        place = place[key]
    holder, key = path[-1]
    holder[key] = generator.choice(values or odd_values())
    if values and isinstance(holder, dict) and generator.random() < 0.2:
        del holder[key]
    return content


def odd_archive(archive, generator):
    """An archive with another directory than torch writes."""
    pickled, storages = pickle_of(archive)
    match generator.choice(["compressed", "many", "bomb", "twice", "folder", "large", "other", "front"]):
        case "compressed":
            return archive_of(pickled, zipfile.ZIP_DEFLATED, **storages)
        case "many":
            return archive_of(pickled, **storages, **{f"x{n}": b"" for n in range(generator.choice([30, 60_000]))})
        case "bomb":
            return archive_of(pickled, zipfile.ZIP_DEFLATED, **storages | {"0": bytes(400_000_000)})
        case "twice":
            return archive_of(pickled, **{"0": b"", **storages}) + archive
        case "folder":
            place = archive.rindex(b"PK\x01\x02")
            return archive[: place + 38] + b"\x10" + archive[place + 39 :]
        case "large":
            return archive.replace(struct.pack("<I", len(storages["0"])), struct.pack("<I", 0xFFFFFF00))
        case "other":
            return archive.replace(b"archive/data.pkl", b"archive/data.pkX")
        case _:
            return b"PK\x03\x04" + generator.randbytes(40) + archive


def pickled_file(base, generator):
    """A hostile archive, or older file, that pretends to be like `base`, which torch.load accepts."""
    archive = saved(base)
    match generator.choice(["changed", "pickle", "hostile", "value", "value", "archive", "older"]):
        case "changed":
            return changed_bytes(archive, generator)
        case "pickle":
            pickled, storages = pickle_of(archive)
            return archive_of(changed_bytes(pickled, generator), **storages)
        case "hostile":
            return archive_of(generator.choice(list(PICKLES.values())))
        case "value":
            content = with_odd_value(base, generator)
            return saved(content, pickle_protocol=generator.choice([2, 2, 3, 4, 5]))
        case "archive":
            return odd_archive(archive, generator)
        case _:
            older = saved(with_odd_value(base, generator), _use_new_zipfile_serialization=False)
            return generator.choice([older, changed_bytes(older, generator), pickle.dumps({"a": [1] * 9})])


def weights_file(weights, generator):
    """A hostile file of weights; `weights` is a state dict of the network."""
    base = dict(weights)
    if generator.random() < 0.4:
        base = {"epoch": 3, generator.choice(["state_dict", "model"]): base, "best": 0.5, "args": [1, (2, 3)]}
    return pickled_file(base, generator)


def checkpoint_file(content, generator):
    """A hostile checkpoint, mostly with a seal; `content` is that of a real one, and is changed."""
    made = pickled_file(content, generator)
    return made if generator.random() < 0.15 else sealed(made)


def safetensors_file(weights, generator):
    """A hostile file of safetensors."""
    whole = safetensors.torch.save(dict(weights), {"format": "pt"})
    length = int.from_bytes(whole[:8], "little")
    header, numbers = json.loads(whole[8 : 8 + length]), whole[8 + length :]
    entry = header[generator.choice([key for key in header if key != "__metadata__"])]
    match generator.choice(["changed", "header", "entry", "entry", "deep", "length", "kind", "digest", "many"]):
        case "changed":
            return changed_bytes(whole, generator)
        case "header":
            return changed_bytes(whole[: 8 + length], generator) + numbers
        case "entry":
            key = generator.choice(["shape", "data_offsets", "dtype"])
            odd = (None, [], [0, 0], [2**60, 2**60], [-1, 4], [3, 2], [0, 2**63], "F64", "X", {}, [[1]], 1.5)
            entry[key] = generator.choice(odd)
        case "kind":
            entry["dtype"] = generator.choice(["F4", "F8_E8M0", "F6_E2M3", "C64", "BOOL", "I64", "BF16", "U8"])
        case "deep":
            return _packed(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", numbers)
        case "length":
            return generator.choice([2**63, 2**32, 10**8, 0, len(whole)]).to_bytes(8, "little") + whole[8:]
        case "digest":
            keys = generator.choice(["[]", "{", '["a"]', json.dumps(list(weights)), "[" * 50_000])
            header["__metadata__"] = {"workbench.weights_sha256": "0" * 64, "workbench.weights_keys": keys}
        case _:
            number = generator.choice([3, 60_000])
            header |= {f"k{n}": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for n in range(number)}
    return _packed(json.dumps(header).encode(), numbers)


def _packed(header, numbers):
    return len(header).to_bytes(8, "little") + header + numbers


def sharded_files(weights, folder, generator):
    """Write weights in several hostile files into `folder`; returns the one to load: a part, or the index."""
    count = generator.choice([1, 2, 3])
    names = [f"model-{number:05}-of-{count:05}.safetensors" for number in range(1, count + 1)]
    where = {key: generator.choice(names) for key in weights}
    kinds = ["part", "part", "missing", "twice", "link", "index", "map", "map", "name", "key", "deep", "many", "torch"]
    kind = generator.choice(kinds)
    for name in names:
        part = {key: tensor for key, tensor in weights.items() if where[key] == name or kind == "twice"}
        content = safetensors.torch.save(part, {"format": "pt"})
        if kind == "part" and generator.random() < 0.6:
            content = safetensors_file(weights, generator)
        if kind == "torch":
            content = generator.choice([weights_file(weights, generator), saved(part)])
        (folder / name).write_bytes(content)
    if kind == "missing":
        (folder / generator.choice(names)).unlink()
    if kind == "link":
        (folder / names[0]).unlink()
        (folder / names[0]).symlink_to(generator.choice(["/dev/zero", "/etc/hostname", names[0], "none", "."]))
    index = folder / "model.safetensors.index.json"
    index.write_bytes(_index(where, kind, generator))
    return index if generator.random() < 0.6 else folder / generator.choice(names)


ODD_NAMES = [
    *("../x", "/dev/zero", "a/b", "..", ".", "", "a\\b", "\0", "\x1b[2J", "a" * 5000, "\ud800", "NUL"),
    "model.safetensors.index.json",
]


def _index(where, kind, generator):
    """The content of an index, of the file of each key."""
    content = {"metadata": {"total_size": 8}, "weight_map": where}
    match kind:
        case "map":
            content = with_odd_json(generator.choice([content, {"weight_map": content}, [content], where]), generator)
        case "name":
            where[generator.choice(list(where))] = generator.choice(ODD_NAMES)
        case "key":
            where[generator.choice(ODD_NAMES)] = next(iter(where.values()))
        case "many":
            where |= {f"k{number}": f"{number}.safetensors" for number in range(generator.choice([999, 50_000]))}
        case "index":
            return changed_bytes(json.dumps(content).encode(), generator)
        case "deep":
            return b'{"weight_map":' + b"[" * 200_000
    return json.dumps(content).encode()


def odd_json():
    """Values of JSON where others belong."""
    return [
        *(None, True, -1, 2**53 + 1, 2**70, 10**400, 0.5, -1.0, math.nan, math.inf, 1e300, "NaN", "", "\x1b[31m"),
        *("../../x", "a" * 3000, "\ud800", [], {}, [[]], {"a": 1}, [None] * 5, {"": {}}, "eJwDAAAAAAE=", "!"),
    ]


def with_odd_json(content, generator):
    """`content` with an odd value of JSON, or without one of its values."""
    return with_odd_value(content, generator, odd_json())


def run_file(written, generator):
    """A hostile run file, mostly with the digest that belongs to it; `written` is the content of a real one."""
    kind = generator.choice(["changed", "value", "value", "value", "numbers", "deep", "front", "other"])
    fields = json.loads(written)
    del fields["sha256"]
    match kind:
        case "changed":
            return changed_bytes(written, generator)
        case "value":
            fields = with_odd_json(fields, generator)
            if generator.random() < 0.3:
                fields = with_odd_json(fields, generator)
        case "numbers":
            count = generator.choice([0, fields["steps"], fields["steps"] + 1, 10**7])
            number = generator.choice([bytes(4), b"\0\0\xc0\x7f", b"\0\0\x80\xff", b"\xff" * 4])
            packed = base64.b64encode(zlib.compress(number * count)).decode()
            fields[generator.choice(["losses", "metrics"])] = packed
            fields["steps"] = generator.choice([fields["steps"], count, 2**26, 2**27])
        case "deep":
            return written.replace(b'"recipe": {', b'"recipe": ' + b"[" * 100_000 + b"{", 1)
        case "front":
            return b" " + written
        case _:
            return written[: written.index(b",") + 1] + generator.choice([b"", b"}", b'"a":1}', b'"version":1e999}'])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fields["sha256"] = digest_of_run(fields)
    return (json.dumps(fields, indent=1) + "\n").encode("utf-8", "surrogatepass")


def main(folder, count):
    """Write `count` files of each kind into `folder`; `whole.ckpt` and `whole.run` there are real ones."""
    content = torch.load(folder / "whole.ckpt", weights_only=True)
    weights = content["model_state_dict"]
    run = (folder / "whole.run").read_bytes()
    makers = {"weights.pt": weights_file, "weights.safetensors": safetensors_file, "run.ckpt": checkpoint_file}
    for number in range(count):
        (folder / f"{number:04}-run.run").write_bytes(run_file(run, random.Random(number)))
        (folder / f"{number:04}-parts").mkdir()
        sharded_files(weights, folder / f"{number:04}-parts", random.Random(number))
    for name, make in makers.items():
        for number in range(count):
            base = torch.load(folder / "whole.ckpt", weights_only=True) if name == "run.ckpt" else weights
            (folder / f"{number:04}-{name}").write_bytes(make(base, random.Random(number)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
