"""The one door through which files of torch come in: its zip archive, and the older file of pickles.

`torch.load` does not see them. They are read here with bounds on everything (`plain_pickle`), the numbers are copied
into tensors whose sizes are checked against them, and nothing that a file names is looked up or called. What is not a
tensor and not a plain value becomes a `Foreign`.
"""

from __future__ import annotations

import io
import math
import zipfile
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch

from workbench.engine.files.plain_pickle import CodeError, Foreign, Name, PlainPickle, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

ZIP: Final = b"PK\x03\x04"
MOST_DIRECTORY: Final = 2 << 20
"""Bytes of an archive's directory, which zipfile reads entry by entry."""
MOST_ENTRIES: Final = 10_000
MOST_EXPANDED: Final = 1 << 16
"""Numbers that a tensor may have more than are stored for it (strides of 0)."""
DOS_FOLDER: Final = 0x10
HEADER: Final = 30
"""Bytes before the name of an entry, in front of its content."""
MAGIC: Final = 0x1950A86A20F9469CFC6C
OLDER_PROTOCOL: Final = 1001
STORAGES: Final = {
    "DoubleStorage": torch.float64,
    "FloatStorage": torch.float32,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
    "ComplexDoubleStorage": torch.complex128,
    "ComplexFloatStorage": torch.complex64,
    "UntypedStorage": torch.uint8,
}
READABLE: Final = {
    str(dtype): dtype
    for dtype in (
        *STORAGES.values(),
        *(torch.float8_e4m3fn, torch.float8_e4m3fnuz, torch.float8_e5m2, torch.float8_e5m2fnuz),
        *(torch.uint16, torch.uint32, torch.uint64),
    )
}
"""The kinds of number of which tensors are made, by name."""
HARMLESS: Final = frozenset(
    f"{module}.{name}"
    for module, names in {
        "builtins": "set frozenset bytearray bytes complex slice range",
        "_codecs": "encode",
        "collections": "OrderedDict Counter defaultdict deque",
        "numpy": "dtype ndarray",
        "numpy.core.multiarray": "scalar _reconstruct",
        "numpy._core.multiarray": "scalar _reconstruct",
        "numpy.core.numeric": "_frombuffer",
        "numpy._core.numeric": "_frombuffer",
        "pathlib": "Path PurePath PosixPath WindowsPath PurePosixPath PureWindowsPath",
        "pathlib._local": "Path PurePath PosixPath WindowsPath PurePosixPath PureWindowsPath",
        "datetime": "date datetime time timedelta timezone",
        "argparse": "Namespace",
        "types": "SimpleNamespace",
        "decimal": "Decimal",
        "fractions": "Fraction",
        "uuid": "UUID",
        "torch": "Size device Tensor",
        "torch.nn.parameter": "Parameter Buffer",
        "torch.serialization": "_get_layout",
        "torch._tensor": "_rebuild_from_type_v2",
        "torch.storage": "UntypedStorage",
        "torch.torch_version": "TorchVersion",
    }.items()
    for name in names.split()
)
"""What files of weights often hold besides tensors, as data and not as code."""
TENSOR_KINDS: Final = {
    "torch._utils._rebuild_sparse_tensor": "sparse tensor",
    "torch._utils._rebuild_meta_tensor_no_storage": "tensor without numbers",
    "torch._utils._rebuild_qtensor": "quantized tensor",
    "torch._utils._rebuild_nested_tensor": "nested tensor",
    "torch._utils._rebuild_wrapper_subclass": "tensor of another class",
    "torch._utils._rebuild_device_tensor_from_numpy": "tensor of another device",
    "torch._utils._rebuild_device_tensor_from_cpu_tensor": "tensor of another device",
}
NUMPY_KINDS: Final = {"scalar": "NumPy number", "_reconstruct": "NumPy array", "_frombuffer": "NumPy array"}
REBUILD: Final = frozenset(
    f"torch._utils._rebuild_{what}"
    for what in ("tensor", "tensor_v2", "tensor_v3", "parameter", "parameter_with_state")
)
PLAIN_CLASSES: Final = frozenset(("torch.Tensor", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer"))


def load_torch_file(content: bytes) -> Any:
    """What torch.save wrote: dicts, lists, tuples, plain values, tensors on the CPU, and `Foreign` for the rest.

    Raises:
        CodeError: it asks to run code; none was run.
        RefusedError: it is beyond a bound, or of a kind that is not read here.
        Exception: anything, for a damaged one.
    """
    return _from_archive(content) if content.startswith(ZIP) else _from_pickles(content)


# The zip archive


class _Directory(io.BytesIO):
    """The bytes of an archive, whose directory may not be read in more than `MOST_DIRECTORY` bytes."""

    opening = True
    size = 0

    def read(self, size: int | None = -1, /) -> bytes:
        left = self.size - self.tell()
        if self.opening and min(left, left if size is None or size < 0 else size) > MOST_DIRECTORY:
            raise RefusedError("its directory is too long")
        return super().read(size)


def _from_archive(content: bytes) -> Any:
    file = _Directory(content)
    file.size = len(content)
    with zipfile.ZipFile(file) as archive:
        file.opening = False
        _check_archive(archive, len(content))
        names = {entry.filename: entry for entry in archive.infolist()}
        (pickled,) = (name for name in names if name.count("/") == 1 and name.endswith("/data.pkl"))
        folder = pickled.removesuffix("data.pkl")
        order = names.get(folder + "byteorder")
        if order is not None and (order.file_size != len("little") or archive.read(order) != b"little"):
            raise RefusedError("its numbers are in the byte order of another machine")

        def storage(key: str, size: int) -> Tensor:
            entry = names[f"{folder}data/{key}"]
            if entry.file_size != size:
                raise ValueError(size)
            return _numbers_of(archive, entry)

        return _TorchPickle(archive.read(pickled), storage).load()


def _check_archive(archive: zipfile.ZipFile, size: int) -> None:
    """Find damage in an archive, which `torch.load` does not look for: it took 150 of 150 flipped bits.

    Raises:
        zipfile.BadZipFile: a checksum is wrong, or the directory is; other damage raises nearly anything.
        RefusedError: it has too many entries.
    """
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise RefusedError(f"it has {len(entries):,} entries")
    # torch stores without compressing: what would unpack to more than the file itself is a bomb.
    if any(entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size for entry in entries):
        raise zipfile.BadZipFile("more in it than it is big")
    # One flipped bit makes an entry a folder to torch, which then gives a tensor of whatever was in memory; to
    # zipfile, which goes by the name, it stays a file with the right checksum.
    if any(entry.is_dir() or entry.external_attr & DOS_FOLDER for entry in entries):
        raise zipfile.BadZipFile("a folder in it")
    if len({entry.filename for entry in entries}) < len(entries):
        raise zipfile.BadZipFile("two entries of one name")
    # Entries that share their bytes are another kind of bomb.
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise zipfile.BadZipFile("entries that overlap")
        end = entry.header_offset + HEADER + entry.file_size
    if end > size or archive.testzip() is not None:
        raise zipfile.BadZipFile("a checksum is wrong")


def _numbers_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Tensor:
    # Into memory of torch's own, which is aligned, and piece by piece: the numbers are never there twice.
    numbers = torch.empty(entry.file_size, dtype=torch.uint8)
    target, place = numbers.numpy(), 0
    with archive.open(entry) as source:
        while piece := source.read(1 << 20):
            target[place : place + len(piece)] = np.frombuffer(piece, np.uint8)
            place += len(piece)
    if place != entry.file_size:
        raise EOFError
    return numbers


# The older file: three pickles about the file, one of the object, one of the keys of the numbers, then the numbers


def _from_pickles(content: bytes) -> Any:
    pickles = _TorchPickle(content, None)
    first = pickles.load()
    if first != MAGIC:
        raise RefusedError("it is a pickle, but not one that torch.save wrote")
    version, system = pickles.load(), pickles.load()
    if version != OLDER_PROTOCOL or system["little_endian"] is not True:
        raise RefusedError("its numbers are in the byte order of another machine")
    start = pickles.place
    # The numbers come behind the object that refers to them: what it says of their kinds is read first.
    pickles.load()
    keys = pickles.load()
    place, numbers = pickles.place, {}
    for key in keys:
        size = pickles.sizes[key]
        place += 8  # their count, which the object has told too
        numbers[key] = torch.frombuffer(bytearray(content[place : place + size]), dtype=torch.uint8) if size else None
        place += size
    if place != len(content):
        raise EOFError

    def storage(key: str, size: int) -> Tensor:
        found = numbers[key]
        found = torch.empty(0, dtype=torch.uint8) if found is None else found
        if found.nbytes != size:
            raise ValueError(size)
        return found

    return _TorchPickle(content, storage, start).load()


# The pickle in both


class _Storage(Foreign):
    """The numbers of one or more tensors.

    Attributes:
        numbers: their bytes; None where they are not read yet.
        dtype: the kind of number.
    """

    __slots__ = ("dtype", "numbers")

    def __init__(self, numbers: Tensor | None, dtype: torch.dtype) -> None:
        super().__init__("storage")
        self.numbers = numbers
        self.dtype = dtype


class _TorchPickle(PlainPickle):
    """A pickle that torch.save wrote.

    Attributes:
        sizes: how many bytes the numbers have, by key, as far as tensors refer to them.
    """

    def __init__(self, content: bytes, storage: Callable[[str, int], Tensor] | None, place: int = 0) -> None:
        super().__init__(content, place)
        self.sizes: dict[str, int] = {}
        self._storage = storage
        self._read: dict[str, Tensor] = {}

    def _check_name(self, name: str) -> None:
        module, _, last = name.rpartition(".")
        known = name in HARMLESS or name in REBUILD or name in TENSOR_KINDS or module == "numpy.dtypes"
        if known or (module == "torch" and (last in STORAGES or isinstance(vars(torch).get(last), torch.dtype))):
            return
        if name == "torch.storage._load_from_bytes":
            raise RefusedError("pickle wrote it, and not torch.save")
        raise CodeError(name)

    def _persistent(self, identity: Any) -> _Storage:
        kind, storage_type, key, _location, count = identity[:5]
        if kind != "storage" or type(key) is not str or type(count) is not int or any(identity[5:]):
            raise RefusedError("it refers to something outside of it")
        dtype = STORAGES[storage_type.kind.rpartition(".")[2]]
        size = count * dtype.itemsize
        if self.sizes.setdefault(key, size) != size:
            raise ValueError(size)
        if self._storage is None:
            return _Storage(None, dtype)
        if key not in self._read:
            self._read[key] = self._storage(key, size)
        return _Storage(self._read[key], dtype)

    def _call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        module, _, last = name.rpartition(".")
        if name in REBUILD:
            return self._rebuilt(last, arguments)
        if name in ("collections.OrderedDict", "collections.Counter", "collections.defaultdict"):
            return self._mapping(arguments)
        if name == "torch._tensor._rebuild_from_type_v2":
            inner, kind, inner_arguments = arguments[:3]
            if kind.kind in PLAIN_CLASSES and inner.kind in REBUILD:
                return self._rebuilt(inner.kind.rpartition(".")[2], inner_arguments)
            return Foreign(kind.kind)
        if name == "torch.Size" and len(arguments) == 1 and type(arguments[0]) is tuple:
            return arguments[0]
        if name == "torch.torch_version.TorchVersion" and len(arguments) == 1 and type(arguments[0]) is str:
            return arguments[0]
        if module.startswith("numpy"):
            return Foreign(NUMPY_KINDS.get(last, f"NumPy {last}"))
        return Foreign(TENSOR_KINDS.get(name, last if module in ("builtins", "pathlib", "datetime") else name))

    def _mapping(self, arguments: tuple[Any, ...]) -> dict[Any, Any]:
        mapping: dict[Any, Any] = {}
        if arguments and type(arguments[0]) is dict:
            return arguments[0]
        if arguments and type(arguments[0]) is list:  # pairs, as Python 2 wrote them
            self.charge(len(arguments[0]))
            for key, value in arguments[0]:
                self.check_key(key)
                mapping[key] = value
        return mapping

    def _rebuilt(self, how: str, arguments: tuple[Any, ...]) -> Any:
        match how:
            case "_rebuild_tensor" | "_rebuild_tensor_v2":
                # The seventh says whether the numbers are to be conjugated or negated when they are looked at.
                if any(arguments[6:]):
                    return Foreign("tensor with marks")
                storage, offset, size, stride = arguments[:4]
                return _tensor(storage, offset, size, stride, None)
            case "_rebuild_tensor_v3":
                storage, offset, size, stride, _, _, named = arguments[:7]
                return _tensor(storage, offset, size, stride, named)
        (inner, *_) = arguments
        if not isinstance(inner, torch.Tensor | Foreign):
            raise TypeError(type(inner))
        return inner


def _tensor(storage: Any, offset: Any, size: Any, stride: Any, named: Name | None) -> Any:
    """The tensor of these numbers, or a `Foreign`: its size is checked against what is stored for it."""
    if type(storage) is not _Storage or type(size) is not tuple or type(stride) is not tuple:
        raise TypeError(type(storage))
    if len(size) != len(stride) or len(size) > 64:
        raise RefusedError(f"it has a tensor of {len(size):,} dimensions")
    if not all(type(number) is int and 0 <= number < 1 << 62 for number in (offset, *size, *stride)):
        raise ValueError(size)
    if named is not None and named.kind not in READABLE:
        return Foreign(named.kind.removeprefix("torch."))
    dtype = storage.dtype if named is None else READABLE[named.kind]
    if storage.numbers is None:
        return Foreign("tensor")
    claimed, stored = math.prod(size), storage.numbers.nbytes // dtype.itemsize
    if claimed and offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True)) >= stored:
        raise ValueError(size)
    if claimed > max(stored, MOST_EXPANDED):
        raise RefusedError(f"it has a tensor of {claimed:,} numbers, of which {stored:,} are stored")
    tensor = torch.empty(0, dtype=dtype)
    return tensor.set_(storage.numbers.untyped_storage(), offset, size, stride)
