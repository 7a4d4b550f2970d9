"""The values that the instructions of a pickle leave on the stack, their bounds, and why a file is refused.

Nothing here imports torch. `pickle_check` goes through the instructions.
"""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

from workbench.engine.errors import UserError
from workbench.engine.files import pickle_names

LONGEST_KEY: Final = 1000
LARGEST_KEY: Final = 1 << 31
"""Larger whole numbers could be chosen so that their hashes collide: a dict then takes time in their square."""
MOST_EXPANDED: Final = 1 << 16
"""Numbers that a tensor may have more than are stored for it (strides of 0)."""
MOST_SIZES: Final = 2 * 64 + 1
"""Sizes and strides of a tensor of torch's most dimensions, and its offset."""


class RefusedError(UserError):
    """A file that is not read further, and why, in words that fit into brackets."""


class CodeError(RefusedError):
    """The file asks to run code; `code` is what, as `module.name`."""

    def __init__(self, code: str) -> None:
        super().__init__("it asks to run code, {code}", code=code)
        self.code = code


class Value(NamedTuple):
    """What an instruction leaves on the stack: its kind, and what later checks need to know of it."""

    kind: str
    content: Any = None
    depth: int = 0  # of tuples in tuples


class Entry(NamedTuple):
    """A value on the stack, and the index of the first piece of the program that builds it."""

    value: Value
    start: int


class Storage(NamedTuple):
    """The size of a storage of tensors, and of one number in it, in bytes."""

    nbytes: int
    itemsize: int


MARK: Final = Value("mark")
LIST: Final = Value("list")
DICT: Final = Value("dict")
TENSOR: Final = Value("tensor")


def check_key(key: Value) -> None:
    """Raise `RefusedError` unless `key` is a short text or a small whole number, which are hashed fast.

    A class that is a key, as in the checkpoints of early Lightning, has become a text.
    """
    if key.kind == "name" and key.content not in pickle_names.READ:
        return
    if key.kind == "text":
        if len(key.content) > LONGEST_KEY:
            raise RefusedError("it has a name of {count:,} letters", count=len(key.content))
    elif key.kind != "integer" or abs(key.content) > LARGEST_KEY:
        kind = key.content if key.kind == "foreign" else key.kind
        raise RefusedError("it has a {kind} where a name belongs", kind=kind)


def check_tensor(name: str, arguments: list[Value]) -> str:
    """Check what a tensor says of its size against its storage; returns its kind, "tensor" or the words for another."""
    storage, offset, size, stride = arguments[:4]
    if storage.kind == "foreign":
        return str(storage.content)
    numbers = [value.content for value in (offset, *size.content, *stride.content)]
    if storage.kind != "storage" or len(size.content) != len(stride.content) or len(numbers) > MOST_SIZES:
        raise ValueError("a tensor does not have the parts of one")
    if not all(type(number) is int and 0 <= number < 1 << 62 for number in numbers):
        raise ValueError("a size is not a number")
    itemsize = storage.content.itemsize
    if name == pickle_names.REBUILD_TENSOR_V3:
        dtype = str(arguments[6].content)
        if dtype not in pickle_names.LATER_KINDS:
            return dtype.removeprefix("torch.")
        itemsize = pickle_names.LATER_KINDS[dtype]
    if len(arguments) != pickle_names.REBUILD_TENSOR[name]:
        return "tensor with marks"  # conjugated or negated when it is looked at
    count = len(size.content)
    claimed, stored = math.prod(numbers[1 : 1 + count]), storage.content.nbytes // itemsize
    extent = sum((number - 1) * step for number, step in zip(numbers[1:], numbers[1 + count :], strict=False))
    if claimed and numbers[0] + extent >= stored:
        raise ValueError("a tensor is larger than its storage")
    if claimed > max(stored, MOST_EXPANDED):
        raise RefusedError(
            "it has a tensor of {claimed:,} numbers, of which {stored:,} are stored", claimed=claimed, stored=stored
        )
    return TENSOR.kind
