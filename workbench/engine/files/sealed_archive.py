"""Sealed archives: files of torch.save with a SHA-256 of the content at the end, so that all damage is found.

An archive is an ordinary one of torch's, which `torch.load(weights_only=True)` reads on any machine: the seal is the
comment of the zip file. It protects against accidents, not attacks: a stranger may seal any content. Therefore no code
in an archive is run (`torch_file` reads it), and the caller of `unpack` must check every value.
"""

from __future__ import annotations

import hashlib
import io
import struct
from typing import IO, TYPE_CHECKING, Any, Final

import numpy as np
import torch

from workbench.engine.files.torch_file import ZIP, load_torch_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MARK: Final = b"workbench sha256 "
SEAL_SIZE: Final = len(MARK) + 2 * hashlib.sha256().digest_size
PIECE: Final = 1 << 20
EMPTY_COMMENT: Final = struct.pack("<H", 0)


class NotSealedError(ValueError):
    """The bytes do not end with a seal: they are not a sealed archive, or were cut short."""


class BrokenSealError(ValueError):
    """The bytes are not those that were sealed."""


def pack(content: Mapping[str, Any]) -> bytes:
    """`content`, of tensors and plain values in dicts, lists and tuples, as a sealed archive.

    Raises:
        TypeError: `content` contains another type, which could not be loaded again.
    """
    buffer = io.BytesIO()
    torch.save(_plain(content), buffer)
    archive = buffer.getbuffer()
    # The last field of a zip file without a comment is the comment's length.
    assert archive[-2:] == EMPTY_COMMENT
    sealed = b"".join((archive[:-2], struct.pack("<H", SEAL_SIZE)))
    return sealed + _seal([sealed])


def unpack(file: IO[bytes]) -> object:
    """The content that was passed to `pack`, on the CPU, out of `file`, which is read only if it ends with a seal.

    Raises:
        NotSealedError: it does not end with a seal, because it is another file or was cut short.
        BrokenSealError: its bytes have changed since they were sealed.
        CodeError: it asks to run code.
        RefusedError: it is beyond a bound, or holds a kind of value that is not read.
        Exception: any type, for an archive that another program has sealed.
    """
    sealed = file.seek(0, io.SEEK_END) - SEAL_SIZE
    file.seek(max(sealed, 0))
    seal = file.read()
    file.seek(0)
    if not seal.startswith(MARK) or file.read(len(ZIP)) != ZIP:
        raise NotSealedError
    if seal != _seal(_pieces(file, sealed)):
        raise BrokenSealError
    return load_torch_file(file)


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    """The first `size` bytes of `file`, one piece after the other."""
    file.seek(0)
    while size > 0 and (piece := file.read(min(size, PIECE))):
        size -= len(piece)
        yield piece


def _seal(pieces: Iterable[bytes]) -> bytes:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return MARK + digest.hexdigest().encode()


def _plain(value: Any) -> Any:
    """`value` of nothing but tensors and Python's own numbers, texts, dicts, lists and tuples."""
    if isinstance(value, torch.Tensor):
        # A view would be saved with all of what it is a view of.
        whole = value.untyped_storage().nbytes() == value.nbytes
        return value.detach() if whole else value.detach().clone()
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, dict):
        return {_plain(key): _plain(entry) for key, entry in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_plain(entry) for entry in value)
    raise TypeError(f"{type(value).__name__} is no plain value")
