"""Finds damage in the write-ahead log that a killed process left beside the store.

SQLite reads the log up to the first frame that its checksums refuse, and passes over the rest without a word: one
flipped bit then takes back transactions that were complete. The log's format is section 4 of
https://www.sqlite.org/fileformat2.html#the_write_ahead_log.

Not every frame that is not valid is damage. Frames of an earlier use of the log lie behind those of the present one;
they have other salts. A process that is killed, or takes a transaction back, leaves frames without a commit.
"""

from __future__ import annotations

import io
import shutil
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import numpy as np

from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER: Final = 32
FRAME_HEADER: Final = 24
MAGIC: Final = 0x377F0682
"""Its last bit says that the checksums take the numbers as big-endian ones."""
VERSION: Final = 3007000
PAGE_SIZES: Final = tuple(1 << power for power in range(9, 17))
MOST_BYTES: Final = 256 << 20
"""Of a log that is checked: the program's own has a few MiB, unless a reader keeps it from being emptied."""
PIECE: Final = 1 << 20
AGAIN_SECONDS: Final = 0.1
"""After which a log in which damage was found is read again: another process may be writing to it."""

_KEPT: Final = (
    "The log of the store {path} is damaged, so what was recorded last may be missing: look at the newest run; a copy "
    "of the log is {aside}."
)
_NOT_KEPT: Final = (
    "The log of the store {path} is damaged, so what was recorded last may be missing: look at the newest run; the log "
    "could not be copied."
)


class Damage(NamedTuple):
    """A log of which a complete transaction is not read.

    Attributes:
        frame: the first frame that is not valid, from 0; -1 for the header.
        identity: of this use of the log: its two salts.
    """

    frame: int
    identity: str


def notice_of_damage(path: Path) -> UserError | None:
    """The sentence about damage in the log of the store at `path`, which is copied first; None where there is none.

    Of one damage it is said once: when its copy is made. Nothing may have the store open in this process yet.
    """
    log = path.with_name(f"{path.name}-wal")
    try:
        damage, state = damage_in(log), _state(log)
        if damage is None:
            return None
        time.sleep(AGAIN_SECONDS)
        if damage_in(log) != damage or _state(log) != state:
            return None  # another process writes to it
    except OSError:
        return None  # there is none, or what opens the store says why it cannot be read
    aside = path.with_name(f"{path.stem}-log-{damage.identity}-damaged{log.suffix}")
    try:
        with log.open("rb") as source, aside.open("xb") as copy:
            shutil.copyfileobj(source, copy)
    except FileExistsError:
        return None
    except OSError:
        with suppress(OSError):
            aside.unlink()
        return UserError(_NOT_KEPT, path=path)
    return UserError(_KEPT, path=path, aside=aside.name)


def damage_in(log: Path) -> Damage | None:
    """The damage in the log of a store; None where SQLite reads all transactions that were completed.

    Raises:
        OSError: the log is missing or cannot be read.
    """
    with log.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        if not HEADER + FRAME_HEADER + PAGE_SIZES[0] <= size <= MOST_BYTES:
            return None
        file.seek(0)
        header = file.read(HEADER)
        magic, version, page_size, _, *salts, first, second = (int(word) for word in np.frombuffer(header, ">u4"))
        identity = f"{salts[0]:08x}{salts[1]:08x}"
        order = ">u4" if magic & 1 else "<u4"
        known = magic & ~1 == MAGIC and version == VERSION and page_size in PAGE_SIZES
        if not known or _Sums(24).of(np.frombuffer(header[:24], order)[None], (0, 0)) != [(first, second)]:
            return Damage(-1, identity)
        frame = _damaged_frame(_frames(file, page_size), order, salts, (first, second))
    return None if frame is None else Damage(frame, identity)


