"""Checks a pickle instruction by instruction before `torch.load` reads it, and writes it again in torch's own dialect.

`torch.load(weights_only=True)` runs no code. But a few hundred bytes can stop it for ever (the hash of a tuple of
tuples that share parts takes 2^60 steps and holds the interpreter's lock) or take gigabytes (`bytearray(3 * 10**9)`).
Here the standard library's `pickletools` lists the instructions; their kinds, arguments and number have bounds, and
nothing is built or called. torch then reads a pickle that this module wrote: the protocols 3 to 5 become 2, the only
one torch reads, and a value of another library (a NumPy number, a path) becomes a text that says what it was.

Nothing here imports torch. The instructions are explained in the source of `pickletools`.
"""

from __future__ import annotations

import io
import math
import pickletools
import struct
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from workbench.engine.files import pickle_names

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_INSTRUCTIONS: Final = 250_000
"""A checkpoint has a thousand, and 13 for each change; torch needs 3 to 7 microseconds for each."""
MOST_DEPTH: Final = 32
LONGEST_KEY: Final = 1000
LONGEST_NAME: Final = 200
LARGEST_KEY: Final = 1 << 31
"""Larger whole numbers could be chosen so that their hashes collide: a dict then takes time in their square."""
LARGEST_INTEGER: Final = 1 << 2039
MOST_EXPANDED: Final = 1 << 16
"""Numbers that a tensor may have more than are stored for it (strides of 0)."""
MOST_SIZES: Final = 2 * 64 + 1
"""Sizes and strides of a tensor of torch's most dimensions, and its offset."""
NOT_READ: Final = "\0not read: "
"""The beginning of the text that takes the place of a value that is not read; what it was follows."""


