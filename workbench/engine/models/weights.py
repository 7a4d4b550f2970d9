"""Weights: copied from a model, hashed, written to a file, read from a file.

A file of weights may come from an untrusted source: no code in it is run, it is checked for damage before its contents
are used, and only tensors that fit the model are returned.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import sys
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import safetensors.torch
import torch
from torch import Tensor

from workbench.engine.errors import UsageError, UserError
from workbench.engine.files.safe_files import check_archive, check_writable, code_asked_for, read_whole, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from torch import nn

StateDict = dict[str, Tensor]

PICKLE: Final = ".pt"
SAFETENSORS: Final = ".safetensors"
WRAPPERS: Final = ("module.", "_orig_mod.")
"""The prefixes that DataParallel and torch.compile give to every key."""
NESTED: Final = ("state_dict", "model_state_dict")
"""The keys under which checkpoints of other programs commonly keep the weights."""
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


def save_weights(weights: Mapping[str, Tensor], path: Path) -> None:
    """Save `weights` as a plain state dict (`.pt`) or as `.safetensors`; the file appears whole or not at all.

    Raises:
        UsageError: the path has another suffix.
        UserError: it cannot be written; an older file there is unchanged.
    """
    packed = _as_safetensors(weights) if _suffix_of(path) == SAFETENSORS else _as_pickle(weights)
    write_whole(packed, path)


def _suffix_of(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in (PICKLE, SAFETENSORS):
        raise UsageError("{path} has another ending: weights are saved as .pt or as .safetensors.", path=path)
    return suffix


def _as_pickle(weights: Mapping[str, Tensor]) -> bytes:
    # Through memory: torch.save straight to a file turns a full disk into a RuntimeError about a stream position.
    buffer = io.BytesIO()
    torch.save(_copies(weights), buffer)
    return buffer.getvalue()


def _as_safetensors(weights: Mapping[str, Tensor]) -> bytes:
    metadata = {
        "format": "pt",
        SHA256_ENTRY: weights_sha256(weights),
        KEYS_ENTRY: json.dumps(list(weights)),
    }
    return safetensors.torch.save(_copies(weights), metadata)


# Reading


def load_weights(path: Path, model: nn.Module) -> StateDict:
    """The weights in a file, in the form of `model`: the same keys in the same order, its shapes and types, on the CPU.

    The contents decide the format: torch's zip archive, its older pickle, or safetensors. The prefix of a wrapper is
    removed from all keys, weights inside a checkpoint are found, floating-point numbers of another width are converted.

    Raises:
        UserError: the file is missing, unreadable, damaged, holds code, or holds no finite weights of this model.
    """
    expected = model.state_dict()
    usual = sum(tensor.nbytes for tensor in expected.values())
    # The state of an optimizer may lie beside the weights.
    content = read_whole(path, most=16 * usual + (64 << 20))
    try:
        loaded = _parsed(content, path)
    except pickle.UnpicklingError as error:
        raise _not_opened(path, error) from error
    except Exception as error:  # damage makes parsers raise nearly anything
        raise _damaged(path) from error
    return _fitting(_tensors(loaded, path), expected, path)


def _parsed(content: bytes, path: Path) -> object:
    """The object that the bytes hold, after a check of their checksums; damage can raise any exception."""
    if content.startswith(b"PK\x03\x04"):
        check_archive(content)
    elif path.suffix.lower() == SAFETENSORS or content[8:9] == b"{":
        return _parsed_safetensors(content)
    return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)


def _parsed_safetensors(content: bytes) -> StateDict:
    weights = safetensors.torch.load(content)
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    metadata = header.get("__metadata__", {})
    if SHA256_ENTRY in metadata:
        keys = json.loads(metadata[KEYS_ENTRY])
        in_order = {key: weights[key] for key in keys}
        if len(in_order) != len(weights) or weights_sha256(in_order) != metadata[SHA256_ENTRY]:
            raise safetensors.SafetensorError("the tensors are not those that were saved")
        return in_order
    return weights


def _not_opened(path: Path, error: pickle.UnpicklingError) -> UserError:
    code = code_asked_for(error)
    if code is None:
        return _damaged(path)
    return UserError(
        "{path} asks to run code ({code}) and was not opened: save model.state_dict() instead of the whole model, "
        "and load that.",
        path=path,
        code=code,
    )


def _damaged(path: Path) -> UserError:
    return UserError("{path} is damaged or is not a file of weights: choose another file, or save it again.", path=path)


# Fitting


def _tensors(loaded: object, path: Path) -> StateDict:
    """The state dict in what was loaded, still with the prefixes of wrappers.

    Raises:
        UserError: there is none, or it holds more than tensors.
    """
    if isinstance(loaded, Mapping):
        nested = [loaded[name] for name in NESTED if isinstance(loaded.get(name), Mapping)]
        if len(nested) == 1:
            (loaded,) = nested
    if not isinstance(loaded, Mapping):
        raise UserError(
            "{path} holds no weights but a {kind}: save model.state_dict(), and load that.",
            path=path,
            kind=type(loaded).__name__,
        )
    for key, value in loaded.items():
        if not (isinstance(key, str) and _is_plain(value)):
            raise UserError(
                "{path} holds more than weights ({key}, of type {kind}): save model.state_dict() alone, and load that.",
                path=path,
                key=str(key)[:60],
                kind=f"{value.layout} on {value.device}" if isinstance(value, Tensor) else type(value).__name__,
            )
    return dict(loaded)


def _is_plain(value: Any) -> bool:
    return (
        isinstance(value, Tensor)
        and value.layout is torch.strided
        and value.device.type == "cpu"
        and not (value.is_quantized or value.is_nested)
    )


def _fitting(found: StateDict, expected: Mapping[str, Tensor], path: Path) -> StateDict:
    """The tensors of `found` in the order and with the types of `expected`.

    Raises:
        UserError: other keys, other shapes, other kinds of numbers, or numbers that are not finite.
    """
    found = _unwrapped(found, expected)
    if found.keys() != expected.keys():
        raise _other_keys(path, found, expected)
    return {key: _converted(key, found[key], tensor, path) for key, tensor in expected.items()}


def _unwrapped(found: StateDict, expected: Mapping[str, Tensor]) -> StateDict:
    """`found` without the prefixes of wrappers, also nested ones."""
    while found.keys() != expected.keys():
        prefix = next((prefix for prefix in WRAPPERS if all(key.startswith(prefix) for key in found)), None)
        if prefix is None or not found:
            break
        found = {key.removeprefix(prefix): tensor for key, tensor in found.items()}
    return found


def _converted(key: str, found: Tensor, expected: Tensor, path: Path) -> Tensor:
    if found.shape != expected.shape:
        raise UserError(
            "{path} belongs to another network ({key} has the shape {found}, here it is {expected}): choose weights "
            "of this one.",
            path=path,
            key=key,
            found=tuple(found.shape),
            expected=tuple(expected.shape),
        )
    convertible = found.is_floating_point() and expected.is_floating_point()
    if found.dtype != expected.dtype and not convertible:
        raise UserError(
            "{path} holds numbers of another kind ({key} is {found}, here it is {expected}): choose weights of this "
            "network.",
            path=path,
            key=key,
            found=str(found.dtype).removeprefix("torch."),
            expected=str(expected.dtype).removeprefix("torch."),
        )
    tensor = found.detach().to(expected.dtype, copy=True, memory_format=torch.contiguous_format)
    # After the conversion: a finite number in float64 can be infinite in float32.
    if not bool(torch.isfinite(tensor).all()):
        raise UserError(
            "{path} holds numbers that are not finite (NaN or infinity, in {key}): choose weights saved before "
            "training diverged.",
            path=path,
            key=key,
        )
    return tensor


def _other_keys(path: Path, found: StateDict, expected: Mapping[str, Tensor]) -> UserError:
    missing = _first_of(key for key in expected if key not in found)
    unexpected = _first_of(key for key in found if key not in expected)
    if not unexpected:
        template = "{path} belongs to another network (it lacks {missing}): choose weights of this one."
    elif not missing:
        template = "{path} belongs to another network (it has {unexpected} besides): choose weights of this one."
    else:
        template = (
            "{path} belongs to another network (it has {unexpected} in place of {missing}): choose weights of this one."
        )
    return UserError(template, path=path, missing=missing, unexpected=unexpected)


def _first_of(keys: Iterator[str]) -> str:
    """Up to three of the keys, cut short: a file may hold many long ones."""
    first = [key[:60] for key in islice(keys, 4)]
    return ", ".join([*first[:3], *["…"] * (len(first) > 3)])
