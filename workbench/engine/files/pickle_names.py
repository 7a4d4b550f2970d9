"""The classes and functions that a pickle of weights may name: those that torch reads, and those of harmless values.

A name in neither list is a request to run code.
"""

from __future__ import annotations

from typing import Final

ORDERED_DICT: Final = "collections.OrderedDict"
REBUILD_TENSOR_V3: Final = "torch._utils._rebuild_tensor_v3"
REBUILD_TENSOR: Final = {
    "torch._utils._rebuild_tensor": 4,
    "torch._utils._rebuild_tensor_v2": 6,
    REBUILD_TENSOR_V3: 7,
}
"""The functions that make a tensor of a storage, with the number of their arguments for a plain tensor."""
REBUILD_PARAMETER: Final = "torch._utils._rebuild_parameter"
STORAGES: Final = {
    "torch.DoubleStorage": 8,
    "torch.FloatStorage": 4,
    "torch.HalfStorage": 2,
    "torch.BFloat16Storage": 2,
    "torch.LongStorage": 8,
    "torch.IntStorage": 4,
    "torch.ShortStorage": 2,
    "torch.CharStorage": 1,
    "torch.ByteStorage": 1,
    "torch.BoolStorage": 1,
    "torch.ComplexDoubleStorage": 16,
    "torch.ComplexFloatStorage": 8,
    "torch.storage.UntypedStorage": 1,
}
"""The classes of storages, with the bytes of a number. Those of quantized numbers are not read."""
LATER_KINDS: Final = {
    **dict.fromkeys(("torch.float8_e4m3fn", "torch.float8_e4m3fnuz"), 1),
    **dict.fromkeys(("torch.float8_e5m2", "torch.float8_e5m2fnuz"), 1),
    **{"torch.uint16": 2, "torch.uint32": 4, "torch.uint64": 8},
}
"""The kinds of number that came after the classes of storages, with the bytes of a number."""
KINDS: Final = frozenset(
    f"torch.{name}"
    for name in (
        "float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool complex128 complex64 complex32 "
        "quint8 qint8 qint32 quint4x2 quint2x4 float8_e8m0fnu float4_e2m1fn_x2 "
        + " ".join(f"{sign}int{bits}" for sign in ("", "u") for bits in range(1, 8))
    ).split()
)
"""Kinds of number of which no tensor is made here, or whose storage says the kind."""
READ: Final = frozenset((ORDERED_DICT, REBUILD_PARAMETER, *REBUILD_TENSOR, *STORAGES, *LATER_KINDS))
"""The names that torch gets to see."""
NOT_TORCH: Final = frozenset(("torch.storage._load_from_bytes",))
"""The names that pickle writes for a tensor, and torch.save does not."""

_TENSORS: Final = {
    "torch._utils._rebuild_sparse_tensor": "sparse tensor",
    "torch._utils._rebuild_meta_tensor_no_storage": "tensor without numbers",
    "torch._utils._rebuild_qtensor": "quantized tensor",
    "torch._utils._rebuild_nested_tensor": "nested tensor",
    "torch._utils._rebuild_wrapper_subclass": "tensor of another class",
    "torch._utils._rebuild_device_tensor_from_numpy": "tensor of another device",
    "torch._utils._rebuild_device_tensor_from_cpu_tensor": "tensor of another device",
    "torch._utils._rebuild_parameter_with_state": "parameter with attributes",
    "torch._tensor._rebuild_from_type_v2": "tensor with attributes",
}
_HARMLESS: Final = {
    **{f"builtins.{name}": name for name in ("set", "frozenset", "bytearray", "bytes", "complex", "slice", "range")},
    "_codecs.encode": "bytes",
    **{f"collections.{name}": name for name in ("Counter", "defaultdict", "deque")},
    **{f"datetime.{name}": name for name in ("date", "datetime", "time", "timedelta", "timezone")},
    "argparse.Namespace": "Namespace",
    "types.SimpleNamespace": "SimpleNamespace",
    "decimal.Decimal": "Decimal",
    "fractions.Fraction": "Fraction",
    "uuid.UUID": "UUID",
    "torch.Size": "Size",
    "torch.device": "device",
    "torch.Tensor": "tensor of an old torch",
    **{f"torch.nn.parameter.{name}": name for name in ("Parameter", "Buffer")},
    "torch.serialization._get_layout": "layout",
    "torch.torch_version.TorchVersion": "TorchVersion",
    **{f"torch.per_{name}": "quantizer" for name in ("tensor_affine", "tensor_symmetric")},
    **{f"torch.per_channel_{name}": "quantizer" for name in ("affine", "symmetric", "affine_float_qparams")},
    **{f"torch.Q{name}Storage": "quantized storage" for name in ("Int8", "Int32", "UInt8", "UInt4x2", "UInt2x4")},
}
_NUMPY: Final = {"scalar": "NumPy number", "_reconstruct": "NumPy array", "_frombuffer": "NumPy array"}
_MODULES: Final = {"__builtin__": "builtins", "copy_reg": "copyreg"}
"""The modules of Python 2, whose names protocol 2 keeps."""


def modern(path: str) -> str:
    """`path` with the module's name in Python 3."""
    module, _, name = path.rpartition(".")
    return f"{_MODULES.get(module, module)}.{name}"


def is_known(path: str) -> bool:
    """Whether the name is in one of the lists; NEWOBJ may make an object of another, and nothing may call it."""
    return kind_of(path) is not None


def kind_of(path: str) -> str | None:
    """What a value of this class, or the value of this function, is; None for a name that is not known to be harmless.

    No such value is made.
    """
    if path in _TENSORS:
        return _TENSORS[path]
    if path in _HARMLESS:
        return _HARMLESS[path]
    if path in READ or path in KINDS:
        return path.rpartition(".")[2]
    module, _, name = path.rpartition(".")
    if module == "pathlib" or module.startswith("pathlib."):
        return "Path"
    if module == "numpy.dtypes" or path in ("numpy.dtype", "numpy.ndarray"):
        return f"NumPy {name}"
    if module in ("numpy.core.multiarray", "numpy._core.multiarray", "numpy.core.numeric", "numpy._core.numeric"):
        return _NUMPY.get(name)
    return None
