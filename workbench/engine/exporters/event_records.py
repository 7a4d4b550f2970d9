"""TensorBoard's event files: records with checksums (TFRecord) around small protobuf messages.

Sources: tensorflow/core/lib/io/record_writer.h (the records), tensorflow/core/util/event.proto and
tensorflow/core/framework/summary.proto (the messages), RFC 3720, B.4 (CRC-32C).

The format has not changed since 2015. A package for it would be TensorBoard's own with 44 MB, or tensorboardX, which
writes one value at a time in pure Python.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import IO

    from numpy.typing import NDArray

FILE_VERSION: Final = "brain.Event:2"
_POLYNOMIAL: Final = 0x82F63B78
_MASK: Final = 0xA282EAD8
_LENGTH, _CRC = struct.Struct("<Q"), struct.Struct("<I")
MOST_RECORD: Final = 1 << 20
"""Bytes of a record that is read: those that are written have about a hundred."""


def _table() -> NDArray[np.uint32]:
    values = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        values = np.where(values & 1, (values >> 1) ^ np.uint32(_POLYNOMIAL), values >> 1).astype(np.uint32)
    return values


_TABLE: Final = _table()


def crc32c(texts: Sequence[bytes]) -> list[int]:
    """The CRC-32C of each text. Those of equal length are worked on together: 1,000 take as long as one."""
    found = [0] * len(texts)
    by_length: dict[int, list[int]] = {}
    for place, text in enumerate(texts):
        by_length.setdefault(len(text), []).append(place)
    for length, places in by_length.items():
        bytes_ = np.frombuffer(b"".join(texts[place] for place in places), np.uint8).reshape(len(places), length)
        value = np.full(len(places), 0xFFFFFFFF, np.uint32)
        for column in bytes_.T:
            value = _TABLE[(value ^ column) & 0xFF] ^ (value >> np.uint32(8))
        for place, each in zip(places, (value ^ np.uint32(0xFFFFFFFF)).tolist(), strict=True):
            found[place] = each
    return found


def records(events: Sequence[bytes]) -> bytes:
    """The events as records: length, its masked checksum, content, its masked checksum."""
    lengths = [_LENGTH.pack(len(event)) for event in events]
    rows = zip(lengths, crc32c(lengths), events, crc32c(events), strict=True)
    return b"".join(
        length + _CRC.pack(_masked(first)) + event + _CRC.pack(_masked(second)) for length, first, event, second in rows
    )


def event(wall_time: float, step: int, values: Mapping[str, float]) -> bytes:
    """An event with the numbers of one step by their tags, as float32."""
    summary = b"".join(_field(1, _field(1, tag.encode()) + b"\x15" + _float(value)) for tag, value in values.items())
    return b"\x09" + struct.pack("<d", wall_time) + b"\x10" + _varint(step) + _field(5, summary)


def first_event(wall_time: float) -> bytes:
    """The event that a file begins with."""
    return b"\x09" + struct.pack("<d", wall_time) + _field(3, FILE_VERSION.encode())


def read_events(file: IO[bytes], pieces: int = 4096) -> Iterator[tuple[int, dict[str, float]]]:
    """The step and the numbers of each event in a file; the first one, without numbers, is left out.

    Raises:
        ValueError: a record is cut off, or a checksum is another one.
    """
    pending: list[tuple[bytes, bytes, bytes, bytes]] = []
    while head := file.read(_LENGTH.size + _CRC.size):
        length = _LENGTH.unpack_from(head)[0] if len(head) == _LENGTH.size + _CRC.size else MOST_RECORD + 1
        if length > MOST_RECORD:
            raise ValueError("a record is cut off")
        content, crc = file.read(length), file.read(_CRC.size)
        if len(content) != length or len(crc) != _CRC.size:
            raise ValueError("a record is cut off")
        pending.append((head[: _LENGTH.size], head[_LENGTH.size :], content, crc))
        if len(pending) == pieces:
            yield from _checked(pending)
            pending = []
    yield from _checked(pending)


def _checked(pending: Sequence[tuple[bytes, bytes, bytes, bytes]]) -> Iterator[tuple[int, dict[str, float]]]:
    lengths, contents = [each[0] for each in pending], [each[2] for each in pending]
    for row, first, second in zip(pending, crc32c(lengths), crc32c(contents), strict=True):
        if row[1] != _CRC.pack(_masked(first)) or row[3] != _CRC.pack(_masked(second)):
            raise ValueError("a checksum is another one")
        fields = list(_fields(row[2]))
        step = next((value for number, value in fields if number == 2 and isinstance(value, int)), 0)
        values: dict[str, float] = {}
        for number, value in fields:
            if number == 5 and isinstance(value, bytes):
                values |= dict(_value(each) for place, each in _fields(value) if place == 1 and isinstance(each, bytes))
        if values:
            yield step, values


def _value(message: bytes) -> tuple[str, float]:
    found = dict(_fields(message))
    tag, number = found[1], found[2]
    if not isinstance(tag, bytes) or not isinstance(number, bytes):
        raise ValueError("a value is no number")
    return tag.decode(), struct.unpack("<f", number)[0]


def _fields(message: bytes) -> Iterable[tuple[int, int | bytes]]:
    """The fields of a protobuf message: their numbers, and their contents as a whole number or as bytes."""
    place = 0
    while place < len(message):
        key, place = _read_varint(message, place)
        match key & 7:
            case 0:
                value, place = _read_varint(message, place)
                yield key >> 3, value
                continue
            case 1:
                length = 8
            case 2:
                length, place = _read_varint(message, place)
            case 5:
                length = 4
            case _:
                raise ValueError("a field is of no known kind")
        yield key >> 3, message[place : place + length]
        place += length


def _read_varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, place


def _masked(crc: int) -> int:
    return ((crc >> 15 | crc << 17) + _MASK) & 0xFFFFFFFF


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def _float(value: float) -> bytes:
    return struct.pack("<f", np.float32(value))


def _varint(value: int) -> bytes:
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
