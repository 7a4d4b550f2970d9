"""Sealed archives: files of torch.save with a SHA-256 of the content at the end, so that all damage is found.

An archive is an ordinary one of torch's, which `torch.load(weights_only=True)` reads on any machine: the seal is the
comment of the zip file. It protects against accidents, not attacks: a stranger may seal any content. Therefore no code
in an archive is run, and the caller of `unpack` must check every value.
"""

from __future__ import annotations

import hashlib
import io
import struct
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch

from workbench.engine.files.safe_files import check_archive

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK: Final = b"workbench sha256 "
SEAL_SIZE: Final = len(MARK) + 2 * hashlib.sha256().digest_size
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
    return sealed + _seal(sealed)


def unpack(content: bytes) -> object:
    """The content that was passed to `pack`, on the CPU.

    Raises:
        NotSealedError: the bytes are not a sealed archive, or were cut short.
        BrokenSealError: the bytes have changed since they were sealed.
        pickle.UnpicklingError: the archive asks to run code.
        Exception: any type, for an archive that another program has sealed.
    """
    if content[-SEAL_SIZE:][: len(MARK)] != MARK:
        raise NotSealedError
    if content[-SEAL_SIZE:] != _seal(memoryview(content)[:-SEAL_SIZE]):
        raise BrokenSealError
    check_archive(content)
    return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)


def _seal(content: bytes | memoryview) -> bytes:
    return MARK + hashlib.sha256(content).hexdigest().encode()


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
