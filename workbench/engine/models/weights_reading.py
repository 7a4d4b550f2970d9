"""Reading weights from a file, which may come from an untrusted source.

No code in it is run, it is checked for damage before its contents are used, and only tensors that fit the model are
returned.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final

import safetensors.torch
import torch
from torch import Tensor

from workbench.engine.errors import UserError
from workbench.engine.files.pickle_values import CodeError, RefusedError
from workbench.engine.files.safe_files import opened
from workbench.engine.files.torch_file import ZIP, kind_of, load_torch_file
from workbench.engine.models.weights import KEYS_ENTRY, SAFETENSORS, SHA256_ENTRY, weights_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from torch import nn

    from workbench.engine.models.weights import StateDict

WRAPPERS: Final = frozenset(("module", "_orig_mod"))
"""What DataParallel, averaged models and torch.compile add to a key, in front of it or inside."""
AVERAGED: Final = "n_averaged"
"""The count that an averaged model (torch.optim.swa_utils.AveragedModel) keeps beside its weights."""
NESTED: Final = ("state_dict", "model_state_dict", "model", "net", "network", "module", "weights")
"""The names under which checkpoints commonly keep the weights, where several dicts in a file fit the network."""
MOST_NESTED: Final = 3
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


@dataclass(frozen=True, slots=True)
class Conversion:
    """How the floating-point numbers of a file were converted.

    Attributes:
        found: the kinds of number in the file, such as `float16`.
        made: the kinds of the model.
    """

    found: str
    made: str


def load_weights(path: Path, model: nn.Module) -> StateDict:
    """The weights in a file, in the form of `model`: the same keys in the same order, its shapes and types, on the CPU.

    The contents decide the format: torch's zip archive, its older pickle, or safetensors. The dict whose keys fit the
    model is taken, also from inside a checkpoint; names that wrappers add to its keys are removed; floating-point
    numbers of another width are converted.

    Raises:
        UserError: the file is missing, unreadable, damaged, holds code, or holds no finite weights of this model.
    """
    return load_and_convert(path, model)[0]


def load_and_convert(path: Path, model: nn.Module) -> tuple[StateDict, Conversion | None]:
    """As `load_weights`; also returns how the numbers were converted, None where they are as in the file."""
    expected = model.state_dict()
    usual = sum(tensor.nbytes for tensor in expected.values())
    # The state of an optimizer may lie beside the weights.
    with opened(path, most=16 * usual + (64 << 20)) as file:
        loaded = _loaded(file, path, expected)
    found = _weights_in(loaded, expected, path)
    weights = _fitting(found, expected, path)
    return weights, _conversion([(found[key].dtype, tensor.dtype) for key, tensor in weights.items()])


def _conversion(kinds: Iterable[tuple[torch.dtype, torch.dtype]]) -> Conversion | None:
    """The conversion of numbers of these pairs of kinds, the one in the file and the one of the model."""
    converted = [pair for pair in kinds if pair[0] != pair[1]]
    if not converted:
        return None
    found, made = (
        ", ".join(sorted({str(kind).removeprefix("torch.") for kind in side})) for side in zip(*converted, strict=True)
    )
    return Conversion(found, made)


def _loaded(file: IO[bytes], path: Path, expected: Mapping[str, Tensor]) -> object:
    try:
        return _parsed(file, path, expected)
    except CodeError as error:
        raise UserError(
            "{path} asks to run code ({code}) and was not opened: save model.state_dict() instead of the whole model, "
            "and load that.",
            path=path,
            code=error.code,
        ) from error
    except RefusedError as error:
        raise UserError(
            "{path} was not opened ({reason}): save model.state_dict() with torch.save, and load that.",
            path=path,
            reason=error.reason,
        ) from error
    except OSError:
        raise
    except Exception as error:  # damage makes parsers raise nearly anything
        raise UserError(
            "{path} is damaged or is not a file of weights: choose another file, or save it again.", path=path
        ) from error


def _parsed(file: IO[bytes], path: Path, expected: Mapping[str, Tensor]) -> object:
    """The object that the file holds, after a check of its checksums; damage can raise any exception."""
    start = file.read(9)
    if not start.startswith(ZIP) and (path.suffix.lower() == SAFETENSORS or start[8:] == b"{"):
        return _parsed_safetensors(file, expected)
    return load_torch_file(file)


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


# Which of the dicts in the file holds the weights


def _weights_in(loaded: object, expected: Mapping[str, Tensor], path: Path) -> dict[str, Any]:
    """The dict in `loaded` whose keys fit, under the keys of `expected`; if none fits, the likeliest one.

    Raises:
        UserError: there is no dict, or several fit.
    """
    dicts = _dicts_in(loaded)
    if not dicts:
        raise UserError(
            "{path} holds no weights but a {kind}: save model.state_dict(), and load that.",
            path=path,
            kind=kind_of(loaded),
        )
    renamed = [(name, _unwrapped(found, expected)) for name, found in dicts]
    fitting = [(name, found) for name, found in renamed if found.keys() == expected.keys()]
    usual = [(name, found) for name, found in fitting or renamed if name in NESTED]
    if len(fitting) > 1 and len(usual) != 1:
        raise UserError(
            "{path} holds several sets of weights ({names}): save one of them alone, and load that.",
            path=path,
            names=_first_of(name for name, _ in fitting),
        )
    if len(usual) == 1:
        return usual[0][1]
    return (fitting or renamed)[0][1]


def _dicts_in(loaded: object) -> list[tuple[str, dict[str, Any]]]:
    """`loaded` and the dicts in it whose keys are texts, each once and with its name; outer ones first."""
    level, found, seen = [("", loaded)], [], set()
    for _ in range(MOST_NESTED):
        inner: list[tuple[str, object]] = []
        for name, each in level:
            if not isinstance(each, dict) or id(each) in seen or not all(isinstance(key, str) for key in each):
                continue
            seen.add(id(each))
            found.append((name, each))
            inner += each.items()
        level = inner
    return found


def _unwrapped(found: dict[str, Any], expected: Mapping[str, Tensor]) -> dict[str, Any]:
    """`found` under the keys of `expected`, as far as they differ in the names of wrappers or in one prefix only."""
    if found.keys() == expected.keys():
        return found
    keys = {_without_wrappers(key): key for key in expected}
    kept = {key: value for key, value in found.items() if key != AVERAGED or key in expected}
    bare = {_without_wrappers(key): value for key, value in kept.items()}
    if len(keys) < len(expected) or len(bare) < len(kept):
        return found
    prefix = _common_prefix(bare, keys)
    return {keys.get(key.removeprefix(prefix), key): value for key, value in bare.items()}


def _without_wrappers(key: str) -> str:
    return ".".join(part for part in key.split(".") if part not in WRAPPERS)


def _common_prefix(keys: Iterable[str], expected: Iterable[str]) -> str:
    """What a module around the model adds in front of all its keys, such as `model.`; "" if there is no such prefix."""
    first = next(iter(expected), "")
    prefix = next((key.removesuffix(first) for key in keys if key.endswith(f".{first}")), "")
    return prefix if all(key.startswith(prefix) for key in keys) else ""


# Whether it fits


def _fitting(found: dict[str, Any], expected: Mapping[str, Tensor], path: Path) -> StateDict:
    """The tensors of `found` in the order and with the types of `expected`.

    Raises:
        UserError: other values than tensors, other keys, other shapes, other kinds of numbers, or numbers that are not
            finite.
    """
    for key, value in found.items():
        # Exactly torch's own classes: the methods of others can do anything.
        if type(value) not in (Tensor, torch.nn.Parameter):
            raise UserError(
                "{path} holds more than weights ({key}, of type {kind}): save model.state_dict() alone, and load that.",
                path=path,
                key=key[:60],
                kind=kind_of(value),
            )
    if found.keys() != expected.keys():
        raise _other_keys(path, found, expected)
    return {key: _converted(key, found[key], tensor, path) for key, tensor in expected.items()}


def _converted(key: str, found: Tensor, expected: Tensor, path: Path) -> Tensor:
    if found.dtype != expected.dtype and not {found.dtype, expected.dtype} <= WIDTHS:
        raise UserError(
            "{path} holds numbers of another kind ({key} is {found}, here it is {expected}): choose weights of this "
            "network.",
            path=path,
            key=key,
            found=kind_of(found),
            expected=kind_of(expected),
        )
    if found.shape != expected.shape:
        raise UserError(
            "{path} belongs to another network ({key} has the shape {found}, here it is {expected}): choose weights "
            "of this one.",
            path=path,
            key=key,
            found=str(tuple(found.shape)),  # a text, which is cut where it is long
            expected=str(tuple(expected.shape)),
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


def _other_keys(path: Path, found: Mapping[str, Any], expected: Mapping[str, Tensor]) -> UserError:
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
    first = [key[:30] for key in islice(keys, 4)]
    return ", ".join([*first[:3], *["…"] * (len(first) > 3)])
