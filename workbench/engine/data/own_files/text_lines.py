"""The lines of a text file, packed with gzip or not: its encoding is found, and no line may be endless."""

from __future__ import annotations

import io
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from workbench.engine.data.dataset import READING
from workbench.engine.data.gzip_content import GzipContent
from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workbench.engine.data.dataset import Progress

MOST_FILE: Final = 1 << 40
LONGEST_LINE: Final = 1 << 22
"""Characters of a line."""
SAMPLE: Final = 1 << 16
"""Bytes from which the encoding is found."""
GZIP_MAGIC: Final = b"\x1f\x8b"
BOMS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@contextmanager
def text_lines(path: Path, encoding: str | None, progress: Progress) -> Iterator[tuple[Iterator[str], str]]:
    """The lines of the text at `path` with their ends, and the encoding that was given or found.

    Raises:
        UserError: it cannot be read, is damaged, is no text, or not in that encoding; now or inside.
    """
    with opened(path, MOST_FILE) as file:
        try:
            stream = _unpacked(file, progress)
            sample = stream.peek(SAMPLE)
            found = encoding or encoding_of(sample)
            if b"\0" in sample[:1024] and not found.lower().replace("_", "-").startswith(("utf-16", "utf-32")):
                raise UserError(
                    "{path} is no text (it holds zero bytes): save it as CSV in UTF-8, or choose another file.",
                    path=path,
                )
            try:
                text = io.TextIOWrapper(stream, encoding=found, errors="strict", newline="")
            except LookupError:
                raise UserError(
                    "There is no encoding {encoding!r}: choose one such as utf-8.", encoding=encoding
                ) from None
            yield _bounded(text, path), found
        except (EOFError, zlib.error) as error:
            raise UserError(
                "{path} is damaged ({reason}): replace it by a whole one.", path=path, reason=error
            ) from error
        except UnicodeError as error:
            raise UserError(
                "{path} is not in the encoding {encoding} ({reason}): save it as UTF-8, or name its encoding "
                "(--encoding).",
                path=path,
                encoding=found,
                reason=getattr(error, "reason", error),
            ) from error


def encoding_of(sample: bytes) -> str:
    """The encoding that a text with this beginning most likely has."""
    for bom, name in BOMS.items():
        if sample.startswith(bom):
            return name
    if (wide := _utf_16(sample)) is not None:
        return wide
    # The sample may end within a character; up to three bytes of it are left out.
    for cut in range(4):
        try:
            sample[: len(sample) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "utf-8"
    return "cp949" if _is_korean(sample) else "cp1252" if _decodes(sample, "cp1252") else "latin-1"


def _utf_16(sample: bytes) -> str | None:
    """The name of UTF-16 without a mark, where every other byte is zero as in texts of ASCII; None where it is not."""
    pairs = sample[: len(sample) // 2 * 2]
    for name, high, low in (("utf-16-le", pairs[1::2], pairs[::2]), ("utf-16-be", pairs[::2], pairs[1::2])):
        if high.count(0) * 2 > len(high) and 0 not in low:
            return name
    return None


def _is_korean(sample: bytes) -> bool:
    """Whether what is not ASCII are syllables of Hangul in the code page of Windows."""
    for cut in range(2):
        try:
            text = sample[: len(sample) - cut].decode("cp949")
        except UnicodeDecodeError:
            continue
        others = [character for character in text if not character.isascii()]
        return sum("가" <= character <= "힣" for character in others) * 5 >= 4 * len(others)
    return False


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unpacked(file: IO[bytes], progress: Progress) -> io.BufferedReader:
    is_packed = file.read(2) == GZIP_MAGIC
    file.seek(0)
    raw = GzipContent(file, progress) if is_packed else _Watched(file, progress)
    return io.BufferedReader(raw, SAMPLE)


class _Watched(io.RawIOBase):
    """A file whose reading is shown."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        super().__init__()
        self._file = file
        self._progress = progress
        self._size = file.seek(0, io.SEEK_END)
        file.seek(0)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the beginning of `buffer`; returns the number of bytes, 0 at the end."""
        piece = self._file.read(len(buffer))
        self._progress(READING, self._file.tell(), self._size)
        buffer[: len(piece)] = piece
        return len(piece)


def _bounded(text: io.TextIOWrapper, path: Path) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise UserError(
                "Line {number:,} of {path} has more than {most:,} characters: it is no table, choose another file.",
                path=path,
                number=number,
                most=LONGEST_LINE,
            )
        if "\0" in line:
            raise UserError(
                "Line {number:,} of {path} holds a zero byte: it is damaged, replace it by a whole one.",
                path=path,
                number=number,
            )
        yield line
