"""ZipDirectory: a file whose zip directory has a bounded length."""

from __future__ import annotations

from typing import IO, Final

from workbench.engine.files.pickle_values import RefusedError

MOST_DIRECTORY: Final = 1 << 20
"""Bytes of an archive's directory; zipfile needs 10 microseconds for each entry."""


class ZipDirectory:
    """A file whose reads are bounded: zipfile reads the directory of an archive at once, however long it is.

    Attributes:
        most: bytes of a read; None once the directory has been read.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.most: int | None = MOST_DIRECTORY
        self.seekable, self.seek, self.tell = file.seekable, file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        """As a file's.

        Raises:
            RefusedError: the directory is too long.
        """
        if self.most is None:
            return self._file.read(size)
        content = self._file.read(self.most + 1 if size < 0 else min(size, self.most + 1))
        if len(content) > self.most:
            raise RefusedError("its directory is too long")
        return content
