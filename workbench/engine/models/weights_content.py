"""What a file of weights holds, whichever program wrote it: torch's archive, its older pickles, or safetensors.

Nothing here says yet whether the content fits a network.
"""

from __future__ import annotations

import io
import json
from typing import IO, TYPE_CHECKING, Final

import safetensors.torch
import torch

from workbench.engine.errors import UserError
from workbench.engine.files.pickle_values import CodeError, RefusedError
from workbench.engine.files.torch_file import ZIP, end_of_name, load_torch_file
from workbench.engine.models.weights import KEYS_ENTRY, SAFETENSORS, SHA256_ENTRY, weights_sha256

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

    from workbench.engine.models.weights import StateDict

MOST_HEADER: Final = 512 << 10
"""Bytes of the JSON at the beginning of a `.safetensors` file."""
WIDTHS: Final[frozenset[torch.dtype]] = frozenset(
    getattr(torch, name)
    for name in (
        *("float64", "float32", "float16", "bfloat16"),
        *("float8_e4m3fn", "float8_e4m3fnuz", "float8_e5m2", "float8_e5m2fnuz"),
    )
)
"""The floating-point numbers that are converted into each other."""


def content_of(file: IO[bytes], path: Path, expected: Mapping[str, Tensor]) -> object:
    """The object that the file holds, after a check of its checksums.

    Args:
        file: open for reading and seekable.
        path: its path, for the sentences and for its suffix.
        expected: the weights of the network, which tell whether another program has converted the numbers.

    Raises:
        UserError: it is damaged, asks to run code, or is of a kind that is not read.
        OSError: it cannot be read.
    """
    try:
        return _parsed(file, path, expected)
    except CodeError as error:
        raise UserError(
            "{path} asks to run code ({code}) and was not opened: if it is yours, torch.save "
            'torch.load(FILE, weights_only=False)["state_dict"], and load that.',
            path=path,
            code=end_of_name(error.code),
        ) from error
    except RefusedError as error:
        raise UserError(
            "{path} was not opened ({reason}): save model.state_dict() with torch.save, and load that.",
            path=path,
            reason=error,
        ) from error
    except OSError:
        raise
    except Exception as error:  # damage makes parsers raise nearly anything
        raise UserError(
            "{path} is damaged or is not a file of weights: choose another file, or save it again.", path=path
        ) from error


def _parsed(file: IO[bytes], path: Path, expected: Mapping[str, Tensor]) -> object:
    """The object that the file holds; damage can raise any exception."""
    start = file.read(9)
    if not start.startswith(ZIP) and (path.suffix.lower() == SAFETENSORS or start[8:] == b"{"):
        return _parsed_safetensors(file, expected)
    return load_torch_file(file, leave_out_objects=True)


def _parsed_safetensors(file: IO[bytes], expected: Mapping[str, Tensor]) -> StateDict:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    length = int.from_bytes(file.read(8), "little")
    if MOST_HEADER < length < size:
        raise RefusedError("its list of contents is too long")
    header = json.loads(file.read(length))
    file.seek(0)
    try:
        weights = safetensors.torch.load(file.read())
    except KeyError as error:  # the format has more kinds of number than torch
        raise RefusedError(f"it has numbers of the kind {error}") from error
    metadata = header.get("__metadata__", {})
    if SHA256_ENTRY not in metadata:
        return weights
    in_order = {key: weights[key] for key in json.loads(metadata[KEYS_ENTRY])}
    is_whole = len(in_order) == len(weights)
    # Other programs convert the numbers and keep the metadata, whose digest is of the numbers before.
    if not is_whole or not (_is_converted(in_order, expected) or weights_sha256(in_order) == metadata[SHA256_ENTRY]):
        raise safetensors.SafetensorError("the tensors are not those that were saved")
    return in_order


def _is_converted(found: StateDict, expected: Mapping[str, Tensor]) -> bool:
    """Whether every floating-point tensor of the model has another kind of number in a file with the same keys."""
    return found.keys() == expected.keys() and all(
        found[key].dtype in WIDTHS - {tensor.dtype} for key, tensor in expected.items() if tensor.is_floating_point()
    )
