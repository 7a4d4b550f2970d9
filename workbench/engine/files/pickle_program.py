"""PickleProgram: the pickle that is written while another is checked, with the stack and the memo of both.

Each value on the stack knows where the piece of the program begins that builds it, so that it can be taken back.
"""

from __future__ import annotations

import struct
from typing import Final

from workbench.engine.files.pickle_values import MARK, Entry, Value

KEPT: Final = frozenset(("list", "dict", "tuple", "tensor", "storage"))
"""Kinds that the program keeps in the memo of the unpickler; the others are written again where they are used."""
NOT_READ: Final = "\0not read: "
"""The beginning of the text that takes the place of a value that is not read; what it was follows."""


class PickleProgram:
    """Stack, memo and the pieces of the program; the check of the instructions derives from it."""

    def __init__(self) -> None:
        self._stack: list[Entry] = []
        self._memo: dict[int, Value] = {}
        self._puts: dict[int, int] = {}
        self._pieces = [b"\x80\x02"]

    def _push(self, value: Value, piece: bytes) -> None:
        self._stack.append(Entry(value, len(self._pieces)))
        self._pieces.append(piece)

    def _became(self, value: Value, start: int, piece: bytes) -> None:
        """The values from `start` on, which are off the stack, became `value` by the instruction `piece`."""
        self._stack.append(Entry(value, start))
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
        self._push(Value("foreign", kind), text_piece(NOT_READ + kind))

    # Stack and memo

    def _pop(self) -> Entry:
        entry = self._stack.pop()
        if entry.value is MARK:
            raise ValueError("a mark is not a value")
        return entry

    def _top(self, count: int) -> tuple[list[Value], int]:
        """Take `count` values from the stack; returns them and the index of the first piece of the first one."""
        entries = [self._pop() for _ in range(count)][::-1]
        return [entry.value for entry in entries], entries[0].start

    def _since_mark(self) -> tuple[list[Value], int]:
        values: list[Value] = []
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


def text_piece(text: str) -> bytes:
    """The instruction that puts `text` on the stack."""
    encoded = text.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(encoded)) + encoded