class RefusedError(ValueError):
    """A file that is not read further; `reason` says why, in words that fit into brackets."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CodeError(RefusedError):
    """The file asks to run code; `code` is what, as `module.name`."""

    def __init__(self, code: str) -> None:
        super().__init__(f"it asks to run code, {code}")
        self.code = code


class CheckedPickle(NamedTuple):
    """A pickle that torch may read.

    Attributes:
        program: the same pickle, written again in protocol 2.
        storages: the bytes that each storage of its tensors has, by the storage's key.
        end: where the original pickle ended.
    """

    program: bytes
    storages: dict[str, int]
    end: int


def checked_pickle(content: bytes, start: int = 0) -> CheckedPickle:
    """Check the pickle that begins at `start` in `content`.

    Raises:
        CodeError: it asks to run code.
        RefusedError: it is beyond a bound, or holds what is not read here.
        Exception: any type, for damage.
    """
    return _Check(content, start).run()


class _Value(NamedTuple):
    """What an instruction leaves on the stack: its kind, and what later checks need to know of it."""

    kind: str
    content: Any = None
    depth: int = 0  # of tuples in tuples


class _Entry(NamedTuple):
    """A value on the stack, and the index of the first piece of the program that builds it."""

    value: _Value
    start: int


class _Storage(NamedTuple):
    nbytes: int
    itemsize: int


MARK: Final = _Value("mark")
LIST: Final = _Value("list")
DICT: Final = _Value("dict")
TENSOR: Final = _Value("tensor")
CONSTANTS: Final = {"NONE": (None, b"N"), "NEWTRUE": (True, b"\x88"), "NEWFALSE": (False, b"\x89")}
BYTES: Final = ("BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8")
KEPT: Final = frozenset(("list", "dict", "tuple", "tensor", "storage"))
"""Kinds that the program keeps in the memo of the unpickler; the others are written again where they are used."""


class _Check:
    """One pass over a pickle."""

    def __init__(self, content: bytes, start: int) -> None:
        self._stream = io.BytesIO(content)
        self._stream.seek(start)
        self._storages: dict[str, int] = {}
        self._stack: list[_Entry] = []
        self._memo: dict[int, _Value] = {}
        self._puts: dict[int, int] = {}
        self._pieces = [b"\x80\x02"]

    def run(self) -> CheckedPickle:
        instructions = self._instructions()
        for count, (code, argument, _) in enumerate(pickletools.genops(self._stream)):
            if count >= MOST_INSTRUCTIONS:
                raise RefusedError("it has too many entries")
            if code.name not in instructions:
                raise RefusedError(f"its pickle has the instruction {code.name}, which torch does not write")
            instructions[code.name](argument)
        self._pop()
        if self._stack:
            raise ValueError("values are left on the stack")
        return CheckedPickle(b"".join([*self._pieces, b"."]), self._storages, self._stream.tell())

    def _instructions(self) -> dict[str, Callable[[Any], None]]:
        return {
            "PROTO": lambda _: None,
            "FRAME": lambda _: None,
            "STOP": lambda _: None,
            "MARK": lambda _: self._push(MARK, b"("),
            **dict.fromkeys(("BINPUT", "LONG_BINPUT"), self._put),
            "MEMOIZE": lambda _: self._put(len(self._memo)),
            **dict.fromkeys(("BINGET", "LONG_BINGET"), self._get),
            **{name: self._constant(*constant) for name, constant in CONSTANTS.items()},
            **dict.fromkeys(("BININT", "BININT1", "BININT2", "LONG1"), self._integer),
            "BINFLOAT": self._float,
            **dict.fromkeys(("BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"), self._text),
            **dict.fromkeys(("SHORT_BINSTRING", "BINSTRING"), self._text),  # names in files of Python 2
            **dict.fromkeys(BYTES, lambda _: self._foreign("bytes")),
            "EMPTY_LIST": lambda _: self._push(LIST, b"]"),
            "EMPTY_DICT": lambda _: self._push(DICT, b"}"),
            "EMPTY_SET": lambda _: self._foreign("set"),
            "EMPTY_TUPLE": lambda _: self._push(_Value("tuple", []), b")"),
            "TUPLE": lambda _: self._tuple(*self._since_mark(), b"t"),
            "TUPLE1": lambda _: self._tuple(*self._top(1), b"\x85"),
            "TUPLE2": lambda _: self._tuple(*self._top(2), b"\x86"),
            "TUPLE3": lambda _: self._tuple(*self._top(3), b"\x87"),
            "FROZENSET": lambda _: self._foreign("frozenset", self._since_mark()[1]),
            "APPEND": lambda _: self._append(self._top(1), b"a"),
            "APPENDS": lambda _: self._append(self._since_mark(), b"e"),
            "ADDITEMS": lambda _: self._append(self._since_mark(), b"e"),
            "SETITEM": lambda _: self._set_items(self._top(2), b"s"),
            "SETITEMS": lambda _: self._set_items(self._since_mark(), b"u"),
            "GLOBAL": lambda names: self._name(names.replace(" ", "."), len(self._pieces)),
            "STACK_GLOBAL": self._stack_global,
            **dict.fromkeys(("REDUCE", "NEWOBJ"), self._call),
            "NEWOBJ_EX": lambda _: self._foreign("object", self._top(3)[1]),
            "BUILD": self._build,
            "BINPERSID": self._storage,
        }

    # The program that is written

    def _push(self, value: _Value, piece: bytes) -> None:
        self._stack.append(_Entry(value, len(self._pieces)))
        self._pieces.append(piece)

    def _became(self, value: _Value, start: int, piece: bytes) -> None:
        """The values from `start` on, which are off the stack, became `value` by the instruction `piece`."""
        self._stack.append(_Entry(value, start))
        self._pieces.append(piece)

    def _cut(self, start: int) -> None:
        """Take back everything that was written since `start`."""
        del self._pieces[start:]
        while self._puts:
            index, place = next(reversed(self._puts.items()))
            if place < start:
                break
            del self._puts[index]

    def _foreign(self, kind: str, start: int | None = None) -> None:
        """Write a text in place of a value that is not read, which was built from `start` on."""
        if start is not None:
            self._cut(start)
        self._push(_Value("foreign", kind), _text_piece(NOT_READ + kind))

    # Stack and memo

    def _pop(self) -> _Entry:
        entry = self._stack.pop()
        if entry.value is MARK:
            raise ValueError("a mark is not a value")
        return entry

    def _top(self, count: int) -> tuple[list[_Value], int]:
        """Take `count` values from the stack; returns them and the index of the first piece of the first one."""
        entries = [self._pop() for _ in range(count)][::-1]
        return [entry.value for entry in entries], entries[0].start

    def _since_mark(self) -> tuple[list[_Value], int]:
        values: list[_Value] = []
        while (entry := self._stack.pop()).value is not MARK:
            values.append(entry.value)
        return values[::-1], entry.start

    def _put(self, index: int) -> None:
        value = self._stack[-1].value
        if index in self._memo or value is MARK:
            raise ValueError("a value is kept twice")
        self._memo[index] = value
        if value.kind in KEPT:
            self._puts[index] = len(self._pieces)
            self._pieces.append(b"r" + struct.pack("<I", index))

    def _get(self, index: int) -> None:
        value = self._memo[index]
        match value.kind:
            case "text":
                self._text(value.content)
            case "integer":
                self._integer(value.content)
            case "float":
                self._float(value.content)
            case "name":
                self._name(value.content, len(self._pieces))
            case "foreign":
                self._foreign(value.content)
            case kind if index in self._puts:
                self._push(value, b"j" + struct.pack("<I", index))
            case kind:
                self._foreign(kind)

    # Plain values

    def _constant(self, constant: bool | None, piece: bytes) -> Callable[[Any], None]:
        value = _Value("None" if constant is None else "bool", constant)
        return lambda _: self._push(value, piece)

    def _integer(self, number: int) -> None:
        if abs(number) >= LARGEST_INTEGER:
            raise RefusedError("it has a number of hundreds of digits")
        if -(1 << 31) <= number < 1 << 31:
            piece = b"J" + struct.pack("<i", number)
        else:
            size = number.bit_length() // 8 + 1
            piece = b"\x8a" + bytes([size]) + number.to_bytes(size, "little", signed=True)
        self._push(_Value("integer", number), piece)

    def _float(self, number: float) -> None:
        self._push(_Value("float", number), b"G" + struct.pack(">d", number))

    def _text(self, text: str) -> None:
        self._push(_Value("text", text), _text_piece(text))

    # Containers

    def _tuple(self, values: list[_Value], start: int, piece: bytes) -> None:
        depth = 1 + max((value.depth for value in values), default=0)
        if depth > MOST_DEPTH:
            raise RefusedError(f"its values are nested more than {MOST_DEPTH} deep")
        self._became(_Value("tuple", values, depth), start, piece)

    def _append(self, added: tuple[list[_Value], int], piece: bytes) -> None:
        self._changed(added[1], "list", piece)

    def _set_items(self, added: tuple[list[_Value], int], piece: bytes) -> None:
        items, start = added
        if len(items) % 2:
            raise ValueError("a key has no value")
        if self._stack[-1].value is DICT:
            for key in items[::2]:
                _check_key(key)
        self._changed(start, "dict", piece)

    def _changed(self, start: int, kind: str, piece: bytes) -> None:
        """The container on top of the stack takes the values from `start` on."""
        target = self._stack[-1].value
        if target.kind == "foreign":
            self._cut(start)
        elif target.kind == kind:
            self._pieces.append(piece)
        else:
            raise ValueError(f"a {target.kind} is no {kind}")

    # Names and calls

    def _stack_global(self, _: None) -> None:
        (module, name), start = self._top(2)
        if module.kind != "text" or name.kind != "text":
            raise ValueError("a name is not a text")
        self._cut(start)
        self._name(f"{module.content}.{name.content}", start)

    def _name(self, path: str, start: int) -> None:
        if len(path) > LONGEST_NAME:
            raise RefusedError(f"it has a name of {len(path):,} letters")
        path = pickle_names.modern(path)
        if path in pickle_names.NOT_TORCH:
            raise RefusedError("pickle wrote it, not torch.save")
        module, _, last = path.rpartition(".")
        if path in pickle_names.READ:
            self._became(_Value("name", path), start, f"c{module}\n{last}\n".encode())
        elif (kind := pickle_names.kind_of(path)) is not None:
            self._became(_Value("name", path), start, _text_piece(NOT_READ + kind))
        else:
            raise CodeError(path)

    def _call(self, _: None) -> None:
        (called, arguments), start = self._top(2)
        if called.kind not in ("name", "foreign") or arguments.kind != "tuple":
            raise ValueError("what is called is no function")
        kind = self._called(called, arguments.content)
        if kind in (DICT.kind, TENSOR.kind):
            self._became(DICT if kind == DICT.kind else TENSOR, start, b"R")
        else:
            self._foreign(kind, start)

    def _called(self, called: _Value, arguments: list[_Value]) -> str:
        """The kind of value that the call returns: a dict, a tensor, or the words for one that is not read."""
        name = called.content
        if name == pickle_names.ORDERED_DICT and not arguments:
            return DICT.kind
        if name in pickle_names.REBUILD_TENSOR:
            return _check_tensor(name, arguments)
        if name == pickle_names.REBUILD_PARAMETER and arguments[0].kind in ("tensor", "foreign"):
            return TENSOR.kind if arguments[0] is TENSOR else str(arguments[0].content)
        return pickle_names.kind_of(name) or str(name)

    def _build(self, _: None) -> None:
        start = self._top(1)[1]
        target = self._stack[-1]
        if target.value is DICT or target.value.kind == "foreign":
            self._cut(start)  # attributes, such as the version numbers that a state dict carries: not needed
        else:
            self._stack.pop()
            self._foreign(f"{target.value.kind} with attributes", target.start)

    def _storage(self, _: None) -> None:
        """A reference to a storage: ("storage", its class, its key, its device, its count of numbers[, None])."""
        (identity,), start = self._top(1)
        word, storage_class, key, _, count, *view = identity.content
        kinds = (word.content, storage_class.kind, key.kind, count.kind, [value.kind for value in view])
        if kinds[:4] != ("storage", "name", "text", "integer") or kinds[4] not in ([], ["None"]):
            raise RefusedError("it refers to numbers in a way that torch no longer writes")
        itemsize = pickle_names.STORAGES.get(storage_class.content)
        if itemsize is None:
            self._foreign(f"storage of the class {storage_class.content}", start)
            return
        if not (key.content.isascii() and key.content.isalnum() and 0 <= count.content < 1 << 48):
            raise ValueError(key.content)
        nbytes = count.content * itemsize
        if self._storages.setdefault(key.content, nbytes) != nbytes:
            raise ValueError(f"the storage {key.content} has two sizes")
        self._cut(start)
        module, _, last = storage_class.content.rpartition(".")
        self._pieces.append(
            b"("
            + _text_piece("storage")
            + f"c{module}\n{last}\n".encode()
            + _text_piece(key.content)
            + _text_piece("cpu")
            + b"\x8a\x08"
            + struct.pack("<q", count.content)
            + b"t"
        )
        self._became(_Value("storage", _Storage(nbytes, itemsize)), start, b"Q")


def _text_piece(text: str) -> bytes:
    encoded = text.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(encoded)) + encoded


def _check_key(key: _Value) -> None:
    """Raise `RefusedError` unless `key` is a short text or a small whole number, which are hashed fast."""
    if key.kind == "text":
        if len(key.content) > LONGEST_KEY:
            raise RefusedError(f"it has a name of {len(key.content):,} letters")
    elif key.kind != "integer" or abs(key.content) > LARGEST_KEY:
        kind = key.content if key.kind == "foreign" else key.kind
        raise RefusedError(f"it has a {kind} where a name belongs")


def _check_tensor(name: str, arguments: list[_Value]) -> str:
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
        raise RefusedError(f"it has a tensor of {claimed:,} numbers, of which {stored:,} are stored")
    return TENSOR.kind