def _frames(file: IO[bytes], page_size: int) -> Iterator[np.ndarray]:
    """The whole frames of the log, some at a time, as bytes of shape (frames, bytes of a frame)."""
    size = FRAME_HEADER + page_size
    while content := file.read(max(1, PIECE // size) * size):
        frames = np.frombuffer(content, np.uint8, len(content) // size * size).reshape(-1, size)
        if len(frames):
            yield frames


def _damaged_frame(pieces: Iterator[np.ndarray], order: str, salts: list[int], last: tuple[int, int]) -> int | None:
    """The first frame that is not valid, if it or one behind it ends a transaction of this use of the log."""
    number, broken, sums = 0, None, None
    for frames in pieces:
        heads = np.ascontiguousarray(frames[:, :FRAME_HEADER]).view(">u4").astype(np.int64)
        is_commit, is_salt = heads[:, 1] != 0, heads[:, 2:4] == salts
        first_behind = 0
        if broken is None:
            sums = sums or _Sums(frames.shape[1] - 16)
            content = np.concatenate([frames[:, :8], frames[:, FRAME_HEADER:]], axis=1).view(order)
            found = sums.of(content, last)
            is_valid = (heads[:, 4:6] == found).all(axis=1) & is_salt.all(axis=1)
            last = found[-1]
            if is_valid.all():
                number += len(frames)
                continue
            place = int(is_valid.argmin())
            broken, first_behind = number + place, place + 1
            # Where a salt has changed, the other one still says that the frame is of this use of the log.
            if is_commit[place] and is_salt[place].any():
                return broken
        if (is_commit & is_salt.all(axis=1))[first_behind:].any():
            return broken
    return None


class _Sums:
    """SQLite's checksum of many rows of one length: two sums in which each number counts as often as Fibonacci's.

    For each pair of numbers (a, b): first += a + second; second += b + first; all modulo 2^32.
    """

    def __init__(self, nbytes: int) -> None:
        pairs = nbytes // 8
        fibonacci = [0, 1]
        while len(fibonacci) < 2 * pairs + 2:
            fibonacci.append((fibonacci[-1] + fibonacci[-2]) & 0xFFFFFFFF)
        self._table = np.array(fibonacci, np.uint64)
        self._pairs = pairs

    def of(self, rows: np.ndarray, before: tuple[int, int]) -> list[tuple[int, int]]:
        """The sums behind each of the rows, which follow one another.

        Args:
            rows: numbers of 32 bits, of shape (rows, 2 * pairs).
            before: the sums in front of the first row.

        The sums behind a row that is not as it was written, and all later ones, are others.
        """
        # A pair moves (first, second) to (first + second + a, first + 2 * second + a + b), so that what a pair adds is
        # multiplied by a power of [[1, 1], [1, 2]], whose entries are Fibonacci numbers.
        table, mask = self._table, np.uint64(0xFFFFFFFF)
        after = np.arange(self._pairs - 1, -1, -1) * 2  # twice the pairs behind each
        longer = np.concatenate([np.array([1], np.uint64), table])  # the number before the first one is 1
        low, middle, high = (longer[after + shift] for shift in (0, 1, 2))
        numbers = rows.astype(np.uint64)
        a, b = numbers[:, 0::2], numbers[:, 1::2]
        # [[low, middle], [middle, high]] is the power; the pair adds (a, a + b).
        total = (a + b) & mask
        first = ((a * low & mask) + (total * middle & mask)).sum(axis=1) & mask
        second = ((a * middle & mask) + (total * high & mask)).sum(axis=1) & mask
        n = 2 * self._pairs
        edges = [int(table[n - 1]), int(table[n]), int(table[n + 1])]
        found, (s0, s1) = [], before
        for added in zip(first.tolist(), second.tolist(), strict=True):
            s0, s1 = (
                (edges[0] * s0 + edges[1] * s1 + added[0]) & 0xFFFFFFFF,
                (edges[1] * s0 + edges[2] * s1 + added[1]) & 0xFFFFFFFF,
            )
            found.append((s0, s1))
        return found


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
