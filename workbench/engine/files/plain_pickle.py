"""Pickles of strangers, read without Python's or torch's unpickler: plain values come out, and nothing is ever called.

A few hundred bytes of pickle can stop a program for ever (the hash of a tuple of tuples that share parts takes 2^60
steps, and holds the interpreter's lock meanwhile) or take gigabytes (`bytearray(3_000_000_000)`), also under
`torch.load(weights_only=True)`. Here each instruction is bounded in time and memory, and so is their number. What an
object would be made of is not made: it becomes a `Foreign`, which only says what it is. Unlike torch's own restricted
unpickler this one knows the protocols 2 to 5.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_STEPS: Final = 2_000_000
"""Instructions. A checkpoint has about 20 for each epoch."""
MOST_BYTES: Final = 32 << 20
MOST_DEPTH: Final = 64
LONGEST_TEXT: Final = 1 << 20
LONGEST_KEY: Final = 1000
LONGEST_NAME: Final = 200
LONGEST_INTEGER: Final = 255
"""In bytes, as many as the usual instruction for integers can have."""
MOST_NUMBER_KEYS: Final = 5000
"""Numbers, unlike texts, can be chosen so that their hashes collide: each then costs time in proportion to them all."""


STOP: Final = ord(".")
RENAMED: Final = {"__builtin__": "builtins", "copy_reg": "copyreg"}
"""The modules of Python 2, whose names the protocol 2 keeps."""


class RefusedError(ValueError):
    """A file that is not read further; says why, in words that a sentence takes up in brackets."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CodeError(RefusedError):
    """The file asks to run code.

    Attributes:
        code: what it wants to have run, as `module.name`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(f"it asks to run code, {code}")
        self.code = code


class Foreign:
    """In place of an object that was not made.

    Attributes:
        kind: what it would have been.
    """

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Name(Foreign):
    """In place of a class or a function; `kind` is its module and its name."""

    __slots__ = ()


class PlainPickle:
    """One pickle after the other, out of bytes that hold them.

    Attributes:
        place: where the next pickle begins.

    Args:
        content: the bytes.
        place: where in them the first pickle begins.
    """

    def __init__(self, content: bytes, place: int = 0) -> None:
        self.place = place
        self._content = content
        self._end = min(len(content), place + MOST_BYTES)
        self._steps = 0
        self._number_keys = 0
        self._names: dict[str, Name] = {}
        self._stack: list[Any] = []
        self._marks: list[list[Any]] = []
        self._memo: dict[int, Any] = {}

    def load(self) -> Any:
        """The next pickle's value: of None, booleans, numbers, texts, lists, tuples, dicts, and what `_call` makes.

        Raises:
            RefusedError: it asks for what is not done here, or is beyond a bound.
            Exception: anything, for a damaged one.
        """
        self._stack, self._marks, self._memo = [], [], {}
        content, end, instructions = self._content, self._end, self._instructions()
        while True:
            if self.place >= end:
                raise RefusedError("its list of contents is too long") if end < len(content) else EOFError()
            code = content[self.place]
            self.place += 1
            self.charge(1)
            if code == STOP:
                value = self._stack.pop()
                _check_nesting(value)
                return value
            instruction = instructions.get(code)
            if instruction is None:
                raise RefusedError(f"its pickle has the instruction {code}, which is not read here")
            instruction()

    def charge(self, steps: int) -> None:
        """Count work in proportion to the number of instructions.

        Raises:
            RefusedError: it is too much.
        """
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise RefusedError("it has too many entries")

    # What a reader of a certain kind of file knows

    def _check_name(self, name: str) -> None:
        raise CodeError(name)

    def _call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        raise CodeError(name)

    def _persistent(self, identity: Any) -> Any:
        raise RefusedError("it refers to something outside of it")

    # Reading

    def _number(self, size: int) -> int:
        return int.from_bytes(self._bytes(size), "little")

    def _bytes(self, size: int) -> bytes:
        if size > LONGEST_TEXT:
            raise RefusedError(f"it has a text of {size:,} bytes")
        taken = self._content[self.place : self.place + size]
        if len(taken) < size:
            raise EOFError
        self.place += size
        return taken

    def _line(self) -> str:
        end = self._content.find(b"\n", self.place, self.place + LONGEST_NAME + 1)
        if end < 0:
            raise RefusedError(f"it has a name of more than {LONGEST_NAME} letters")
        line = self._content[self.place : end].decode()
        self.place = end + 1
        return line

    def _name(self, module: object, name: object) -> Name:
        if type(module) is not str or type(name) is not str:
            raise RefusedError("it has a name that is no text")
        if len(module) + len(name) > LONGEST_NAME:
            raise RefusedError(f"it has a name of {len(module) + len(name):,} letters")
        path = f"{RENAMED.get(module, module)}.{name}"
        if path not in self._names:
            self._check_name(path)
            self._names[path] = Name(path)
        return self._names[path]

    def _since_mark(self) -> list[Any]:
        items = self._stack
        self._stack = self._marks.pop()
        return items

    def check_key(self, key: object) -> None:
        """Raise `RefusedError` unless `key` may be one of a dict: a short text, or a number."""
        if type(key) is str:
            if len(key) > LONGEST_KEY:
                raise RefusedError(f"it has a name of {len(key):,} letters")
            return
        if key is not None and type(key) not in (int, float, bool):
            kind = key.kind if isinstance(key, Foreign) else type(key).__name__
            raise RefusedError(f"it has a {kind} where a name belongs")
        self._number_keys += 1
        if self._number_keys > MOST_NUMBER_KEYS:
            raise RefusedError(f"it has more than {MOST_NUMBER_KEYS:,} numbers for names")

    # The instructions

    def _instructions(self) -> dict[int, Callable[[], object]]:
        """What to do for each code, as the module pickletools explains it."""
        return {
            ord(b"\x80"): lambda: self._bytes(1) and None,  # PROTO
            ord(b"\x95"): lambda: self._bytes(8) and None,  # FRAME
            ord(b"("): self._mark,
            ord(b"0"): self._pop,
            ord(b"1"): lambda: self._since_mark() and None,  # POP_MARK
            ord(b"2"): lambda: self._push(self._stack[-1]),  # DUP
            ord(b"q"): lambda: self._put(self._number(1)),
            ord(b"r"): lambda: self._put(self._number(4)),
            ord(b"\x94"): self._memoize,
            ord(b"h"): lambda: self._get(self._number(1)),
            ord(b"j"): lambda: self._get(self._number(4)),
            ord(b"N"): lambda: self._push(None),
            ord(b"\x88"): lambda: self._push(True),
            ord(b"\x89"): lambda: self._push(False),
            ord(b"K"): lambda: self._push(self._number(1)),
            ord(b"M"): lambda: self._push(self._number(2)),
            ord(b"J"): lambda: self._integer(4),
            ord(b"\x8a"): lambda: self._integer(self._number(1)),
            ord(b"\x8b"): lambda: self._integer(self._number(4)),
            ord(b"G"): lambda: self._push(struct.unpack(">d", self._bytes(8))[0]),
            ord(b"X"): lambda: self._text(self._number(4)),
            ord(b"\x8c"): lambda: self._text(self._number(1)),
            ord(b"\x8d"): lambda: self._text(self._number(8)),
            ord(b"U"): lambda: self._text(self._number(1)),
            ord(b"T"): lambda: self._text(self._number(4)),
            ord(b"B"): lambda: self._raw(self._number(4)),
            ord(b"C"): lambda: self._raw(self._number(1)),
            ord(b"\x8e"): lambda: self._raw(self._number(8)),
            ord(b"\x96"): lambda: self._raw(self._number(8)),  # BYTEARRAY8
            ord(b"]"): lambda: self._push([]),
            ord(b"}"): lambda: self._push({}),
            ord(b"\x8f"): lambda: self._push(Foreign("set")),
            ord(b")"): lambda: self._push(()),
            ord(b"t"): lambda: self._push(tuple(self._since_mark())),
            ord(b"\x85"): lambda: self._tuple_of(1),
            ord(b"\x86"): lambda: self._tuple_of(2),
            ord(b"\x87"): lambda: self._tuple_of(3),
            ord(b"\x91"): lambda: self._push(_without(self._since_mark(), "frozenset")),
            ord(b"a"): lambda: self._add_to_list([self._stack.pop()]),
            ord(b"e"): lambda: self._add_to_list(self._since_mark()),
            ord(b"\x90"): lambda: self._add_to_list(self._since_mark()),  # ADDITEMS
            ord(b"s"): lambda: self._set_items([self._stack.pop(-2), self._stack.pop()]),
            ord(b"u"): lambda: self._set_items(self._since_mark()),
            ord(b"c"): self._global,
            ord(b"\x93"): self._stack_global,
            ord(b"R"): self._reduce,
            ord(b"\x81"): self._reduce,  # NEWOBJ
            ord(b"\x92"): self._reduce_with_keywords,
            ord(b"b"): self._build,
            ord(b"Q"): lambda: self._push(self._persistent(self._stack.pop())),
        }

    def _mark(self) -> None:
        self._marks.append(self._stack)
        self._stack = []

    def _put(self, index: int) -> None:
        self._memo[index] = self._stack[-1]

    def _memoize(self) -> None:
        self._memo[len(self._memo)] = self._stack[-1]

    def _get(self, index: int) -> None:
        self._stack.append(self._memo[index])

    def _tuple_of(self, count: int) -> None:
        items = self._stack[len(self._stack) - count :]
        if len(items) < count:
            raise EOFError
        self._stack[len(self._stack) - count :] = [tuple(items)]

    def _add_to_list(self, items: list[Any]) -> None:
        target = self._stack[-1]
        if type(target) is list:
            target.extend(items)
        elif type(target) is not Foreign:
            raise TypeError(type(target))

    def _set_items(self, items: list[Any]) -> None:
        target = self._stack[-1]
        if type(target) is Foreign:
            return
        if type(target) is not dict or len(items) % 2:
            raise TypeError(type(target))
        for key, value in zip(items[::2], items[1::2], strict=True):
            self.check_key(key)
            target[key] = value

    def _reduce(self) -> None:
        arguments = self._stack.pop()
        called = self._stack.pop()
        if type(called) is not Name or type(arguments) is not tuple:
            raise RefusedError("it asks to call what is no function")
        self._stack.append(self._call(called.kind, arguments))

    def _reduce_with_keywords(self) -> None:
        self._stack.pop()
        self._reduce()

    def _build(self) -> None:
        self._stack.pop()
        if type(self._stack[-1]) not in (dict, Foreign):
            raise RefusedError("it changes a value that cannot be changed")

    def _global(self) -> None:
        self._stack.append(self._name(self._line(), self._line()))

    def _stack_global(self) -> None:
        name = self._stack.pop()
        self._stack.append(self._name(self._stack.pop(), name))

    def _text(self, size: int) -> None:
        self._stack.append(str(self._bytes(size), "utf-8", "surrogatepass"))

    def _raw(self, size: int) -> None:
        self._bytes(size)
        self._stack.append(Foreign("bytes"))

    def _integer(self, size: int) -> None:
        if size > LONGEST_INTEGER:
            raise RefusedError(f"it has a number of {size:,} bytes")
        self._stack.append(int.from_bytes(self._bytes(size), "little", signed=True))

    def _pop(self) -> None:
        if self._stack:
            self._stack.pop()
        else:
            self._since_mark()

    def _push(self, value: Any) -> None:
        self._stack.append(value)


def _check_nesting(value: Any) -> None:
    """Refuse what a program that goes through all of `value` would not come to the end of: it shares parts, or itself.

    Each shared part counts as often as it is met.
    """
    level, count = [value], 0
    for _ in range(MOST_DEPTH):
        below: list[Any] = []
        for item in level:
            kind = type(item)
            if kind is dict or kind is list or kind is tuple:
                count += len(item)
                if count > MOST_STEPS:
                    raise RefusedError("it has too many entries")
                below.extend(item.values() if kind is dict else item)
        if not below:
            return
        level = below
    raise RefusedError(f"its values are nested more than {MOST_DEPTH} deep")


def _without(_items: list[Any], kind: str) -> Foreign:
    return Foreign(kind)
