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
import pickletools
import struct
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from workbench.engine.files import pickle_names
from workbench.engine.files.pickle_program import NOT_READ, PickleProgram, text_piece
from workbench.engine.files.pickle_values import (
    DICT,
    LIST,
    MARK,
    TENSOR,
    CodeError,
    RefusedError,
    Storage,
    Value,
    check_key,
    check_tensor,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_INSTRUCTIONS: Final = 250_000
"""A checkpoint has a thousand, and 13 for each change; torch needs 3 to 7 microseconds for each."""
MOST_DEPTH: Final = 32
LONGEST_NAME: Final = 200
LARGEST_INTEGER: Final = 1 << 2039


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


def checked_pickle(content: bytes, start: int = 0, *, leave_out_objects: bool = False) -> CheckedPickle:
    """Check the pickle that begins at `start` in `content`.

    Args:
        content: the bytes of the file, or its beginning.
        start: the place of the pickle's first instruction.
        leave_out_objects: whether classes that are not known, and objects of them, become texts that say what they were
            (the settings beside the weights in a checkpoint of Lightning, for example). A call of a function that is
            not known is refused all the same.

    Raises:
        CodeError: it asks to run code.
        RefusedError: it is beyond a bound, or holds what is not read here.
        Exception: any type, for damage.
    """
    return _Check(content, start, leave_out_objects=leave_out_objects).run()


CONSTANTS: Final = {"NONE": (None, b"N"), "NEWTRUE": (True, b"\x88"), "NEWFALSE": (False, b"\x89")}
BYTES: Final = ("BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8")


class _Check(PickleProgram):
    """One pass over a pickle."""

    def __init__(self, content: bytes, start: int, *, leave_out_objects: bool) -> None:
        super().__init__()
        self._leave_out_objects = leave_out_objects
        self._stream = io.BytesIO(content)
        self._stream.seek(start)
        self._storages: dict[str, int] = {}

    def run(self) -> CheckedPickle:
        instructions = self._instructions()
        for count, (code, argument, _) in enumerate(pickletools.genops(self._stream)):
            if count >= MOST_INSTRUCTIONS:
                raise RefusedError("it has too many entries")
            if code.name not in instructions:
                raise RefusedError("its pickle has the instruction {name}, which torch does not write", name=code.name)
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
            "EMPTY_TUPLE": lambda _: self._push(Value("tuple", []), b")"),
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
            "REDUCE": self._call,
            "NEWOBJ": self._object,
            "NEWOBJ_EX": lambda _: self._foreign("object", self._top(3)[1]),
            "BUILD": self._build,
            "BINPERSID": self._storage,
        }

    # Memo

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
        value = Value("None" if constant is None else "bool", constant)
        return lambda _: self._push(value, piece)

    def _integer(self, number: int) -> None:
        if abs(number) >= LARGEST_INTEGER:
            raise RefusedError("it has a number of hundreds of digits")
        if -(1 << 31) <= number < 1 << 31:
            piece = b"J" + struct.pack("<i", number)
        else:
            size = number.bit_length() // 8 + 1
            piece = b"\x8a" + bytes([size]) + number.to_bytes(size, "little", signed=True)
        self._push(Value("integer", number), piece)

    def _float(self, number: float) -> None:
        self._push(Value("float", number), b"G" + struct.pack(">d", number))

    def _text(self, text: str) -> None:
        self._push(Value("text", text), text_piece(text))

    # Containers

    def _tuple(self, values: list[Value], start: int, piece: bytes) -> None:
        depth = 1 + max((value.depth for value in values), default=0)
        if depth > MOST_DEPTH:
            raise RefusedError("its values are nested more than {most} deep", most=MOST_DEPTH)
        self._became(Value("tuple", values, depth), start, piece)

    def _append(self, added: tuple[list[Value], int], piece: bytes) -> None:
        self._changed(added[1], "list", piece)

    def _set_items(self, added: tuple[list[Value], int], piece: bytes) -> None:
        items, start = added
        if len(items) % 2:
            raise ValueError("a key has no value")
        if self._stack[-1].value is DICT:
            for key in items[::2]:
                check_key(key)
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
            raise RefusedError("it has a name of {count:,} letters", count=len(path))
        path = pickle_names.modern(path)
        if path in pickle_names.NOT_TORCH:
            raise RefusedError("pickle wrote it, not torch.save")
        module, _, last = path.rpartition(".")
        if path in pickle_names.READ:
            self._became(Value("name", path), start, f"c{module}\n{last}\n".encode())
        elif (kind := pickle_names.kind_of(path)) is not None or self._leave_out_objects:
            self._became(Value("name", path), start, text_piece(NOT_READ + (kind or path)))
        else:
            raise CodeError(path)

    def _object(self, _: None) -> None:
        """A new object of a class, before it gets its attributes."""
        called = self._stack[-2]
        if called.value.kind == "name" and not pickle_names.is_known(called.value.content):
            self._top(2)
            self._foreign(called.value.content, called.start)
        else:
            self._call(None)

    def _call(self, _: None) -> None:
        (called, arguments), start = self._top(2)
        if called.kind not in ("name", "foreign") or arguments.kind != "tuple":
            raise ValueError("what is called is no function")
        if self._leave_out_objects and (called.kind == "foreign" or not pickle_names.is_known(called.content)):
            raise CodeError(str(called.content))
        kind = self._called(called, arguments.content)
        if kind in (DICT.kind, TENSOR.kind):
            self._became(DICT if kind == DICT.kind else TENSOR, start, b"R")
        else:
            self._foreign(kind, start)

    def _called(self, called: Value, arguments: list[Value]) -> str:
        """The kind of value that the call returns: a dict, a tensor, or the words for one that is not read."""
        name = called.content
        if name == pickle_names.ORDERED_DICT and not arguments:
            return DICT.kind
        if name in pickle_names.REBUILD_TENSOR:
            return check_tensor(name, arguments)
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
        if identity.content[0].content == "module":  # a class of modules with its source, in the older file
            self._cut(start)
            self._name(identity.content[1].content, start)
            return
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
            + text_piece("storage")
            + f"c{module}\n{last}\n".encode()
            + text_piece(key.content)
            + text_piece("cpu")
            + b"\x8a\x08"
            + struct.pack("<q", count.content)
            + b"t"
        )
        self._became(Value("storage", Storage(nbytes, itemsize)), start, b"Q")
