"""GzipContent: the unpacked content of a gzip file, read in pieces.

Python's GzipFile reads padding byte by byte and takes any number of members; a small file could keep it busy for hours.
"""

from __future__ import annotations

import io
import os
import zlib
from typing import IO, TYPE_CHECKING, Any, Final

from workbench.engine.data.dataset import READING

if TYPE_CHECKING:
    from workbench.engine.data.dataset import Progress

CHUNK: Final = 1 << 16
"""Packed bytes read between two calls of `Progress`: about 1 ms."""
MOST_MEMBERS: Final = 100_000
"""A gzip file is one or more members (RFC 1952); programs that pack in parallel write one for every 64 KB or more."""
GZIP: Final = 16 + zlib.MAX_WBITS
"""Has zlib read the header of gzip and check its CRC-32."""


class GzipContent(io.RawIOBase):
    """Reads what `packed` holds. A damaged file raises `zlib.error` or `EOFError`.

    Args:
        packed: the open file.
        progress: called for each chunk; what it raises ends the reading.
    """

    def __init__(self, packed: IO[bytes], progress: Progress) -> None:
        super().__init__()
        self._packed = packed
        self._progress = progress
        self._size = os.fstat(packed.fileno()).st_size
        self._member = zlib.decompressobj(GZIP)
        self._members = 1
        self._unread = b""

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the beginning of `buffer`; returns the number of bytes, 0 at the end."""
        view = memoryview(buffer)
        while True:
            is_last = self._is_at_end()
            if self._member.eof and not self._begin_next_member(is_last=is_last):
                if is_last:
                    return 0
                continue
            piece = self._member.decompress(self._unread, len(view))
            self._unread = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if piece:
                view[: len(piece)] = piece
                return len(piece)
            if is_last and not self._member.eof:
                raise EOFError("it ends too early")

    def _is_at_end(self) -> bool:
        """Read the next chunk if nothing is left of the one before; whether there is none."""
        if not self._unread:
            self._unread = self._packed.read(CHUNK)
            self._progress(READING, self._packed.tell(), self._size)
        return not self._unread

    def _begin_next_member(self, *, is_last: bool) -> bool:
        """Whether another member follows; zeros after a member are padding."""
        self._unread = self._unread.lstrip(b"\0")
        if is_last or not self._unread:
            return False
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise zlib.error("it has too many parts")
        self._member = zlib.decompressobj(GZIP)
        return True
