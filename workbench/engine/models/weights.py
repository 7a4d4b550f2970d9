"""Weights: copied from a model, hashed, written to a file. `weights_reading` reads them from one."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from typing import TYPE_CHECKING, Final

import safetensors.torch
import torch

from workbench.engine.errors import UsageError
from workbench.engine.files.safe_files import check_writable, write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor, nn

StateDict = dict[str, "Tensor"]

PICKLE: Final = ".pt"
SAFETENSORS: Final = ".safetensors"
SHA256_ENTRY: Final = "workbench.weights_sha256"
KEYS_ENTRY: Final = "workbench.weights_keys"
"""Entries in the metadata of a `.safetensors` file: the format has neither a checksum nor an order."""


# In memory


def capture(model: nn.Module) -> StateDict:
    """Copies of the model's weights on the CPU, which do not change when training goes on.

    Only the training thread may call this, between two steps: the tensors of a state dict are the live ones.
    """
    return _copies(model.state_dict())


def weights_sha256(weights: Mapping[str, Tensor]) -> str:
    """The SHA-256 of all entries in order: the key in UTF-8, then the raw bytes, little-endian, contiguous."""
    digest = hashlib.sha256()
    for key, tensor in weights.items():
        digest.update(key.encode())
        raw = tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8)
        if sys.byteorder == "big":
            raw = raw.view(-1, tensor.element_size()).flip(1).contiguous()
        digest.update(raw.numpy().data)
    return digest.hexdigest()


def _copies(weights: Mapping[str, Tensor]) -> StateDict:
    # Contiguous copies: a view would be saved with its whole storage, and safetensors refuses two entries that share
    # a storage.
    return {
        key: tensor.detach().to("cpu", copy=True, memory_format=torch.contiguous_format)
        for key, tensor in weights.items()
    }


# Writing


def check_target(path: Path) -> None:
    """Check before a training that weights can be saved to `path` after it.

    Raises:
        UsageError: the suffix is neither `.pt` nor `.safetensors`.
        UserError: it is a folder, or its own folder does not exist or is not writable.
    """
    _suffix_of(path)
    check_writable(path)


def save_weights(weights: Mapping[str, Tensor], path: Path, metadata: Mapping[str, str] | None = None) -> None:
    """Save `weights` as a plain state dict (`.pt`) or as `.safetensors`; the file appears whole or not at all.

    Args:
        weights: a state dict.
        path: of the file; its ending chooses the form.
        metadata: texts that are added to those of a `.safetensors` file; a plain state dict has none.

    Raises:
        UsageError: the path has another suffix.
        UserError: it cannot be written; an older file there is unchanged.
    """
    packed = _as_safetensors(weights, metadata or {}) if _suffix_of(path) == SAFETENSORS else pickled(weights)
    write_whole(packed, path)


def pickled(weights: Mapping[str, Tensor]) -> bytes:
    """The content of a `.pt` file with these weights; the same weights give the same bytes."""
    # Through memory: torch.save straight to a file turns a full disk into a RuntimeError about a stream position.
    buffer = io.BytesIO()
    torch.save(_copies(weights), buffer)
    return buffer.getvalue()


def _suffix_of(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in (PICKLE, SAFETENSORS):
        raise UsageError("{path} has another ending: weights are saved as .pt or as .safetensors.", path=path)
    return suffix


def _as_safetensors(weights: Mapping[str, Tensor], added: Mapping[str, str]) -> bytes:
    metadata = {
        **added,
        "format": "pt",
        SHA256_ENTRY: weights_sha256(weights),
        KEYS_ENTRY: json.dumps(list(weights)),
    }
    return safetensors.torch.save(_copies(weights), metadata)
